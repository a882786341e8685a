//! A number, a range or a tolerance, with its unit.

use super::number::{Magnitude, Number, number_at};
use super::property;
use super::property_class::is_number;
use super::quantity::Amount;
use super::unit::Unit;
use super::wording;
use crate::{Normalized, OffsetMap};
use std::ops::Range;

/// Amount and unit at some place of the normalised text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Measure {
    pub(super) amount: Amount,
    pub(super) unit: Unit,
    pub(super) span: Range<usize>,
    pub(super) look: Look,
    /// 余 or 多 behind the number.
    pub(super) and_more: bool,
}

/// How surely the number alone is a quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Look {
    /// The first of numbers parted by strokes, which is one only where the properties are parted so too.
    Part,
    /// A bare number.
    Bare,
    /// So many to one.
    Ratio,
    /// A bare range with a wave between, or a counted thing.
    Counted,
    /// It has a unit, a power of ten or a magnitude.
    Quantity,
}

/// A text read for measures.
pub(super) struct Source<'t> {
    pub(super) original: &'t str,
    pub(super) text: &'t str,
    offsets: &'t OffsetMap,
}

impl<'t> Source<'t> {
    pub(super) fn new(original: &'t str, normalized: &'t Normalized<'t>) -> Self {
        Self { original, text: &normalized.text, offsets: &normalized.offsets }
    }

    pub(super) fn original_range(&self, span: Range<usize>) -> Range<usize> {
        self.offsets.original_range(span)
    }

    /// The measure that starts with the digit at `digit`; `earliest` is where the text before is spoken for.
    pub(super) fn measure_at(&self, digit: usize, earliest: usize) -> Option<Measure> {
        let first = self.number(digit)?;
        let sign = self.sign(digit, earliest);
        if let Some(range) = self.range(digit, first, sign) {
            return Some(range);
        }
        if let Some(tolerance) = self.tolerance(digit, first, earliest) {
            return Some(tolerance);
        }
        if let Some(ratio) = self.ratio(digit, first) {
            return Some(ratio);
        }
        let (unit, end, and_more) = self.unit_behind(first.end).or_else(|| self.per_unit_behind(first))?;
        let (start, factor) = match sign {
            Some(sign) if sign.sure || matches!(unit.symbol(), "°C" | "dB" | "dBm") => (sign.start, sign.factor),
            _ => (digit, 1.0),
        };
        let look = look(&unit, first.magnitude);
        Some(Measure { amount: Amount::One(first.value * factor), unit, span: start..end, look, and_more })
    }

    pub(super) fn number(&self, start: usize) -> Option<Number> {
        // A full-width comma normalises to a grouping one but separates clauses; a blank groups if it is a narrow
        // one or the number is that of a bound.
        let bound = self.text[..start].ends_with(['≥', '≤', '>', '<', '=', '±']);
        number_at(self.text, start, |at| match self.original.get(self.original_range(at..at + 1)) {
            Some("," | "\u{2009}" | "\u{202f}" | "\u{a0}" | "\u{2006}" | "\u{2008}") => true,
            Some(" ") => bound,
            _ => false,
        })
    }

    /// The number at `digit`, if a stroke and another number follow it: the 90 of `90/120MPa`.
    pub(super) fn part_at(&self, digit: usize) -> Option<Measure> {
        let number = self.number(digit)?;
        let next = self.text[number.end..].strip_prefix('/')?.starts_with(|c: char| c.is_ascii_digit());
        let amount = Amount::One(number.value);
        let span = digit..number.end;
        next.then_some(Measure { amount, unit: Unit::one(), span, look: Look::Part, and_more: false })
    }

    /// The unit behind a number, if any, and where the measure ends; `None` if the number is part of a name.
    fn unit_behind(&self, number_end: usize) -> Option<(Unit, usize, bool)> {
        let rest = &self.text[number_end..];
        let more = rest.chars().next().filter(|c| matches!(c, '余' | '多')).map_or(0, char::len_utf8);
        let magnitude = if more > 0 && rest[more..].starts_with('万') { "万".len() } else { 0 };
        if magnitude > 0 {
            // `30余万`: rare, and its value would need the number again.
            return None;
        }
        let blanks = rest[more..].len() - rest[more..].trim_start_matches(' ').len();
        let start = number_end + more + blanks;
        if blanks <= 2
            && let Some(len) = Unit::len_at_start(&self.text[start..])
            && let Some(spelled) = self.original.get(self.original_range(start..start + len))
            && let Some(unit) = Unit::parse(spelled)
        {
            return Some((unit, start + len, more > 0));
        }
        let runs_on = |c: char| c.is_alphanumeric() && !is_ideograph(c) || matches!(c, '_' | '/' | '⁄' | '#');
        let mut after = rest.chars();
        match after.next() {
            Some(c) if runs_on(c) => None,
            Some('-' | '.' | ':') if after.next().is_some_and(runs_on) => None,
            // `1920×1080`, `3000*1500mm`: none of the two alone.
            Some('×' | '*') if after.as_str().trim_start().starts_with(|c: char| c.is_ascii_digit()) => None,
            _ => Some((Unit::one(), number_end, false)),
        }
    }

