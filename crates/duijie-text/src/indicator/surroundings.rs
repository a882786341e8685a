//! What stands around a number: its words, and the name of its property.

use super::grade::{self, is_grade};
use super::measure::{Look, Measure};
use super::property;
use super::property_class::{self, Better};
use super::proportion::Proportion;
use super::quantity::{Amount, Change, Comparator};
use super::scale::Scale;
use super::unit::Unit;
use super::wording::{self, Before};
use super::words::Words;
use std::ops::Range;

/// Read around a measure; all places are in the normalised text.
#[derive(Clone, Debug)]
pub(super) struct Surroundings {
    pub(super) before: Before,
    behind: Option<Comparator>,
    pub(super) change: Option<Change>,
    pub(super) name: Option<Range<usize>>,
    /// What the number is a share of: `功耗≤额定功率3%`.
    pub(super) whole: Option<Range<usize>>,
    /// From the first to the last word that says something of the number.
    pub(super) phrase: Range<usize>,
}

impl Surroundings {
    /// Reads around `measure`, before it from `window` on.
    pub(super) fn of(measure: &Measure, text: &str, window: usize) -> Self {
        let mut before = wording::before(&text[window..measure.span.start]);
        let (behind, behind_len) = wording::behind(&text[measure.span.end..]);
        let rest = &text[window..window + before.rest_len];
        let mut name = property::before(rest).map(|name| window + name.start..window + name.end);
        let mut change = before.change;
        let bracket =
            text[window + before.rest_len..].len() - text[window + before.rest_len..].trim_start_matches('(').len();
        let mut phrase = window + before.rest_len + bracket..measure.span.end + behind_len;
        let proportion = proportion(measure, text, window, &before);
        if let Some(proportion) = &proportion {
            name = Some(proportion.name.clone());
            before.bound = before.bound.or(proportion.bound);
            before.reach = before.reach.or(proportion.reach);
            phrase.start = proportion.name.start;
        } else if let Some((found, verb, changed)) = name.clone().and_then(|name| change_inside(text, name)) {
            phrase.start = verb;
            name = Some(changed);
            if before.signs.to {
                before.reach = before.reach.or(Some(wording::direction(found)));
            } else if !before.signs.from && (is_ratio(&measure.unit) || !before.signs.symbol) {
                change = change.or(Some(found));
            }
        }
        // 效率最高90%, 粒径平均5μm: which of its values it is belongs to the name.
        if let Some(name) = &mut name {
            name.end += property_class::aspect_len(&text[name.end..measure.span.start.max(name.end)]);
        }
        match &name {
            Some(name) => phrase.start = phrase.start.min(name.start),
            None => {
                name = property::behind(&text[phrase.end..]).map(|name| phrase.end + name.start..phrase.end + name.end);
                phrase.end = name.as_ref().map_or(phrase.end, |name| name.end);
            }
        }
        phrase.start = phrase.start.min(measure.span.start);
        Self { before, behind, change, name, whole: proportion.map(|proportion| proportion.whole), phrase }
    }

    /// Whether they make a demand or a claim of the number.
    pub(super) fn want(&self, measure: &Measure, text: &str) -> bool {
        let bound =
            self.before.bound.or(self.behind).filter(|bound| !matches!(bound, Comparator::About | Comparator::Near));
        let bounded = bound.is_some() || self.before.reach.is_some() || self.before.signs.better;
        match measure.look {
            Look::Quantity => bounded || !(is_calendar(measure) || is_steel(measure)),
            Look::Counted => {
                let name = self.name.clone().map(|name| &text[name]);
                let uncounted = || measure.unit.symbol().is_empty();
                let lasting = |name| property_class::better(name, measure.amount, &measure.unit).is_some();
                bounded || self.change.is_some() || name.is_some_and(|name| uncounted() || lasting(name))
            }
            Look::Ratio => self.name.clone().is_some_and(|name| property_class::is_number(&text[name])),
            Look::Part => false,
            Look::Bare => {
                let is_number = |name: &str| property_class::is_number(name) || Scale::at_end(name).is_some();
                let number = || self.name.clone().is_some_and(|name| is_number(&text[name]));
                bounded || self.before.signs.symbol || number()
            }
        }
    }

