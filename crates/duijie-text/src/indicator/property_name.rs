//! Whether two names are of the same property.

use super::measure::is_ideograph;
use super::property::bracket_start;
use super::property_class::{is_alike, is_general, is_known, is_qualifier, is_unlike, standard_words, suffixes};
use super::unit::Unit;
use std::borrow::Cow;

/// Whether the two names are of the same property, as far as the words alone tell or `same` says of the names
/// without their conditions.
///
/// The names agree if one ends with the other (抗拉强度 and 接头抗拉强度), or if they do without
/// their general head (接头抗拉 and 抗拉强度). A general word alone agrees only with itself, and
/// differing conditions (KV2(-40℃), -20℃冲击功, 室温冲击功) never agree, nor do names with words that exclude each other
/// (最高温度, 最低温度).
pub(super) fn agree(one: &str, other: &str, same: impl Fn(&str, &str) -> bool) -> bool {
    let ((one, one_condition), (other, other_condition)) = (parted(one), parted(other));
    if !conditions_agree(one_condition, other_condition) {
        return false;
    }
    if is_unlike(&one, &other) {
        return false;
    }
    let (a, b) = (without_qualifiers(&one), without_qualifiers(&other));
    a == b || overlap(a, b) || overlap_but_for_general(a, b) || same(&one, &other)
}

/// Whether the conditions may be the same, one unsaid perhaps; of what a share is, is never left unsaid.
fn conditions_agree(one: Option<&str>, other: Option<&str>) -> bool {
    let is_whole = |condition: Option<&str>| condition.is_some_and(|condition| condition.starts_with(SHARE_OF));
    match (one.map(standard_condition), other.map(standard_condition)) {
        (Some(one), Some(other)) => one.chars().filter(|c| *c != ' ').eq(other.chars().filter(|c| *c != ' ')),
        _ => !is_whole(one) && !is_whole(other),
    }
}

/// Before what a share is of, in the bracket behind a name: `功耗(占额定功率)`.
pub(super) const SHARE_OF: char = '占';

/// Conditions in a word at the beginning of a name.
const CONDITIONS: [&str; 4] = ["室温", "常温", "高温", "低温"];
/// What makes a noun of such a word: 高温度, 低温升.
const NO_CONDITION: [char; 6] = ['度', '升', '差', '漂', '系', '区'];

fn standard_condition(condition: &str) -> &str {
    match condition {
        "常温" | "20°c" | "23°c" | "25°c" => "室温",
        other => other,
    }
}

fn condition_word(property: &str) -> Option<&'static str> {
    let word = CONDITIONS.into_iter().find(|word| property.starts_with(word))?;
    let rest = &property[word.len()..];
    (rest.chars().nth(1).is_some() && !rest.starts_with(NO_CONDITION)).then_some(word)
}

/// The word in a bracket that `text` begins with and that is a condition of what stands before it, and the bytes of
/// all that: `(常温)`.
pub(super) fn bracketed_condition(text: &str) -> Option<(&'static str, usize)> {
    let inner = text.trim_start_matches(' ').strip_prefix('(')?;
    let word = CONDITIONS.into_iter().find(|word| inner.starts_with(word))?;
    let rest = inner[word.len()..].strip_prefix(')')?;
    Some((word, text.len() - rest.len()))
}

/// Whether the names agree less a general word at the end of one (接头抗拉 and 抗拉强度), or of both if it says the same
/// (铅浓度 and 铅含量).
fn overlap_but_for_general(one: &str, other: &str) -> bool {
    let (one_rest, other_rest) = (without_general(one), without_general(other));
    let (one_general, other_general) = (&one[one_rest.len()..], &other[other_rest.len()..]);
    let said_alike = one_general.is_empty() || other_general.is_empty() || is_alike(one_general, other_general);
    // 铅 alone is too short a name to overlap.
    let same = one_rest == other_rest && !one_general.is_empty() && !other_general.is_empty();
    said_alike && (same || overlap(one_rest, other_rest))
}