    /// The `/℃` of `3×10⁻⁶/℃`.
    fn per_unit_behind(&self, number: Number) -> Option<(Unit, usize, bool)> {
        let below = self.text[number.end..].strip_prefix('/')?;
        let Magnitude::Power { .. } = number.magnitude else { return None };
        let start = self.text.len() - below.len();
        let end = start + Unit::len_at_start(below)?;
        let unit = Unit::parse(self.original.get(self.original_range(start..end))?)?;
        Some((Unit::one().per(&unit), end, false))
    }

    /// `1:100`, `30:1`: how many times the one is the other.
    fn ratio(&self, digit: usize, first: Number) -> Option<Measure> {
        let second = self.number(first.end + self.text[first.end..].strip_prefix(':').map(|_| ":".len())?)?;
        let (unit, end, _) = self.unit_behind(second.end)?;
        let times = first.value.max(second.value);
        let is_ratio = unit.symbol().is_empty() && first.value.min(second.value) == 1.0;
        is_ratio.then_some(Measure {
            amount: Amount::One(times),
            unit,
            span: digit..end,
            look: Look::Ratio,
            and_more: false,
        })
    }

    /// A second number behind the first: `2.5~3.5mm`, `-40°c~85°c`, `1~2万`, `100 至 120`.
    fn range(&self, digit: usize, first: Number, sign: Option<Sign>) -> Option<Measure> {
        let first_unit = self.unit_behind(first.end);
        let joint = first_unit.as_ref().map_or(first.end, |&(_, end, _)| end);
        let (joint, second_start, factor) = joint_at(self.text, joint)?;
        let second = self.number(second_start)?;
        let (unit, end, and_more) = self.unit_behind(second.end)?;
        let first_unit = first_unit.map(|(unit, ..)| unit).filter(|unit| unit.symbol() != "");
        if joint == Joint::And && !self.text[end..].trim_start().starts_with("之间") {
            return None;
        }
        // `2018-2020` with neither wave nor unit is no range of a quantity, but of what is a plain number: pH6-9.
        if joint == Joint::Dash && unit.symbol().is_empty() && first_unit.is_none() && !self.is_of_number(digit) {
            return None;
        }
        let unit = if unit.symbol().is_empty() { first_unit.clone().unwrap_or(unit) } else { unit };
        let mut from = first.value;
        if let Some(first_unit) = &first_unit {
            // `500mm~2m`: in the second's unit.
            from = first_unit.convert(from, &unit)?;
        } else if first.magnitude == Magnitude::None && from < second.value / second.magnitude.shared() {
            from *= second.magnitude.shared();
        }
        let to = second.value * factor;
        let (mut start, mut signed) = (digit, from);
        if let Some(sign) = sign.filter(|sign| sign.sure || -from <= to) {
            (start, signed) = (sign.start, from * sign.factor);
        }
        let look = match look(&unit, second.magnitude) {
            Look::Bare if joint != Joint::Dash => Look::Counted,
            look => look,
        };
        let amount = Amount::Range { low: signed.min(to), high: signed.max(to) };
        Some(Measure { amount, unit, span: start..end, look, and_more })
    }

    /// Whether the property named before `digit` is a plain number.
    fn is_of_number(&self, digit: usize) -> bool {
        let before = &self.text[..digit];
        let start = before.char_indices().rev().take(LONGEST_NAME_CHARS).last().map_or(digit, |(at, _)| at);
        let rest = &before[start..start + wording::before(&before[start..]).rest_len];
        property::before(rest).is_some_and(|name| is_number(&rest[name]))
    }

