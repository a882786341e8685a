//! The paired t-test.

use crate::student_t::two_sided_tail;

/// What a paired t-test found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TTest {
    /// The mean difference over its standard error.
    pub t: f64,
    /// The number of pairs less 1.
    pub degrees_of_freedom: usize,
    /// The probability of a |t| at least that large if the true mean
    /// difference is 0.
    pub p: f64,
}

/// The paired two-sided t-test of Student ("The Probable Error of a Mean",
/// Biometrika 1908) on the differences of n pairs.
///
/// t = d̄ / (s / √n) with d̄ the mean and s the standard deviation (divisor
/// n − 1) of the differences, against Student's t with n − 1 degrees of
/// freedom. `None` below two pairs. If all differences are equal, the
/// standard error is 0: t = 0 and p = 1 where they are 0, else t = ±∞ and
/// p = 0.
pub fn paired_t_test(differences: &[f64]) -> Option<TTest> {
    let degrees_of_freedom = differences.len().checked_sub(1).filter(|&degrees| degrees > 0)?;
    let n = differences.len() as f64;
    let mean = differences.iter().sum::<f64>() / n;
    let squares: f64 = differences.iter().map(|d| (d - mean).powi(2)).sum();
    let all_equal = differences.iter().all(|&d| d == differences[0]);
    let t = match (all_equal, mean == 0.0) {
        (true, true) => 0.0,
        (true, false) => f64::INFINITY.copysign(mean),
        (false, _) => mean / (squares / degrees_of_freedom as f64 / n).sqrt(),
    };
    let p = two_sided_tail(t, degrees_of_freedom);
    Some(TTest { t, degrees_of_freedom, p })
}
