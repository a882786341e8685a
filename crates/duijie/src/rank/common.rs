//! What a demand and an achievement have in common: words, and concepts with the wordings that led to them.

use super::query::WeightedQuery;
use crate::concepts::ConceptVector;
use duijie_text::{Concept, ConceptId, Form, Normalizer, StandardNormalizer, TermBase, each_gram, is_whole_word};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;
use std::cell::RefCell;

/// Concepts shown at most.
const CONCEPTS: usize = 6;
/// What a concept weighs among the words when sentences are chosen: one that makes up a tenth of
/// the cosine counts as much as a rare word.
const CONCEPT_WEIGHT: f32 = 40.0;

/// The common ground of a demand and one achievement.
pub(crate) struct Common<'q> {
    /// The demand's words and their weights.
    pub(super) words: FxHashMap<&'q str, f32>,
    /// The shared concepts, the greatest contribution to the cosine first.
    pub(super) concepts: Vec<SharedConcept<'q>>,
    demand: &'q str,
    /// See [`WeightedQuery::wordings`].
    wordings: &'q RefCell<FxHashMap<u32, Option<String>>>,
}

pub(super) struct SharedConcept<'q> {
    id: u32,
    pub(super) concept: &'q Concept,
    /// What it adds to the cosine.
    pub(super) contribution: f32,
}

/// A concept that demand and achievement share, and by which wordings: what the expansion of one
/// into the other comes from.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ConceptReason {
    /// The preferred term.
    pub concept: String,
    /// What it adds to the part `concepts`.
    pub contribution: f64,
    /// The concept's wordings in the demand.
    pub demand_forms: Vec<FormReason>,
    /// The concept's wordings in the achievement.
    pub achievement_forms: Vec<FormReason>,
}

/// A wording of a concept that a text has, or comes near to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FormReason {
    /// The wording as the term base has it.
    pub form: String,
    /// How it stands to the concept: 同义, 缩写, 症状, 下位, 相关, 机理, 对策.
    pub relation: &'static str,
    /// Whether the text has it to the letter; else it has most of its characters.
    pub literal: bool,
}

impl<'q> Common<'q> {
    pub(super) fn new(query: &'q WeightedQuery<'q>, achievement: &ConceptVector, terms: &'q TermBase) -> Self {
        let mut shared = query.concepts.shared(achievement);
        shared.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let concepts = shared.into_iter().take(CONCEPTS).map(|(id, contribution)| SharedConcept {
            id,
            concept: terms.concept(ConceptId::from_index(id as usize)),
            contribution,
        });
        Self {
            words: query.terms.iter().map(|term| (term.text, term.weight)).collect(),
            concepts: concepts.collect(),
            demand: query.normalized,
            wordings: &query.wordings,
        }
    }

    /// Where wordings of the shared concepts stand in `text`: byte ranges, weight and concept, in no order.
    pub(super) fn concept_places<'c>(&'c self, text: &str) -> Vec<ConceptPlace<'c, 'q>> {
        let normalized = StandardNormalizer.normalize(text);
        let mut places = Vec::new();
        for shared in &self.concepts {
            for form in shared.concept.forms.iter().filter(|form| is_shown(form)) {
                for (start, found) in normalized.text.match_indices(form.normalized.as_ref()) {
                    if is_whole_word(&normalized.text, start..start + found.len()) {
                        let original = normalized.offsets.original_range(start..start + found.len());
                        places.push(ConceptPlace {
                            start: original.start,
                            end: original.end,
                            weight: shared.contribution * CONCEPT_WEIGHT,
                            shared,
                            wording: if self.demand.contains(found) { Wording::Shared } else { Wording::Other },
                        });
                    }
                }
            }
        }
        places
    }

    /// The wording of a shared concept that the demand has; if it has none, the one it comes nearest to.
    pub(super) fn wording_in_demand(&self, shared: &SharedConcept<'q>) -> Option<String> {
        let mut known = self.wordings.borrow_mut();
        let wording = known.entry(shared.id).or_insert_with(|| {
            let (forms, _) = forms_in(shared.concept, self.demand);
            forms.first().map(|form| form.text.to_string())
        });
        wording.clone()
    }

    /// The shared concepts with their wordings on both sides; contributions times `weight`.
    pub(super) fn reasons(&self, achievement: &str, weight: f64) -> Vec<ConceptReason> {
        let achievement = StandardNormalizer.normalize(achievement).text;
        let reason = |shared: &SharedConcept<'_>| ConceptReason {
            concept: shared.concept.name.clone(),
            contribution: f64::from(shared.contribution) * weight,
            demand_forms: form_reasons(shared.concept, self.demand),
            achievement_forms: form_reasons(shared.concept, &achievement),
        };
        self.concepts.iter().map(reason).collect()
    }
}

/// Whether a wording stands in the demand too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wording {
    Shared,
    /// The concept alone leads from the demand to it.
    Other,
}

/// A wording of a shared concept in an original text.
pub(super) struct ConceptPlace<'c, 'q> {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) weight: f32,
    pub(super) shared: &'c SharedConcept<'q>,
    pub(super) wording: Wording,
}

/// Wordings shown for each side.
const FORMS: usize = 3;
/// The share of a wording's grams that a text must have to come near it.
const NEAR: f32 = 0.6;

fn form_reasons(concept: &Concept, text: &str) -> Vec<FormReason> {
    let (forms, standing) = forms_in(concept, text);
    let literal = standing == Standing::Literal;
    let reason = |form: &Form| FormReason { form: form.text.to_string(), relation: form.relation.chinese(), literal };
    forms.into_iter().map(reason).collect()
}

/// How a text has wordings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    Literal,
    /// It has most of their characters.
    Near,
}

/// The concept's wordings that stand in a normalised text; where none does, those it comes nearest to.
fn forms_in<'c>(concept: &'c Concept, text: &str) -> (Vec<&'c Form>, Standing) {
    let literal = concept.forms.iter().filter(|form| is_shown(form) && text.contains(form.normalized.as_ref()));
    let literal: Vec<&Form> = literal.take(FORMS).collect();
    if !literal.is_empty() {
        return (literal, Standing::Literal);
    }
    let mut grams: FxHashSet<String> = FxHashSet::default();
    each_gram(text, &mut |gram| {
        grams.insert(gram.to_owned());
    });
    let mut near: Vec<(f32, &Form)> = Vec::new();
    for form in &concept.forms {
        let (mut all, mut had) = (0.0f32, 0.0f32);
        each_gram(&form.normalized, &mut |gram| {
            all += 1.0;
            had += if grams.contains(gram) { 1.0 } else { 0.0 };
        });
        if had / all >= NEAR {
            near.push((had / all, form));
        }
    }
    near.sort_by(|a, b| b.0.total_cmp(&a.0));
    (near.into_iter().take(FORMS).map(|(_, form)| form).collect(), Standing::Near)
}

fn is_shown(form: &Form) -> bool {
    form.normalized.chars().nth(1).is_some()
}
