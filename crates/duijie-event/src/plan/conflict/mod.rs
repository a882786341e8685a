//! Why limits cannot be kept: a smallest conflicting set, and the smallest change that helps.
//!
//! Both are minimum hitting sets (Reiter 1987; Ignatiev et al., CP 2015): a relaxation must touch
//! every conflict, and a conflict must touch every relaxation. Each round solves the hitting set of
//! what is known so far; either it is the answer, or it yields another set to hit.

mod search;

use super::limit::Limit;
use super::problem::{Bounds, Problem};
use super::report::{Conflict, LimitChange, Relaxation};
use super::solve;
use crate::{Event, EventError};
use search::Search;

/// What stands in the way of a plan: conflicts, a smallest first, and relaxations, best first.
pub(super) fn explain(
    problem: &Problem,
    bounds: &Bounds,
    event: &Event,
) -> Result<(Vec<Conflict>, Vec<Relaxation>), EventError> {
    let search = Search { problem, bounds, limits: Limit::all(bounds) };
    let (lifted, mut conflicts) = search.fewest_to_lift()?;
    let smallest = search.smallest_conflict(&conflicts)?;
    conflicts.retain(|conflict| !smallest.iter().all(|limit| conflict.contains(limit)));
    let mut relaxations = if lifted.len() == 1 {
        let mut single = Vec::new();
        for &limit in &smallest {
            if search.feasible_without(&[limit])? {
                single.push(search.smallest_change(&[limit], event)?);
            }
        }
        single
    } else {
        vec![search.smallest_change(&lifted, event)?]
    };
    relaxations.sort_by_key(|(size, _)| *size);
    let named = std::iter::once(&smallest).chain(&conflicts).map(|conflict| search.describe(conflict, event));
    Ok((named.collect::<Result<_, _>>()?, relaxations.into_iter().map(|(_, relaxation)| relaxation).collect()))
}

