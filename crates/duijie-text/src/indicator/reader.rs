//! From text to quantities.

use super::chinese;
use super::condition::{self, Bracketed};
use super::listed::Listed;
use super::measure::{Look, Measure, Source, is_ideograph};
use super::property;
use super::property_class::better;
use super::property_name::bracketed_condition;
use super::quantity::{Comparator, Quantity};
use super::scale::Scale;
use super::sequel;
use super::standing::standing;
use super::stated;
use super::surroundings::Surroundings;
use super::two_sided::Side;
use crate::{Normalizer, StandardNormalizer};
use std::ops::Range;

/// How far before a number its words and its property are looked for.
const WINDOW_CHARS: usize = 48;

/// The quantities of `text`, in order; none where it has none, and never an error.
///
/// Numbers that are part of a name (`T800`, `GB/T 1591`, `5G`), calendar years, and bare or counting
/// numbers with nothing that makes a demand of them (`3个方面`) are not quantities. A condition in
/// brackets belongs to the property it stands behind: `KV₂(-40℃)≥27J` is one quantity.
///
/// ```
/// use duijie_text::{Amount, Comparator, read_quantities};
///
/// let text = "焊缝宽度控制在２.５～３.５mm，能耗由20kWh/t降至15kWh/t以下";
/// let read = read_quantities(text);
/// assert_eq!(read[0].property.as_deref(), Some("焊缝宽度"));
/// assert_eq!(read[0].amount, Amount::Range { low: 2.5, high: 3.5 });
/// assert_eq!(&text[read[0].span.clone()], "２.５～３.５mm");
/// assert_eq!(read[1].comparator, Comparator::AtMost);
/// assert_eq!(read[1].amount, Amount::FromTo { from: 20.0, to: 15.0 });
/// ```
pub fn read_quantities(text: &str) -> Vec<Quantity> {
    let normalized = StandardNormalizer.normalize(text);
    if !normalized.text.contains(|c: char| c.is_ascii_digit() || chinese::starts_number(c)) {
        return Vec::new();
    }
    let mut reader = Reader { source: Source::new(text, &normalized), read: Vec::new(), side: None, listed: None };
    reader.run();
    sequel::disown_what_was(&mut reader.read, &normalized.text);
    condition::without_conditions(reader.read, &normalized.text)
}

struct Reader<'t> {
    source: Source<'t>,
    read: Vec<Placed>,
    /// The first of two bounds, until the second is read.
    side: Option<Side>,
    listed: Option<Listed>,
}

/// A quantity and its place in the normalised text.
pub(super) struct Placed {
    pub(super) quantity: Quantity,
    span: Range<usize>,
    pub(super) phrase: Range<usize>,
    /// Behind 由: a new value may follow.
    pub(super) from: bool,
    pub(super) role: Role,
}

/// What a quantity is among those around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// One of its own.
    Value,
    /// Before 下 or 时: others are measured at it.
    Condition,
    /// Before 后: what stands right behind is measured after it; else it is one of its own, as 盐雾1000h后无锈 is.
    Elapsed,
    /// A number of times that nothing makes a demand of: others are measured after it, or it is nothing.
    Times,
}

