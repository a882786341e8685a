//! The best assignment, exactly: as many demands served as can be (where that leaves a choice, those
//! of most priority), then the worst-served among them, then the total.
//!
//! In a hall the limits of enterprises and their demands nest, as do those of institutions, so the
//! matrix is that of a network: every vertex of the linear programme is integral, and its optimum
//! is that of the integer programme. Asking for the greatest number of served demands, or their
//! greatest priority, keeps to a face of the polytope, whose vertices are vertices of the whole. On a tour the number of slots in
//! each city is chosen besides; these are the only integer variables, since for fixed ones the
//! matrix is a network again.

mod programme;

use super::flow;
use super::problem::{Bounds, Problem};
use crate::{EventError, EventForm};
use programme::{Domain, Programme, Solved};

/// Chosen pairs.
#[derive(Debug)]
pub(super) struct Assignment {
    /// Indices into the problem's pairs, ascending.
    pub(super) pairs: Vec<usize>,
    /// By how much the bound on the total exceeds it, as a share; 0 for a proven optimum.
    pub(super) gap: f64,
}

/// What is asked of an assignment: at least so many demands have a meeting of at least this score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Service {
    pub(super) demands: usize,
    pub(super) score: f64,
    /// Their weights add up to this, where they differ and not all are served.
    pub(super) priority: Option<f64>,
}

/// What is made as great as can be.
#[derive(Clone, Copy)]
pub(super) enum Aim<'a> {
    /// Nothing: any assignment will do.
    Any,
    /// The number of demands that have a meeting, then their priority.
    Served,
    /// The sum of a gain over the chosen pairs.
    Total(&'a dyn Fn(usize) -> f64),
}

/// Whether the limits can be kept, with the service asked for.
pub(super) fn feasible(
    problem: &Problem,
    bounds: &Bounds,
    service: Option<Service>,
    included: Option<&[bool]>,
) -> Result<bool, EventError> {
    if !flow::feasible(problem, bounds, service, included) {
        return Ok(false);
    }
    match problem.form {
        EventForm::Hall if service.is_none_or(|service| service.priority.is_none()) => Ok(true),
        // The flow knows nothing of priorities, nor of the slots that cities share.
        EventForm::Hall | EventForm::Tour => Ok(maximise(problem, bounds, service, included, Aim::Any)?.is_some()),
    }
}

/// As many demands served as can be, the worst-served of them as well as can be; `None` if nobody can meet.
/// The limits must be such that they can be kept.
pub(super) fn best_service(problem: &Problem, bounds: &Bounds) -> Result<Option<Service>, EventError> {
    let (demands, priority) = most_served(problem, bounds)?;
    let mut best = vec![f64::NEG_INFINITY; problem.guests.len()];
    for pair in problem.pairs.iter().filter(|pair| bounds.allows(pair)) {
        best[pair.guest] = best[pair.guest].max(pair.score);
    }
    best.sort_by(|a, b| b.total_cmp(a));
    let Some(last) = demands.checked_sub(1) else { return Ok(None) };
    let ceiling = best[last];
    let allowed = problem.pairs.iter().filter(|pair| bounds.allows(pair) && pair.score <= ceiling);
    let mut scores: Vec<f64> = allowed.map(|pair| pair.score).collect();
    scores.sort_by(f64::total_cmp);
    scores.dedup();
    // Invariant: all below `low` are feasible, all from `high` on are not.
    let (mut low, mut high) = (0, scores.len());
    while low < high {
        let middle = low + (high - low) / 2;
        if feasible(problem, bounds, Some(Service { demands, score: scores[middle], priority }), None)? {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    Ok(low.checked_sub(1).map(|at| Service { demands, score: scores[at], priority }))
}

/// How many demands can have a meeting at once, within limits that can be kept, and where there is a choice of them
/// the most that their weights add up to.
fn most_served(problem: &Problem, bounds: &Bounds) -> Result<(usize, Option<f64>), EventError> {
    let serves = |demands| {
        let service = Service { demands, score: f64::NEG_INFINITY, priority: None };
        flow::feasible(problem, bounds, Some(service), None)
    };
    let all = problem.guests.len();
    if problem.form == EventForm::Hall && serves(all) {
        return Ok((all, None));
    }
    let alike = problem.guests.windows(2).all(|pair| pair[0].weight == pair[1].weight);
    if problem.form == EventForm::Tour || !alike {
        let best = maximise(problem, bounds, None, None, Aim::Served)?.map_or_else(Vec::new, |best| best.pairs);
        let mut served: Vec<usize> = best.into_iter().map(|pair| problem.pairs[pair].guest).collect();
        // Pairs are sorted by demand.
        served.dedup();
        let priority = served.iter().map(|&guest| problem.guests[guest].weight).sum();
        return Ok((served.len(), Some(priority).filter(|_| !alike && served.len() < all)));
    }
    // Invariant: `low` can be served, `high` cannot.
    let (mut low, mut high) = (0, all);
    while low + 1 < high {
        let middle = low + (high - low) / 2;
        if serves(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    Ok((low, None))
}

/// The assignment that reaches most of the aim, or `None` if limits conflict.
pub(super) fn maximise(
    problem: &Problem,
    bounds: &Bounds,
    service: Option<Service>,
    included: Option<&[bool]>,
    aim: Aim<'_>,
) -> Result<Option<Assignment>, EventError> {
    match Programme::build(problem, bounds, service, included, aim, Domain::Real)?.solve()? {
        Solved::Integral(assignment) => Ok(Some(assignment)),
        Solved::Infeasible => Ok(None),
        // A vertex off the integers by rounding alone; asking for integers settles it.
        Solved::Fractional => {
            let whole = Programme::build(problem, bounds, service, included, aim, Domain::Binary)?.solve()?;
            Ok(match whole {
                Solved::Integral(assignment) => Some(assignment),
                Solved::Infeasible | Solved::Fractional => None,
            })
        }
    }
}
