//! The best assignment, exactly: first the worst-served demand, then the total.
//!
//! In a hall the limits of enterprises and their demands nest, as do those of institutions, so the
//! matrix is that of a network: every vertex of the linear programme is integral, and its optimum
//! is that of the integer programme. On a tour the number of slots in each city is chosen besides;
//! these are the only integer variables, since for fixed ones the matrix is a network again.

use super::flow;
use super::problem::{Bounds, Problem, UNBOUNDED};
use crate::{EventError, EventForm};
use microlp::{ComparisonOp, OptimizationDirection, Variable};
use rustc_hash::FxHashMap;

/// Chosen pairs, and how good the worst-served demand's best meeting is at least.
#[derive(Debug)]
pub(super) struct Assignment {
    /// Indices into the problem's pairs, ascending.
    pub(super) pairs: Vec<usize>,
    /// By how much the bound on the total exceeds it, as a share; 0 for a proven optimum.
    pub(super) gap: f64,
}

/// Whether the limits can be kept, with every demand having a meeting of at least `threshold`.
pub(super) fn feasible(
    problem: &Problem,
    bounds: &Bounds,
    threshold: Option<f64>,
    included: Option<&[bool]>,
) -> Result<bool, EventError> {
    if !flow::feasible(problem, bounds, threshold, included) {
        return Ok(false);
    }
    match problem.form {
        EventForm::Hall => Ok(true),
        // The flow knows nothing of the slots that cities share.
        EventForm::Tour => Ok(maximise(problem, bounds, threshold, included, &|_| 0.0)?.is_some()),
    }
}

