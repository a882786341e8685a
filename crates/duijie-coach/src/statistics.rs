//! The two association measures that proposals are weighed by.

/// Normalised pointwise mutual information of two things that were seen `left` and `right` times,
/// and `both` times together, in `total` observations; from -1 (never together) over 0 (by chance)
/// to 1 (never apart).
///
/// npmi(x, y) = ln(p(x,y) / (p(x) p(y))) / -ln p(x,y). Bouma: "Normalized (Pointwise) Mutual
/// Information in Collocation Extraction", GSCL 2009.
pub(crate) fn normalised_pmi(both: usize, left: usize, right: usize, total: usize) -> f64 {
    if both == 0 {
        return -1.0;
    }
    let [both, left, right, total] = [both, left, right, total].map(|count| count as f64);
    if both >= total {
        return 1.0;
    }
    (both * total / (left * right)).ln() / (total / both).ln()
}

/// Dunning's log-likelihood ratio of a 2×2 table: how surprising it is that the first and the
/// second property occur together as often as they do, were they independent.
///
/// G² = 2 Σ O ln(O / E), distributed as χ² with one degree of freedom. Dunning: "Accurate Methods
/// for the Statistics of Surprise and Coincidence", Computational Linguistics 19(1), 1993.
pub(crate) fn log_likelihood_ratio(both: f64, first_alone: f64, second_alone: f64, neither: f64) -> f64 {
    let total = both + first_alone + second_alone + neither;
    let (first, second) = (both + first_alone, both + second_alone);
    let cells = [
        (both, first * second),
        (first_alone, first * (total - second)),
        (second_alone, (total - first) * second),
        (neither, (total - first) * (total - second)),
    ];
    let parts = cells.into_iter().filter(|(observed, _)| *observed > 0.0);
    let sum: f64 = parts.map(|(observed, expected)| observed * (observed * total / expected).ln()).sum();
    // Rounding may leave a hair below zero.
    (2.0 * sum).max(0.0)
}

/// χ² with one degree of freedom is above this by chance once in a thousand times.
pub(crate) const ONE_IN_A_THOUSAND: f64 = 10.83;
/// … once in twenty times.
pub(crate) const ONE_IN_TWENTY: f64 = 3.84;

#[cfg(test)]
mod tests {
    use super::{log_likelihood_ratio, normalised_pmi};
    use proptest::prelude::*;

    #[test]
    fn inseparable_words_have_one_and_chance_has_zero() {
        assert_eq!(normalised_pmi(5, 5, 5, 1000), 1.0);
        assert!(normalised_pmi(1, 10, 10, 100).abs() < 1e-12);
        assert_eq!(normalised_pmi(0, 10, 10, 100), -1.0);
    }

    /// Dunning 1993, table 2: "the swiss" stands 110 times in 31,777 pairs of words; G² = 270.72.
    #[test]
    fn the_ratio_is_that_of_dunnings_table() {
        let ratio = log_likelihood_ratio(110.0, 2442.0, 111.0, 29114.0);
        assert!((ratio - 270.72).abs() < 0.01, "{ratio}");
    }

    proptest! {
        #[test]
        fn what_is_independent_is_no_surprise(a in 1.0..50.0f64, b in 1.0..50.0f64, scale in 1.0..50.0f64) {
            prop_assert!(log_likelihood_ratio(a, b, a * scale, b * scale) < 1e-6);
        }

        #[test]
        fn the_measure_stays_within_its_bounds(both in 1usize..20, left in 0usize..50, right in 0usize..50, rest in 1usize..500) {
            let value = normalised_pmi(both, both + left, both + right, both + left + right + rest);
            prop_assert!((-1.0..=1.0).contains(&value), "{value}");
        }
    }
}
