//! Which achievements are scored for a demand.

use super::Ranker;
use super::query::{WeightedQuery, scope};
use crate::index::{Place, UNKNOWN};
use crate::records::Demand;
use std::collections::BTreeSet;
use std::ops::Range;

impl Ranker<'_> {
    /// Achievements worth scoring: the best by words, by concepts and by an encoder's vectors, overall and
    /// of the demand's chain and sub-industry.
    pub(super) fn candidates(&self, demand: &Demand, query: &WeightedQuery<'_>) -> BTreeSet<u32> {
        let documents = &self.snapshot.documents;
        let limits = self.profile.candidates;
        let place = documents.place_of(demand.chain.as_deref(), demand.sub_industry.as_deref());
        let mut found: BTreeSet<u32> = query.by_words.iter().chain(&query.by_concepts).copied().collect();
        self.search_vectors(query, &query.range, limits.overall, &mut found);
        if place.chain != UNKNOWN {
            let range = documents.range(Place { sub_industry: UNKNOWN, ..place });
            self.search(query, &intersect(&range, &query.range), limits.chain, &mut found);
        }
        if place.sub_industry != UNKNOWN {
            let range = intersect(&documents.range(place), &query.range);
            if range.len() <= limits.sub_industry {
                let accepted = query.accepted.as_ref();
                found.extend(range.filter(|document| accepted.is_none_or(|set| set.contains(*document))));
            } else {
                self.search(query, &range, limits.sub_industry, &mut found);
            }
        }
        found
    }

    fn search(&self, query: &WeightedQuery<'_>, range: &Range<u32>, limit: usize, found: &mut BTreeSet<u32>) {
        let scope = scope(range, query.accepted.as_ref());
        found.extend(self.snapshot.impact.search(&query.query, &scope, limit).iter().map(|hit| hit.document));
        if self.profile.parts.concepts > 0.0 {
            let near = self.snapshot.concepts.search(query.concepts, range.clone(), query.accepted.as_ref(), limit);
            found.extend(near.iter().map(|(document, _)| *document));
        }
        self.search_vectors(query, range, limit, found);
    }

    fn search_vectors(&self, query: &WeightedQuery<'_>, range: &Range<u32>, limit: usize, found: &mut BTreeSet<u32>) {
        if let Some(vector) = query.vector.filter(|_| self.profile.parts.semantic > 0.0) {
            found.extend(self.snapshot.semantic.search(vector, range.clone(), query.accepted.as_ref(), limit));
        }
    }
}

fn intersect(a: &Range<u32>, b: &Range<u32>) -> Range<u32> {
    let start = a.start.max(b.start);
    start..a.end.min(b.end).max(start)
}
