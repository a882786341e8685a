//! Whether two names are of the same property.

use super::measure::is_ideograph;
use super::property::bracket_start;
use super::property_class::{is_general, is_qualifier, is_unlike, standard_words, suffixes};
use super::unit::Unit;
use std::borrow::Cow;

/// Whether the two names are of the same property, as far as the words alone tell or `same` says of the names
/// without their conditions.
///
/// The names agree if one ends with the other (抗拉强度 and 接头抗拉强度), or if they do without
/// their general head (接头抗拉 and 抗拉强度). A general word alone agrees only with itself, and
/// differing conditions (KV2(-40℃), -20℃冲击功) never agree, nor do names with words that exclude each other
/// (最高温度, 最低温度).
pub(super) fn agree(one: &str, other: &str, same: impl Fn(&str, &str) -> bool) -> bool {
    let ((one, one_condition), (other, other_condition)) = (parted(one), parted(other));
    if let (Some(one), Some(other)) = (one_condition, other_condition)
        && !one.chars().filter(|c| *c != ' ').eq(other.chars().filter(|c| *c != ' '))
    {
        return false;
    }
    if is_unlike(&one, &other) {
        return false;
    }
    let (a, b) = (without_qualifiers(&one), without_qualifiers(&other));
    a == b || overlap(a, b) || overlap(without_general(a), without_general(b)) || same(&one, &other)
}

fn overlap(one: &str, other: &str) -> bool {
    let (long, short) = if one.len() >= other.len() { (one, other) } else { (other, one) };
    if is_general(short) || short.chars().nth(1).is_none() || !long.ends_with(short) {
        return false;
    }
    // Latin names are whole words: `d50` does not end `id50`.
    let before = long[..long.len() - short.len()].chars().next_back();
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
            None => (property, None),
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
    let mut name = Cow::Borrowed(name);
    for (word, standard) in standard_words() {
        if let Some(at) = whole_word(&name, word) {
            name = Cow::Owned(format!("{}{standard}{}", &name[..at], &name[at + word.len()..]));
        }
    }
    name
}

/// Where the word stands in a name, a Latin one between no other letters or digits.
fn whole_word(name: &str, word: &str) -> Option<usize> {
    let at = name.find(word)?;
    let latin = |c: Option<char>| word.is_ascii() && c.is_some_and(|c| c.is_ascii_alphanumeric());
    let (before, behind) = (name[..at].chars().next_back(), name[at + word.len()..].chars().next());
    (!latin(before) && !latin(behind)).then_some(at)
}
