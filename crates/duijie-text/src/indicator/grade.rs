//! Grades: of 附着力 0级 is the best, of 色牢度 5级.

use super::property_class::Better;
use super::quantity::{Amount, Comparator};
use super::unit::Unit;

pub(super) fn is_grade(unit: &Unit) -> bool {
    unit.dimension().is("级")
}

/// How words or a symbol bound a grade: a precision 不低于5级 is of grade 5 or a smaller number. Where nobody knows
/// which grade is the better, words say nothing of the number: 表面质量不低于2级.
pub(super) fn bounded(stated: Comparator, better: Option<Better>, by_symbol: bool) -> Comparator {
    match (stated, better) {
        (Comparator::AtLeast, Some(Better::Lower)) => Comparator::AtMost,
        (Comparator::Above, Some(Better::Lower)) => Comparator::Below,
        (Comparator::AtLeast | Comparator::Above, None) if !by_symbol => Comparator::Equal,
        (stated, _) => stated,
    }
}

/// Whether two grades are of different scales: cleanrooms are of ISO 5级 or of 100级, which are the same.
pub(super) fn are_of_two_scales(one: Amount, other: Amount) -> bool {
    let (Amount::One(one), Amount::One(other)) = (one, other) else { return false };
    one.min(other) < 10.0 && one.max(other) >= 100.0
}
