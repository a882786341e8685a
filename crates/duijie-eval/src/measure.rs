//! The measures and what they mean.

use std::num::{NonZeroU32, NonZeroUsize};

/// A measure of one demand's ranking, from 0 (worst) to 1 (best).
///
/// The names are those of [`ir_measures`](https://ir-measur.es) (MacAvaney,
/// Macdonald, Ounis: "Streamlining Evaluation with ir-measures", ECIR 2022);
/// parse a name to get a measure, display a measure to get its name. In the
/// formulas gᵢ is the grade at rank i, counted from 1; relᵢ is 1 if
/// gᵢ ≥ `rel` and else 0; R is how many judged documents have a grade of at
/// least `rel`; k is the cutoff, or the length of the ranking without one.
/// Unlisted pairs and negative grades are grade 0.
///
/// A demand with no document that counts (R = 0, or only grades of 0 for
/// nDCG) has value 0, as in `trec_eval`; it still counts in the mean.
///
/// ```
/// use duijie_eval::Measure;
///
/// let measure: Measure = "R(rel=2)@10".parse()?;
/// assert_eq!(measure.to_string(), "R(rel=2)@10");
/// assert!("nDGC@10".parse::<Measure>().is_err());
/// # Ok::<(), duijie_eval::ParseMeasureError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// `nDCG`, `nDCG@k`: normalised discounted cumulative gain,
    ///
    /// DCG = Σᵢ₌₁..ₖ (2^gᵢ − 1) / log₂(i + 1), divided by the DCG of the
    /// judged documents in falling order of grade, cut at the same k (without
    /// a cutoff: all of them).
    ///
    /// Järvelin and Kekäläinen (TOIS 2002) with the gain and discount of
    /// Burges et al. (ICML 2005). **`ir_measures` gives this exponential gain
    /// the longer name `nDCG(dcg='exp-log2')@k`**; its plain `nDCG@k` takes
    /// the grade itself as gain, as `trec_eval` does.
    Ndcg {
        /// k, or all ranks.
        cutoff: Option<NonZeroUsize>,
    },
    /// `P@k`, `P(rel=r)@k`: precision, (Σᵢ₌₁..ₖ relᵢ) / k, also where the
    /// ranking is shorter than k.
    P {
        /// The lowest grade that is relevant.
        rel: NonZeroU32,
        /// k.
        cutoff: NonZeroUsize,
    },
    /// `R@k`, `R(rel=r)@k`: recall, (Σᵢ₌₁..ₖ relᵢ) / R.
    R {
        /// The lowest grade that is relevant.
        rel: NonZeroU32,
        /// k.
        cutoff: NonZeroUsize,
    },
    /// `AP`, `AP(rel=r)`, `AP@k`, `AP(rel=r)@k`: average precision,
    ///
    /// (Σᵢ₌₁..ₖ relᵢ · P@i) / R. With a cutoff too the divisor is R, not
    /// min(R, k), as in `trec_eval`'s `map_cut`.
    Ap {
        /// The lowest grade that is relevant.
        rel: NonZeroU32,
        /// k, or all ranks.
        cutoff: Option<NonZeroUsize>,
    },
    /// `RR`, `RR(rel=r)`, `RR@k`, `RR(rel=r)@k`: reciprocal rank, 1 / i for
    /// the first i ≤ k with relᵢ = 1, and 0 if there is none.
    Rr {
        /// The lowest grade that is relevant.
        rel: NonZeroU32,
        /// k, or all ranks.
        cutoff: Option<NonZeroUsize>,
    },
}
