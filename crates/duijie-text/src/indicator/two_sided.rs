//! Bounds on both sides of a name: `0.5mm≤厚度≤1mm`.

use super::measure::Measure;
use super::quantity::{Amount, Comparator, Ends, Quantity};
use super::words::Words;

/// A name between two bounds is short.
const LONGEST_CHARS: usize = 20;

/// The bound before the name.
#[derive(Clone, Debug)]
pub(super) struct Side {
    measure: Measure,
    symbol: Comparator,
    /// Where its symbol ends.
    pub(super) end: usize,
}

impl Side {
    /// `measure`, if a symbol, a name, the same symbol and a number follow it.
    pub(super) fn of(measure: &Measure, text: &str) -> Option<Self> {
        let Amount::One(_) = measure.amount else { return None };
        let (symbol, end) = symbol_at(text, measure.span.end)?;
        let (mut at, mut name_chars) = (end, 0);
        while let Some(c) = text[at..].chars().next() {
            if name_chars > 0
                && let Some((second, behind)) = symbol_at(text, at)
            {
                let number = text[behind..].trim_start_matches([' ', '-', '−', '+']);
                let fits = upward(symbol) == upward(second) && number.starts_with(|c: char| c.is_ascii_digit());
                return fits.then(|| Self { measure: measure.clone(), symbol, end });
            }
            if matches!(c, ',' | ';' | '。' | '、' | '\n') || name_chars == LONGEST_CHARS {
                return None;
            }
            name_chars += usize::from(c != ' ');
            at += c.len_utf8();
        }
        None
    }

    /// Both sides as one quantity, `far` being what the name and the second symbol gave; and where it starts.
    pub(super) fn join(&self, far: &Quantity) -> Option<(Quantity, usize)> {
        let (Amount::One(near_value), Amount::One(far_value)) = (self.measure.amount, far.amount) else { return None };
        let near_unit = &self.measure.unit;
        let (near_value, unit) = match (near_unit.symbol(), far.unit.symbol()) {
            ("", _) => (near_value, far.unit.clone()),
            (_, "") => (near_value, near_unit.clone()),
            _ => (near_unit.convert(near_value, &far.unit)?, far.unit.clone()),
        };
        let amount = Amount::Range { low: near_value.min(far_value), high: near_value.max(far_value) };
        let is_ordered = (near_value <= far_value) != upward(self.symbol);
        // Turned round, the bound before the name is the other one: 0.5mm<厚度 is 厚度>0.5mm.
        let ends = match (self.symbol, far.comparator) {
            (Comparator::Above | Comparator::AtLeast, upper) if upward(upper) => Ends::of(upper, turned(self.symbol)),
            (lower, upper) => Ends::of(turned(lower), upper),
        };
        let joined = Quantity { comparator: Comparator::Within, amount, ends, unit, ..far.clone() };
        is_ordered.then_some((joined, self.measure.span.start))
    }
}

/// The bound that a symbol behind the value is of what follows it.
fn turned(symbol: Comparator) -> Comparator {
    match symbol {
        Comparator::Above => Comparator::Below,
        Comparator::Below => Comparator::Above,
        Comparator::AtLeast => Comparator::AtMost,
        Comparator::AtMost => Comparator::AtLeast,
        other => other,
    }
}

/// Whether what follows the symbol is the lesser.
fn upward(symbol: Comparator) -> bool {
    matches!(symbol, Comparator::AtLeast | Comparator::Above)
}

fn symbol_at(text: &str, at: usize) -> Option<(Comparator, usize)> {
    let rest = text[at..].trim_start_matches(' ');
    let (comparator, len) = Words::standard().symbol_at_start(rest)?;
    let bound = matches!(comparator, Comparator::AtLeast | Comparator::Above | Comparator::AtMost | Comparator::Below);
    bound.then(|| (comparator, text.len() - rest.len() + len))
}
