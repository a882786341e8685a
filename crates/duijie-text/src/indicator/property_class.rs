//! What the words of a property's name tell of it: `data/indicator_properties.txt`.

use super::grade::is_grade;
use super::property_name::{parted, without_qualifiers};
use super::quantity::Amount;
use super::unit::Unit;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

const LINES: &str = include_str!("../../data/indicator_properties.txt");

/// What the file says of a word.
#[derive(Clone, Copy, Debug, Default)]
struct Class {
    better: Option<Better>,
    better_grade: Option<Better>,
    fineness: bool,
    span: bool,
    number: bool,
    general: bool,
    qualifier: bool,
}

/// Whether more or less of a property is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Better {
    Higher,
    Lower,
}

/// The classes of words, and words with the one that stands for them.
struct Classes {
    words: FxHashMap<&'static str, Class>,
    standard: Vec<(&'static str, &'static str)>,
    starts: Vec<(&'static str, Better)>,
    /// Groups of words that exclude each other, each with those that are alike.
    unlike: Vec<Vec<Vec<&'static str>>>,
    /// Words without which a property is another one.
    apart: Vec<&'static str>,
    /// Groups of general words that one may stand for another.
    alike: Vec<Vec<&'static str>>,
}

static CLASSES: LazyLock<Classes> = LazyLock::new(|| match Classes::read(LINES) {
    Ok(classes) => classes,
    Err(problem) => unreachable!("data/indicator_properties.txt: {problem}"),
});

impl Classes {
    fn read(lines: &'static str) -> Result<Self, String> {
        let mut classes = Self {
            words: FxHashMap::default(),
            standard: Vec::new(),
            starts: Vec::new(),
            unlike: Vec::new(),
            apart: Vec::new(),
            alike: Vec::new(),
        };
        for line in lines.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let (word, name) = line.split_once(" | ").ok_or_else(|| format!("{line:?} has no class"))?;
            if let Some(standard) = name.strip_prefix("is ") {
                classes.standard.push((word, standard));
                continue;
            }
            if name == "unlike" {
                classes.unlike.push(word.split(' ').map(|alike| alike.split('=').collect()).collect());
                continue;
            }
            if name == "apart" {
                classes.apart.extend(word.split(' '));
                continue;
            }
            if name == "alike" {
                classes.alike.push(word.split(' ').collect());
                continue;
            }
            let start = match name {
                "starts-higher" => Some(Better::Higher),
                "starts-lower" => Some(Better::Lower),
                _ => None,
            };
            if let Some(better) = start {
                classes.starts.push((word, better));
                continue;
            }
            let class = classes.words.entry(word).or_default();
            let undecided = class.better.is_none() && !class.fineness;
            match name {
                "higher" if undecided => class.better = Some(Better::Higher),
                "lower" if undecided => class.better = Some(Better::Lower),
                "grade-higher" if class.better_grade.is_none() => class.better_grade = Some(Better::Higher),
                "grade-lower" if class.better_grade.is_none() => class.better_grade = Some(Better::Lower),
                "fineness" if undecided => class.fineness = true,
                "span" => class.span = true,
                "number" => class.number = true,
                "general" => class.general = true,
                "qualifier" => class.qualifier = true,
                _ => return Err(format!("{line:?} contradicts an earlier line or has no known class")),
            }
        }
        // 耐低温 before 耐, vocs before voc.
        classes.starts.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        classes.standard.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        Ok(classes)
    }
}

fn class(word: &str) -> Class {
    CLASSES.words.get(word).copied().unwrap_or_default()
}

/// Whether the word says too little alone.
pub(super) fn is_general(word: &str) -> bool {
    class(word).general
}

/// Whether the word is listed as a property that is good one way.
pub(super) fn is_known(word: &str) -> bool {
    class(word).better.is_some()
}

/// Whether the word at the end of a name makes it no other property.
pub(super) fn is_qualifier(word: &str) -> bool {
    class(word).qualifier
}

/// Whether the names hold words that exclude each other (最高温度 and 最低温度), or one holds a word without which it is
/// another property (重复定位精度).
pub(super) fn is_unlike(one: &str, other: &str) -> bool {
    let holds = |name: &str, alike: &[&str]| alike.iter().any(|word| name.contains(word));
    let apart = CLASSES.apart.iter().any(|word| one.contains(word) != other.contains(word));
    apart
        || CLASSES.unlike.iter().any(|group| {
            let either = |name| group.iter().any(|alike| holds(name, alike));
            either(one) && either(other) && !group.iter().any(|alike| holds(one, alike) && holds(other, alike))
        })
}

