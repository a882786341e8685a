//! Amounts a year and a day: 年产能2000吨 is a 产能 of 2000吨/年.

use super::quantity::Quantity;
use super::unit::Unit;
use std::borrow::Cow;

const PERIODS: [(&str, &str); 5] = [("每年", "年"), ("年", "年"), ("每日", "天"), ("日", "天"), ("每小时", "h")];
const RATED: [&str; 9] = ["产", "处理", "加工", "生产", "供", "发电", "输送", "吞吐", "消耗"];

/// The quantity with the period of its name in its unit, where the unit has none.
pub(super) fn rated(quantity: &Quantity) -> Cow<'_, Quantity> {
    over_period(quantity).map_or(Cow::Borrowed(quantity), Cow::Owned)
}

fn over_period(quantity: &Quantity) -> Option<Quantity> {
    let property = quantity.property.as_deref().filter(|_| quantity.change.is_none())?;
    let is_amount =
        ["kg", "个", "m"].into_iter().any(|base| (1..=3).any(|power| quantity.dimension().is_only(base, power)));
    let (name, period) = PERIODS.into_iter().find_map(|(word, unit)| {
        let name = property.strip_prefix(word)?;
        RATED.iter().any(|rated| name.starts_with(rated)).then_some((name, unit))
    })?;
    let unit = quantity.unit.per(&Unit::named(period)?);
    is_amount.then(|| Quantity { property: Some(name.to_owned()), unit, ..quantity.clone() })
}
