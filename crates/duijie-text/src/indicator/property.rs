//! Which property a quantity is of, and whether two properties are the same.

use super::measure::is_ideograph;
use super::quantity::Amount;
use super::unit::Unit;
use super::words::Words;
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::sync::LazyLock;

const LINES: &str = include_str!("../../data/indicator_properties.txt");

/// A property name is short: longer ones are cut at the front.
const LONGEST_CHARS: usize = 14;
/// A name behind the number (`30%的吸收率`) is cut at the back.
const LONGEST_BEHIND_CHARS: usize = 8;

/// Names of one character: dimensions and elements.
const SHORT: &str = "厚长宽高重深铅镉汞砷铬硫磷碳硅锰铜铁锌镍铝镁钠钾钙氢氧氮氯氟锂钛钒钴钼钨";

/// The property named at the end of `text`: its bytes.
pub(super) fn before(text: &str) -> Option<Range<usize>> {
    let end = text.trim_end_matches([' ', ':']).len();
    let noun_end = bracket_start(&text[..end]).unwrap_or(end);
    let mut start = noun_end;
    for (at, c) in text[..noun_end].char_indices().rev().take(LONGEST_CHARS) {
        if belongs(c) || (c == ' ' && joins_latin(text, at)) {
            start = at;
        } else {
            break;
        }
    }
    start = after_opener(text, start..noun_end);
    start = compared(text, start..noun_end).map_or(start, |property| property.start);
    let noun_end = compared(text, start..noun_end).map_or(noun_end, |property| property.end);
    let end = if noun_end < start || text[noun_end..end].starts_with(['比', '较']) { noun_end } else { end };
    let noun = text.get(start..noun_end)?;
    let unnumbered = noun.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '/' | '·' | '_'));
    let numbered = noun.len() - unnumbered.len();
    named(unnumbered.trim()).then_some(start + numbered..end)
}

/// The property named at the start of `text`, behind 的: its bytes.
pub(super) fn behind(text: &str) -> Option<Range<usize>> {
    let start = text.find('的').filter(|&at| at == 0)? + '的'.len_utf8();
    let name: String = text[start..].chars().take(LONGEST_BEHIND_CHARS).take_while(|&c| belongs(c)).collect();
    let end = Words::standard().openers.iter().filter_map(|opener| name.find(opener)).min().unwrap_or(name.len());
    named(&name[..end]).then_some(start..start + end)
}

fn named(name: &str) -> bool {
    let mut chars = name.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => SHORT.contains(c) || (c.is_alphabetic() && !is_ideograph(c)),
        (Some(_), Some(_)) => name.chars().any(char::is_alphabetic),
        (None, _) => false,
    }
}

fn belongs(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '/' | '.' | '_' | '·' | '+' | '\'')
}

fn joins_latin(text: &str, blank: usize) -> bool {
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    latin(text[..blank].chars().next_back()) && latin(text[blank + 1..].chars().next())
}

/// Where the bracket at the end of `text` opens: `kv2(-40°c)`.
pub(super) fn bracket_start(text: &str) -> Option<usize> {
    let inner = text.strip_suffix(')')?;
    let open = inner.rfind('(')?;
    (inner[open..].chars().count() <= 24 && !inner[open..].contains([')', '。', ';'])).then_some(open)
}

fn after_opener(text: &str, noun: Range<usize>) -> usize {
    let name = &text[noun.clone()];
    let mut start = 0;
    let words = Words::standard();
    for opener in &words.openers {
        for (at, _) in name.match_indices(*opener) {
            let whole = words.not_openers.iter().any(|word| {
                word.match_indices(*opener)
                    .any(|(inside, _)| at >= inside && name.get(at - inside..at - inside + word.len()) == Some(*word))
            });
            if !whole {
                start = start.max(at + opener.len());
            }
        }
    }
    noun.start + start
}

/// The property of `能耗比传统工艺` or `较传统工艺能耗`.
fn compared(text: &str, noun: Range<usize>) -> Option<Range<usize>> {
    let name = &text[noun.clone()];
    let words = Words::standard();
    let (at, than) = name
        .char_indices()
        .filter(|&(_, c)| c == '比' || c == '较')
        .find(|&(at, c)| words.compared.iter().any(|word| name[at + c.len_utf8()..].starts_with(*word)))?;
    if at > 0 {
        return Some(noun.start..noun.start + at);
    }
    let from = than.len_utf8();
    let end =
        words.compared_ends.iter().filter_map(|word| name[from..].rfind(*word).map(|at| from + at + word.len())).max();
    Some(noun.start + end.unwrap_or(name.len())..noun.end)
}

/// What `data/indicator_properties.txt` says of a word.
#[derive(Clone, Copy, Debug, Default)]
struct Class {
    better: Option<Better>,
    general: bool,
    qualifier: bool,
}

