use std::ops::Range;

use crate::bit_set::BitSet;
use crate::error::ImpactError;

/// The number of a term in one [`ImpactIndex`](crate::ImpactIndex); another index numbers its terms differently.
///
/// Terms are numbered by falling document frequency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TermId(pub(crate) u32);

impl TermId {
    /// The number itself, from 0.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The weighted terms of a demand, in the order in which their contributions are added up.
///
/// Every term is there once and every weight is finite and above 0. Floating-point sums depend on
/// their order: who searches an index in several parts gives every part the terms in one order, and
/// gets the same scores to the bit as from one whole index.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Query {
    pub(crate) terms: Vec<(TermId, f32)>,
}

impl Query {
    /// Terms with their weights: for BM25 the idf, times whatever the term is worth in this demand.
    ///
    /// A term that comes again adds its weight to the first; terms of weight 0 are left out.
    ///
    /// # Errors
    /// [`ImpactError::QueryWeight`] for a weight that is negative, not a number or above 1e30.
    pub fn new(terms: impl IntoIterator<Item = (TermId, f32)>) -> Result<Self, ImpactError> {
        let mut distinct: Vec<(TermId, f32)> = Vec::new();
        let mut places = rustc_hash::FxHashMap::default();
        for (position, (term, weight)) in terms.into_iter().enumerate() {
            let place = *places.entry(term).or_insert(distinct.len());
            if place == distinct.len() {
                distinct.push((term, 0.0));
            }
            let sum = distinct[place].1 + weight;
            if !(weight >= 0.0 && sum <= MAX_WEIGHT) {
                return Err(ImpactError::QueryWeight { position, weight });
            }
            distinct[place].1 = sum;
        }
        distinct.retain(|&(_, weight)| weight > 0.0);
        Ok(Self { terms: distinct })
    }

    /// The distinct terms and their weights, in the order of summation.
    pub fn terms(&self) -> &[(TermId, f32)] {
        &self.terms
    }

    /// The number of distinct terms.
    pub fn len(&self) -> usize {
        self.terms.len()
    }

    /// Whether the query has no terms, so that nothing matches.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }
}

const MAX_WEIGHT: f32 = 1e30;

/// Which documents may be found: ranges of document ids, less those that a bit set does not accept.
///
/// Ranges cost in proportion to their length, because documents outside them are not looked at;
/// the bit set is asked only for documents that would otherwise be found.
#[derive(Debug, Clone, Default)]
pub struct Scope<'a> {
    pub(crate) ranges: Option<Vec<Range<u32>>>,
    pub(crate) accept: Option<&'a BitSet>,
}

impl<'a> Scope<'a> {
    /// All documents.
    pub fn all() -> Self {
        Self::default()
    }

    /// The documents of one range of ids, for example one sub-industry.
    pub fn range(range: Range<u32>) -> Self {
        Self::ranges([range])
    }

    /// The documents of several ranges; they may overlap, be empty and come in any order.
    pub fn ranges(ranges: impl IntoIterator<Item = Range<u32>>) -> Self {
        let mut sorted: Vec<Range<u32>> = ranges.into_iter().filter(|range| range.start < range.end).collect();
        sorted.sort_by_key(|range| range.start);
        let mut merged: Vec<Range<u32>> = Vec::with_capacity(sorted.len());
        for range in sorted {
            match merged.last_mut() {
                Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
                _ => merged.push(range),
            }
        }
        Self { ranges: Some(merged), accept: None }
    }

    /// Only documents whose bit is set; a document beyond the end of the set is not accepted.
    pub fn accepting(mut self, accept: &'a BitSet) -> Self {
        self.accept = Some(accept);
        self
    }

    /// The ranges asked for; `None` is all documents.
    pub(crate) fn given_ranges(&self) -> Option<&[Range<u32>]> {
        self.ranges.as_deref()
    }

    /// The ranges that lie within `documents`, sorted and apart.
    pub(crate) fn clipped(&self, documents: u32) -> Vec<Range<u32>> {
        match &self.ranges {
            None if documents == 0 => Vec::new(),
            None => std::iter::once(0..documents).collect(),
            Some(ranges) => ranges
                .iter()
                .map(|range| range.start..range.end.min(documents))
                .filter(|range| range.start < range.end)
                .collect(),
        }
    }

    pub(crate) fn accepts(&self, document: u32) -> bool {
        self.accept.is_none_or(|accept| accept.contains(document))
    }
}

/// A document that was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// The id of the document: its place in the order of adding, from 0.
    pub document: u32,
    /// Its score, above 0: `Σ_t w_t · s(t,d)` in single precision, added in the order of the query's terms.
    pub score: f32,
}

impl Hit {
    /// Best first; of equal scores the lower document id.
    pub(crate) fn rank_order(&self, other: &Self) -> std::cmp::Ordering {
        other.score.total_cmp(&self.score).then(self.document.cmp(&other.document))
    }
}
