use super::QueryWeights;
use super::close::AskedIndicator;
use crate::concepts::{ConceptVector, Lexicon};
use crate::records::Demand;
use duijie_impact::{Query, UpdatedIndex, lucene_idf};
use duijie_text::read_quantities;
use rustc_hash::FxHashMap;

/// A demand as weighted terms.
pub(crate) struct DemandQuery {
    /// Terms in the order of their first occurrence, each once, with the weight of its place.
    terms: Vec<(String, f32)>,
    /// What it is about.
    concepts: ConceptVector,
    /// Its text, normalised, for showing which wording led to a concept.
    normalized: String,
    /// The quantities of its indicators.
    indicators: Vec<AskedIndicator>,
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
        let text = demand.text();
        let normalized = lexicon.analyzer.normalize(&text).text.into_owned();
        let indicators = demand.indicators.iter().enumerate();
        let indicators = indicators.flat_map(|(line, text)| {
            read_quantities(text).into_iter().map(move |quantity| AskedIndicator { line, quantity })
        });
        Self { terms, concepts: lexicon.concepts.vector(&text), normalized, indicators: indicators.collect() }
    }

    /// The terms that the index knows, weighted by idf, and what an achievement that is all about
    /// them would score.
    pub(crate) fn against<'q>(&'q self, index: &UpdatedIndex, vector: Option<&'q [f32]>) -> WeightedQuery<'q> {
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
        WeightedQuery {
            terms,
            query,
            ideal,
            best: 0.0,
            concepts: &self.concepts,
            vector,
            normalized: &self.normalized,
            indicators: &self.indicators,
        }
    }
}

/// A demand's terms weighted for one index.
pub(crate) struct WeightedQuery<'q> {
    pub(crate) terms: Vec<WeightedTerm<'q>>,
    pub(crate) query: Query,
    /// The sum of all weights: the score of an achievement in which every term is saturated.
    pub(crate) ideal: f64,
    /// The greatest score by words of all achievements.
    pub(crate) best: f64,
    /// The demand as concepts.
    pub(crate) concepts: &'q ConceptVector,
    /// The demand as an encoder has it, of length 1.
    pub(crate) vector: Option<&'q [f32]>,
    /// The demand's text, normalised.
    pub(crate) normalized: &'q str,
    /// What it asks for in numbers.
    pub(crate) indicators: &'q [AskedIndicator],
}

impl WeightedQuery<'_> {
    /// What a score by words is multiplied with to give the parts of the text: the best gets their whole weight.
    pub(crate) fn text_scale(&self, weight: f64) -> f64 {
        if self.best > 0.0 { weight / self.best } else { 0.0 }
    }
}

pub(crate) struct WeightedTerm<'q> {
    pub(crate) text: &'q str,
    /// `None` if no achievement has the term.
    pub(crate) id: Option<duijie_impact::TermId>,
    pub(crate) df: u32,
    /// Weight of its place × idf.
    pub(crate) weight: f32,
}