    /// `±0.01mm`, `10±0.5mm`, `10mm±0.5mm`.
    fn tolerance(&self, digit: usize, first: Number, earliest: usize) -> Option<Measure> {
        let before = self.text[earliest..digit].trim_end_matches(' ');
        if let Some(before) = ["±", "+/-", "正负"].iter().find_map(|sign| before.strip_suffix(sign)) {
            let (unit, end, and_more) = self.unit_behind(first.end)?;
            let amount = Amount::Tolerance { nominal: None, deviation: first.value };
            let span = earliest + before.len()..end;
            return Some(Measure { amount, unit, span, look: Look::Quantity, and_more });
        }
        let nominal_unit = self.unit_behind(first.end);
        let joint = nominal_unit.as_ref().map_or(first.end, |&(_, end, _)| end);
        let behind = self.text[joint..].strip_prefix('±')?.trim_start_matches(' ');
        let deviation = self.number(self.text.len() - behind.len())?;
        let (unit, end, and_more) = self.unit_behind(deviation.end)?;
        let mut nominal = first.value;
        let unit = match nominal_unit.map(|(unit, ..)| unit).filter(|unit| unit.symbol() != "") {
            Some(nominal_unit) if unit.symbol().is_empty() => nominal_unit,
            // `100Ω±1%`: a share of the value.
            Some(nominal_unit) if unit.dimension().is_one() && !nominal_unit.dimension().is_one() => {
                let amount = Amount::Tolerance {
                    nominal: Some(nominal),
                    deviation: nominal.abs() * unit.to_base(deviation.value),
                };
                return Some(Measure { amount, unit: nominal_unit, span: digit..end, look: Look::Quantity, and_more });
            }
            Some(nominal_unit) => {
                nominal = nominal_unit.convert(nominal, &unit)?;
                unit
            }
            None => unit,
        };
        let amount = Amount::Tolerance { nominal: Some(nominal), deviation: deviation.value };
        Some(Measure { amount, unit, span: digit..end, look: Look::Quantity, and_more })
    }

    fn sign(&self, digit: usize, earliest: usize) -> Option<Sign> {
        let before = &self.text[earliest..digit];
        const BELOW_ZERO: &str = "零下";
        if before.ends_with(BELOW_ZERO) {
            return Some(Sign { start: digit - BELOW_ZERO.len(), factor: -1.0, sure: true });
        }
        let sign = before.chars().next_back().filter(|c| matches!(c, '-' | '−' | '+' | '–'))?;
        let before = &before[..before.len() - sign.len_utf8()];
        let sure = match before.chars().next_back() {
            None => earliest == 0,
            Some(c) => !c.is_alphanumeric() && !matches!(c, ')' | '%' | '°'),
        };
        // `低温-40℃` may be a dash; which, the unit tells.
        let possible = sure || before.chars().next_back().is_some_and(is_ideograph);
        let factor = if sign == '+' { 1.0 } else { -1.0 };
        possible.then_some(Sign { start: digit - sign.len_utf8(), factor, sure })
    }
}

#[derive(Clone, Copy)]
struct Sign {
    start: usize,
    factor: f64,
    sure: bool,
}

fn look(unit: &Unit, magnitude: Magnitude) -> Look {
    match magnitude {
        Magnitude::None if unit.symbol().is_empty() => Look::Bare,
        Magnitude::None if unit.is_counting() => Look::Counted,
        _ => Look::Quantity,
    }
}

/// How far before a number the name of a plain number is looked for.
const LONGEST_NAME_CHARS: usize = 16;

/// What joins the numbers of a range.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    /// It can be nothing else: 至.
    Wave,
    Dash,
    /// 和, with 之间 behind the second number.
    And,
}

/// What joins the numbers of a range at `at`, where the second number starts, and its sign.
fn joint_at(text: &str, at: usize) -> Option<(Joint, usize, f64)> {
    let rest = text[at..].trim_start_matches(' ');
    let mut chars = rest.chars();
    let joint = match chars.next()? {
        '~' | '〜' | '∼' | '至' | '到' => Joint::Wave,
        '-' | '−' | '–' | '—' | '―' => Joint::Dash,
        '和' | '与' => Joint::And,
        _ => return None,
    };
    let mut rest = chars.as_str();
    rest = rest.strip_prefix(if joint == Joint::Wave { '~' } else { '—' }).unwrap_or(rest).trim_start_matches(' ');
    let sign = rest.chars().next().filter(|c| matches!(c, '-' | '−' | '+'));
    rest = &rest[sign.map_or(0, char::len_utf8)..];
    let factor = if matches!(sign, Some('-' | '−')) { -1.0 } else { 1.0 };
    Some((joint, text.len() - rest.len(), factor))
}

pub(super) fn is_ideograph(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}
