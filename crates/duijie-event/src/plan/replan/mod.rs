//! Mending a plan after a no-show.

mod fill;

use super::problem::{Pair, Prepared, Problem};
use super::report::{EventPlan, Meeting, PlanStatus, UnmetReason};
use super::{PlanRequest, PlanStep, arrange, prepare, report, solve, solved};
use crate::{EventError, PairRule};
use duijie::{Demand, Institutions};
use fill::fill;
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

impl Absence {
    /// Those of these names: ids of demands, names of enterprises, ids or names of institutions.
    ///
    /// # Errors
    ///
    /// [`EventError::UnknownAbsent`].
    pub fn of(names: &[String], demands: &[Demand], institutions: &Institutions) -> Result<Self, EventError> {
        let mut absence = Self::default();
        for name in names {
            if demands.iter().any(|demand| demand.id == *name) {
                absence.demands.push(name.clone());
            } else if demands.iter().any(|demand| demand.enterprise.as_ref() == Some(name)) {
                absence.enterprises.push(name.clone());
            } else if let Ok(institution) = institutions.resolve(name) {
                absence.institutions.push(institution.id.clone());
            } else {
                return Err(EventError::UnknownAbsent { name: name.clone() });
            }
        }
        Ok(absence)
    }
}

/// A mended plan, and what became of the meetings of the one before.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Replan {
    /// The plan as it is now.
    #[serde(flatten)]
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
        let gone = |pair: &Pair| pair.forbidden_by.iter().any(|rule| absent_rules.contains(rule));
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
    let same = |pair: &Pair| {
        problem.guests[pair.guest].demand == meeting.demand
            && problem.institutions[pair.institution] == meeting.institution
    };
    problem.pairs.iter().position(same)
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
