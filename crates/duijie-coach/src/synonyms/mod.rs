//! Pairs of terms that may belong to one concept.

mod definitions;
mod judged;

pub(crate) use definitions::defined_pairs;
pub(crate) use judged::judged_pairs;

use crate::batch::{Batch, Sample};
use serde::Serialize;

/// Two terms that belong together, and what speaks for it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TermPair {
    /// The term that keeps its name: the full name of an abbreviation, or the demands' term.
    pub term: String,
    /// The other.
    pub other: String,
    /// What speaks for it.
    pub evidence: PairEvidence,
    /// Sentences that the pair, or each of the two, stands in.
    pub samples: Vec<Sample>,
}

/// Why two terms are thought to belong together.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(tag = "evidence", rename_all = "snake_case")]
pub enum PairEvidence {
    /// A record says so: 碳酸亚乙烯酯（VC）, 简称, 又称.
    Defined {
        /// Which way it says so.
        wording: Wording,
        /// In how many records.
        records: usize,
    },
    /// The one stands in demands and the other in the achievements judged relevant for them.
    Judged {
        /// Relevant pairs of a demand with the one and an achievement with the other.
        pairs: usize,
        /// As many would be expected by chance.
        expected: f64,
        /// Independent topics among these pairs: what the judgments do not connect.
        topics: usize,
        /// How surprising that is: log-likelihood ratio (Dunning, 1993).
        surprise: f64,
    },
}

/// How a record says that two terms mean the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Wording {
    /// 全称（缩写）.
    Bracket,
    /// 简称, 缩写为.
    ShortFor,
    /// 又称, 亦称, 也称, 又名, 俗称.
    AlsoCalled,
}

/// Whether a concept of the term base has both, in whatever relation.
fn are_linked(batch: &Batch, a: &str, b: &str) -> bool {
    let [a, b] = [a, b].map(|text| batch.analyzer.normalize(text).text.into_owned());
    let theirs: Vec<_> = batch.terms.concepts_of(&b).map(|(id, _)| id).collect();
    batch.terms.concepts_of(&a).any(|(id, _)| theirs.contains(&id))
}
