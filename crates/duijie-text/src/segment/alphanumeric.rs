//! Letters and digits: what stays whole and what is number and unit.

use super::technical::is_ideograph;
use super::{Token, TokenKind};
use rustc_hash::FxHashSet;
use std::borrow::Cow;
use std::sync::LazyLock;

/// Bodies whose standards are written with a blank before the number: `ISO 13485`, `GB/T 1591`.
const STANDARD_BODIES: [&str; 24] = [
    "api", "asme", "astm", "aws", "cb", "din", "dl", "dnv", "en", "gb", "gb/t", "gjb", "hg/t", "iec", "ieee", "iso",
    "jb/t", "jis", "nb/t", "qc/t", "sae", "ul", "yb/t", "yy/t",
];

static UNITS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| words_of(include_str!("../../data/units.txt")));
static WHOLE: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| words_of(include_str!("../../data/whole_words.txt")));

fn words_of(text: &'static str) -> FxHashSet<&'static str> {
    text.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect()
}

/// A letter or digit of any script but the ideographs.
pub(super) fn is_word_char(c: char) -> bool {
    match c {
        '\0'..='\u{7f}' => c.is_ascii_alphanumeric(),
        // The punctuation of Chinese text, told at sight: 、。〈》【〔 and ‐—“”…
        '\u{2010}'..='\u{203e}' | '\u{3001}' | '\u{3002}' | '\u{3008}'..='\u{3020}' => false,
        _ => c.is_alphanumeric() && !is_ideograph(c),
    }
}

fn is_connector(c: char) -> bool {
    matches!(c, '-' | '/' | '.' | '+' | '_' | '·' | '&' | '^')
}

/// Cuts the alphanumeric run that begins at `start`; answers where the rest of the text begins.
pub(super) fn segment_run<'t>(text: &'t str, start: usize, sink: &mut dyn FnMut(Token<'t>)) -> usize {
    let end = run_end(text, start);
    let run = &text[start..end];
    if run.starts_with(|c: char| c.is_ascii_digit()) && !WHOLE.contains(run) {
        return segment_number(text, start, end, sink);
    }
    if STANDARD_BODIES.contains(&run)
        && let Some(number_end) = standard_number(text, end)
    {
        sink(Token {
            text: Cow::Owned(format!("{run}{}", text[end..number_end].trim_start())),
            span: start..number_end,
            kind: TokenKind::Alphanumeric,
        });
        sink(token(text, start, end, TokenKind::SubWord));
        return number_end;
    }
    whole(text, start, end, sink);
    end
}

fn token(text: &str, start: usize, end: usize, kind: TokenKind) -> Token<'_> {
    Token { text: Cow::Borrowed(&text[start..end]), span: start..end, kind }
}

/// A technical word and its parts.
fn whole<'t>(text: &'t str, start: usize, end: usize, sink: &mut dyn FnMut(Token<'t>)) {
    sink(token(text, start, end, TokenKind::Alphanumeric));
    let run = &text[start..end];
    if !run.contains(is_connector) {
        return;
    }
    let mut at = start;
    for part in run.split(is_connector) {
        if part.chars().nth(1).is_some() && part.contains(char::is_alphabetic) {
            sink(token(text, at, at + part.len(), TokenKind::SubWord));
        }
        at += part.len() + text[at + part.len()..].chars().next().map_or(0, char::len_utf8);
    }
}

/// Where the run of letters, digits and inner connectors ends; a final `+` (`na+`, `c++`) belongs to it.
fn run_end(text: &str, start: usize) -> usize {
    let mut chars = text[start..].char_indices().peekable();
    let mut end = start;
    while let Some((at, c)) = chars.next() {
        let next = start + at + c.len_utf8();
        if is_word_char(c) {
            end = next;
        } else if c == '+' && end == start + at {
            let followed = chars.peek().is_none_or(|&(_, c)| !c.is_ascii_digit());
            if followed {
                end = next;
            }
        } else if c == '^' && chars.peek().is_some_and(|&(_, c)| c == '-' || c == '+') {
            chars.next();
        } else if !is_connector(c) || !chars.peek().is_some_and(|&(_, c)| is_word_char(c)) {
            break;
        }
    }
    end
}

