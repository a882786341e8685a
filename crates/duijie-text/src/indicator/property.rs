//! Which property a quantity is of.

use super::measure::is_ideograph;
use super::words::Words;
use std::ops::Range;

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
    let unnumbered = if is_rest_of_grade(noun, unnumbered) { noun } else { unnumbered };
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

/// Whether a letter goes on with the digits before it, as in the grade of a material: 316L双极板.
fn is_rest_of_grade(noun: &str, unnumbered: &str) -> bool {
    let mut chars = unnumbered.chars();
    noun.starts_with(|c: char| c.is_ascii_digit())
        && chars.next().is_some_and(|c| c.is_ascii_alphabetic())
        && chars.next().is_some_and(is_ideograph)
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