/// Whether two general words say the same of what stands before them: 浓度 and 含量, but not 强度 and 模量.
pub(super) fn is_alike(one: &str, other: &str) -> bool {
    one == other || CLASSES.alike.iter().any(|group| group.contains(&one) && group.contains(&other))
}

/// The bytes of the word that `text` begins with and that tells which of its values a property has: 最高.
pub(super) fn aspect_len(text: &str) -> usize {
    let words = CLASSES.unlike.iter().flatten().flatten();
    words.filter(|word| is_qualifier(word) && text.starts_with(**word)).map(|word| word.len()).max().unwrap_or(0)
}

/// Words with the one that stands for them, the longest first.
pub(super) fn standard_words() -> &'static [(&'static str, &'static str)] {
    &CLASSES.standard
}

/// Which way the property is good, by the longest known word that its name ends with.
pub(super) fn better(property: &str, amount: Amount, unit: &Unit) -> Option<Better> {
    let (whole, _) = parted(property);
    let name = without_qualifiers(&whole);
    if is_grade(unit) {
        return suffixes(name).find_map(|suffix| class(suffix).better_grade);
    }
    // Of tolerance grades the smaller is written, and counted as more.
    if unit.dimension().is("IT") {
        return Some(Better::Higher);
    }
    // A 精度 of 98 % is a share of right answers, one of 0.1 % a deviation.
    if name.ends_with("精度") && unit.dimension().is_one() && is_great_share(amount, unit) {
        return Some(Better::Higher);
    }
    let known = |suffix| Some(class(suffix)).filter(|class| class.better.is_some() || class.fineness);
    match suffixes(name).find_map(known) {
        Some(class) if class.fineness => fineness(amount, unit),
        Some(class) => class.better,
        None => CLASSES.starts.iter().find(|(start, _)| whole.starts_with(start)).map(|(_, better)| *better),
    }
}

fn is_great_share(amount: Amount, unit: &Unit) -> bool {
    matches!(amount, Amount::One(value) if unit.to_base(value) >= 0.5)
}

/// Which way a 分辨率 or 灵敏度 is good: less of what is told apart, more of pixels, bits and right answers.
fn fineness(amount: Amount, unit: &Unit) -> Option<Better> {
    let dimension = unit.dimension();
    if unit.symbol().is_empty() || unit.is_counting() || dimension.is("px") || dimension.is("bit") {
        return Some(Better::Higher);
    }
    let is_concentration = dimension.is_power("m", -3);
    if dimension.is_one() && is_great_share(amount, unit) {
        Some(Better::Higher)
    } else if unit.symbol().contains('/') && !is_concentration {
        // `2mV/V` is an answer to a stimulus, of which more is better, or a rate.
        None
    } else {
        dimension.is_made_of(&["m", "s", "kg", "K", "A", "mol", "rad", "dBm"]).then_some(Better::Lower)
    }
}

/// Whether values of the property are differences: 5 ℃ of 温差 is not 278 K.
pub(super) fn is_difference(property: &str) -> bool {
    let (name, _) = parted(property);
    ["温差", "温升", "温降", "波动", "误差", "偏差", "精度", "分辨率", "分辨力", "均匀性", "漂移", "变化", "热伸长"]
        .iter()
        .any(|word| name.ends_with(word))
}

/// Whether a range of the property is one that must be worked in throughout: 工作温度, 量程.
pub(super) fn is_span(property: &str) -> bool {
    suffixes(&parted(property).0).any(|suffix| class(suffix).span)
}

/// Whether the property is a plain number, so that one behind it is its value: 摩擦系数0.06.
pub(super) fn is_number(property: &str) -> bool {
    suffixes(without_qualifiers(&parted(property).0)).chain(suffixes(property)).any(|suffix| class(suffix).number)
}

/// The ends of a word, the longest first.
pub(super) fn suffixes(word: &str) -> impl Iterator<Item = &str> {
    word.char_indices().map(|(at, _)| &word[at..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contradictions_and_unknown_classes_are_found() {
        assert!(Classes::read("效率 | higher\n效率 | lower").is_err());
        assert!(Classes::read("效率 | bigger").is_err());
        assert!(Classes::read("效率").is_err());
        assert!(Classes::read(LINES).is_ok());
    }
}