fn overlap(one: &str, other: &str) -> bool {
    let (long, short) = if one.len() >= other.len() { (one, other) } else { (other, one) };
    if is_general(short) || short.chars().nth(1).is_none() || !long.ends_with(short) {
        return false;
    }
    let before = long[..long.len() - short.len()].chars().next_back();
    // 不良率 is no 良率, and 吸收率 no 收率.
    if before.is_some_and(|c| "不非未无".contains(c) || is_known(&long[long.len() - short.len() - c.len_utf8()..]))
    {
        return false;
    }
    // Latin names are whole words: `d50` does not end `id50`.
    !(short.starts_with(|c: char| c.is_ascii_alphanumeric()) && before.is_some_and(|c| c.is_ascii_alphanumeric()))
}

fn without_general(name: &str) -> &str {
    suffixes(name)
        .find(|suffix| *suffix != name && is_general(suffix))
        .map_or(name, |general| &name[..name.len() - general.len()])
}

pub(super) fn without_qualifiers(name: &str) -> &str {
    let mut name = EXTREMES.iter().find_map(|extreme| name.strip_prefix(extreme)).unwrap_or(name);
    while let Some(qualifier) = suffixes(name).find(|suffix| *suffix != name && is_qualifier(suffix)) {
        let rest = name[..name.len() - qualifier.len()].trim_end();
        if rest.chars().nth(1).is_none() {
            break;
        }
        name = rest;
    }
    name
}

/// Words before a property that do not make it another one.
const EXTREMES: [&str; 6] = ["最高", "最大", "最低", "最小", "平均", "峰值"];

/// The name in standard words, and the condition in a bracket behind it or as a quantity before it: `kv2(-40°c)`,
/// `-40°c冲击功`.
pub(super) fn parted(property: &str) -> (Cow<'_, str>, Option<&str>) {
    let (name, condition) = match bracket_start(property) {
        Some(open) if open > 0 => (property[..open].trim_end(), Some(&property[open + 1..property.len() - 1])),
        _ => match condition_len(property) {
            Some(len) => (property[len..].trim_start(), Some(property[..len].trim_end())),
            None => match condition_word(property) {
                Some(word) => (&property[word.len()..], Some(word)),
                None => (property, None),
            },
        },
    };
    (in_standard_words(name), condition)
}

/// The bytes of a number with its unit that a name begins with; behind them stands the name proper.
fn condition_len(property: &str) -> Option<usize> {
    let digits = property.trim_start_matches(['-', '+']);
    let rest = digits.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    if rest.len() == digits.len() {
        return None;
    }
    let unit = rest.trim_start();
    let end = property.len() - unit.len() + Unit::len_at_start(unit)?;
    property[end..].trim_start().starts_with(is_ideograph).then_some(end)
}

fn in_standard_words(name: &str) -> Cow<'_, str> {
    let mut name = contained(name).map_or(Cow::Borrowed(name), Cow::Owned);
    for (word, standard) in standard_words() {
        if let Some(at) = whole_word(&name, word) {
            name = Cow::Owned(format!("{}{standard}{}", &name[..at], &name[at + word.len()..]));
        }
    }
    name
}

/// `氧含量` of `含氧量`.
fn contained(name: &str) -> Option<String> {
    let what = name.strip_prefix('含')?.strip_suffix('量')?;
    (1..=LONGEST_CONTAINED).contains(&what.chars().count()).then(|| format!("{what}含量"))
}

/// Characters of what is contained: 含氧量, 含铝硅量.
const LONGEST_CONTAINED: usize = 4;

/// Where the word stands in a name, a Latin one between no other letters or digits.
fn whole_word(name: &str, word: &str) -> Option<usize> {
    let at = name.find(word)?;
    let latin = |c: Option<char>| word.is_ascii() && c.is_some_and(|c| c.is_ascii_alphanumeric());
    let (before, behind) = (name[..at].chars().next_back(), name[at + word.len()..].chars().next());
    (!latin(before) && !latin(behind)).then_some(at)
}
