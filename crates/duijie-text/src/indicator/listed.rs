//! Properties and then their values: `抗拉强度、屈服强度分别≥500MPa、400MPa`, `转化率/选择性≥90%/95%`.

use super::measure::{Look, Measure, is_ideograph};
use super::property;
use super::quantity::{Change, Comparator, Quantity};
use super::unit::Unit;
use std::ops::Range;

/// More properties than these have values of their own.
const MOST: usize = 6;

/// The properties that wait for their values, the first first.
#[derive(Clone, Debug)]
pub(super) struct Listed {
    names: Vec<String>,
    comparator: Comparator,
    change: Option<Change>,
    /// Where the value before ends.
    pub(super) end: usize,
    /// How many values before had no unit of their own: 960 of `≥960、830MPa`.
    pub(super) unitless: usize,
}

impl Listed {
    /// The list whose last property is `name`, if 分别 stands between it and its first value, `measure`; or the one of
    /// the parts of `name`, if values parted by strokes follow it.
    pub(super) fn of(text: &str, window: usize, name: Range<usize>, measure: &Measure) -> Option<Self> {
        let value = measure.span.start;
        if is_stroke(&text[measure.span.end..])
            && let Some(names) = by_strokes(&text[name.clone()])
        {
            return Some(Self::new(names, value));
        }
        if !text.get(name.end..value)?.contains("分别") {
            return None;
        }
        let mut names = vec![name];
        while names.len() < MOST
            && let Some(before) = names.last().and_then(|name| without_joint(text[window..name.start].trim_end()))
            && let Some(earlier) = property::before(before)
        {
            names.push(window + earlier.start..window + earlier.end);
        }
        let names: Vec<String> = names.into_iter().rev().map(|name| text[name].to_owned()).collect();
        let is_quantity = measure.look != Look::Bare || has_unit_ahead(&text[measure.span.end..]);
        (names.len() > 1 && is_quantity).then(|| Self::new(names, value))
    }

    fn new(names: Vec<String>, end: usize) -> Self {
        Self { names, comparator: Comparator::Equal, change: None, end, unitless: 0 }
    }

    /// Whether the number at `at` may be the next, a stroke alone before it.
    pub(super) fn goes_on_at(&self, at: usize, text: &str) -> bool {
        text.get(self.end..at) == Some("/")
    }

    /// Whether the value at `value`, before whose words `rest` stands, is the next of the list.
    pub(super) fn goes_on(&self, rest: &str, window: usize) -> bool {
        let rest = rest.trim();
        self.end == window && (rest.is_empty() || without_joint(rest).is_some_and(|before| before.trim().is_empty()))
    }

    /// Gives `quantity`, which ends at `end`, the next property, and answers what is left.
    pub(super) fn give(mut self, quantity: &mut Quantity, end: usize) -> Option<Self> {
        quantity.property = Some(self.names.remove(0));
        if quantity.comparator == Comparator::Equal {
            quantity.comparator = self.comparator;
        }
        quantity.change = quantity.change.or(self.change);
        let unitless = if quantity.unit.symbol().is_empty() { self.unitless + 1 } else { 0 };
        let rest = Self { comparator: quantity.comparator, change: quantity.change, end, unitless, ..self };
        (!rest.names.is_empty()).then_some(rest)
    }
}

fn without_joint(text: &str) -> Option<&str> {
    ["以及", "、", "和", "与", "及", ",", "/"].iter().find_map(|joint| text.strip_suffix(joint))
}

/// The properties parted by strokes: 转化率/选择性.
fn by_strokes(name: &str) -> Option<Vec<String>> {
    let names: Vec<String> = name.split('/').map(str::to_owned).collect();
    let are_names = names.iter().all(|name| name.chars().filter(|&c| is_ideograph(c)).nth(1).is_some());
    ((2..=MOST).contains(&names.len()) && are_names).then_some(names)
}

/// Whether a stroke and a number begin `text`.
fn is_stroke(text: &str) -> bool {
    let symbols = ['≥', '≤', '>', '<', ' '];
    text.strip_prefix('/')
        .is_some_and(|rest| rest.trim_start_matches(symbols).starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether the numbers of a list that go on in `text` end with a unit: `960` of `960、830MPa`.
fn has_unit_ahead(text: &str) -> bool {
    let goes_on = |c: char| c.is_ascii_digit() || " .、和与及,/≥≤><~-".contains(c);
    // `25 000`: not a number of its own.
    let grouped = text.strip_prefix(' ').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    !grouped && Unit::len_at_start(text.trim_start_matches(goes_on)).is_some()
}
