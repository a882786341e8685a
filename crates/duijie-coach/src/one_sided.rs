//! Terms that one side uses and the other never does: where the wording gap is.

use crate::batch::{Batch, Sample, Side};
use crate::statistics::{ONE_IN_TWENTY, log_likelihood_ratio};
use duijie_text::Relation;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

/// A term that only one side uses.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OneSidedTerm {
    /// The term.
    pub term: String,
    /// The side that uses it.
    pub side: Side,
    /// Records of that side that do.
    pub records: usize,
    /// How surprising it is that the other side does not: log-likelihood ratio (Dunning, 1993).
    pub surprise: f64,
    /// A sentence that it stands in.
    pub sample: Sample,
    /// The concepts it stands for in the term base, each as `name（how）`; none if the term base lacks it.
    pub concepts: Vec<String>,
}

/// Concepts of the term base that are named for a term.
const CONCEPTS: usize = 3;

/// The terms of one side alone, those first whose absence on the other is the most surprising.
///
/// A term is what the term base knows and what the general dictionary does not. Small sides say little:
/// one is left out whose absence on the other side would come about by chance once in twenty times.
pub(crate) fn one_sided_terms(batch: &Batch, min_records: usize) -> Vec<OneSidedTerm> {
    let totals = [batch.count(Side::Demand), batch.count(Side::Achievement)];
    let mut terms: Vec<OneSidedTerm> = Vec::new();
    for (term, usage) in usages(batch) {
        let (side, records) = match usage.records {
            [records, 0] => (Side::Demand, records),
            [0, records] => (Side::Achievement, records),
            _ => continue,
        };
        let (here, there) = (totals[side as usize] as f64, totals[1 - side as usize] as f64);
        let surprise = log_likelihood_ratio(records as f64, 0.0, here - records as f64, there);
        if records >= min_records && surprise >= ONE_IN_TWENTY && is_term(batch, term) {
            let (sample, concepts) = (batch.records[usage.first].sample_of(term), concepts(batch, term));
            terms.push(OneSidedTerm { term: term.to_owned(), side, records, surprise, sample, concepts });
        }
    }
    terms.sort_by(|a, b| b.surprise.total_cmp(&a.surprise).then_with(|| a.term.cmp(&b.term)));
    terms
}

/// The terms of either side that stand in two records or more.
pub(crate) fn terms(batch: &Batch) -> FxHashSet<&str> {
    let usages = usages(batch).into_iter();
    let often = usages.filter(|(term, usage)| usage.records.iter().sum::<usize>() > 1 && is_term(batch, term));
    often.map(|(term, _)| term).collect()
}

fn is_term(batch: &Batch, word: &str) -> bool {
    batch.terms.concepts_of(word).next().is_some() || !batch.general.contains(word)
}

/// In how many records of each side a term occurs, and the first of them.
struct Usage {
    first: usize,
    records: [usize; 2],
}

fn usages(batch: &Batch) -> FxHashMap<&str, Usage> {
    let mut usages: FxHashMap<&str, Usage> = FxHashMap::default();
    for (at, record) in batch.records.iter().enumerate() {
        let names: FxHashSet<&str> = record.names().collect();
        for name in names {
            let usage = usages.entry(name).or_insert(Usage { first: at, records: [0; 2] });
            usage.records[record.side as usize] += 1;
        }
    }
    usages
}

fn concepts(batch: &Batch, term: &str) -> Vec<String> {
    let mut found: Vec<_> = batch.terms.concepts_of(term).collect();
    found.sort_by_key(|(id, relation)| (*relation, *id));
    let described = found.into_iter().map(|(id, relation)| {
        let name = &batch.terms.concept(id).name;
        if relation == Relation::Name { name.clone() } else { format!("{name}（{}）", relation.chinese()) }
    });
    let mut distinct: Vec<String> = Vec::new();
    for concept in described {
        if !distinct.contains(&concept) && distinct.len() < CONCEPTS {
            distinct.push(concept);
        }
    }
    distinct
}
