//! Whether what is offered meets what is asked.

use super::property::{self, Better};
use super::quantity::{Amount, Change, Comparator, Quantity};

/// The answer for one indicator, with the quantity that gave it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Judgement<'o> {
    /// This offered quantity meets it.
    Met(&'o Quantity),
    /// This one, of the same property, falls short, and none meets it.
    NotMet(&'o Quantity),
    /// Nothing offered is about it, or not in a way that compares. Neither good nor bad.
    NotStated,
}

/// Judges an asked indicator by the quantities offered.
///
/// An offered quantity counts only if it is of the same property and the same dimension, and both
/// are changes or both are not (`由5h缩短至2h` is both). Properties are the same if their head words
/// agree or if `same_property` says so of their normalised names: that is where a term base's
/// synonyms come in. A quantity whose text names no property is never compared.
///
/// A plain value asked for (`处理量500t/d`) counts as a bound where the property is known to be
/// better high or low, and as the value itself elsewhere. An offered bound is taken at its word:
/// `≥900MPa` does not meet `≥960MPa`.
///
/// ```
/// use duijie_text::{Judgement, judge, read_quantities};
///
/// let asked = read_quantities("要求抗拉强度≥0.96GPa，延伸率不低于12%");
/// let offered = read_quantities("研制的Q890钢接头抗拉强度达到985MPa");
/// let none = |_: &str, _: &str| false;
/// assert_eq!(judge(&asked[0], &offered, none), Judgement::Met(&offered[0]));
/// assert_eq!(judge(&asked[1], &offered, none), Judgement::NotStated);
/// ```
pub fn judge<'o>(
    asked: &Quantity,
    offered: &'o [Quantity],
    same_property: impl Fn(&str, &str) -> bool,
) -> Judgement<'o> {
    let Some(asked_property) = asked.property.as_deref() else { return Judgement::NotStated };
    let mut short = None;
    for candidate in offered {
        let Some(property) = candidate.property.as_deref() else { continue };
        if !property::agree(asked_property, property) && !same_property(asked_property, property) {
            continue;
        }
        match compare(asked, candidate) {
            Some(true) => return Judgement::Met(candidate),
            Some(false) => short = short.or(Some(candidate)),
            None => {}
        }
    }
    short.map_or(Judgement::NotStated, Judgement::NotMet)
}

/// Whether `offered` meets `asked`; `None` if that cannot be told.
fn compare(asked: &Quantity, offered: &Quantity) -> Option<bool> {
    let base = offered.amount_in_base();
    match asked.change {
        Some(change) => {
            let offered = relative(change, asked, offered, base)?;
            let ask = bound_of(asked, Some(Better::Higher))?;
            ask.holds(offered)
        }
        None if offered.change.is_some() || asked.dimension() != offered.dimension() => None,
        None => {
            let better = asked.property.as_deref().and_then(|name| property::better(name, asked.amount, &asked.unit));
            bound_of(asked, better)?.holds(claim(offered.comparator, base))
        }
    }
}

/// What is offered as a change in the asked direction; negative if it goes the other way.
fn relative(change: Change, asked: &Quantity, offered: &Quantity, base: Amount) -> Option<Claim> {
    if let Amount::FromTo { from, to } = base {
        let gain = if change == Change::ReducedBy { from - to } else { to - from };
        let asked_ratio = asked.dimension().is_one() && !offered.dimension().is_one();
        let ratio = asked_ratio || (asked.dimension().is_one() && asked.unit.symbol() != "");
        return if ratio && from > 0.0 {
            Some(Claim::at(gain / from))
        } else {
            (asked.dimension() == offered.dimension()).then(|| Claim::at(gain))
        };
    }
    let direction = offered.change.filter(|_| asked.dimension() == offered.dimension())?;
    let claim = claim(offered.comparator, base);
    Some(if direction == change { claim } else { Claim { low: -claim.high, high: -claim.low, exact: claim.exact } })
}

/// What an offered quantity says its property is: somewhere from `low` to `high`.
#[derive(Clone, Copy, Debug)]
struct Claim {
    low: f64,
    high: f64,
    /// The value that was written, which a one-sided claim is held to.
    exact: Option<f64>,
}

impl Claim {
    fn at(value: f64) -> Self {
        Self { low: value, high: value, exact: Some(value) }
    }
}