/// The end of the standard's number behind its body, if one follows: blanks, digits, `.` and `-`.
fn standard_number(text: &str, body_end: usize) -> Option<usize> {
    let rest = text[body_end..].trim_start_matches(' ');
    let blanks = text.len() - body_end - rest.len();
    let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.' && c != '-').unwrap_or(rest.len());
    let digits = rest[..digits].trim_end_matches(['.', '-']).len();
    (blanks <= 2 && rest.starts_with(|c: char| c.is_ascii_digit())).then(|| text.len() - rest.len() + digits)
}

/// Cuts a run that begins with a digit: number, unit if one follows, and the rest of the run anew.
fn segment_number<'t>(text: &'t str, start: usize, end: usize, sink: &mut dyn FnMut(Token<'t>)) -> usize {
    let number_end = number_end(text, start, end);
    let rest = &text[number_end..end];
    if rest.is_empty() {
        sink(token(text, start, number_end, TokenKind::Number));
        return unit_behind(text, number_end, sink);
    }
    if let Some(len) = unit_len(rest) {
        sink(token(text, start, number_end, TokenKind::Number));
        sink(token(text, number_end, number_end + len, TokenKind::Unit));
        return number_end + len;
    }
    // `2.5-3.5mm`: a range. `40cr13`, `2-氯`: anything else stays whole.
    let after = rest.trim_start_matches(is_connector);
    if after.len() < rest.len() && after.starts_with(|c: char| c.is_ascii_digit()) {
        sink(token(text, start, number_end, TokenKind::Number));
        return number_end;
    }
    whole(text, start, end, sink);
    end
}

/// Digits with inner `.` or `,` and a power of ten: `1,000`, `0.01`, `10^-6`.
fn number_end(text: &str, start: usize, end: usize) -> usize {
    let bytes = text.as_bytes();
    let digit = |at: usize| at < end && bytes[at].is_ascii_digit();
    let mut at = start;
    while digit(at) || (at < end && bytes[at] == b'.' && digit(at + 1)) {
        at += 1;
    }
    if at < end && bytes[at] == b'^' {
        let sign = usize::from(at + 1 < end && matches!(bytes[at + 1], b'-' | b'+'));
        if digit(at + 1 + sign) {
            at += 1 + sign;
            while digit(at) {
                at += 1;
            }
        }
    }
    at
}

/// A unit that stands behind a number with at most one blank between: `5 mm`, `-40 °c`.
fn unit_behind<'t>(text: &'t str, number_end: usize, sink: &mut dyn FnMut(Token<'t>)) -> usize {
    let rest = &text[number_end..];
    let blank = usize::from(rest.starts_with(' '));
    let start = number_end + blank;
    let rest = &rest[blank..];
    if let Some(letter) = rest.strip_prefix('°')
        && letter.starts_with(['c', 'f'])
    {
        let end = start + '°'.len_utf8() + 1;
        sink(token(text, start, end, TokenKind::Unit));
        return end;
    }
    if blank == 1 && rest.starts_with(is_word_char) {
        let end = run_end(text, start);
        if unit_len(&text[start..end]) == Some(end - start) {
            sink(token(text, start, end, TokenKind::Unit));
            return end;
        }
    }
    number_end
}

/// The length of the unit that `run` begins with, if all of it up to a connector that starts a new
/// number is a unit: `mm`, `m3/h`, `kw·h`.
fn unit_len(run: &str) -> Option<usize> {
    let mut len = 0;
    for part in run.split_inclusive(is_connector) {
        let unit = part.trim_end_matches(is_connector);
        if UNITS.contains(unit) {
            len += part.len();
        } else if len > 0 && unit.starts_with(|c: char| c.is_ascii_digit()) {
            // `10mpa/20mpa`, `5m-8m`: the unit ended before the connector.
            break;
        } else {
            return None;
        }
    }
    let unit = run[..len].trim_end_matches(is_connector);
    (!unit.is_empty()).then_some(unit.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn word_characters_are_the_alphanumeric_ones_but_ideographs() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_word_char(c), c.is_alphanumeric() && !is_ideograph(c), "{c:?}");
        }
    }
}
