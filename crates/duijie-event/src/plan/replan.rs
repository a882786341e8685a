//! Mending a plan after a no-show.

use super::problem::{Prepared, Problem, UNBOUNDED};
use super::report::{EventPlan, Meeting, PlanStatus, UnmetReason};
use super::timetable::seat;
use super::{PlanRequest, PlanStep, arrange, prepare, report, solve, solved};
use crate::{EventError, EventForm, PairRule};
use microlp::{ComparisonOp, OptimizationDirection, Variable};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

/// Who stays away.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Absence {
    /// Ids of demands that nobody comes for.
    pub demands: Vec<String>,
    /// Names of enterprises.
    pub enterprises: Vec<String>,
    /// Ids or names of institutions.
    pub institutions: Vec<String>,
}

/// A mended plan, and what became of the meetings of the one before.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Replan {
    /// The plan as it is now.
    pub plan: EventPlan,
    /// Meetings that cannot be held since somebody is absent.
    pub lost: Vec<Meeting>,
    /// New meetings.
    pub added: Vec<Meeting>,
    /// Meetings held in another slot.
    pub moved: Vec<MovedMeeting>,
    /// Meetings given up for others, so that the limits hold.
    pub dropped: Vec<Meeting>,
    /// Whether it is proven that no plan within the limits changes fewer of the meetings that were
    /// left. Where meetings had to be given up, their number is least, that of the moved ones small.
    pub proven_fewest: bool,
}

/// A meeting in another slot than before.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MovedMeeting {
    /// As it was.
    pub from: Meeting,
    /// As it is.
    pub to: Meeting,
}

/// Changes as few of the `previous` meetings as possible so that the plan holds without those who
/// are absent; demands that lost a meeting get another where there is one.
///
/// # Errors
///
/// As [`super::plan`]; [`EventError::ForeignMeeting`] if the previous meetings are of another event.
pub fn replan(
    request: &PlanRequest<'_>,
    previous: &[Meeting],
    absence: &Absence,
    progress: &dyn Fn(PlanStep),
) -> Result<Replan, EventError> {
    if previous.is_empty() {
        return Err(EventError::NothingToChange { status: "empty" });
    }
    let before = prepare(request, request.event)?;
    for meeting in previous {
        if find(&before.problem, meeting).is_none() {
            let Meeting { demand, institution, .. } = meeting.clone();
            return Err(EventError::ForeignMeeting { demand, institution });
        }
    }
    let mut event = request.event.clone();
    let rule = |demand: Option<&String>, enterprise: Option<&String>, institution: Option<&String>| PairRule {
        demand: demand.cloned(),
        enterprise: enterprise.cloned(),
        institution: institution.cloned(),
        reason: Some("缺席".to_owned()),
    };
    event.forbid.extend(absence.demands.iter().map(|name| rule(Some(name), None, None)));
    event.forbid.extend(absence.enterprises.iter().map(|name| rule(None, Some(name), None)));
    event.forbid.extend(absence.institutions.iter().map(|name| rule(None, None, Some(name))));
    // What was required cannot be required of those who are not there.
    let after = {
        let mut prepared = prepare(request, &event)?;
        let absent_rules = request.event.forbid.len()..event.forbid.len();
        let gone = |pair: &super::problem::Pair| pair.forbidden_by.iter().any(|rule| absent_rules.contains(rule));
        prepared.problem.pairs.iter_mut().filter(|pair| gone(pair)).for_each(|pair| pair.required_by.clear());
        for unmet in &mut prepared.unmet {
            let demand = request.demands.iter().find(|demand| demand.id == unmet.demand);
            let enterprise = demand.and_then(|demand| demand.enterprise.as_ref());
            if absence.demands.contains(&unmet.demand) || enterprise.is_some_and(|e| absence.enterprises.contains(e)) {
                unmet.reason = UnmetReason::Absent;
            }
        }
        prepared
    };
    let (lost, left): (Vec<&Meeting>, Vec<&Meeting>) = previous.iter().partition(|meeting| {
        find(&after.problem, meeting).is_none_or(|at| !after.bounds.allows(&after.problem.pairs[at]))
    });
    let request = PlanRequest { event: &event, ..*request };
    progress(PlanStep::Checking);
    let (plan, proven_fewest) = match fill(&after, &left, &lost)? {
        Some(added) => {
            let mut meetings: Vec<Meeting> = left.iter().map(|meeting| (*meeting).clone()).collect();
            meetings.extend(added);
            arrange::sort(&mut meetings);
            (report(&after, request.demands, meetings, 0.0), true)
        }
        None => (rearranged(&after, &left, &request, progress)?, false),
    };
    Ok(compare(plan, lost, left, proven_fewest))
}

