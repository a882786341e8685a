//! Smallest sets of limits: those that conflict, and those to lift.

use crate::EventError;
use crate::plan::hitting_set::{Set, minimum_hitting_set};
use crate::plan::limit::Limit;
use crate::plan::problem::{Bounds, Problem};
use crate::plan::solve;

pub(super) struct Search<'a> {
    pub(super) problem: &'a Problem,
    pub(super) bounds: &'a Bounds,
    pub(super) limits: Vec<Limit>,
}

impl Search<'_> {
    pub(super) fn feasible_without(&self, lifted: &[usize]) -> Result<bool, EventError> {
        solve::feasible(self.problem, &self.without(lifted), None, None)
    }

    pub(super) fn feasible_with(&self, kept: &[usize]) -> Result<bool, EventError> {
        self.feasible_without(&self.complement(kept))
    }

    pub(super) fn without(&self, lifted: &[usize]) -> Bounds {
        let mut bounds = self.bounds.clone();
        lifted.iter().for_each(|&limit| self.limits[limit].lift(&mut bounds));
        bounds
    }

    pub(super) fn complement(&self, set: &[usize]) -> Set {
        (0..self.limits.len()).filter(|limit| !set.contains(limit)).collect()
    }

    /// A conflict among `kept`, none of whose limits can be left out.
    pub(super) fn shrink(&self, mut kept: Set) -> Result<Set, EventError> {
        // Halves first: most limits have nothing to do with a conflict.
        let mut size = kept.len().div_ceil(2);
        loop {
            let mut at = 0;
            while at < kept.len() {
                let end = (at + size).min(kept.len());
                let rest: Set = kept[..at].iter().chain(&kept[end..]).copied().collect();
                if self.feasible_with(&rest)? {
                    at = end;
                } else {
                    kept = rest;
                }
            }
            if size <= 1 {
                return Ok(kept);
            }
            size = size.div_ceil(2);
        }
    }

    /// Fewest limits to lift so that a plan exists, and the conflicts met on the way.
    pub(super) fn fewest_to_lift(&self) -> Result<(Set, Vec<Set>), EventError> {
        let mut conflicts = Vec::new();
        loop {
            let lifted = minimum_hitting_set(&conflicts, self.limits.len())?;
            if self.feasible_without(&lifted)? {
                return Ok((lifted, conflicts));
            }
            conflicts.push(self.shrink(self.complement(&lifted))?);
        }
    }

    /// A conflict of the fewest limits.
    pub(super) fn smallest_conflict(&self, known: &[Set]) -> Result<Set, EventError> {
        let mut relaxations: Vec<Set> = Vec::new();
        let shortest_known = known.iter().min_by_key(|conflict| conflict.len());
        loop {
            let candidate = minimum_hitting_set(&relaxations, self.limits.len())?;
            if let Some(known) = shortest_known.filter(|known| known.len() <= candidate.len()) {
                return Ok(known.clone());
            }
            if !self.feasible_with(&candidate)? {
                return Ok(candidate);
            }
            let mut kept = candidate;
            for limit in 0..self.limits.len() {
                if !kept.contains(&limit) {
                    kept.push(limit);
                    if !self.feasible_with(&kept)? {
                        kept.pop();
                    }
                }
            }
            relaxations.push(self.complement(&kept));
        }
    }
}
