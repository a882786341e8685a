use crate::forward::{ForwardIndex, Postings};
use crate::model::Bm25f;
use crate::query::{Query, TermId};

/// What one query term adds to a document's score.
#[derive(Debug, Clone, PartialEq)]
pub struct Contribution {
    /// The term.
    pub term: TermId,
    /// Its weight in the query.
    pub weight: f32,
    /// `s(t,d)`, from 0 (the term is not in the document) to 1.
    pub saturation: f32,
    /// `weight · saturation`; added up in order these give the score to the bit.
    pub score: f32,
    /// How often the term occurs in each field.
    pub frequencies: Vec<u32>,
    /// The weighted, length-normalised frequency of each field; their sum is what saturates, so
    /// that a field's share of [`Contribution::score`] is its share of this sum.
    pub field_parts: Vec<f32>,
}

/// A model together with the average field lengths it is used with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Model<'a> {
    pub(crate) parameters: &'a Bm25f,
    pub(crate) averages: &'a [f32],
}

impl Model<'_> {
    /// What one occurrence counts in `field` of a document with `length` tokens there.
    pub(crate) fn factor(&self, field: usize, length: u32) -> f32 {
        self.parameters.field_factor(field, length, self.averages[field])
    }
}

/// Which terms a query asks for, prepared for walking through documents; kept from query to query.
#[derive(Debug, Default)]
pub(crate) struct ExactScorer {
    /// A bit for every term: whether it is asked for. Small, so that it stays in the cache.
    asked: Vec<u64>,
    /// The terms asked for and their places in the query, as an open hash table; [`FREE`] slots are free.
    places: Vec<(u32, u32)>,
    weights: Vec<f32>,
    parts: Vec<f32>,
    factors: Vec<f32>,
    hits: Vec<u32>,
}

const FREE: (u32, u32) = (u32::MAX, u32::MAX);

impl ExactScorer {
    /// Takes up `query` for an index of `terms` terms.
    pub(crate) fn prepare(&mut self, query: &Query, terms: usize) {
        for &(term, _) in self.places.iter().filter(|slot| **slot != FREE) {
            self.asked[term as usize / 64] = 0;
        }
        self.asked.resize(terms.div_ceil(64).max(self.asked.len()), 0);
        self.places.clear();
        self.places.resize((query.len() * 4).next_power_of_two(), FREE);
        self.weights.clear();
        for (place, &(TermId(term), weight)) in query.terms.iter().enumerate() {
            self.weights.push(weight);
            if (term as usize) < terms {
                self.asked[term as usize / 64] |= 1 << (term % 64);
                let mut at = self.first_slot(term);
                while self.places[at] != FREE {
                    at = (at + 1) & (self.places.len() - 1);
                }
                self.places[at] = (term, place as u32);
            }
        }
        self.parts.clear();
        self.parts.resize(query.len(), 0.0);
    }

    fn first_slot(&self, term: u32) -> usize {
        (term.wrapping_mul(0x9E37_79B1) >> 16) as usize & (self.places.len() - 1)
    }

    /// The place in the query of a term that is asked for.
    fn place(&self, term: u32) -> usize {
        let mut at = self.first_slot(term);
        while self.places[at].0 != term {
            at = (at + 1) & (self.places.len() - 1);
        }
        self.places[at].1 as usize
    }

    /// The exact score of `document`.
    pub(crate) fn score(&mut self, forward: &ForwardIndex, model: Model<'_>, document: u32) -> f32 {
        self.parts.fill(0.0);
        self.factors.clear();
        let lengths = forward.lengths_of(document as usize);
        self.factors.extend((0..lengths.len()).map(|field| model.factor(field, lengths[field])));
        let postings = forward.postings_of(document as usize);
        for hit in 0..self.find_hits(postings) {
            let at = self.hits[hit] as usize;
            let term = postings.term(at);
            let tuple = forward.tuple(postings.first + at as u32, postings.codes[at]);
            let weighted =
                tuple.iter().zip(&self.factors).fold(0.0, |sum, (&count, factor)| sum + count as f32 * factor);
            let place = self.place(term);
            self.parts[place] = self.weights[place] * model.parameters.saturate(weighted);
        }
        self.parts.iter().fold(0.0, |sum, part| sum + part)
    }

    /// [`ExactScorer::score`] shared out among the fields, in proportion to what each adds to the
    /// frequency that saturates.
    pub(crate) fn score_fields(&mut self, forward: &ForwardIndex, model: Model<'_>, document: u32, fields: &mut [f32]) {
        fields.fill(0.0);
        let lengths = forward.lengths_of(document as usize);
        self.factors.clear();
        self.factors.extend((0..lengths.len()).map(|field| model.factor(field, lengths[field])));
        let postings = forward.postings_of(document as usize);
        for hit in 0..self.find_hits(postings) {
            let at = self.hits[hit] as usize;
            let tuple = forward.tuple(postings.first + at as u32, postings.codes[at]);
            let parts = || tuple.iter().zip(&self.factors).map(|(&count, factor)| count as f32 * factor);
            let weighted = parts().fold(0.0, |sum, part| sum + part);
            if weighted > 0.0 {
                let score = self.weights[self.place(postings.term(at))] * model.parameters.saturate(weighted);
                fields.iter_mut().zip(parts()).for_each(|(field, part)| *field += score * (part / weighted));
            }
        }
    }

    /// Lists the postings of terms that are asked for, without branching on each, and returns their number.
    fn find_hits(&mut self, postings: Postings<'_>) -> usize {
        let count = postings.codes.len();
        if self.hits.len() < count {
            self.hits.resize(count, 0);
        }
        let (asked, hits) = (&self.asked[..], &mut self.hits[..]);
        let mut found = 0;
        let mut look = |at: usize, term: u32| {
            hits[found] = at as u32;
            found += (asked[term as usize / 64] >> (term % 64) & 1) as usize;
        };
        postings.common.iter().enumerate().for_each(|(at, &term)| look(at, u32::from(term)));
        postings.others.iter().enumerate().for_each(|(at, &term)| look(postings.common.len() + at, term));
        found
    }
}

/// The contribution of every query term to the score of `document`.
pub(crate) fn contributions(
    forward: &ForwardIndex,
    model: Model<'_>,
    query: &Query,
    document: u32,
) -> Vec<Contribution> {
    let lengths = forward.lengths_of(document as usize);
    let postings = forward.postings_of(document as usize);
    query
        .terms
        .iter()
        .map(|&(term, weight)| {
            let found = postings.iter().enumerate().find(|(_, (other, _))| *other == term.0);
            let frequencies = match found {
                Some((at, (_, code))) => forward.tuple(postings.first + at as u32, code).to_vec(),
                None => vec![0; lengths.len()],
            };
            let field_parts: Vec<f32> = (0..lengths.len())
                .map(|field| frequencies[field] as f32 * model.factor(field, lengths[field]))
                .collect();
            let saturation = model.parameters.saturate(field_parts.iter().fold(0.0, |sum, part| sum + part));
            Contribution { term, weight, saturation, score: weight * saturation, frequencies, field_parts }
        })
        .collect()
}
