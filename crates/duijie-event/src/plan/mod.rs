//! Who meets whom, in which slot and at which table.
//!
//! [`plan`] finds the best plan exactly: first as many demands meet somebody as can be (where some
//! must be left out, those of least priority are), then the best score of the worst-served of the
//! others is made as great as can be, then the (priority-weighted) total. Enterprises with several demands are at one
//! table at a time, and so are institutions. [`replan`] mends a plan after somebody stayed away.

mod alternates;
mod arrange;
mod conflict;
mod flow;
mod hitting_set;
mod limit;
mod overview;
mod problem;
mod replan;
mod report;
mod rules;
mod sheets;
mod solve;
mod timetable;

pub use replan::{Absence, MovedMeeting, Replan, Replanned, replan};
pub use report::{
    Alternate, Alternates, Conflict, EventPlan, LimitChange, Meeting, PlanStatus, Relaxation, SavedPlan, SavedUnmet,
    Unmet, UnmetReason,
};
pub use sheets::{plan_sheets, replan_sheets};

use crate::{Event, EventError};
use arrange::Before;
use duijie::{Catalogue, Demand, DemandMatch, Institutions};
use problem::{Inputs, Prepared, Problem};
use solve::Assignment;

/// What a plan is made from.
#[derive(Clone, Copy)]
pub struct PlanRequest<'a> {
    /// The event file.
    pub event: &'a Event,
    /// Tells which chain the event is about.
    pub catalogue: &'a Catalogue,
    /// The demands; those of other chains than the event's take no part.
    pub demands: &'a [Demand],
    /// Rankings of institutions, one for each demand that takes part.
    pub matches: &'a [DemandMatch],
    /// The institutions of the rankings.
    pub institutions: &'a Institutions,
}

/// What planning is at, for a progress line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanStep {
    /// Looking whether the limits can be kept.
    Checking,
    /// Serving as many demands as can be, the worst-served of them as well as can be.
    WorstServed,
    /// Making the total as great as can be.
    Total,
    /// Giving out slots and tables.
    Timetable,
    /// Looking for the limits that conflict.
    Conflicts,
}

impl PlanStep {
    /// The steps of a plan that holds, in order.
    pub const OF_PLAN: [Self; 4] = [Self::Checking, Self::WorstServed, Self::Total, Self::Timetable];

    /// What a progress line says.
    pub fn words(self) -> &'static str {
        match self {
            Self::Checking => "checking the limits",
            Self::WorstServed => "serving the worst-served demand",
            Self::Total => "raising the total",
            Self::Timetable => "giving out slots and tables",
            Self::Conflicts => "looking for the limits that conflict",
        }
    }
}

/// The best plan of an event, or why there is none.
///
/// ```
/// use duijie::{Catalogue, Demand, DemandMatch, Institution, InstitutionMatch, Institutions, Parts, Ranking, Verdict};
/// use duijie_event::{Event, PlanRequest, PlanStatus, plan};
///
/// let institutions = Institutions::new(["I1", "I2"].map(|id| Institution { id: id.into(), name: id.into(), ..Default::default() }).to_vec())?;
/// let demands = ["D1", "D2"].map(|id| Demand { id: id.into(), title: "焊接裂纹".into(), ..Default::default() });
/// let ranking = |demand: &str, scores: [f64; 2]| DemandMatch {
///     demand: demand.into(),
///     verdict: Verdict::Matched,
///     inferred: None,
///     home: None,
///     ranking: Ranking::Institutions(scores.iter().enumerate().map(|(at, &score)| InstitutionMatch {
///         institution: format!("I{}", at + 1), rank: at + 1, score, parts: Parts::default(), evidence: vec![],
///     }).collect()),
/// };
/// let matches = [ranking("D1", [0.9, 0.5]), ranking("D2", [0.8, 0.2])];
/// let event: Event = "[limits]\nmeetings_per_demand = { min = 1 }\nmeetings_per_institution = { max = 1 }".parse()?;
/// let catalogue = Catalogue::default();
/// let request = PlanRequest { event: &event, catalogue: &catalogue, demands: &demands, matches: &matches, institutions: &institutions };
/// let plan = plan(&request, &|_| {})?;
/// assert_eq!(plan.status, PlanStatus::Optimal);
/// // D1 gives way: its second choice is better than that of D2.
/// assert_eq!(plan.worst_score, Some(0.5));
/// let of_d1 = plan.meetings.iter().find(|meeting| meeting.demand == "D1").unwrap();
/// assert_eq!(of_d1.institution, "I2");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// An [`EventError`] for an event file that does not fit the records, or a demand without a
/// ranking of institutions. Limits that conflict are no error but a plan that says so.
pub fn plan(request: &PlanRequest<'_>, progress: &dyn Fn(PlanStep)) -> Result<EventPlan, EventError> {
    let prepared = prepare(request, request.event)?;
    solved(&prepared, request, progress)
}

