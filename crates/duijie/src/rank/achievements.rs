use super::common::Common;
use super::institutions::{Candidate, vote};
use super::passages::best_passages;
use super::places::Places;
use super::query::{DemandQuery, WeightedQuery};
use super::{
    AchievementMatch, DemandMatch, Evidence, HomeProvince, InferredSubIndustry, InstitutionMatch, Parts, RankProfile,
    Ranking, Reranker, Unit, Verdict,
};
use crate::Result;
use crate::concepts::Lexicon;
use crate::index::{Filter, Snapshot, TextField, UNKNOWN};
use crate::records::Demand;
use crate::semantic::DemandVectors;
use duijie_encoder::EncoderError;

/// Sentences shown for each achievement.
const PASSAGES: usize = 2;

/// Ranks the achievements and institutions of one snapshot.
pub(crate) struct Ranker<'a> {
    pub(crate) snapshot: &'a Snapshot,
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) profile: &'a RankProfile,
    pub(crate) filter: &'a Filter,
    pub(crate) vectors: Option<&'a DemandVectors>,
    pub(crate) reranker: Option<&'a dyn Reranker>,
}

/// What share of its weight a part gets where nothing is known: unknown is not a mismatch.
pub(super) const NEUTRAL: f64 = 0.5;

/// Technology readiness as a share: (TRL − 1) / 8; 0 stands for an unknown one.
pub(super) fn maturity_share(level: u8) -> f64 {
    if level == 0 { NEUTRAL } else { f64::from(level - 1) / 8.0 }
}

/// A candidate achievement with its score.
#[derive(Clone, Debug)]
pub(crate) struct Scored {
    pub(crate) document: u32,
    pub(crate) score: f64,
    pub(crate) parts: Parts,
}