impl Search<'_> {
    /// The limits of `lifted` loosened just so far that a plan exists, and by how many steps.
    fn smallest_change(&self, lifted: &[usize], event: &Event) -> Result<(usize, Relaxation), EventError> {
        let mut bounds = self.without(lifted);
        let mut changes = Vec::new();
        let mut size = 0;
        for &at in lifted {
            let limit = self.limits[at];
            // All others stay as loose as they are; this one starts from its own value.
            let steps = limit.steps(&self.tight(at, &bounds), self.problem);
            let (mut low, mut high) = (0, steps.len() - 1);
            while low < high {
                let middle = low + (high - low) / 2;
                if solve::feasible(self.problem, &steps[middle], None, None)? {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            size += low + 1;
            let to = limit.value(&steps[low]).unwrap_or_else(|| "absent".to_owned());
            let from = limit.value(self.bounds).unwrap_or_else(|| "present".to_owned());
            changes.push(LimitChange { limit: limit.name(event), from, to });
            bounds = steps[low].clone();
        }
        Ok((size, Relaxation { changes }))
    }

    /// `bounds` with one limit at its own value.
    fn tight(&self, at: usize, bounds: &Bounds) -> Bounds {
        let (own, mut tight) = (self.bounds, bounds.clone());
        match self.limits[at] {
            Limit::DemandMin => tight.demand_min = own.demand_min,
            Limit::DemandMax => tight.demand_max = own.demand_max,
            Limit::InstitutionMax => tight.institution_max = own.institution_max,
            Limit::Slots => tight.slots = own.slots,
            Limit::Tables => tight.tables = own.tables,
            Limit::MinimumScore => tight.minimum_score = own.minimum_score,
            Limit::Forbid(at) => tight.forbid[at] = own.forbid[at],
            Limit::Require(at) => tight.require[at] = own.require[at],
            Limit::ExceptionMin(at) => tight.exceptions[at].min = own.exceptions[at].min,
            Limit::ExceptionMax(at) => tight.exceptions[at].max = own.exceptions[at].max,
        }
        tight
    }

    fn describe(&self, conflict: &[usize], event: &Event) -> Result<Conflict, EventError> {
        let limits = conflict.iter().map(|&at| {
            let limit = self.limits[at];
            let name = limit.name(event);
            limit.value(self.bounds).map_or(name.clone(), |value| format!("{name} = {value}"))
        });
        let bounds = self.without(&self.complement(conflict));
        let guests = self.witnesses(&bounds)?;
        let met = self.problem.pairs.iter().filter(|pair| bounds.allows(pair) && guests.contains(&pair.guest));
        let mut institutions: Vec<String> =
            met.map(|pair| self.problem.institutions[pair.institution].clone()).collect();
        institutions.sort();
        institutions.dedup();
        Ok(Conflict {
            limits: limits.collect(),
            demands: guests.iter().map(|&guest| self.problem.guests[guest].demand.clone()).collect(),
            institutions,
        })
    }

    /// Demands that cannot keep to `bounds` together; none of them can be left out.
    fn witnesses(&self, bounds: &Bounds) -> Result<Vec<usize>, EventError> {
        let mut included = vec![true; self.problem.guests.len()];
        let mut size = included.len().div_ceil(2).max(1);
        loop {
            for start in (0..included.len()).step_by(size) {
                let mut without = included.clone();
                without[start..(start + size).min(included.len())].fill(false);
                if without != included && !solve::feasible(self.problem, bounds, None, Some(&without))? {
                    included = without;
                }
            }
            if size <= 1 {
                return Ok((0..included.len()).filter(|&guest| included[guest]).collect());
            }
            size = size.div_ceil(2);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::EventForm;
    use crate::plan::hitting_set::Set;
    use crate::plan::problem::{Guest, Pair};
    use proptest::prelude::*;

    /// Guests that want `min` meetings each, of few institutions.
    fn small(
        pairs: Vec<(usize, usize, bool, bool)>,
        min: usize,
        max: usize,
        institution_max: usize,
        slots: usize,
        tables: usize,
    ) -> (Problem, Bounds, Event) {
        let mut rules = (Vec::new(), Vec::new());
        let mut problem = Problem {
            form: EventForm::Hall,
            guests: Vec::new(),
            institutions: (0..3).map(|at| format!("I{at}")).collect(),
            pairs: Vec::new(),
            parties: 4,
            cities: Vec::new(),
        };
        for guest in 0..4 {
            problem.guests.push(Guest { demand: format!("D{guest}"), party: guest, city: 0, weight: 1.0 });
        }
        for (guest, institution, forbid, require) in pairs {
            if problem.pairs.iter().any(|pair| pair.guest == guest && pair.institution == institution) {
                continue;
            }
            let number = |rules: &mut Vec<crate::PairRule>, holds: bool| {
                if !holds {
                    return Vec::new();
                }
                rules.push(crate::PairRule::default());
                vec![rules.len() - 1]
            };
            let forbidden_by = number(&mut rules.0, forbid);
            let required_by = number(&mut rules.1, require);
            problem.pairs.push(Pair { guest, institution, score: 0.5, forbidden_by, required_by });
        }
        let bounds = Bounds {
            demand_min: min,
            demand_max: max,
            institution_max,
            slots,
            tables,
            minimum_score: 0.1,
            forbid: vec![true; rules.0.len()],
            require: vec![true; rules.1.len()],
            exceptions: Vec::new(),
        };
        let mut event: Event = "".parse().unwrap();
        (event.forbid, event.require) = rules;
        (problem, bounds, event)
    }

    proptest! {
        #[test]
        fn a_smallest_conflict_is_smallest_and_every_relaxation_works(
            pairs in proptest::collection::vec((0usize..4, 0usize..3, prop::bool::weighted(0.15), prop::bool::weighted(0.2)), 6..14),
            min in 0usize..4,
            max in 1usize..4,
            institution_max in 1usize..4,
            slots in 1usize..4,
            tables in 1usize..4,
        ) {
            let (problem, bounds, event) = small(pairs, min, max, institution_max, slots, tables);
            if solve::feasible(&problem, &bounds, None, None).unwrap() {
                return Ok(());
            }
            let search = Search { problem: &problem, bounds: &bounds, limits: Limit::all(&bounds) };
            let count = search.limits.len();
            let (lifted, conflicts) = search.fewest_to_lift().unwrap();
            let smallest = search.smallest_conflict(&conflicts).unwrap();
            // By trying every set of limits.
            let members = |set: u32| (0..count).filter(|limit| set >> limit & 1 == 1).collect::<Vec<_>>();
            let mut least_conflict = count;
            let mut least_relaxation = count;
            for set in 0u32..1 << count {
                let size = set.count_ones() as usize;
                if size < least_conflict && !search.feasible_with(&members(set)).unwrap() {
                    least_conflict = size;
                }
                if size < least_relaxation && search.feasible_without(&members(set)).unwrap() {
                    least_relaxation = size;
                }
            }
            prop_assert_eq!(smallest.len(), least_conflict);
            prop_assert!(!search.feasible_with(&smallest).unwrap());
            for conflict in &conflicts {
                for left_out in conflict {
                    let rest: Set = conflict.iter().copied().filter(|limit| limit != left_out).collect();
                    prop_assert!(search.feasible_with(&rest).unwrap());
                }
            }
            prop_assert_eq!(lifted.len(), least_relaxation);
            let (named, relaxations) = explain(&problem, &bounds, &event).unwrap();
            prop_assert_eq!(named[0].limits.len(), least_conflict);
            prop_assert!(!relaxations.is_empty());
            prop_assert!(relaxations.iter().all(|relaxation| relaxation.changes.len() == least_relaxation));
        }
    }
}