impl Reader<'_> {
    fn run(&mut self) {
        let text = self.source.text;
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            let next = at + c.len_utf8();
            let measure = if c.is_ascii_digit() {
                self.measure_at(at)
            } else if chinese::starts_number(c) {
                self.source.chinese_measure_at(at)
            } else {
                None
            };
            if let Some(side) = measure.as_ref().and_then(|measure| Side::of(measure, text)) {
                at = side.end;
                self.side = Some(side);
                continue;
            }
            at = match measure.and_then(|measure| self.place(measure)) {
                Some(end) => end,
                // The rest of a number that is none, or of a name, is not looked at again.
                None if c.is_ascii_digit() => end_of_run(text, next),
                None => next,
            };
        }
    }

    /// The measure whose first digit is at `at`, if that begins a number.
    fn measure_at(&self, at: usize) -> Option<Measure> {
        let text = self.source.text;
        if let Some((scale, start)) = Scale::before(text, at) {
            return scale.measured(self.source.measure_at(at, self.spoken_for())?, start, text);
        }
        let goes_on = self.listed.as_ref().is_some_and(|listed| listed.goes_on_at(at, text));
        let read = || self.source.measure_at(at, self.spoken_for()).or_else(|| self.source.part_at(at));
        (goes_on || self.starts_number(at)).then(read).flatten()
    }

    /// Where the text already belongs to an earlier quantity.
    fn spoken_for(&self) -> usize {
        self.read.last().map_or(0, |placed| placed.phrase.end)
    }

    /// Whether the digit at `at` begins a number and not the tail of a name.
    fn starts_number(&self, at: usize) -> bool {
        let before = &self.source.text[..at];
        let mut chars = before.chars().rev();
        match (chars.next(), chars.next()) {
            (Some('第' | '^' | '_' | '#' | '№' | '⁄'), _) => false,
            (Some('×' | '*'), Some(c)) => !c.is_ascii_digit(),
            (Some('-' | '/' | '.' | ':' | '·' | '&'), Some(c)) => !c.is_alphanumeric() || is_ideograph(c),
            (Some(c), _) if c.is_ascii_alphanumeric() || c == 'φ' || c == 'δ' => {
                let name = before.trim_end_matches(|c: char| c.is_alphanumeric() && !is_ideograph(c));
                matches!(&before[name.len()..], "ra" | "rz" | "ph" | "φ" | "δ")
            }
            (Some(c), _) => !c.is_alphanumeric() || is_ideograph(c),
            (None, _) => true,
        }
    }

    /// Takes the measure as a quantity if its words make it one; answers where it ends.
    fn place(&mut self, measure: Measure) -> Option<usize> {
        let text = self.source.text;
        let earlier_end = self.read.last().map_or(0, |earlier| earlier.quantity.span.end);
        if self.source.original_range(measure.span.clone()).start < earlier_end {
            // One character of the original that normalises to several numbers.
            return None;
        }
        let mut kept = self.read.len();
        let window = self.window(&measure, kept);
        let mut around = Surroundings::of(&measure, text, window);
        let unbracketed = self.outside_bracket(window + around.before.rest_len);
        if unbracketed < kept {
            kept = unbracketed;
            around = Surroundings::of(&measure, text, self.window(&measure, kept));
        }
        let window = self.window(&measure, kept);
        let rest = &text[window..(window + around.before.rest_len).min(measure.span.start)];
        let listed = self.listed.take().filter(|listed| around.name.is_none() && listed.goes_on(rest, window));
        let name_text = around.name.clone().map(|name| &text[name]);
        let cycles = condition::cycles_len(&measure, text, name_text);
        let may_be_times = cycles.is_some() || condition::is_bracketed_cycles(&measure, text, self.spoken_for());
        let listed = listed.or_else(|| {
            let counted = measure.look == Look::Counted;
            Listed::of(text, window, around.name.clone()?, &measure).filter(|_| !counted || around.want(&measure, text))
        });
        let is_wanted = listed.is_some() || around.want(&measure, text);
        if !is_wanted && !may_be_times {
            return None;
        }
        let is_times = !is_wanted;
        self.read.truncate(kept);
        let marker = cycles.or_else(|| condition::marker_len(&measure, text));
        let marker = marker.filter(|_| around.phrase.end == measure.span.end);
        around.phrase.end += marker.unwrap_or(0);
        let measured_at = self.take_condition(&mut around);
        let property = stated::property(&around, measured_at, text);
        // 转化率46%时选择性85% claims both.
        let is_claim = property.as_deref().is_some_and(|name| better(name, measure.amount, &measure.unit).is_some());
        let role = match marker {
            _ if is_times => Role::Times,
            Some(_) if text[measure.span.end..].trim_start().starts_with('后') => Role::Elapsed,
            Some(_) if !is_claim => Role::Condition,
            _ => Role::Value,
        };
        let comparator = around.comparator(&measure, property.as_deref());
        let named_until = around.name.as_ref().map_or(around.phrase.start, |name| name.end.min(measure.span.start));
        let mut span = measure.span.clone();
        let mut quantity = stated::quantity(measure, property, comparator, &around, text);
        quantity.standing = standing(&text[window.min(named_until)..named_until]);
        if let Some(earlier) = self.read.last().filter(|_| listed.is_none()) {
            if let Some(joined) = sequel::joined(earlier, &quantity, &around.before, rest) {
                around.phrase.start = earlier.phrase.start;
                span.start = earlier.span.start;
                quantity = joined;
                self.read.pop();
            } else if quantity.property.is_none() {
                quantity.property = sequel::continued(&earlier.quantity, &quantity, &around.before, rest);
            }
        }
        if let Some((joined, start)) = self.side.take().and_then(|side| side.join(&quantity)) {
            around.phrase.start = around.phrase.start.min(start);
            span.start = start;
            quantity = joined;
        }
        if let Some(listed) = listed {
            if !quantity.unit.symbol().is_empty() {
                let unitless = self.read.len().saturating_sub(listed.unitless);
                self.read[unitless..].iter_mut().for_each(|earlier| earlier.quantity.unit = quantity.unit.clone());
            }
            self.listed = listed.give(&mut quantity, around.phrase.end);
        }
        if let Some((word, len)) = bracketed_condition(&text[around.phrase.end..]) {
            quantity.property = quantity.property.map(|name| condition::with_condition(&name, word));
            around.phrase.end += len;
        }
        if let Some(earlier) = self.read.last_mut()
            && !(around.before.signs.from || around.before.signs.to)
            && let Some(bracketed) = condition::bracketed(&quantity, &span, earlier, text)
        {
            if bracketed == Bracketed::Condition {
                let name = earlier.quantity.property.take();
                earlier.quantity.property =
                    name.map(|name| condition::with_condition(&name, text[span.clone()].trim()));
            }
            return Some(span.end);
        }
        quantity.span = self.source.original_range(trimmed(text, span.clone()));
        quantity.phrase = self.source.original_range(trimmed(text, around.phrase.clone()));
        let from = around.before.signs.from;
        let end = around.phrase.end;
        self.read.push(Placed { quantity, span, phrase: around.phrase, from, role });
        Some(end)
    }

    /// Where to begin looking for the words before a measure, behind the first `kept` quantities.
    fn window(&self, measure: &Measure, kept: usize) -> usize {
        let from = self.read[..kept].last().map_or(0, |placed| placed.phrase.end);
        let start = measure.span.start.max(from);
        self.source.text[from..start].char_indices().rev().take(WINDOW_CHARS).last().map_or(start, |(at, _)| from + at)
    }

    /// How many quantities stand outside the bracket that ends at `end`, if one does: those inside
    /// are conditions of the property that the bracket belongs to.
    fn outside_bracket(&self, end: usize) -> usize {
        match property::bracket_start(self.source.text[..end].trim_end()) {
            Some(open) => self.read.partition_point(|placed| placed.span.start < open),
            None => self.read.len(),
        }
    }

    /// Takes a quantity right before the name as what it is measured at: `28d收缩率`, `-60℃冲击功`, `25℃下粘度`.
    fn take_condition(&mut self, around: &mut Surroundings) -> Option<Range<usize>> {
        let name = around.name.as_ref()?;
        let earlier = self.read.pop_if(|earlier| earlier.is_condition() && earlier.phrase.end == name.start)?;
        around.phrase.start = around.phrase.start.min(earlier.phrase.start);
        Some(trimmed(self.source.text, earlier.span))
    }
}

impl Placed {
    /// Whether it can be what the property right behind it is measured at.
    fn is_condition(&self) -> bool {
        let quantity = &self.quantity;
        self.role != Role::Value
            || quantity.property.is_none()
                && quantity.change.is_none()
                && self.phrase.end == self.span.end
                && matches!(quantity.comparator, Comparator::Equal | Comparator::Between)
    }
}

fn trimmed(text: &str, span: Range<usize>) -> Range<usize> {
    let piece = &text[span.clone()];
    span.start + (piece.len() - piece.trim_start().len())..span.start + piece.trim_end().len()
}

fn end_of_run(text: &str, from: usize) -> usize {
    text[from..].find(|c: char| !c.is_ascii_alphanumeric() && c != '.').map_or(text.len(), |at| from + at)
}
