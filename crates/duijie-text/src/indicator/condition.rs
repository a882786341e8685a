//! What a quantity is measured at: `-40℃下冲击功≥27J`, `绝缘电阻≥100MΩ(500V)`.

use super::measure::{Measure, is_ideograph};
use super::property_class::is_span;
use super::quantity::{Amount, Comparator, Quantity};
use super::reader::{Placed, Role};
use super::words::Words;
use std::ops::Range;

/// The bytes of the words behind a measure that make a condition of it: 下, 时, 条件下的.
pub(super) fn marker_len(measure: &Measure, text: &str) -> Option<usize> {
    Words::standard().condition(&text[measure.span.end..])
}

/// The bytes of the words behind a number of times after which others are measured: 循环后, or none where 循环 stands
/// before it and the property right behind (`循环500次容量保持率`).
pub(super) fn cycles_len(measure: &Measure, text: &str, name: Option<&str>) -> Option<usize> {
    let rest = &text[measure.span.end..];
    let leads = || name.is_some_and(|name| name.ends_with(CYCLES)) && rest.starts_with(is_ideograph);
    let bounded = || Words::standard().behind(rest).is_some();
    is_times(measure).then_some(())?;
    let marked = Words::standard().cycle(rest).or_else(|| marker_len(measure, text));
    marked.or_else(|| (leads() && !bounded()).then_some(0))
}

/// Whether it is a number of times, of which 一次 is none.
fn is_times(measure: &Measure) -> bool {
    measure.unit.dimension().is("次") && measure.amount != Amount::One(1.0)
}

/// Before or behind a number of times.
const CYCLES: &str = "循环";

/// Whether a number of times stands in a bracket right behind a quantity: `≥80%(1000次)`.
pub(super) fn is_bracketed_cycles(measure: &Measure, text: &str, earlier_end: usize) -> bool {
    let inner = text.get(earlier_end..measure.span.start).and_then(|between| between.trim_start().strip_prefix('('));
    is_times(measure) && inner.is_some_and(|inner| inner.is_empty() || inner == CYCLES)
}

/// What a measure is, by the bracket that it stands in behind an earlier quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bracketed {
    /// A condition of that quantity.
    Condition,
    /// That quantity over again, or how far it may be off.
    Aside,
}

/// Whether `quantity`, unnamed, stands in a bracket right behind `earlier`: `(500V)`, `(±1%)`, `(25℃,500V)`.
pub(super) fn bracketed(quantity: &Quantity, span: &Range<usize>, earlier: &Placed, text: &str) -> Option<Bracketed> {
    let between = text.get(earlier.phrase.end..span.start)?.trim_start();
    let inner = between.strip_prefix('(')?;
    let plain = matches!(quantity.comparator, Comparator::Equal | Comparator::Between | Comparator::Within)
        && quantity.property.as_deref().is_none_or(|name| name == CYCLES)
        && quantity.change.is_none();
    if !plain || inner.contains(')') {
        return None;
    }
    let deviation = matches!(quantity.amount, Amount::Tolerance { nominal: None, .. });
    let aside = deviation || quantity.dimension() == earlier.quantity.dimension();
    Some(if aside { Bracketed::Aside } else { Bracketed::Condition })
}

/// The name with a condition behind it; a name that has one already keeps that.
pub(super) fn with_condition(name: &str, condition: &str) -> String {
    match name.strip_suffix(')') {
        Some(_) => name.to_owned(),
        None => format!("{name}({condition})"),
    }
}

/// The quantities that are not conditions of others in their sentence.
pub(super) fn without_conditions(read: Vec<Placed>, text: &str) -> Vec<Quantity> {
    let mut kept = Vec::with_capacity(read.len());
    let mut read = read.into_iter().peekable();
    while let Some(placed) = read.next() {
        let goes_on = read.peek().is_some_and(|next| {
            let between = text.get(placed.phrase.end..next.phrase.start);
            between.is_some_and(|between| !between.contains(['。', ';', '\n']))
        });
        let asked = placed.quantity.property.as_deref().is_some_and(is_span);
        let is_condition = match placed.role {
            Role::Value | Role::Elapsed => false,
            Role::Condition => goes_on && !asked,
            Role::Times => true,
        };
        if !is_condition {
            kept.push(placed.quantity);
        }
    }
    kept
}