/// The greatest score that every demand's best meeting can reach; `None` if not every demand can
/// have a meeting.
pub(super) fn best_threshold(problem: &Problem, bounds: &Bounds) -> Result<Option<f64>, EventError> {
    let mut best = vec![f64::NEG_INFINITY; problem.guests.len()];
    for pair in problem.pairs.iter().filter(|pair| bounds.allows(pair)) {
        best[pair.guest] = best[pair.guest].max(pair.score);
    }
    let ceiling = best.iter().copied().fold(f64::INFINITY, f64::min);
    let allowed = problem.pairs.iter().filter(|pair| bounds.allows(pair) && pair.score <= ceiling);
    let mut scores: Vec<f64> = allowed.map(|pair| pair.score).collect();
    scores.sort_by(f64::total_cmp);
    scores.dedup();
    // Invariant: all below `low` are feasible, all from `high` on are not.
    let (mut low, mut high) = (0, scores.len());
    while low < high {
        let middle = low + (high - low) / 2;
        if feasible(problem, bounds, Some(scores[middle]), None)? {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    Ok(low.checked_sub(1).map(|at| scores[at]))
}

/// The assignment with the greatest sum of `gain` over its pairs, or `None` if limits conflict.
pub(super) fn maximise(
    problem: &Problem,
    bounds: &Bounds,
    threshold: Option<f64>,
    included: Option<&[bool]>,
    gain: &dyn Fn(usize) -> f64,
) -> Result<Option<Assignment>, EventError> {
    match Programme::build(problem, bounds, threshold, included, gain, Domain::Real)?.solve()? {
        Solved::Integral(assignment) => Ok(Some(assignment)),
        Solved::Infeasible => Ok(None),
        // A vertex off the integers by rounding alone; asking for integers settles it.
        Solved::Fractional => {
            let whole = Programme::build(problem, bounds, threshold, included, gain, Domain::Binary)?.solve()?;
            Ok(match whole {
                Solved::Integral(assignment) => Some(assignment),
                Solved::Infeasible | Solved::Fractional => None,
            })
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Domain {
    Real,
    Binary,
}

enum Solved {
    Integral(Assignment),
    Fractional,
    Infeasible,
}

/// Who can have one meeting a slot; an enterprise may have demands in several cities.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Side {
    Party(usize),
    Institution(usize),
}

type Terms = Vec<(Variable, f64)>;

struct Programme {
    programme: microlp::Problem,
    /// Variable of each pair that may be chosen.
    variables: Vec<(usize, Variable)>,
    possible: bool,
}

impl Programme {
    fn build(
        problem: &Problem,
        bounds: &Bounds,
        threshold: Option<f64>,
        included: Option<&[bool]>,
        gain: &dyn Fn(usize) -> f64,
        domain: Domain,
    ) -> Result<Self, EventError> {
        let mut programme = microlp::Problem::new(OptimizationDirection::Maximize);
        let mut variables = Vec::new();
        let mut possible = true;
        let mut of_guest: Vec<Terms> = vec![Vec::new(); problem.guests.len()];
        let mut strong: Vec<Terms> = vec![Vec::new(); problem.guests.len()];
        let mut of_party: Vec<Terms> = vec![Vec::new(); problem.parties];
        let mut of_institution: Vec<Terms> = vec![Vec::new(); problem.institutions.len()];
        let mut in_city: FxHashMap<(usize, Side), Terms> = FxHashMap::default();
        let mut all: Terms = Vec::new();
        let takes_part = |guest: usize| included.is_none_or(|included| included[guest]);
        for (at, pair) in problem.pairs.iter().enumerate().filter(|(_, pair)| takes_part(pair.guest)) {
            let (allowed, required) = (bounds.allows(pair), bounds.requires(pair));
            possible &= allowed || !required;
            if !allowed {
                continue;
            }
            let least = if required { 1.0 } else { 0.0 };
            let variable = match domain {
                Domain::Real => programme.add_var(gain(at), (least, 1.0)),
                Domain::Binary => programme.add_integer_var(gain(at), (i32::from(required), 1)),
            };
            variables.push((at, variable));
            of_guest[pair.guest].push((variable, 1.0));
            if threshold.is_some_and(|threshold| pair.score >= threshold) {
                strong[pair.guest].push((variable, 1.0));
            }
            let guest = &problem.guests[pair.guest];
            of_party[guest.party].push((variable, 1.0));
            of_institution[pair.institution].push((variable, 1.0));
            for side in [Side::Party(guest.party), Side::Institution(pair.institution)] {
                in_city.entry((guest.city, side)).or_default().push((variable, 1.0));
            }
            all.push((variable, 1.0));
        }
        let mut at_most = |terms: &Terms, most: usize| {
            if terms.len() > most {
                programme.add_constraint(terms.as_slice(), ComparisonOp::Le, most as f64);
            }
        };
        for (guest, terms) in of_guest.iter().enumerate() {
            at_most(terms, bounds.guest(guest).1);
        }
        for terms in &of_party {
            at_most(terms, bounds.slots);
        }
        for (institution, terms) in of_institution.iter().enumerate() {
            at_most(terms, bounds.institution(institution).min(bounds.slots));
        }
        at_most(&all, bounds.room());
        let mut at_least = |terms: &Terms, least: usize| {
            possible &= terms.len() >= least;
            if least > 0 && possible {
                programme.add_constraint(terms.as_slice(), ComparisonOp::Ge, least as f64);
            }
        };
        for guest in (0..problem.guests.len()).filter(|&guest| takes_part(guest)) {
            let (min, max) = bounds.guest(guest);
            at_least(&of_guest[guest], min);
            if threshold.is_some() {
                at_least(&strong[guest], 1);
            }
            if min > max {
                at_least(&Vec::new(), 1);
            }
        }
        if problem.form == EventForm::Tour {
            add_city_slots(&mut programme, problem, bounds, in_city);
        }
        Ok(Self { programme, variables, possible })
    }

    fn solve(self) -> Result<Solved, EventError> {
        if !self.possible {
            return Ok(Solved::Infeasible);
        }
        let gave_up = |problem: String| EventError::Solver { problem };
        let solution = match self.programme.solve() {
            Ok(outcome) => {
                outcome.into_solution().map_err(|stopped| gave_up(format!("{:?}", stopped.termination_reason())))?
            }
            Err(microlp::Error::Infeasible) => return Ok(Solved::Infeasible),
            Err(error) => return Err(gave_up(error.to_string())),
        };
        let mut pairs = Vec::new();
        for (pair, variable) in self.variables {
            let value = solution.var_value(variable);
            if (value - value.round()).abs() > 1e-6 {
                return Ok(Solved::Fractional);
            }
            if value > 0.5 {
                pairs.push(pair);
            }
        }
        Ok(Solved::Integral(Assignment { pairs, gap: solution.gap().unwrap_or(0.0).max(0.0) }))
    }
}

/// In each city as many slots as any enterprise or institution has meetings there; all cities
/// together within the slots of the tour.
fn add_city_slots(
    programme: &mut microlp::Problem,
    problem: &Problem,
    bounds: &Bounds,
    in_city: FxHashMap<(usize, Side), Terms>,
) {
    if bounds.slots >= UNBOUNDED {
        return;
    }
    let most = i32::try_from(bounds.slots).unwrap_or(i32::MAX);
    let rounds: Vec<Variable> = problem.cities.iter().map(|_| programme.add_integer_var(0.0, (0, most))).collect();
    let mut in_city: Vec<_> = in_city.into_iter().collect();
    in_city.sort_by_key(|(key, _)| *key);
    for ((city, _), mut terms) in in_city {
        terms.push((rounds[city], -1.0));
        programme.add_constraint(terms.as_slice(), ComparisonOp::Le, 0.0);
    }
    let all: Terms = rounds.iter().map(|&variable| (variable, 1.0)).collect();
    programme.add_constraint(all.as_slice(), ComparisonOp::Le, f64::from(most));
}