fn claim(comparator: Comparator, base: Amount) -> Claim {
    match base {
        Amount::Range { low, high } => Claim { low, high, exact: None },
        Amount::Tolerance { nominal: Some(nominal), deviation } => {
            Claim { low: nominal - deviation, high: nominal + deviation, exact: None }
        }
        // A deviation is bounded from above.
        Amount::Tolerance { nominal: None, deviation } => {
            Claim { low: f64::NEG_INFINITY, high: deviation, exact: Some(deviation) }
        }
        Amount::One(value) | Amount::FromTo { to: value, .. } => match comparator {
            Comparator::AtLeast | Comparator::Above => Claim { low: value, high: f64::INFINITY, exact: Some(value) },
            Comparator::AtMost | Comparator::Below => Claim { low: f64::NEG_INFINITY, high: value, exact: Some(value) },
            _ => Claim::at(value),
        },
    }
}

/// What is asked for.
#[derive(Clone, Copy, Debug)]
enum Ask {
    AtLeast(f64),
    Above(f64),
    AtMost(f64),
    Below(f64),
    From { low: f64, high: f64 },
}

/// `better` tells what a plain value asks for.
fn bound_of(asked: &Quantity, better: Option<Better>) -> Option<Ask> {
    match asked.amount_in_base() {
        Amount::Range { low, .. } if asked.change.is_some() => Some(Ask::AtLeast(low)),
        Amount::Range { low, high } => Some(Ask::From { low, high }),
        Amount::Tolerance { nominal: None, deviation } => Some(Ask::AtMost(deviation)),
        Amount::Tolerance { nominal: Some(nominal), deviation } => {
            Some(Ask::From { low: nominal - deviation, high: nominal + deviation })
        }
        Amount::One(value) | Amount::FromTo { to: value, .. } => Some(match (asked.comparator, better) {
            (Comparator::AtLeast, _) => Ask::AtLeast(value),
            (Comparator::Above, _) => Ask::Above(value),
            (Comparator::AtMost, _) => Ask::AtMost(value),
            (Comparator::Below, _) => Ask::Below(value),
            (_, Some(Better::Higher)) => Ask::AtLeast(value),
            (_, Some(Better::Lower)) => Ask::AtMost(value),
            (Comparator::About, None) => {
                let near = 0.1 * value.abs();
                Ask::From { low: value - near, high: value + near }
            }
            (_, None) => Ask::From { low: value, high: value },
        }),
    }
}

impl Ask {
    fn holds(self, claim: Claim) -> Option<bool> {
        match self {
            Self::AtLeast(bound) => at_least(claim, |value| value >= bound - slack(bound)),
            Self::Above(bound) => at_least(claim, |value| value > bound + slack(bound)),
            Self::AtMost(bound) => at_least(claim.mirrored(), |value| -value <= bound + slack(bound)),
            Self::Below(bound) => at_least(claim.mirrored(), |value| -value < bound - slack(bound)),
            Self::From { low, high } => {
                let (low, high) = (low - slack(low), high + slack(high));
                let within = |value: f64| low <= value && value <= high;
                // A range of working conditions must be covered, a target only hit.
                if within(claim.low) && within(claim.high) || claim.low <= low && high <= claim.high && low < high {
                    return Some(true);
                }
                match claim.exact {
                    // `≥5` says nothing against `3～8`.
                    Some(value) if within(value) => None,
                    _ if claim.high < low || high < claim.low => Some(false),
                    _ => None,
                }
            }
        }
    }
}

/// Whether a claim passes a lower bound: a one-sided claim that points the right way is held to
/// its written value, one that points the other way can only fail.
fn at_least(claim: Claim, passes: impl Fn(f64) -> bool) -> Option<bool> {
    if passes(claim.low) {
        return Some(true);
    }
    if !passes(claim.high) {
        return Some(false);
    }
    match claim.exact {
        Some(value) if claim.low == value => Some(false),
        _ => None,
    }
}

impl Claim {
    fn mirrored(self) -> Self {
        Self { low: -self.high, high: -self.low, exact: self.exact.map(|value| -value) }
    }
}

/// Rounding of unit conversions does not decide a judgement.
fn slack(bound: f64) -> f64 {
    bound.abs() * 1e-9
}
