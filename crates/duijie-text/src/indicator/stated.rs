//! What a measure and the words around it state.

use super::measure::Measure;
use super::property_name::SHARE_OF;
use super::quantity::{Comparator, Ends, Quantity, Standing};
use super::scale::{Scale, nines};
use super::surroundings::Surroundings;
use std::ops::Range;

/// The name of the property, with what it is measured at before it and what it is a share of behind it.
pub(super) fn property(around: &Surroundings, measured_at: Option<Range<usize>>, text: &str) -> Option<String> {
    let name = &text[around.name.clone()?];
    let condition = measured_at.map_or("", |condition| &text[condition]);
    let whole = around.whole.clone().map(|whole| format!("({SHARE_OF}{})", &text[whole]));
    Some(format!("{condition}{name}{}", whole.unwrap_or_default()))
}

/// The quantity, its places in the original left open: a scale is a unit, 5N of a purity a share, two times more an
/// increase by 200 %.
pub(super) fn quantity(
    measure: Measure,
    property: Option<String>,
    comparator: Comparator,
    around: &Surroundings,
    text: &str,
) -> Quantity {
    let Measure { mut amount, mut unit, span, .. } = measure;
    let (property, bare) = match property.as_deref().filter(|_| unit.symbol().is_empty()).and_then(Scale::of_bare) {
        Some((property, scale_unit)) => (Some(property), Some(scale_unit)),
        None => (property, None),
    };
    unit = bare.unwrap_or(unit);
    let property = property.or_else(|| Some(Scale::before(text, digit(text, &span))?.0.property.to_owned()));
    if let Some((share, percent)) = property.as_deref().and_then(|name| nines(name, amount, &unit)) {
        (amount, unit) = (share, percent);
    }
    if around.change.is_some() && unit.dimension().is("倍") {
        unit = unit.times_more();
    }
    let (change, standing) = (around.change, Standing::Own);
    Quantity { property, comparator, change, standing, amount, ends: Ends::Both, unit, span: 0..0, phrase: 0..0 }
}

/// Where the digits of a measure begin behind its scale.
fn digit(text: &str, span: &Range<usize>) -> usize {
    text[span.clone()].find(|c: char| c.is_ascii_digit()).map_or(span.end, |at| span.start + at)
}