    /// How they bound the amount, as far as words can.
    pub(super) fn comparator(&self, measure: &Measure, property: Option<&str>) -> Comparator {
        match measure.amount {
            Amount::Range { .. } => return Comparator::Between,
            Amount::Tolerance { .. } => return Comparator::Within,
            Amount::One(_) | Amount::FromTo { .. } => {}
        }
        let stated = match (self.before.bound, self.behind) {
            (Some(Comparator::About | Comparator::Near) | None, Some(behind)) => Some(behind),
            (bound, _) => bound,
        };
        let better = property.and_then(|name| property_class::better(name, measure.amount, &measure.unit));
        let bound = stated
            .or_else(|| self.before.signs.better.then(|| better_than(better)))
            .or_else(|| self.reach(better))
            .or(measure.and_more.then_some(Comparator::Above))
            .unwrap_or(Comparator::Equal);
        match bound {
            bound if is_grade(&measure.unit) && self.change.is_none() => {
                grade::bounded(bound, better, self.before.signs.symbol)
            }
            bound => bound,
        }
    }

    /// The bound of a value that is reached: a roughness that 达到0.02μm is at most that.
    fn reach(&self, better: Option<Better>) -> Option<Comparator> {
        let reach = self.before.reach.filter(|_| self.change.is_none())?;
        Some(if better == Some(Better::Lower) { Comparator::AtMost } else { reach })
    }
}

/// The property and the whole of a share that has no bound or change right before it.
fn proportion(measure: &Measure, text: &str, window: usize, before: &Before) -> Option<Proportion> {
    let is_share = is_ratio(&measure.unit) && !measure.unit.dimension().is("百分点");
    let is_plain = before.bound.is_none() && before.change.is_none() && !before.signs.from && !before.signs.symbol;
    let amount = matches!(measure.amount, Amount::One(_) | Amount::Range { .. });
    let end = window + before.rest_len;
    let of = text[end..measure.span.start.max(end)].contains('的');
    (is_share && is_plain && amount).then(|| Proportion::of(text, window, end, of)).flatten()
}

/// 优于 means more of what should be high, else less: 精度优于0.01mm.
fn better_than(better: Option<Better>) -> Comparator {
    match better {
        Some(Better::Higher) => Comparator::AtLeast,
        Some(Better::Lower) | None => Comparator::AtMost,
    }
}

/// The last change word inside a name (`显著降低能耗`), where it stands, and what it changes.
fn change_inside(text: &str, name: Range<usize>) -> Option<(Change, usize, Range<usize>)> {
    let inside = &text[name.clone()];
    inside.char_indices().rev().find_map(|(at, _)| {
        let (change, len) = Words::standard().change_at_start(&inside[at..])?;
        let rest = inside[at + len..].trim_start_matches('了');
        // 提升机, 增强体, 压缩强度 are things.
        let thing = rest.starts_with(['机', '体', '相', '剂', '值', '杆', '器', '率'])
            || Words::standard().not_changes.iter().any(|whole| inside[at..].starts_with(whole));
        (rest.chars().nth(1).is_some() && !thing).then(|| (change, name.start + at, name.end - rest.len()..name.end))
    })
}

fn is_ratio(unit: &Unit) -> bool {
    unit.dimension().is_one() && !unit.symbol().is_empty() || unit.dimension().is("倍") || unit.dimension().is("百分点")
}

/// `2023年`, `2023-2025年`.
fn is_calendar(measure: &Measure) -> bool {
    let year = |value: f64| (1900.0..=2100.0).contains(&value) && value.fract() == 0.0;
    measure.unit.symbol() == "年"
        && match measure.amount {
            Amount::One(value) => year(value),
            Amount::Range { low, high } => year(low) && year(high),
            Amount::Tolerance { .. } | Amount::FromTo { .. } => false,
        }
}

/// Low-carbon grades are written like litres: `304L`, `316L`.
fn is_steel(measure: &Measure) -> bool {
    const GRADES: [f64; 8] = [301.0, 304.0, 309.0, 310.0, 316.0, 317.0, 321.0, 904.0];
    measure.unit.symbol() == "L" && matches!(measure.amount, Amount::One(grade) if GRADES.contains(&grade))
}
