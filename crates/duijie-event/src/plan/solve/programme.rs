//! The integer programme of an event: a variable a pair that may meet, and what bounds them.

use super::{Aim, Assignment, Service};
use crate::plan::problem::{Bounds, Problem, UNBOUNDED};
use crate::{EventError, EventForm};
use microlp::{ComparisonOp, OptimizationDirection, Variable};
use rustc_hash::FxHashMap;

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Domain {
    Real,
    Binary,
}

pub(super) enum Solved {
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

/// Sums of weights that differ by no more than this share are the same.
const ROUNDING: f64 = 1e-9;

pub(super) struct Programme {
    programme: microlp::Problem,
    /// Variable of each pair that may be chosen.
    variables: Vec<(usize, Variable)>,
    possible: bool,
}

impl Programme {
    pub(super) fn build(
        problem: &Problem,
        bounds: &Bounds,
        service: Option<Service>,
        included: Option<&[bool]>,
        aim: Aim<'_>,
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
            let gain = match aim {
                Aim::Total(gain) => gain(at),
                Aim::Any | Aim::Served => 0.0,
            };
            let variable = match domain {
                Domain::Real => programme.add_var(gain, (if required { 1.0 } else { 0.0 }, 1.0)),
                Domain::Binary => programme.add_integer_var(gain, (i32::from(required), 1)),
            };
            variables.push((at, variable));
            of_guest[pair.guest].push((variable, 1.0));
            if service.is_none_or(|service| pair.score >= service.score) {
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
            if service.is_some_and(|service| service.demands == problem.guests.len()) {
                at_least(&strong[guest], 1);
            }
            if min > max {
                at_least(&Vec::new(), 1);
            }
        }
        let part = service.filter(|service| service.demands < problem.guests.len());
        if part.is_some() || matches!(aim, Aim::Served) {
            let weights: Vec<f64> = problem.guests.iter().map(|guest| guest.weight).collect();
            // One demand more outweighs all priority.
            let one = weights.iter().sum::<f64>() + 1.0;
            let gain = |weight: f64| if matches!(aim, Aim::Served) { one + weight } else { 0.0 };
            let served: Vec<Variable> = strong
                .into_iter()
                .zip(&weights)
                .map(|(terms, &w)| add_served(&mut programme, terms, gain(w)))
                .collect();
            if let Some(service) = part {
                let count: Terms = served.iter().map(|&variable| (variable, 1.0)).collect();
                programme.add_constraint(count.as_slice(), ComparisonOp::Ge, service.demands as f64);
            }
            if let Some(priority) = part.and_then(|service| service.priority) {
                let weighted: Terms = served.into_iter().zip(weights).collect();
                programme.add_constraint(weighted.as_slice(), ComparisonOp::Ge, priority * (1.0 - ROUNDING));
            }
        }
        if problem.form == EventForm::Tour {
            add_city_slots(&mut programme, problem, bounds, in_city);
        }
        Ok(Self { programme, variables, possible })
    }

    pub(super) fn solve(self) -> Result<Solved, EventError> {
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

/// A variable that is 1 only if one of the pairs of `strong` is chosen.
fn add_served(programme: &mut microlp::Problem, mut strong: Terms, gain: f64) -> Variable {
    let served = programme.add_var(gain, (0.0, 1.0));
    strong.iter_mut().for_each(|(_, factor)| *factor = -1.0);
    strong.push((served, 1.0));
    programme.add_constraint(strong.as_slice(), ComparisonOp::Le, 0.0);
    served
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
