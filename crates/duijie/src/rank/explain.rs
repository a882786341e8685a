use super::achievements::{Ranker, Scored};
use super::query::{DemandQuery, WeightedQuery};
use super::{ConceptReason, Indicator, InferredSubIndustry, Parts, Passage, Unit, Verdict};
use crate::index::{TextField, UNKNOWN};
use crate::rank::passages::best_passages;
use crate::records::Demand;
use crate::{Error, Result};
use rustc_hash::FxHashMap;
use serde::Serialize;

/// Why an achievement or institution ranks where it does for a demand, chosen or not.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Explanation {
    /// Id of the demand.
    pub demand: String,
    /// Whether the demand has a credible match at all.
    pub verdict: Verdict,
    /// Where the demand probably belongs, if it does not say; absent otherwise. The part `sub_industry` goes by it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inferred: Option<InferredSubIndustry>,
    /// What `with` is.
    pub unit: Unit,
    /// Id of the achievement or institution.
    pub with: String,
    /// Its rank; `None` if the filter keeps it out or it is no candidate.
    pub rank: Option<usize>,
    /// How many were ranked.
    pub ranked: usize,
    /// The achievement explained: `with` itself, or the institution's best for the demand.
    /// `None` if the institution has no achievement that is a candidate.
    pub achievement: Option<String>,
    /// Score of `with`, sum of `parts`.
    pub score: Option<f64>,
    /// The parts of the score of `with`.
    pub parts: Parts,
    /// The parts of the explained achievement's score.
    pub achievement_parts: Parts,
    /// The demand's terms that the achievement has, the greatest contribution first; the
    /// contributions add up to its parts `title`, `keywords` and `summary`.
    pub found: Vec<TermReason>,
    /// The demand's weightiest terms that it lacks and others have, the greatest loss first.
    pub missing: Vec<TermReason>,
    /// The Chinese characters that the achievement shares with the demand, the rarest first, at most twelve; empty
    /// if characters weigh nothing.
    pub characters: Vec<char>,
    /// The concepts they share, the greatest contribution first, at most six; with all the others
    /// they add up to its part `concepts`.
    pub concepts: Vec<ConceptReason>,
    /// Sentences that speak for it.
    pub passages: Vec<Passage>,
    /// What it says to each of the demand's indicators.
    pub indicators: Vec<Indicator>,
    /// Id and score of what ranks first instead, where that is another.
    pub first: Option<(String, f64)>,
}

/// One term of the demand.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TermReason {
    /// The term, normalised.
    pub term: String,
    /// How many achievements have it.
    pub document_frequency: u32,
    /// What it adds to the parts of the text; for a missing term what it could have added at most.
    pub contribution: f64,
    /// How the contribution is shared out among the fields.
    pub fields: Vec<FieldShare>,
}

/// What one field adds to a term's contribution.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct FieldShare {
    /// `title`, `keywords` or `summary`.
    pub field: &'static str,
    /// Its share of the contribution.
    pub contribution: f64,
}

/// Missing terms shown.
const MISSING: usize = 8;
/// Shared characters shown.
const CHARACTERS: usize = 12;

