//! Whether what is offered meets what is asked.

use super::ask::{Ask, Claim};
use super::grade;
use super::property_class::{Better, better};
use super::property_name::agree;
use super::quantity::{Amount, Change, Comparator, Quantity, Standing};
use super::rated::rated;

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
/// An offered quantity counts only if it is the text's own ([`Standing::Own`]), of the same property and the same
/// dimension, and both are changes or both are not (`由5h缩短至2h` is both). Properties are the same if their head
/// words agree or if `same_property` says so of their normalised names without conditions: that is where a term
/// base's synonyms come in. A quantity whose text names no property is never compared.
///
/// A plain value asked for (`处理量500t/d`) counts as a bound where the property is known to be
/// better high or low; elsewhere the value itself meets it, and of another nothing can be told. A range asked
/// for is to be hit, from the good side where one is known (`效率85%～90%` is met by 95 %); one that begins at zero
/// or is of working conditions (`量程0～10MPa`, `工作温度-40～85℃`) is to be covered, and a tolerance is met from
/// inside, as is a range bounded from both sides. An offered bound is taken at its word: `≥900MPa` does not meet
/// `≥960MPa`; 接近95% is not 95 %, and 约95% may be.
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
    let asked = rated(asked);
    let Some(asked_property) = asked.property.as_deref() else { return Judgement::NotStated };
    let mut short = None;
    for candidate in offered {
        let by_period = rated(candidate);
        let Some(property) = by_period.property.as_deref() else { continue };
        let comparable =
            asked.change.is_some() || (candidate.change.is_none() && asked.dimension() == by_period.dimension());
        let own = candidate.standing == Standing::Own && asked.standing != Standing::Others;
        if !comparable || !own || !agree(asked_property, property, &same_property) {
            continue;
        }
        match compare(&asked, &by_period) {
            Some(true) => return Judgement::Met(candidate),
            Some(false) => short = short.or(Some(candidate)),
            None => {}
        }
    }
    short.map_or(Judgement::NotStated, Judgement::NotMet)
}

/// Whether `offered` meets `asked`; `None` if that cannot be told.
fn compare(asked: &Quantity, offered: &Quantity) -> Option<bool> {
    match asked.change {
        Some(change) => {
            let offered = relative(change, asked, offered)?;
            Ask::of(asked, Some(Better::Higher)).holds(offered)
        }
        None if offered.change.is_some() || asked.dimension() != offered.dimension() => None,
        None if asked.dimension().is("IP") => protects(asked.amount, offered.amount),
        None if grade::is_grade(&asked.unit) && grade::are_of_two_scales(asked.amount, offered.amount) => None,
        None => {
            let better = asked.property.as_deref().and_then(|name| better(name, asked.amount, &asked.unit));
            Ask::of(asked, better).holds(Claim::of(offered))
        }
    }
}

/// Whether one degree of protection has the other's: IP67 that against dust and that against water of IP65.
fn protects(asked: Amount, offered: Amount) -> Option<bool> {
    let (Amount::One(asked), Amount::One(offered)) = (asked, offered) else { return None };
    let by_digits = |code: f64| ((code / 10.0).floor(), code % 10.0);
    let ((dust, water), (offered_dust, offered_water)) = (by_digits(asked), by_digits(offered));
    Some(offered_dust >= dust && offered_water >= water)
}

/// What is offered as a change in the asked direction; negative if it goes the other way. A bound on what may be lost
/// says nothing of what is gained, and a gain nothing of what may be lost.
fn relative(change: Change, asked: &Quantity, offered: &Quantity) -> Option<Claim> {
    let is_limit = |quantity: &Quantity| matches!(quantity.comparator, Comparator::AtMost | Comparator::Below);
    if let Amount::FromTo { from, to } = offered.amount_in_base() {
        let gain = if change == Change::ReducedBy { from - to } else { to - from };
        if gain < 0.0 && is_limit(asked) {
            return None;
        }
        let asked_ratio = asked.dimension().is_one() && !offered.dimension().is_one();
        let ratio = asked_ratio || (asked.dimension().is_one() && asked.unit.symbol() != "");
        return if ratio && from > 0.0 {
            Some(Claim::at(gain / from))
        } else {
            (asked.dimension() == offered.dimension()).then(|| Claim::at(gain))
        };
    }
    let direction = offered.change.filter(|_| asked.dimension() == offered.dimension())?;
    let claim = Claim::of(offered);
    match direction == change {
        true => Some(claim),
        false if is_limit(asked) || is_limit(offered) => None,
        false => Some(claim.mirrored()),
    }
}