impl Ranker<'_> {
    pub(crate) fn rank(&self, demand: &Demand, unit: Unit, top: usize) -> Result<DemandMatch> {
        let query = DemandQuery::new(demand, self.lexicon, &self.profile.query);
        let query = self.query(&query, demand)?;
        let scored = self.scored(demand, &query)?;
        let ranking = match unit {
            Unit::Achievement => Ranking::Achievements(self.achievement_matches(demand, &scored, &query, top)?),
            Unit::Institution => Ranking::Institutions(self.institution_matches(demand, &scored, &query, top)?),
        };
        let verdict = self.profile.verdict(scored.iter().map(|scored| &scored.parts));
        Ok(DemandMatch {
            demand: demand.id.clone(),
            verdict,
            inferred: self.inferred(demand, &query),
            home: self.home(verdict, &scored),
            ranking,
        })
    }

    /// A demand's words and vectors as this snapshot knows them.
    pub(super) fn query<'q>(&'q self, query: &'q DemandQuery, demand: &Demand) -> Result<WeightedQuery<'q>> {
        let vector = match (self.vectors, self.snapshot.semantic.width()) {
            (Some(vectors), Some(expected)) if vectors.width() != expected => {
                return Err(EncoderError::Width { expected, found: vectors.width() }.into());
            }
            (Some(vectors), Some(_)) => vectors.get(&demand.id),
            _ => None,
        };
        Ok(query.against(self.snapshot, self.filter, vector, self.profile))
    }

    /// The candidates of a demand with their scores, best first.
    pub(super) fn scored(&self, demand: &Demand, query: &WeightedQuery<'_>) -> Result<Vec<Scored>> {
        let candidates: Vec<u32> = self.candidates(demand, query).into_iter().collect();
        let parts = self.parts(demand, query, &candidates);
        let scored = candidates.into_iter().zip(parts);
        let mut scored: Vec<Scored> =
            scored.map(|(document, parts)| Scored { document, score: parts.total(), parts }).collect();
        self.sort(&mut scored);
        let close = self.profile.candidates.close.min(scored.len());
        if self.look_closely(demand, query, &mut scored[..close])? {
            self.sort(&mut scored);
        }
        Ok(scored)
    }

    /// Best first, ties by id.
    fn sort(&self, scored: &mut [Scored]) {
        let id = |scored: &Scored| self.snapshot.documents.id(scored.document);
        scored.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| id(a).cmp(id(b))));
    }

    /// The parts of some achievements' scores for a demand; those that need a close look are neutral.
    pub(super) fn parts(&self, demand: &Demand, query: &WeightedQuery<'_>, documents: &[u32]) -> Vec<Parts> {
        let places = self.places(demand, query);
        let lexical = self.snapshot.impact.field_scores(&query.query, documents);
        let fields = lexical.chunks_exact(TextField::ALL.len());
        documents
            .iter()
            .zip(fields)
            .map(|(&document, lexical)| self.parts_of(&places, query, document, lexical))
            .collect()
    }

    fn parts_of(&self, places: &Places, query: &WeightedQuery<'_>, document: u32, lexical: &[f32]) -> Parts {
        let weights = &self.profile.parts;
        let snapshot = self.snapshot;
        let mut parts = Parts::default();
        let words: f64 = lexical.iter().map(|score| f64::from(*score)).sum();
        parts.text_share = if query.ideal > 0.0 { words / query.ideal } else { 0.0 };
        let scale = query.text_scale(weights.text);
        for (field, score) in TextField::ALL.into_iter().zip(lexical) {
            parts.push(field.name(), scale * f64::from(*score));
        }
        if weights.characters > 0.0 {
            let cosine = f64::from(snapshot.characters.cosine(&query.characters, document));
            parts.push("characters", weights.characters * query.unknown() * cosine);
        }
        let cosine = f64::from(snapshot.concepts.cosine(query.concepts, document));
        parts.concept_share = cosine;
        parts.push("concepts", weights.concepts * query.trust() * cosine);
        if let Some(vector) = query.vector.filter(|_| weights.semantic > 0.0) {
            let share = snapshot.semantic.cosine(vector, document).map_or(NEUTRAL, |cosine| {
                let above = f64::from(cosine) - self.profile.semantic.floor;
                (above / (1.0 - self.profile.semantic.floor)).clamp(0.0, 1.0)
            });
            parts.push("semantic", weights.semantic * query.unknown() * share);
        }
        let affinity = places.affinity(snapshot.documents.place(document), &self.profile.affinity);
        parts.push("sub_industry", weights.sub_industry * affinity);
        parts.push("maturity", weights.maturity * maturity_share(snapshot.documents.maturity(document)));
        if weights.indicators > 0.0 {
            parts.push("indicators", weights.indicators * NEUTRAL);
        }
        if weights.reranker > 0.0 && self.reranker.is_some() {
            parts.push("reranker", 0.0);
        }
        parts
    }

    /// Where the demand belongs: as it says, or as its concepts let suppose.
    pub(crate) fn places(&self, demand: &Demand, query: &WeightedQuery<'_>) -> Places {
        let stated = self.snapshot.documents.place_of(demand.chain.as_deref(), demand.sub_industry.as_deref());
        if stated.sub_industry != UNKNOWN {
            return Places::stated(stated);
        }
        let terms = self.lexicon.concepts.terms();
        Places::inferred(stated.chain, query.concepts, query.said, terms, &self.snapshot.documents)
    }

    pub(super) fn inferred(&self, demand: &Demand, query: &WeightedQuery<'_>) -> Option<InferredSubIndustry> {
        let (place, probability) = self.places(demand, query).guess()?;
        let chain = self.snapshot.catalogue.chains.get(usize::from(place.chain))?;
        let sub = chain.sub_industries.get(usize::from(place.sub_industry))?;
        let probability = (probability * 1e3).round() / 1e3;
        Some(InferredSubIndustry { sub_industry: sub.code.clone(), name: sub.name.clone(), probability })
    }

    /// The home province's institution whose achievement ranks first of those that deal with the demand;
    /// none where no match is credible.
    fn home(&self, verdict: Verdict, scored: &[Scored]) -> Option<HomeProvince> {
        let province = self.profile.home_province.as_ref()?;
        let institution = |scored: &Scored| {
            let position = self.snapshot.documents.institution(scored.document);
            (position != UNKNOWN).then(|| self.snapshot.institutions.at(position.into()))
        };
        let matched = verdict == Verdict::Matched;
        let near = scored.iter().filter(|scored| matched && self.profile.nearness(&scored.parts) >= 1.0);
        let at_home = near.filter_map(institution).find(|found| found.is_in(province));
        Some(HomeProvince { province: province.clone(), candidate: at_home.map(|found| found.id.clone()) })
    }

    fn achievement_matches(
        &self,
        demand: &Demand,
        scored: &[Scored],
        query: &WeightedQuery<'_>,
        top: usize,
    ) -> Result<Vec<AchievementMatch>> {
        let ranked = scored.iter().take(top).zip(1..);
        ranked
            .map(|(scored, rank)| {
                let Evidence { achievement, score, parts, passages, indicators } =
                    self.evidence(demand, scored, query)?;
                Ok(AchievementMatch { achievement, rank, score, parts, passages, indicators })
            })
            .collect()
    }

    fn institution_matches(
        &self,
        demand: &Demand,
        scored: &[Scored],
        query: &WeightedQuery<'_>,
        top: usize,
    ) -> Result<Vec<InstitutionMatch>> {
        let shown = self.profile.institutions.evidence;
        let ranked = self.ranked_institutions(scored).into_iter().take(top).zip(1..);
        ranked
            .map(|(candidate, rank)| {
                let evidence =
                    candidate.achievements.iter().take(shown).map(|scored| self.evidence(demand, scored, query));
                Ok(InstitutionMatch {
                    institution: self.snapshot.institutions.at(candidate.institution.into()).id.clone(),
                    rank,
                    score: candidate.score,
                    parts: candidate.parts,
                    evidence: evidence.collect::<Result<_>>()?,
                })
            })
            .collect()
    }

    /// The institutions that the scored achievements vote for, best first, ties by id.
    pub(super) fn ranked_institutions(&self, scored: &[Scored]) -> Vec<Candidate> {
        let mut candidates = vote(scored, &self.snapshot.documents, &self.profile.institutions);
        let id = |candidate: &Candidate| &self.snapshot.institutions.at(candidate.institution.into()).id;
        candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| id(a).cmp(id(b))));
        candidates
    }

    /// What the demand and an achievement have in common, to be shown in the achievement's text.
    pub(super) fn common<'q>(&'q self, query: &'q WeightedQuery<'q>, document: u32) -> Common<'q> {
        let vector = self.snapshot.concepts.vector(document);
        Common::new(query, vector, self.lexicon.concepts.terms())
    }

    fn evidence(&self, demand: &Demand, scored: &Scored, query: &WeightedQuery<'_>) -> Result<Evidence> {
        let achievement = self.snapshot.achievement(scored.document)?;
        let common = self.common(query, scored.document);
        Ok(Evidence {
            score: scored.score,
            parts: scored.parts.clone(),
            passages: best_passages(&achievement, &common, &self.lexicon.analyzer, PASSAGES),
            indicators: self.indicators(demand, query.indicators, scored.document, &achievement)?,
            achievement: achievement.id,
        })
    }
}