impl Ranker<'_> {
    /// Explains `with`, the id of an achievement or of an institution.
    pub(crate) fn explain(&self, demand: &Demand, with: &str) -> Result<Explanation> {
        let query = DemandQuery::new(demand, self.lexicon, &self.profile.query);
        let query = self.query(&query, demand)?;
        let scored = self.scored(demand, &query)?;
        if let Some(document) = self.snapshot.documents.document(with) {
            return self.explain_achievement(demand, &query, &scored, document);
        }
        match self.snapshot.institutions.position(with) {
            Some(position) => self.explain_institution(demand, &query, &scored, position as u16),
            None => Err(Error::UnknownId { kind: "achievement or institution", id: with.to_owned() }),
        }
    }

    fn explain_achievement(
        &self,
        demand: &Demand,
        query: &WeightedQuery<'_>,
        scored: &[Scored],
        document: u32,
    ) -> Result<Explanation> {
        let id = self.snapshot.documents.id(document).to_owned();
        let rank = scored.iter().position(|candidate| candidate.document == document);
        let parts = match rank {
            Some(at) => scored[at].parts.clone(),
            None => self.looked_at(demand, query, document)?,
        };
        let first = scored.first().filter(|_| rank != Some(0));
        let explanation = Explanation {
            demand: demand.id.clone(),
            verdict: self.profile.verdict(scored.iter().map(|scored| &scored.parts)),
            inferred: self.inferred(demand, query),
            unit: Unit::Achievement,
            with: id,
            rank: rank.map(|at| at + 1),
            ranked: scored.len(),
            achievement: None,
            score: Some(parts.total()),
            parts: parts.clone(),
            achievement_parts: parts,
            found: Vec::new(),
            missing: Vec::new(),
            characters: Vec::new(),
            concepts: Vec::new(),
            passages: Vec::new(),
            indicators: Vec::new(),
            first: first.map(|best| (self.snapshot.documents.id(best.document).to_owned(), best.score)),
        };
        self.with_reasons(explanation, demand, query, document)
    }

    fn explain_institution(
        &self,
        demand: &Demand,
        query: &WeightedQuery<'_>,
        scored: &[Scored],
        institution: u16,
    ) -> Result<Explanation> {
        debug_assert_ne!(institution, UNKNOWN);
        let ranked = self.ranked_institutions(scored);
        let id = |position: u16| self.snapshot.institutions.at(position.into()).id.clone();
        let rank = ranked.iter().position(|candidate| candidate.institution == institution);
        let first = ranked.first().filter(|_| rank != Some(0));
        let own = rank.map(|at| &ranked[at]);
        let explanation = Explanation {
            demand: demand.id.clone(),
            verdict: self.profile.verdict(scored.iter().map(|scored| &scored.parts)),
            inferred: self.inferred(demand, query),
            unit: Unit::Institution,
            with: id(institution),
            rank: rank.map(|at| at + 1),
            ranked: ranked.len(),
            achievement: None,
            score: own.map(|candidate| candidate.score),
            parts: own.map(|candidate| candidate.parts.clone()).unwrap_or_default(),
            achievement_parts: own.map(|candidate| candidate.achievements[0].parts.clone()).unwrap_or_default(),
            found: Vec::new(),
            missing: Vec::new(),
            characters: Vec::new(),
            concepts: Vec::new(),
            passages: Vec::new(),
            indicators: Vec::new(),
            first: first.map(|best| (id(best.institution), best.score)),
        };
        match own {
            Some(candidate) => self.with_reasons(explanation, demand, query, candidate.achievements[0].document),
            None => Ok(explanation),
        }
    }

    /// Adds what `document` shares with the demand, and what it lacks.
    fn with_reasons(
        &self,
        mut explanation: Explanation,
        demand: &Demand,
        query: &WeightedQuery<'_>,
        document: u32,
    ) -> Result<Explanation> {
        let achievement = self.snapshot.achievement(document)?;
        let scale = query.text_scale(self.profile.parts.text);
        let contributions = self.snapshot.impact.contributions(&query.query, document);
        let by_term: FxHashMap<_, _> = contributions.iter().map(|found| (found.term, found)).collect();
        for term in &query.terms {
            let contribution = term.id.and_then(|id| by_term.get(&id));
            let reason = |contribution: f64, fields| TermReason {
                term: term.text.to_owned(),
                document_frequency: term.df,
                contribution,
                fields,
            };
            match contribution.filter(|found| found.score > 0.0) {
                Some(found) => {
                    let contribution = f64::from(found.score) * scale;
                    let all: f32 = found.field_parts.iter().sum();
                    let shares = TextField::ALL.into_iter().zip(&found.field_parts).filter(|(_, part)| **part > 0.0);
                    let fields = shares.map(|(field, part)| FieldShare {
                        field: field.name(),
                        contribution: contribution * f64::from(*part / all),
                    });
                    explanation.found.push(reason(contribution, fields.collect()));
                }
                // A word that no achievement has tells nothing about this one.
                None if term.df == 0 => {}
                None => explanation.missing.push(reason(f64::from(term.weight) * scale, Vec::new())),
            }
        }
        explanation.found.sort_by(|a, b| b.contribution.total_cmp(&a.contribution));
        explanation.missing.sort_by(|a, b| b.contribution.total_cmp(&a.contribution));
        explanation.missing.truncate(MISSING);
        if self.profile.parts.characters > 0.0 {
            explanation.characters = self.snapshot.characters.shared(&query.characters, document, CHARACTERS);
        }
        let common = self.common(query, document);
        let text = TextField::ALL.map(|field| field.text(&achievement)).join("。");
        explanation.concepts = common.reasons(&text, self.profile.parts.concepts * query.trust());
        explanation.passages = best_passages(&achievement, &common, &self.lexicon.analyzer, 3);
        explanation.indicators = self.indicators(demand, query.indicators, document, &achievement)?;
        explanation.achievement = Some(achievement.id);
        Ok(explanation)
    }
}
