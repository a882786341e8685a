use std::ops::Range;

use crate::bit_set::BitSet;
use crate::index::ImpactIndex;
use crate::query::{Hit, Query, Scope};

/// An index whose documents are some of those of a whole.
#[derive(Debug)]
pub(super) struct Layer {
    pub(super) index: ImpactIndex,
    /// For every document its place in the whole, never falling.
    places: Vec<u32>,
    /// Which documents are not gone; `None`: all.
    alive: Option<BitSet>,
}

impl Layer {
    /// `places` as in [`Overlap`](super::Overlap).
    pub(super) fn new(index: ImpactIndex, places: Vec<u32>, gone: &[u32]) -> Self {
        let alive = (!gone.is_empty()).then(|| {
            let mut alive = BitSet::all(index.len());
            gone.iter().for_each(|&document| alive.remove(document));
            alive
        });
        Self { index, places, alive }
    }

    /// The document at a place of the whole, if it is in this layer.
    pub(super) fn document(&self, place: u32) -> Option<u32> {
        // Those that are gone bear the place of the next that is not, and stand before it.
        let document = self.places.partition_point(|&other| other <= place).checked_sub(1)?;
        let found = self.places[document] == place && self.is_alive(document as u32);
        found.then_some(document as u32)
    }

    fn is_alive(&self, document: u32) -> bool {
        self.alive.as_ref().is_none_or(|alive| alive.contains(document))
    }

    /// The hits of this layer, numbered as in the whole.
    pub(super) fn search(&self, query: &Query, scope: &Scope<'_>, k: usize) -> Vec<Hit> {
        let ranges: Vec<Range<u32>> = match scope.given_ranges() {
            None => std::iter::once(0..self.index.len()).collect(),
            Some(ranges) => ranges.iter().map(|range| self.start(range.start)..self.start(range.end)).collect(),
        };
        let accepted = scope.accept.map(|_| self.accepted(&ranges, scope));
        let mut inner = Scope::ranges(ranges);
        if let Some(accepted) = accepted.as_ref().or(self.alive.as_ref()) {
            inner = inner.accepting(accepted);
        }
        let mut hits = self.index.search(query, &inner, k);
        hits.iter_mut().for_each(|hit| hit.document = self.places[hit.document as usize]);
        hits
    }

    /// The first document at or behind a place of the whole.
    fn start(&self, place: u32) -> u32 {
        self.places.partition_point(|&other| other < place) as u32
    }

    fn accepted(&self, ranges: &[Range<u32>], scope: &Scope<'_>) -> BitSet {
        let mut accepted = BitSet::none(self.index.len());
        for document in ranges.iter().cloned().flatten() {
            if self.is_alive(document) && scope.accepts(self.places[document as usize]) {
                accepted.insert(document);
            }
        }
        accepted
    }
}
