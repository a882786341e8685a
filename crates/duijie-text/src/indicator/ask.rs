//! What is asked for and what is claimed, in base units, and whether the one holds the other.

use super::property_class::{Better, is_span};
use super::quantity::{Amount, Comparator, Ends, Quantity};

/// What an offered quantity says its property is: somewhere from `low` to `high`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Claim {
    low: f64,
    high: f64,
    said: Said,
}

/// How it says so.
#[derive(Clone, Copy, Debug)]
enum Said {
    /// One value, which a one-sided claim is held to.
    Value(f64),
    /// Close to the value, from the worse side.
    Near(f64),
    /// From the one to the other, as things are that can be set or chosen.
    Range,
    /// Around a value, as things vary that should not.
    Tolerance,
}

impl Claim {
    pub(super) fn at(value: f64) -> Self {
        Self { low: value, high: value, said: Said::Value(value) }
    }

    pub(super) fn of(offered: &Quantity) -> Self {
        let comparator = offered.comparator;
        match offered.amount_in_base() {
            Amount::Range { low, high } if comparator == Comparator::Within => {
                let (low, high) = within(offered.ends, low, high);
                Self { low, high, said: Said::Tolerance }
            }
            Amount::Range { low, high } => Self { low, high, said: Said::Range },
            Amount::Tolerance { nominal: Some(nominal), deviation } => {
                Self { low: nominal - deviation, high: nominal + deviation, said: Said::Tolerance }
            }
            // A deviation is bounded from above.
            Amount::Tolerance { nominal: None, deviation } => Self::at_most(deviation),
            Amount::One(value) | Amount::FromTo { to: value, .. } => match comparator {
                Comparator::AtLeast => Self::at_least(value),
                Comparator::Above => Self::at_least(value + apart(value)),
                Comparator::AtMost => Self::at_most(value),
                Comparator::Below => Self::at_most(value - apart(value)),
                Comparator::About => Self::around(value, Said::Value(value)),
                Comparator::Near => Self::around(value, Said::Near(value)),
                _ => Self::at(value),
            },
        }
    }

    fn around(value: f64, said: Said) -> Self {
        let spread = ROUNDED * value.abs();
        Self { low: value - spread, high: value + spread, said }
    }

    fn at_least(value: f64) -> Self {
        Self { low: value, high: f64::INFINITY, said: Said::Value(value) }
    }

    fn at_most(value: f64) -> Self {
        Self { low: f64::NEG_INFINITY, high: value, said: Said::Value(value) }
    }

    /// The same of the property's negative.
    pub(super) fn mirrored(self) -> Self {
        let said = match self.said {
            Said::Value(value) => Said::Value(-value),
            Said::Near(value) => Said::Near(-value),
            said => said,
        };
        Self { low: -self.high, high: -self.low, said }
    }

    /// Whether it passes a lower bound: a one-sided claim that points the right way is held to its written value,
    /// one that points the other way can only fail.
    fn passes(self, bound: impl Fn(f64) -> bool) -> Option<bool> {
        match self.said {
            _ if bound(self.low) => Some(true),
            _ if !bound(self.high) => Some(false),
            Said::Value(value) if self.low == value => Some(false),
            Said::Near(value) if !bound(value - 1e-6 * value.abs()) => Some(false),
            _ => None,
        }
    }

    fn is_bounded(self) -> bool {
        self.low.is_finite() && self.high.is_finite()
    }

    fn covers(self, low: f64, high: f64) -> bool {
        self.low <= low && high <= self.high
    }
}

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Ask {
    AtLeast(f64),
    Above(f64),
    AtMost(f64),
    Below(f64),
    /// A value of a property that nobody knows to be better high or low.
    Value {
        low: f64,
        high: f64,
    },
    /// A target that is to be hit.
    Hit {
        low: f64,
        high: f64,
    },
    /// What is to be worked in throughout.
    Cover {
        low: f64,
        high: f64,
    },
}

