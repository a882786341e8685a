//! Which achievements are scored for a demand.

use super::Ranker;
use super::query::WeightedQuery;
use crate::index::{Place, UNKNOWN};
use crate::records::Demand;
use duijie_impact::{BitSet, Scope};
use std::collections::BTreeSet;
use std::ops::Range;

impl Ranker<'_> {
    /// Achievements worth scoring: the best by words, by concepts and by an encoder's vectors, overall and
    /// of the demand's chain and sub-industry.
    pub(super) fn candidates(&self, demand: &Demand, query: &WeightedQuery<'_>) -> BTreeSet<u32> {
        let documents = &self.snapshot.documents;
        let limits = self.profile.candidates;
        let (allowed, accepted) = documents.scope(self.filter, &self.snapshot.institutions);
        let accepted = accepted.as_ref();
        let place = documents.place_of(demand.chain.as_deref(), demand.sub_industry.as_deref());
        let mut found = BTreeSet::new();
        self.search(query, allowed.clone(), accepted, limits.overall, &mut found);
        if place.chain != UNKNOWN {
            let range = documents.range(Place { sub_industry: UNKNOWN, ..place });
            self.search(query, intersect(&range, &allowed), accepted, limits.chain, &mut found);
        }
        if place.sub_industry != UNKNOWN {
            let range = intersect(&documents.range(place), &allowed);
            if range.len() <= limits.sub_industry {
                found.extend(range.filter(|document| accepted.is_none_or(|set| set.contains(*document))));
            } else {
                self.search(query, range, accepted, limits.sub_industry, &mut found);
            }
        }
        found
    }

    fn search(
        &self,
        query: &WeightedQuery<'_>,
        range: Range<u32>,
        accepted: Option<&BitSet>,
        limit: usize,
        found: &mut BTreeSet<u32>,
    ) {
        let mut scope = Scope::range(range.clone());
        if let Some(accepted) = accepted {
            scope = scope.accepting(accepted);
        }
        found.extend(self.snapshot.impact.search(&query.query, &scope, limit).iter().map(|hit| hit.document));
        if let Some(vector) = query.vector.filter(|_| self.profile.parts.semantic > 0.0) {
            found.extend(self.snapshot.semantic.search(vector, range.clone(), accepted, limit));
        }
        if self.profile.parts.concepts > 0.0 {
            let near = self.snapshot.concepts.search(query.concepts, range, accepted, limit);
            found.extend(near.iter().map(|(document, _)| *document));
        }
    }
}

fn intersect(a: &Range<u32>, b: &Range<u32>) -> Range<u32> {
    let start = a.start.max(b.start);
    start..a.end.min(b.end).max(start)
}
