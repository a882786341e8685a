//! Is one run better than another?

use crate::error::CompareError;
use crate::measure::Measure;
use crate::randomisation::{Randomisation, randomisation_test};
use crate::report::Report;
use crate::t_test::{TTest, paired_t_test};
use crate::table::{Cell, Table};

/// Two values of a demand closer than this are a tie, and their difference is
/// taken as 0 in both tests: rounding must not decide.
pub const TIE_EPSILON: f64 = 1e-9;

/// One measure of two runs, demand by demand.
#[derive(Debug, Clone, PartialEq)]
pub struct ComparisonRow {
    /// The measure.
    pub measure: Measure,
    /// The baseline's mean.
    pub baseline_mean: f64,
    /// The other run's mean.
    pub other_mean: f64,
    /// The other run's mean less the baseline's.
    pub mean_difference: f64,
    /// Demands on which the other run is better.
    pub wins: usize,
    /// Demands on which both are equal within [`TIE_EPSILON`].
    pub ties: usize,
    /// Demands on which the baseline is better.
    pub losses: usize,
    /// The paired t-test; `None` below two demands.
    pub t_test: Option<TTest>,
    /// The p-value of the paired [`randomisation_test`].
    pub randomisation_p: f64,
}

/// What [`compare`] found, a row per measure.
///
/// The p-values are not corrected for looking at several measures.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    rows: Vec<ComparisonRow>,
}

/// Compares two runs that were evaluated against the same qrels with the same
/// measures.
///
/// Each measure's randomisation test starts from the same seed, so that its
/// p-value does not depend on which other measures were asked for.
///
/// # Errors
///
/// If a demand or measure is in one report alone.
pub fn compare(baseline: &Report, other: &Report, randomisation: Randomisation) -> Result<Comparison, CompareError> {
    if let Some(demand) = in_one_alone(baseline.demands(), other.demands()) {
        return Err(CompareError::DifferentDemands { demand });
    }
    if let Some(measure) = in_one_alone(baseline.measures(), other.measures()) {
        return Err(CompareError::DifferentMeasures { measure: measure.to_string() });
    }
    let rows = baseline.measures().iter().filter_map(|&measure| {
        let values = baseline.values(measure)?.into_iter().zip(other.values(measure)?);
        Some(row(measure, &values.collect::<Vec<_>>(), randomisation))
    });
    Ok(Comparison { rows: rows.collect() })
}

fn row(measure: Measure, pairs: &[(f64, f64)], randomisation: Randomisation) -> ComparisonRow {
    // Without demands all is 0.
    let n = pairs.len().max(1) as f64;
    let baseline_mean = pairs.iter().map(|pair| pair.0).sum::<f64>() / n;
    let other_mean = pairs.iter().map(|pair| pair.1).sum::<f64>() / n;
    let differences = pairs.iter().map(|(baseline, other)| other - baseline);
    let differences: Vec<f64> = differences.map(|d| if d.abs() <= TIE_EPSILON { 0.0 } else { d }).collect();
    let wins = differences.iter().filter(|&&d| d > 0.0).count();
    let losses = differences.iter().filter(|&&d| d < 0.0).count();
    ComparisonRow {
        measure,
        baseline_mean,
        other_mean,
        mean_difference: other_mean - baseline_mean,
        wins,
        ties: pairs.len() - wins - losses,
        losses,
        t_test: paired_t_test(&differences),
        randomisation_p: randomisation_test(&differences, randomisation),
    }
}

/// The smallest item that only one of the two slices holds.
fn in_one_alone<T: Ord + Clone>(a: &[T], b: &[T]) -> Option<T> {
    let (mut a, mut b) = (a.to_vec(), b.to_vec());
    a.sort_unstable();
    b.sort_unstable();
    let only_a = a.iter().find(|item| b.binary_search(item).is_err());
    let only_b = b.iter().find(|item| a.binary_search(item).is_err());
    only_a.into_iter().chain(only_b).min().cloned()
}

impl Comparison {
    /// The measures, in the order of the baseline's report.
    pub fn rows(&self) -> &[ComparisonRow] {
        &self.rows
    }

    /// The row of one measure.
    pub fn row(&self, measure: Measure) -> Option<&ComparisonRow> {
        self.rows.iter().find(|row| row.measure == measure)
    }

    /// The comparison as a table, a row per measure.
    pub fn to_table(&self, decimals: usize) -> Table {
        let headers =
            ["measure", "baseline", "other", "difference", "wins", "ties", "losses", "p (t-test)", "p (randomisation)"];
        let mut table = Table::new(headers, decimals);
        for row in &self.rows {
            table.push_fitting([
                Cell::Text(row.measure.to_string()),
                Cell::Value(row.baseline_mean),
                Cell::Value(row.other_mean),
                Cell::Value(row.mean_difference),
                Cell::Count(row.wins),
                Cell::Count(row.ties),
                Cell::Count(row.losses),
                row.t_test.map_or(Cell::Blank, |test| Cell::Value(test.p)),
                Cell::Value(row.randomisation_p),
            ]);
        }
        table
    }
}