impl Ask {
    /// `better` tells what a plain value asks for.
    pub(super) fn of(asked: &Quantity, better: Option<Better>) -> Self {
        match asked.amount_in_base() {
            Amount::Range { low, .. } if asked.change.is_some() => Self::AtLeast(low),
            Amount::Range { low, high } if asked.comparator == Comparator::Within && !is_span_of(asked) => {
                let (low, high) = within(asked.ends, low, high);
                Self::Hit { low, high }
            }
            Amount::Range { low, high } => Self::of_range(asked, better, low, high),
            Amount::Tolerance { nominal: None, deviation } => Self::AtMost(deviation),
            Amount::Tolerance { nominal: Some(nominal), deviation } => {
                Self::Hit { low: nominal - deviation, high: nominal + deviation }
            }
            Amount::One(value) | Amount::FromTo { to: value, .. } => match (asked.comparator, better) {
                (Comparator::AtLeast, _) => Self::AtLeast(value),
                (Comparator::Above, _) => Self::Above(value),
                (Comparator::AtMost, _) => Self::AtMost(value),
                (Comparator::Below, _) => Self::Below(value),
                (_, Some(Better::Higher)) => Self::AtLeast(value),
                (_, Some(Better::Lower)) => Self::AtMost(value),
                (Comparator::About | Comparator::Near, None) => {
                    let near = 0.1 * value.abs();
                    Self::Value { low: value - near, high: value + near }
                }
                (_, None) => Self::Value { low: value, high: value },
            },
        }
    }

    fn of_range(asked: &Quantity, better: Option<Better>, low: f64, high: f64) -> Self {
        // In base units: no range of temperatures begins at zero.
        let from_zero = low == 0.0 && better != Some(Better::Lower);
        if from_zero || is_span_of(asked) {
            return Self::Cover { low, high };
        }
        match better {
            Some(Better::Higher) => Self::AtLeast(low),
            Some(Better::Lower) => Self::AtMost(high),
            None => Self::Hit { low, high },
        }
    }

    /// Whether what is claimed meets it; `None` if that cannot be told.
    pub(super) fn holds(self, claim: Claim) -> Option<bool> {
        match self {
            Self::AtLeast(bound) => claim.passes(|value| value >= bound - slack(bound)),
            Self::Above(bound) => claim.passes(|value| value > bound + slack(bound)),
            Self::AtMost(bound) => claim.mirrored().passes(|value| -value <= bound + slack(bound)),
            Self::Below(bound) => claim.mirrored().passes(|value| -value < bound - slack(bound)),
            Self::Value { low, high } => {
                let (low, high) = (low - slack(low), high + slack(high));
                let met = match claim.said {
                    Said::Value(value) | Said::Near(value) => low <= value && value <= high,
                    Said::Range | Said::Tolerance => claim.low <= high && low <= claim.high,
                };
                met.then_some(true)
            }
            Self::Hit { low, high } => {
                let (loose_low, loose_high) = (low - slack(low), high + slack(high));
                let within = |value: f64| loose_low <= value && value <= loose_high;
                match claim.said {
                    _ if within(claim.low) && within(claim.high) => Some(true),
                    _ if claim.high < loose_low || loose_high < claim.low => Some(false),
                    // What can be set from 2 to 8 can be set to 3 up to 5; what varies so, is not held there.
                    Said::Range if claim.covers(low, high) => Some(true),
                    Said::Tolerance => Some(false),
                    // `≥5` says nothing against `3～8`.
                    Said::Value(_) | Said::Near(_) | Said::Range => None,
                }
            }
            Self::Cover { low, high } => {
                let (tight_low, tight_high) = (low + slack(low), high - slack(high));
                match claim.said {
                    // What goes from zero is often named by its end alone: 量程20MPa.
                    Said::Value(value) if low == 0.0 && value >= tight_high => Some(true),
                    _ if claim.covers(tight_low, tight_high) => Some(true),
                    Said::Range | Said::Tolerance => Some(false),
                    Said::Value(value) | Said::Near(value) if claim.is_bounded() => {
                        (value < low || high < value).then_some(false)
                    }
                    Said::Value(_) | Said::Near(_) => (claim.high < tight_high).then_some(false),
                }
            }
        }
    }
}

/// What 约 leaves open to either side.
const ROUNDED: f64 = 0.02;

fn is_span_of(asked: &Quantity) -> bool {
    asked.property.as_deref().is_some_and(is_span)
}

/// Rounding of unit conversions does not decide a judgement.
fn slack(bound: f64) -> f64 {
    bound.abs() * 1e-9
}

/// How far what lies strictly beyond a bound is from it at least: more than rounding.
fn apart(bound: f64) -> f64 {
    4.0 * slack(bound)
}

/// The range less the ends that do not belong to it.
fn within(ends: Ends, low: f64, high: f64) -> (f64, f64) {
    let inward = apart(low.abs().max(high.abs()));
    match ends {
        Ends::Both => (low, high),
        Ends::High => (low + inward, high),
        Ends::Low => (low, high - inward),
        Ends::Neither => (low + inward, high - inward),
    }
}
