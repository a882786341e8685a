//! Minimum hitting sets by integer programming.

use crate::EventError;
use microlp::{ComparisonOp, OptimizationDirection};

/// A set of whole numbers, as indices into a list.
pub(super) type Set = Vec<usize>;

/// A smallest set of 0..`items` that has a member in common with each of `sets`, by integer programming.
pub(super) fn minimum_hitting_set(sets: &[Set], items: usize) -> Result<Set, EventError> {
    if sets.is_empty() {
        return Ok(Vec::new());
    }
    let mut programme = microlp::Problem::new(OptimizationDirection::Minimize);
    let variables: Vec<_> = (0..items).map(|_| programme.add_binary_var(1.0)).collect();
    for set in sets {
        let terms: Vec<_> = set.iter().map(|&item| (variables[item], 1.0)).collect();
        programme.add_constraint(terms.as_slice(), ComparisonOp::Ge, 1.0);
    }
    let gave_up = |problem: String| EventError::Solver { problem };
    let solution = programme.solve().map_err(|error| gave_up(error.to_string()))?;
    let solution =
        solution.into_solution().map_err(|stopped| gave_up(format!("{:?}", stopped.termination_reason())))?;
    Ok((0..items).filter(|&item| solution.var_value(variables[item]) > 0.5).collect())
}
