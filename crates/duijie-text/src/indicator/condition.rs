//! What a quantity is measured at: `-40℃下冲击功≥27J`, `绝缘电阻≥100MΩ(500V)`.

use super::measure::Measure;
use super::property_class::is_span;
use super::quantity::{Amount, Comparator, Quantity};
use super::reader::Placed;
use super::words::Words;
use std::ops::Range;

/// The bytes of the words behind a measure that make a condition of it: 下, 时, 条件下的.
pub(super) fn marker_len(measure: &Measure, text: &str) -> Option<usize> {
    Words::standard().condition(&text[measure.span.end..])
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
        && quantity.property.is_none()
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
        if !(placed.condition && goes_on) || asked {
            kept.push(placed.quantity);
        }
    }
    kept
}
