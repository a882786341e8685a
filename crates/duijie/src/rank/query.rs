use super::close_look::AskedIndicator;
use super::{QueryWeights, RankProfile};
use crate::characters::{CharacterQuery, CharacterSet};
use crate::concepts::{ConceptVector, Lexicon};
use crate::index::{Filter, Snapshot};
use crate::records::Demand;
use duijie_impact::{BitSet, Query, Scope, lucene_idf};
use duijie_text::read_quantities;
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::ops::Range;

/// The best cosine of concepts from which on the part `concepts` has its whole weight.
const TRUSTED: f64 = 0.5;

/// How many different terms a demand has at least that can be told from others by its words: 发热严重 may be said of
/// anything, and the first wording of the term base that holds its characters is chance.
const TELLING_TERMS: f64 = 6.0;

/// A demand as weighted terms.
pub(crate) struct DemandQuery {
    /// Terms in the order of their first occurrence, each once, with the weight of its place.
    terms: Vec<(String, f32)>,
    /// What it is about.
    concepts: ConceptVector,
    /// Its text, normalised, for showing which wording led to a concept.
    normalized: String,
    /// Its Chinese characters.
    characters: CharacterSet,
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
        let (concepts, characters) =
            (lexicon.concepts.vector_within(&text, demand.sub_industry.as_deref()), CharacterSet::of(&normalized));
        Self { terms, concepts, normalized, characters, indicators: indicators.collect() }
    }

    /// The terms that a snapshot knows, weighted by idf, what an achievement that is all about them
    /// would score, and the best by words and by concepts of those that the filter lets through.
    pub(crate) fn against<'q>(
        &'q self,
        snapshot: &Snapshot,
        filter: &Filter,
        vector: Option<&'q [f32]>,
        profile: &RankProfile,
    ) -> WeightedQuery<'q> {
        let most = profile.candidates.overall;
        let index = &snapshot.impact;
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
        let (range, accepted) = snapshot.documents.scope(filter, &snapshot.institutions);
        // One at least: the best is what the parts of the text are measured by.
        let hits = index.search(&query, &scope(&range, accepted.as_ref()), most.max(1));
        let by_concepts = if profile.parts.concepts > 0.0 {
            snapshot.concepts.search(&self.concepts, range.clone(), accepted.as_ref(), most.max(1))
        } else {
            Vec::new()
        };
        let said = (self.terms.len() as f64 / TELLING_TERMS).min(1.0);
        WeightedQuery {
            terms,
            query,
            // What a demand of two words lacks to be told, no achievement can have.
            ideal: if said > 0.0 { ideal / said } else { ideal },
            said,
            best: hits.first().map_or(0.0, |hit| f64::from(hit.score)),
            known: by_concepts.first().map_or(0.0, |(_, cosine)| f64::from(*cosine).min(1.0)),
            by_words: hits.iter().take(most).map(|hit| hit.document).collect(),
            by_concepts: by_concepts.iter().take(most).map(|(document, _)| *document).collect(),
            characters: snapshot.characters.query(&self.characters),
            range,
            accepted,
            concepts: &self.concepts,
            vector,
            normalized: &self.normalized,
            indicators: &self.indicators,
            wordings: RefCell::default(),
        }
    }
}

/// A demand's terms weighted for one index.
pub(crate) struct WeightedQuery<'q> {
    pub(crate) terms: Vec<WeightedTerm<'q>>,
    pub(crate) query: Query,
    /// The sum of all weights: the score of an achievement in which every term is saturated; more by as much as the
    /// demand has too few terms.
    pub(crate) ideal: f64,
    /// The share of [`TELLING_TERMS`] that the demand has, 1 at most.
    pub(crate) said: f64,
    /// The greatest score by words of the achievements that the filter lets through.
    pub(crate) best: f64,
    /// The greatest cosine of the concepts of any of them: how much of the demand the term base knows, 0–1.
    pub(crate) known: f64,
    /// The best of them by words.
    pub(crate) by_words: Vec<u32>,
    /// The best of them by concepts.
    pub(crate) by_concepts: Vec<u32>,
    /// The demand as characters.
    pub(crate) characters: CharacterQuery,
    /// Where they stand; those of [`Self::accepted`] alone, if there is such a set.
    pub(crate) range: Range<u32>,
    pub(crate) accepted: Option<BitSet>,
    /// The demand as concepts.
    pub(crate) concepts: &'q ConceptVector,
    /// The demand as an encoder has it, of length 1.
    pub(crate) vector: Option<&'q [f32]>,
    /// The demand's text, normalised.
    pub(crate) normalized: &'q str,
    /// What it asks for in numbers.
    pub(crate) indicators: &'q [AskedIndicator],
    /// By which wording of a concept the demand has it, where that was asked: the same for all achievements.
    pub(super) wordings: RefCell<FxHashMap<u32, Option<String>>>,
}

impl WeightedQuery<'_> {
    /// What a score by words is multiplied with to give the parts of the text: the best gets their whole weight.
    pub(crate) fn text_scale(&self, weight: f64) -> f64 {
        if self.best > 0.0 { weight / self.best } else { 0.0 }
    }

    /// The share of its weight that the part `concepts` has at most: the best of concepts that hardly touch the
    /// demand are no better than chance.
    pub(crate) fn trust(&self) -> f64 {
        (self.known / TRUSTED).min(1.0)
    }

    /// The share of their weights that the parts `characters` and `semantic` have at most: (1 − known)².
    pub(crate) fn unknown(&self) -> f64 {
        (1.0 - self.known).powi(2)
    }
}

/// The documents of a range, those of a set alone if one is given.
pub(super) fn scope<'a>(range: &Range<u32>, accepted: Option<&'a BitSet>) -> Scope<'a> {
    let scope = Scope::range(range.clone());
    match accepted {
        Some(accepted) => scope.accepting(accepted),
        None => scope,
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
