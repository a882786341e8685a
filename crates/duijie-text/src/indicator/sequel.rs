//! Quantities that go on about the one before: `由3.5%降至0.8%`, `能耗120kWh/t，降低到90kWh/t`, `≥960MPa且≤1100MPa`.

use super::measure::is_ideograph;
use super::quantity::{Amount, Comparator, Ends, Quantity, Standing};
use super::reader::Placed;
use super::wording::Before;
use super::words::Words;

/// Words before a change that say how it was made, and no more.
const MANNERS: [&str; 10] = ["大幅度", "大幅", "显著", "明显", "有效", "直接", "逐步", "进一步", "成功", "快速"];

/// Both as one quantity: what was and what is, or bounds from both sides. `before` are the words before `later`, and
/// `between` is what stands between those and `earlier`.
pub(super) fn joined(earlier: &Placed, later: &Quantity, before: &Before, between: &str) -> Option<Quantity> {
    let first = &earlier.quantity;
    if earlier.from && before.signs.to && is_manner(between) {
        return from_to(first, later).or_else(|| became(first, later));
    }
    let is_became = before.signs.to && (is_joint(between) || is_deed(between));
    let goes_on = later.property.is_none() && first.property.is_some() && (is_became || is_joint(between));
    if !goes_on || first.change.is_some() || later.change.is_some() || first.dimension() != later.dimension() {
        return None;
    }
    if is_became && first.comparator == Comparator::Equal && first.unit.symbol() != "" {
        return from_to(first, later).filter(leads_the_way_it_says);
    }
    between_bounds(first, later)
}

/// The property of `earlier` where `later`, which names none, goes on about it: `≥960MPa且为…`, `提高5个百分点，达到92%`.
pub(super) fn continued(earlier: &Quantity, later: &Quantity, before: &Before, between: &str) -> Option<String> {
    let both = between.contains('且') && earlier.dimension() == later.dimension();
    let reached = earlier.change.is_some() && later.change.is_none() && before.reach.is_some();
    ((both || reached) && is_joint(between)).then(|| earlier.property.clone()).flatten()
}

/// Makes what is only said to have been nobody's claim: `由60MPa降到零`.
pub(super) fn disown_what_was(read: &mut [Placed], text: &str) {
    for placed in read.iter_mut().filter(|placed| placed.from) {
        let mut rest = text[placed.phrase.end..].trim_start();
        while let Some(after) = MANNERS.iter().find_map(|manner| rest.strip_prefix(manner)) {
            rest = after;
        }
        if !matches!(placed.quantity.amount, Amount::FromTo { .. }) && Words::standard().begins_change(rest) {
            placed.quantity.standing = Standing::Others;
        }
    }
}

/// `由…` and `降至…` as one quantity.
fn from_to(earlier: &Quantity, later: &Quantity) -> Option<Quantity> {
    let (from, to, is_deviation) = match (earlier.amount, later.amount) {
        (Amount::One(from), Amount::One(to)) => (from, to, false),
        (Amount::Tolerance { nominal: None, deviation: from }, Amount::Tolerance { nominal: None, deviation: to }) => {
            (from, to, true)
        }
        _ => return None,
    };
    let unit = later.unit.clone();
    let from = if earlier.unit.symbol().is_empty() { from } else { earlier.unit.convert(from, &unit)? };
    let comparator = match later.comparator {
        _ if is_deviation => Comparator::AtMost,
        Comparator::Equal if to < from => Comparator::AtMost,
        Comparator::Equal => Comparator::AtLeast,
        stated => stated,
    };
    let property = earlier.property.clone().or_else(|| later.property.clone());
    Some(Quantity { property, comparator, amount: Amount::FromTo { from, to }, unit, ..later.clone() })
}

/// What is, where what was does not tell how much it changed: `由±9μm降到1～2μm`.
fn became(earlier: &Quantity, later: &Quantity) -> Option<Quantity> {
    let property = later.property.clone().or_else(|| earlier.property.clone());
    (earlier.dimension() == later.dimension()).then(|| Quantity { property, ..later.clone() })
}

fn leads_the_way_it_says(joined: &Quantity) -> bool {
    match (joined.amount, joined.comparator) {
        (Amount::FromTo { from, to }, Comparator::AtMost | Comparator::Below) => to < from,
        (Amount::FromTo { from, to }, Comparator::AtLeast | Comparator::Above) => to > from,
        _ => true,
    }
}

/// `≥960MPa且≤1100MPa`, `大于0.5mm小于1mm`.
fn between_bounds(first: &Quantity, second: &Quantity) -> Option<Quantity> {
    let (Amount::One(one), Amount::One(other)) = (first.amount, second.amount) else { return None };
    let one = first.unit.convert(one, &second.unit)?;
    let is_lower = |bound: Comparator| match bound {
        Comparator::AtLeast | Comparator::Above => Some(true),
        Comparator::AtMost | Comparator::Below => Some(false),
        _ => None,
    };
    let (low, high, ends) = match (is_lower(first.comparator)?, is_lower(second.comparator)?) {
        (true, false) => (one, other, Ends::of(first.comparator, second.comparator)),
        (false, true) => (other, one, Ends::of(second.comparator, first.comparator)),
        _ => return None,
    };
    (low < high).then(|| Quantity {
        property: first.property.clone(),
        comparator: Comparator::Within,
        amount: Amount::Range { low, high },
        ends,
        ..second.clone()
    })
}

fn is_manner(between: &str) -> bool {
    let between = between.trim();
    between.is_empty() || MANNERS.contains(&between)
}

/// Characters of what was done.
const LONGEST_DEED_CHARS: usize = 8;

/// Whether it says after what the change came: `，改造后`.
fn is_deed(between: &str) -> bool {
    let deed = between.trim().trim_start_matches([',', ' ']);
    deed.ends_with('后') && deed.chars().count() <= LONGEST_DEED_CHARS && deed.chars().all(is_ideograph)
}

fn is_joint(between: &str) -> bool {
    between.trim_matches([',', ' ', '、', '且', '并', '同', '时', '可', '现', '已', '后']).is_empty()
}