fn prepare(request: &PlanRequest<'_>, event: &Event) -> Result<Prepared, EventError> {
    let chain = event.chain(request.catalogue)?;
    problem::prepare(Inputs {
        event,
        chain: chain.map(|chain| chain.id.as_str()),
        demands: request.demands,
        matches: request.matches,
        institutions: request.institutions,
    })
}

fn solved(
    prepared: &Prepared,
    request: &PlanRequest<'_>,
    progress: &dyn Fn(PlanStep),
) -> Result<EventPlan, EventError> {
    let (problem, bounds) = (&prepared.problem, &prepared.bounds);
    progress(PlanStep::Checking);
    if !solve::feasible(problem, bounds, None, None)? {
        return infeasible(prepared, request, progress);
    }
    let best = best_assignment(prepared, progress)?;
    progress(PlanStep::Timetable);
    let meetings = arrange::arrange(problem, bounds, &best.pairs, &request.event.tour.cities, &Before::default());
    Ok(report(prepared, request.demands, meetings, Some(best.gap)))
}

/// The best pairs within limits that can be kept.
fn best_assignment(prepared: &Prepared, progress: &dyn Fn(PlanStep)) -> Result<Assignment, EventError> {
    let (problem, bounds) = (&prepared.problem, &prepared.bounds);
    progress(PlanStep::WorstServed);
    let service = solve::best_service(problem, bounds)?;
    progress(PlanStep::Total);
    let gain = |at: usize| problem.pairs[at].score * problem.guests[problem.pairs[at].guest].weight;
    let best = solve::maximise(problem, bounds, service, None, solve::Aim::Total(&gain))?;
    best.ok_or_else(|| EventError::Solver { problem: "flow and programme disagree".to_owned() })
}

/// The plan of `meetings`, which keep to all limits.
fn report(prepared: &Prepared, demands: &[Demand], meetings: Vec<Meeting>, gap: Option<f64>) -> EventPlan {
    let problem = &prepared.problem;
    let (best, weighted_total) = served(problem, &meetings);
    let without = problem.guests.iter().zip(&best).filter(|(_, best)| best.is_none());
    let no_room = without.map(|(guest, _)| Unmet { demand: guest.demand.clone(), reason: UnmetReason::NoRoom });
    let unmet = prepared.unmet.iter().cloned().chain(no_room).collect();
    EventPlan {
        status: PlanStatus::Optimal,
        total_score: meetings.iter().map(|meeting| meeting.score).sum(),
        worst_score: worst(&best),
        served: best.iter().flatten().count(),
        could_meet: best.len(),
        alternates: alternates::alternates(problem, &prepared.bounds, &meetings),
        meetings,
        unmet: in_order(unmet, demands),
        conflicts: Vec::new(),
        relaxations: Vec::new(),
        gap,
        weighted_total,
        other_chains: prepared.other_chains,
    }
}

/// The worst of those that meet somebody.
fn worst(best: &[Option<f64>]) -> Option<f64> {
    best.iter().copied().flatten().min_by(f64::total_cmp)
}

/// The best score of each guest, and the weighted total.
fn served(problem: &Problem, meetings: &[Meeting]) -> (Vec<Option<f64>>, f64) {
    let at: rustc_hash::FxHashMap<&str, usize> =
        problem.guests.iter().enumerate().map(|(at, guest)| (guest.demand.as_str(), at)).collect();
    let mut best: Vec<Option<f64>> = vec![None; problem.guests.len()];
    let mut weighted = 0.0;
    for meeting in meetings {
        let guest = at[meeting.demand.as_str()];
        best[guest] = Some(best[guest].map_or(meeting.score, |best| best.max(meeting.score)));
        weighted += meeting.score * problem.guests[guest].weight;
    }
    (best, weighted)
}

fn infeasible(
    prepared: &Prepared,
    request: &PlanRequest<'_>,
    progress: &dyn Fn(PlanStep),
) -> Result<EventPlan, EventError> {
    progress(PlanStep::Conflicts);
    let (conflicts, relaxations) = conflict::explain(&prepared.problem, &prepared.bounds, request.event)?;
    let no_plan = prepared.problem.guests.iter();
    let no_plan = no_plan.map(|guest| Unmet { demand: guest.demand.clone(), reason: UnmetReason::NoPlan });
    let unmet = prepared.unmet.iter().cloned().chain(no_plan).collect();
    Ok(EventPlan {
        status: PlanStatus::Infeasible,
        total_score: 0.0,
        worst_score: None,
        served: 0,
        could_meet: prepared.problem.guests.len(),
        meetings: Vec::new(),
        unmet: in_order(unmet, request.demands),
        conflicts,
        relaxations,
        gap: Some(0.0),
        weighted_total: 0.0,
        alternates: Vec::new(),
        other_chains: prepared.other_chains,
    })
}

fn in_order(mut unmet: Vec<Unmet>, demands: &[Demand]) -> Vec<Unmet> {
    let order: rustc_hash::FxHashMap<&str, usize> =
        demands.iter().enumerate().map(|(at, demand)| (demand.id.as_str(), at)).collect();
    unmet.sort_by_key(|unmet| order.get(unmet.demand.as_str()).copied());
    unmet
}
