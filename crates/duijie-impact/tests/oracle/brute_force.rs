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

/// The score of one document: single precision, summed over the query's terms in order.
pub(crate) fn score(corpus: &Corpus, averages: &[f32], query: &[(String, f32)], document: usize) -> f32 {
    let tokens = &corpus.documents[document];
    let fields = corpus.model.fields.len();
    let mut lengths = vec![0u32; fields];
    let mut counts: HashMap<String, Vec<u32>> = HashMap::new();
    for &(field, term) in tokens {
        lengths[field] += 1;
        counts.entry(name(term)).or_insert_with(|| vec![0; fields])[field] += 1;
    }
    let mut sum = 0.0f32;
    for (term, weight) in query {
        let Some(counts) = counts.get(term) else { continue };
        let mut weighted = 0.0f32;
        for (field, &count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            let parameters = corpus.model.fields[field];
            let norm = 1.0 - parameters.b + parameters.b * (lengths[field] as f32 / averages[field]);
            weighted += count as f32 * (parameters.weight / norm);
        }
        sum += weight * (weighted / (corpus.model.k1 + weighted));
    }
    sum
}

/// The distinct terms of `query` with their weights added up, in order of first appearance.
pub(crate) fn merged(query: &[(String, f32)]) -> Vec<(String, f32)> {
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
    let query = merged(query);
    let mut hits: Vec<Hit> = (0..corpus.documents.len())
        .filter(|&document| filter.allows(document as u32))
        .map(|document| Hit { document: document as u32, score: score(corpus, averages, &query, document) })
        .filter(|hit| hit.score > 0.0)
        .collect();
    hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.document.cmp(&b.document)));
    hits.truncate(k);
    hits
}
