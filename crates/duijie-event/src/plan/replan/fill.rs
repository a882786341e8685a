//! Meetings in place of lost ones, beside all that are left.

use super::find;
use crate::plan::arrange;
use crate::plan::problem::{Prepared, Problem, UNBOUNDED};
use crate::plan::report::Meeting;
use crate::plan::timetable::seat;
use crate::{EventError, EventForm};
use microlp::{ComparisonOp, OptimizationDirection, Variable};
use rustc_hash::{FxHashMap, FxHashSet};

/// New meetings beside all that are left, for demands that lost one: an integer programme over
/// pairs and free slots. `None` if the limits cannot be kept so.
pub(super) fn fill(after: &Prepared, left: &[&Meeting], lost: &[&Meeting]) -> Result<Option<Vec<Meeting>>, EventError> {
    let (problem, bounds) = (&after.problem, &after.bounds);
    let kept: FxHashMap<usize, usize> =
        left.iter().filter_map(|meeting| Some((find(problem, meeting)?, meeting.slot))).collect();
    let mut held = Held::default();
    for (&pair, &slot) in &kept {
        held.add(problem, pair, slot);
    }
    let last = left.iter().chain(lost).map(|meeting| meeting.slot).max().unwrap_or(0);
    let slots = if bounds.slots < UNBOUNDED { bounds.slots } else { last + lost.len() };
    let mut programme = microlp::Problem::new(OptimizationDirection::Maximize);
    let mut variables: Vec<(usize, usize, Variable)> = Vec::new();
    let mut groups: FxHashMap<Group, Vec<(Variable, f64)>> = FxHashMap::default();
    for (at, guest) in problem.guests.iter().enumerate() {
        let losses = lost.iter().filter(|meeting| meeting.demand == guest.demand).count();
        let (min, max) = bounds.guest(at);
        let has = held.guest.get(&at).copied().unwrap_or(0);
        if losses == 0 || has > max {
            if has < min || has > max {
                return Ok(None);
            }
            continue;
        }
        let city_slots: FxHashSet<usize> = match problem.form {
            EventForm::Hall => (1..=slots).collect(),
            EventForm::Tour => city_slots(left.iter().chain(lost), &problem.cities[guest.city]),
        };
        let pairs = problem.pairs.iter().enumerate();
        for (index, pair) in pairs.filter(|(index, pair)| pair.guest == at && !kept.contains_key(index)) {
            let mut free: Vec<usize> = city_slots.iter().copied().collect();
            free.sort_unstable();
            free.retain(|&slot| {
                !held.busy.contains(&(Side::Party, guest.party, slot))
                    && !held.busy.contains(&(Side::Institution, pair.institution, slot))
            });
            if !bounds.allows(pair) {
                continue;
            }
            for slot in free {
                let variable = programme.add_binary_var(pair.score * guest.weight);
                variables.push((index, slot, variable));
                for group in [
                    Group::Pair(index),
                    Group::Guest(at),
                    Group::Institution(pair.institution),
                    Group::Busy(Side::Party, guest.party, slot),
                    Group::Busy(Side::Institution, pair.institution, slot),
                    Group::Slot(slot),
                ] {
                    groups.entry(group).or_default().push((variable, 1.0));
                }
            }
        }
        let terms = groups.entry(Group::Guest(at)).or_default();
        programme.add_constraint(terms.as_slice(), ComparisonOp::Le, losses.min(max - has) as f64);
        if min > has {
            if terms.len() < min - has {
                return Ok(None);
            }
            programme.add_constraint(terms.as_slice(), ComparisonOp::Ge, (min - has) as f64);
        }
    }
    if variables.is_empty() {
        return Ok(Some(Vec::new()));
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(group, _)| *group);
    for (group, terms) in &groups {
        let most = match *group {
            Group::Guest(_) => continue,
            Group::Pair(_) | Group::Busy(..) => 1,
            Group::Institution(at) => {
                bounds.institution(at).saturating_sub(held.institution.get(&at).copied().unwrap_or(0))
            }
            Group::Slot(slot) => bounds.tables.saturating_sub(held.slot.get(&slot).copied().unwrap_or(0)),
        };
        if terms.len() > most {
            programme.add_constraint(terms.as_slice(), ComparisonOp::Le, most as f64);
        }
    }
    let gave_up = |problem: String| EventError::Solver { problem };
    let solution = match programme.solve() {
        Ok(outcome) => outcome.into_solution().map_err(|stop| gave_up(format!("{:?}", stop.termination_reason())))?,
        Err(microlp::Error::Infeasible) => return Ok(None),
        Err(error) => return Err(gave_up(error.to_string())),
    };
    let chosen: Vec<(usize, usize)> = variables
        .into_iter()
        .filter(|(_, _, variable)| solution.var_value(*variable) > 0.5)
        .map(|(pair, slot, _)| (pair, slot))
        .collect();
    Ok(Some(seated(problem, left, &chosen)))
}

/// Meetings of the chosen (pair, slot) at tables that are free.
fn seated(problem: &Problem, left: &[&Meeting], chosen: &[(usize, usize)]) -> Vec<Meeting> {
    let at = |meeting: &&&Meeting| problem.institutions.iter().position(|id| *id == meeting.institution);
    let taken: Vec<(usize, usize, usize)> =
        left.iter().filter_map(|meeting| Some((meeting.slot, at(&meeting)?, meeting.table? - 1))).collect();
    let wanted: Vec<(usize, usize)> =
        chosen.iter().map(|&(pair, slot)| (slot, problem.pairs[pair].institution)).collect();
    let tables = seat(&wanted, &taken);
    let hall = problem.form == EventForm::Hall;
    let placed = chosen.iter().zip(tables);
    placed.map(|(&(pair, slot), table)| arrange::meeting(problem, pair, slot, hall.then_some(table + 1))).collect()
}

fn city_slots<'a>(meetings: impl Iterator<Item = &'a &'a Meeting>, city: &str) -> FxHashSet<usize> {
    meetings.filter(|meeting| meeting.city.as_deref() == Some(city)).map(|meeting| meeting.slot).collect()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Side {
    Party,
    Institution,
}

/// What new meetings share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Group {
    Pair(usize),
    Guest(usize),
    Institution(usize),
    Busy(Side, usize, usize),
    Slot(usize),
}

/// What the meetings that are left take up.
#[derive(Default)]
struct Held {
    guest: FxHashMap<usize, usize>,
    institution: FxHashMap<usize, usize>,
    slot: FxHashMap<usize, usize>,
    busy: FxHashSet<(Side, usize, usize)>,
}

impl Held {
    fn add(&mut self, problem: &Problem, pair: usize, slot: usize) {
        let pair = &problem.pairs[pair];
        *self.guest.entry(pair.guest).or_default() += 1;
        *self.institution.entry(pair.institution).or_default() += 1;
        *self.slot.entry(slot).or_default() += 1;
        self.busy.insert((Side::Party, problem.guests[pair.guest].party, slot));
        self.busy.insert((Side::Institution, pair.institution, slot));
    }
}
