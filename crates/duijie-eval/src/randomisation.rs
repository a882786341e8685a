//! The paired randomisation test.

use crate::random::SplitMix64;

/// How many sign assignments a randomisation test draws, and from which seed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Randomisation {
    /// How many to draw at most.
    pub permutations: u64,
    /// Where the generator starts; the same seed gives the same p-value.
    pub seed: u64,
}

impl Default for Randomisation {
    /// 100 000 permutations, as Smucker et al. drew, from seed 0.
    fn default() -> Self {
        Self { permutations: 100_000, seed: 0 }
    }
}

/// The paired two-sided randomisation (sign-flip) test on the differences of
/// pairs: Smucker, Allan, Carterette, "A Comparison of Statistical
/// Significance Tests for Information Retrieval Evaluation", CIKM 2007.
///
/// If two systems are alike, a difference may as well have the other sign.
/// The p-value is the share of sign assignments whose mean is at least as far
/// from 0 as the one observed.
///
/// - If all 2^m assignments of the m differences that are not 0 number at
///   most `permutations`, each is tried once and p is exact.
/// - Otherwise that many are drawn and p = (extreme + 1) / (drawn + 1), which
///   counts the observed assignment and so is never 0 (Phipson and Smyth,
///   "Permutation P-values Should Never Be Zero", 2010).
///
/// Without any difference p is 1.
pub fn randomisation_test(differences: &[f64], randomisation: Randomisation) -> f64 {
    let moved: Vec<f64> = differences.iter().copied().filter(|&d| d != 0.0).collect();
    let observed = moved.iter().sum::<f64>().abs();
    // Sums of the same numbers in another sign pattern round differently.
    let slack = 1e-12 * moved.iter().map(|d| d.abs()).sum::<f64>();
    let is_extreme = |sum: f64| sum.abs() >= observed - slack;

    let all = u32::try_from(moved.len()).ok().and_then(|m| 1_u64.checked_shl(m));
    if let Some(all) = all.filter(|&all| all <= randomisation.permutations.max(1)) {
        let sums = (0..all).map(|signs| signed_sum(&moved, || signs));
        return sums.filter(|&sum| is_extreme(sum)).count() as f64 / all as f64;
    }
    let mut random = SplitMix64::new(randomisation.seed);
    let drawn = randomisation.permutations;
    let sums = (0..drawn).map(|_| signed_sum(&moved, || random.next()));
    let extreme = sums.filter(|&sum| is_extreme(sum)).count();
    (extreme as f64 + 1.0) / (drawn as f64 + 1.0)
}

/// The sum with a sign per number, 64 of them from each call of `signs`.
fn signed_sum(numbers: &[f64], mut signs: impl FnMut() -> u64) -> f64 {
    let mut sum = 0.0;
    for block in numbers.chunks(64) {
        let bits = signs();
        for (bit, number) in block.iter().enumerate() {
            sum += if bits >> bit & 1 == 0 { *number } else { -number };
        }
    }
    sum
}
