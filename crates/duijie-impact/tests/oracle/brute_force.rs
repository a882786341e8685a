//! BM25F straight from its definition, over token lists, every document scored.

use std::collections::HashMap;

use crate::corpus::{Corpus, Filter, name};
use duijie_impact::Hit;

/// Average field lengths, in tokens.
pub(crate) fn average_lengths(corpus: &Corpus) -> Vec<f32> {
    let documents = corpus.documents.len().max(1) as f64;
    (0..corpus.model.fields.len())
        .map(|field| {
            (corpus.documents.iter().flatten().filter(|token| token.0 == field).count() as f64 / documents) as f32
        })
        .collect()
}

/// The scores of documents for one query.
struct Scorer<'a> {
    corpus: &'a Corpus,
    averages: &'a [f32],
    query: Vec<(String, f32)>,
    /// Where a term of the corpus is in the query.
    places: HashMap<u64, usize>,
    /// How often the document that is being scored has each term of the query in each field; 0 between documents.
    counts: Vec<Vec<u32>>,
}

impl<'a> Scorer<'a> {
    fn new(corpus: &'a Corpus, averages: &'a [f32], query: &[(String, f32)]) -> Self {
        let query = merged(query);
        let by_name: HashMap<&str, usize> = query.iter().map(|(text, _)| text.as_str()).zip(0..).collect();
        let place = |term| by_name.get(name(term).as_str()).copied();
        let places = (0..corpus.vocabulary).filter_map(|term| Some((term, place(term)?))).collect();
        let counts = vec![vec![0; corpus.model.fields.len()]; query.len()];
        Self { corpus, averages, query, places, counts }
    }

    /// The score of one document: single precision, summed over the query's terms in order.
    fn score(&mut self, document: usize) -> f32 {
        let mut lengths = vec![0u32; self.corpus.model.fields.len()];
        let mut present = Vec::new();
        for &(field, term) in &self.corpus.documents[document] {
            lengths[field] += 1;
            if let Some(&place) = self.places.get(&term) {
                self.counts[place][field] += 1;
                present.push(place);
            }
        }
        present.sort_unstable();
        present.dedup();
        let mut sum = 0.0f32;
        for place in present {
            let counts = &mut self.counts[place];
            let mut weighted = 0.0f32;
            for (field, &count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
                let parameters = self.corpus.model.fields[field];
                let norm = 1.0 - parameters.b + parameters.b * (lengths[field] as f32 / self.averages[field]);
                weighted += count as f32 * (parameters.weight / norm);
            }
            sum += self.query[place].1 * (weighted / (self.corpus.model.k1 + weighted));
            counts.fill(0);
        }
        sum
    }
}

/// The distinct terms of `query` with their weights added up, in order of first appearance.
fn merged(query: &[(String, f32)]) -> Vec<(String, f32)> {
    let mut merged: Vec<(String, f32)> = Vec::new();
    for (term, weight) in query {
        match merged.iter_mut().find(|other| other.0 == *term) {
            Some(other) => other.1 += weight,
            None => merged.push((term.clone(), *weight)),
        }
    }
    merged
}

/// The best `k` documents that `filter` allows; ties by document id.
pub(crate) fn search(
    corpus: &Corpus,
    averages: &[f32],
    query: &[(String, f32)],
    filter: &Filter,
    k: usize,
) -> Vec<Hit> {
    let mut scorer = Scorer::new(corpus, averages, query);
    let mut hits: Vec<Hit> = (0..corpus.documents.len())
        .filter(|&document| filter.allows(document as u32))
        .map(|document| Hit { document: document as u32, score: scorer.score(document) })
        .filter(|hit| hit.score > 0.0)
        .collect();
    hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.document.cmp(&b.document)));
    hits.truncate(k);
    hits
}
