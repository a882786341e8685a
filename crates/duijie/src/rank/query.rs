use super::QueryWeights;
use crate::concepts::{ConceptVector, Lexicon};
use crate::records::Demand;
use duijie_impact::{ImpactIndex, Query, lucene_idf};
use rustc_hash::FxHashMap;

/// A demand as weighted terms.
pub(crate) struct DemandQuery {
    /// Terms in the order of their first occurrence, each once, with the weight of its place.
    terms: Vec<(String, f32)>,
    /// What it is about.
    concepts: ConceptVector,
}

impl DemandQuery {
    pub(crate) fn new(demand: &Demand, lexicon: &Lexicon, weights: &QueryWeights) -> Self {
        let mut terms: Vec<(String, f32)> = Vec::new();
        let mut places: FxHashMap<String, usize> = FxHashMap::default();
        let mut add = |text: &str, weight: f32| {
            lexicon.analyzer.each_term(text, &mut |term| match places.get(term) {
                Some(&at) => terms[at].1 = terms[at].1.max(weight),
                None => {
                    places.insert(term.to_owned(), terms.len());
                    terms.push((term.to_owned(), weight));
                }
            });
        };
        add(&demand.title, weights.title);
        add(&demand.description, weights.description);
        for indicator in &demand.indicators {
            add(indicator, weights.indicators);
        }
        let mut text = format!("{}。{}", demand.title, demand.description);
        for indicator in &demand.indicators {
            text.push('。');
            text.push_str(indicator);
        }
        Self { terms, concepts: lexicon.concepts.vector(&text) }
    }

    /// The terms that the index knows, weighted by idf, and what an achievement that is all about
    /// them would score.
    pub(crate) fn against<'q>(&'q self, index: &ImpactIndex) -> WeightedQuery<'q> {
        let mut terms = Vec::with_capacity(self.terms.len());
        let mut ideal = 0.0f64;
        for (term, weight) in &self.terms {
            let id = index.term_id(term);
            let df = id.map_or(0, |id| index.document_frequency(id));
            let weight = weight * lucene_idf(index.len() as u64, df.into());
            ideal += f64::from(weight);
            terms.push(WeightedTerm { text: term, id, df, weight });
        }
        let query = Query::new(terms.iter().filter_map(|term| Some((term.id?, term.weight))))
            .expect("weights are finite and not negative");
        WeightedQuery { terms, query, ideal, concepts: &self.concepts }
    }
}

/// A demand's terms weighted for one index.
pub(crate) struct WeightedQuery<'q> {
    pub(crate) terms: Vec<WeightedTerm<'q>>,
    pub(crate) query: Query,
    /// The sum of all weights: the score of an achievement in which every term is saturated.
    pub(crate) ideal: f64,
    /// The demand as concepts.
    pub(crate) concepts: &'q ConceptVector,
}

pub(crate) struct WeightedTerm<'q> {
    pub(crate) text: &'q str,
    /// `None` if no achievement has the term.
    pub(crate) id: Option<duijie_impact::TermId>,
    pub(crate) df: u32,
    /// Weight of its place × idf.
    pub(crate) weight: f32,
}

impl WeightedQuery<'_> {
    /// Weights by text, for passages.
    pub(crate) fn weights(&self) -> FxHashMap<&str, f32> {
        self.terms.iter().map(|term| (term.text, term.weight)).collect()
    }
}