fn find(problem: &Problem, meeting: &Meeting) -> Option<usize> {
    let same = |pair: &super::problem::Pair| {
        problem.guests[pair.guest].demand == meeting.demand
            && problem.institutions[pair.institution] == meeting.institution
    };
    problem.pairs.iter().position(same)
}

/// New meetings beside all that are left, for demands that lost one: an integer programme over
/// pairs and free slots. `None` if the limits cannot be kept so.
fn fill(after: &Prepared, left: &[&Meeting], lost: &[&Meeting]) -> Result<Option<Vec<Meeting>>, EventError> {
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

/// A plan with as many of the left meetings as the limits allow, in their slots where possible.
fn rearranged(
    after: &Prepared,
    left: &[&Meeting],
    request: &PlanRequest<'_>,
    progress: &dyn Fn(PlanStep),
) -> Result<EventPlan, EventError> {
    let (problem, bounds) = (&after.problem, &after.bounds);
    let kept: FxHashMap<usize, usize> =
        left.iter().filter_map(|meeting| Some((find(problem, meeting)?, meeting.slot))).collect();
    let value = |at: usize| problem.pairs[at].score * problem.guests[problem.pairs[at].guest].weight;
    // One meeting kept outweighs all that others could add.
    let greatest = (0..problem.pairs.len()).map(|at| value(at).abs()).fold(0.0, f64::max);
    let keeping = (greatest + 1.0) * (left.len() + 1) as f64;
    let gain = |at: usize| value(at) + if kept.contains_key(&at) { keeping } else { 0.0 };
    match solve::maximise(problem, bounds, None, None, &gain)? {
        Some(best) => {
            progress(PlanStep::Timetable);
            let had = |pair: usize| kept.get(&pair).copied();
            let meetings = arrange::arrange(problem, bounds, &best.pairs, &request.event.tour.cities, &had);
            Ok(report(after, request.demands, meetings, best.gap))
        }
        None => solved(after, request, progress),
    }
}

fn compare(plan: EventPlan, lost: Vec<&Meeting>, left: Vec<&Meeting>, proven_fewest: bool) -> Replan {
    let key = |meeting: &Meeting| (meeting.demand.clone(), meeting.institution.clone());
    let now: FxHashMap<_, &Meeting> = plan.meetings.iter().map(|meeting| (key(meeting), meeting)).collect();
    let were: FxHashSet<_> = left.iter().map(|meeting| key(meeting)).collect();
    let mut moved = Vec::new();
    let mut dropped = Vec::new();
    for &meeting in &left {
        match now.get(&key(meeting)) {
            Some(&to) if to.slot != meeting.slot => moved.push(MovedMeeting { from: meeting.clone(), to: to.clone() }),
            Some(_) => {}
            None => dropped.push(meeting.clone()),
        }
    }
    let added = plan.meetings.iter().filter(|meeting| !were.contains(&key(meeting))).cloned().collect();
    let proven_fewest = proven_fewest || (plan.status == PlanStatus::Optimal && moved.is_empty() && dropped.is_empty());
    Replan { plan, lost: lost.into_iter().cloned().collect(), added, moved, dropped, proven_fewest }
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
