//! Mending a plan after a no-show.

mod fill;

use super::arrange::Before;
use super::problem::{Pair, Prepared, Problem};
use super::report::{EventPlan, Meeting, PlanStatus, SavedPlan, UnmetReason};
use super::{PlanRequest, PlanStep, arrange, best_assignment, prepare, report, served, solve, solved, worst};
use crate::{EventError, PairRule};
use duijie::{Demand, Institutions};
use fill::fill;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

/// Differences of totals that are no more than rounding.
const ROUNDING: f64 = 1e-9;

/// Who stays away.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
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

    /// Those who stayed away before and those who do now.
    fn with(&self, now: &Self) -> Self {
        let union = |before: &[String], now: &[String]| {
            let mut all = before.to_vec();
            all.extend(now.iter().filter(|name| !before.contains(name)).cloned());
            all
        };
        Self {
            demands: union(&self.demands, &now.demands),
            enterprises: union(&self.enterprises, &now.enterprises),
            institutions: union(&self.institutions, &now.institutions),
        }
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
    /// Meetings held in another slot, or in the same at another table.
    pub moved: Vec<MovedMeeting>,
    /// Meetings given up for others, so that the limits hold.
    pub dropped: Vec<Meeting>,
    /// Whether it is proven that no plan within the limits changes fewer of the meetings that were
    /// left. Where meetings had to be given up, their number is least, that of the moved ones small.
    pub proven_fewest: bool,
    /// Everybody who is absent, at earlier mendings too.
    pub absent: Absence,
    /// What the best plan without the absent reaches, whatever it changes; `None` without a plan.
    pub optimum: Option<Replanned>,
}

/// What planning anew without the absent would reach.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Replanned {
    /// Demands that meet somebody.
    pub served: usize,
    /// Best score of the worst-served demand.
    pub worst_score: Option<f64>,
    /// Scores times priorities added up.
    pub weighted_total: f64,
}

/// A meeting in another slot or at another table than before.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MovedMeeting {
    /// As it was.
    pub from: Meeting,
    /// As it is.
    pub to: Meeting,
}

/// Changes as few of the `previous` meetings as possible so that the plan holds without those who
/// are absent; demands that lost a meeting get another where there is one. The changes are few, the
/// total need not be the greatest: the plan's gap and [`Replan::optimum`] hold it against the best plan.
///
/// # Errors
///
/// As [`super::plan`]; [`EventError::ForeignMeeting`] if the previous meetings are of another event.
pub fn replan(
    request: &PlanRequest<'_>,
    previous: &SavedPlan,
    absence: &Absence,
    progress: &dyn Fn(PlanStep),
) -> Result<Replan, EventError> {
    let absence = previous.absent.with(absence);
    let previous = &previous.meetings;
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
            (report(&after, request.demands, meetings, None), true)
        }
        None => (rearranged(&after, &left, &lost, &request, progress)?, false),
    };
    let mut mended = compare(plan, lost, left, proven_fewest);
    mended.absent = absence;
    if mended.plan.status == PlanStatus::Optimal {
        hold_against_best(&mut mended, &after, progress)?;
    }
    Ok(mended)
}

/// Says by how much the best plan without the absent exceeds the mended one.
fn hold_against_best(mended: &mut Replan, after: &Prepared, progress: &dyn Fn(PlanStep)) -> Result<(), EventError> {
    let best = best_assignment(after, progress)?;
    let meetings: Vec<Meeting> =
        best.pairs.iter().map(|&pair| arrange::meeting(&after.problem, pair, 1, None)).collect();
    let (served, weighted_total) = served(&after.problem, &meetings);
    let (worst_score, served) = (worst(&served), served.iter().flatten().count());
    let plan = &mut mended.plan;
    let as_good = (plan.served, plan.worst_score) >= (served, worst_score);
    let excess = (weighted_total * (1.0 + best.gap) - plan.weighted_total).max(0.0);
    let share = if excess > ROUNDING { excess / plan.weighted_total.abs().max(ROUNDING) } else { 0.0 };
    plan.gap = as_good.then_some(share);
    mended.optimum = Some(Replanned { served, worst_score, weighted_total });
    Ok(())
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
    lost: &[&Meeting],
    request: &PlanRequest<'_>,
    progress: &dyn Fn(PlanStep),
) -> Result<EventPlan, EventError> {
    let (problem, bounds) = (&after.problem, &after.bounds);
    let place = |meeting: &&Meeting| Some((find(problem, meeting)?, (meeting.slot, meeting.table)));
    let mut before = Before { places: left.iter().filter_map(place).collect(), visits: FxHashMap::default() };
    for meeting in left.iter().chain(lost) {
        if let Some(city) = &meeting.city {
            let visit = before.visits.entry(city.clone()).or_insert((meeting.slot, meeting.slot));
            *visit = (visit.0.min(meeting.slot), visit.1.max(meeting.slot));
        }
    }
    let value = |at: usize| problem.pairs[at].score * problem.guests[problem.pairs[at].guest].weight;
    // One meeting kept outweighs all that others could add.
    let greatest = (0..problem.pairs.len()).map(|at| value(at).abs()).fold(0.0, f64::max);
    let keeping = (greatest + 1.0) * (left.len() + 1) as f64;
    let gain = |at: usize| value(at) + if before.places.contains_key(&at) { keeping } else { 0.0 };
    match solve::maximise(problem, bounds, None, None, solve::Aim::Total(&gain))? {
        Some(best) => {
            progress(PlanStep::Timetable);
            let meetings = arrange::arrange(problem, bounds, &best.pairs, &request.event.tour.cities, &before);
            Ok(report(after, request.demands, meetings, None))
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
            Some(&to) if (to.slot, to.table) != (meeting.slot, meeting.table) => {
                moved.push(MovedMeeting { from: meeting.clone(), to: to.clone() })
            }
            Some(_) => {}
            None => dropped.push(meeting.clone()),
        }
    }
    let added = plan.meetings.iter().filter(|meeting| !were.contains(&key(meeting))).cloned().collect();
    let proven_fewest = proven_fewest || (plan.status == PlanStatus::Optimal && moved.is_empty() && dropped.is_empty());
    let lost = lost.into_iter().cloned().collect();
    Replan { plan, lost, added, moved, dropped, proven_fewest, absent: Absence::default(), optimum: None }
}