/// Whether more or less of a property is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Better {
    Higher,
    Lower,
}

static CLASSES: LazyLock<FxHashMap<&'static str, Class>> = LazyLock::new(|| match classes(LINES) {
    Ok(classes) => classes,
    Err(problem) => unreachable!("data/indicator_properties.txt: {problem}"),
});

fn classes(lines: &'static str) -> Result<FxHashMap<&'static str, Class>, String> {
    let mut classes: FxHashMap<&'static str, Class> = FxHashMap::default();
    for line in lines.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (word, name) = line.split_once(" | ").ok_or_else(|| format!("{line:?} has no class"))?;
        let class = classes.entry(word).or_default();
        match name {
            "higher" if class.better.is_none() => class.better = Some(Better::Higher),
            "lower" if class.better.is_none() => class.better = Some(Better::Lower),
            "general" => class.general = true,
            "qualifier" => class.qualifier = true,
            _ => return Err(format!("{line:?} contradicts an earlier line or has no known class")),
        }
    }
    Ok(classes)
}

/// Which way the property is good, by the longest known word that its name ends with.
pub(super) fn better(property: &str, amount: Amount, unit: &Unit) -> Option<Better> {
    let name = without_qualifiers(without_bracket(property).0);
    // A 精度 of 98 % is a share of right answers, one of 0.1 % a deviation.
    if name.ends_with("精度")
        && unit.dimension().is_one()
        && matches!(amount, Amount::One(value) if unit.to_base(value) >= 0.5)
    {
        return Some(Better::Higher);
    }
    suffixes(name).find_map(|suffix| CLASSES.get(suffix).and_then(|class| class.better))
}

/// Whether values of the property are differences: 5 ℃ of 温差 is not 278 K.
pub(super) fn is_difference(property: &str) -> bool {
    let name = without_bracket(property).0;
    ["温差", "温升", "波动", "误差", "偏差", "精度", "均匀性", "漂移", "变化"].iter().any(|word| name.ends_with(word))
}

/// Whether the two names are of the same property as far as the words alone tell.
///
/// The names agree if one ends with the other (抗拉强度 and 接头抗拉强度), or if they do without
/// their general head (接头抗拉 and 抗拉强度). A general word alone agrees only with itself, and
/// differing conditions in brackets (KV2(-40℃), KV2(-20℃)) never agree.
pub(super) fn agree(one: &str, other: &str) -> bool {
    let ((one, one_condition), (other, other_condition)) = (without_bracket(one), without_bracket(other));
    if one_condition.is_some() && other_condition.is_some() && one_condition != other_condition {
        return false;
    }
    let (one, other) = (without_qualifiers(one), without_qualifiers(other));
    one == other || overlap(one, other) || overlap(without_general(one), without_general(other))
}

fn overlap(one: &str, other: &str) -> bool {
    let (long, short) = if one.len() >= other.len() { (one, other) } else { (other, one) };
    let general = CLASSES.get(short).is_some_and(|class| class.general);
    if general || short.chars().nth(1).is_none() || !long.ends_with(short) {
        return false;
    }
    // Latin names are whole words: `d50` does not end `id50`.
    let before = long[..long.len() - short.len()].chars().next_back();
    !(short.starts_with(|c: char| c.is_ascii_alphanumeric()) && before.is_some_and(|c| c.is_ascii_alphanumeric()))
}

fn without_general(name: &str) -> &str {
    suffixes(name)
        .find(|suffix| *suffix != name && CLASSES.get(suffix).is_some_and(|class| class.general))
        .map_or(name, |general| &name[..name.len() - general.len()])
}

fn without_qualifiers(name: &str) -> &str {
    let mut name = EXTREMES.iter().find_map(|extreme| name.strip_prefix(extreme)).unwrap_or(name);
    while let Some(qualifier) =
        suffixes(name).find(|suffix| *suffix != name && CLASSES.get(suffix).is_some_and(|class| class.qualifier))
    {
        let rest = name[..name.len() - qualifier.len()].trim_end();
        if rest.chars().nth(1).is_none() {
            break;
        }
        name = rest;
    }
    name
}

/// Words before a property that do not make it another one.
const EXTREMES: [&str; 5] = ["最高", "最大", "最低", "最小", "平均"];

/// The name and the condition in a bracket behind it.
fn without_bracket(property: &str) -> (&str, Option<&str>) {
    match bracket_start(property) {
        Some(open) if open > 0 => (property[..open].trim_end(), Some(&property[open..])),
        _ => (property, None),
    }
}

/// The ends of a word, the longest first.
fn suffixes(word: &str) -> impl Iterator<Item = &str> {
    word.char_indices().map(|(at, _)| &word[at..])
}
