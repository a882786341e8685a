use super::common::Common;
use super::institutions::{Candidate, vote};
use super::passages::best_passages;
use super::places::Places;
use super::query::{DemandQuery, WeightedQuery};
use super::{
    AchievementMatch, DemandMatch, Evidence, InferredSubIndustry, InstitutionMatch, Parts, RankProfile, Ranking, Unit,
};
use crate::Result;
use crate::concepts::Lexicon;
use crate::index::{Filter, Place, Snapshot, UNKNOWN};
use crate::records::Demand;
use duijie_impact::{BitSet, Scope};
use std::collections::BTreeSet;
use std::ops::Range;

/// Sentences shown for each achievement.
const PASSAGES: usize = 2;

/// Ranks the achievements and institutions of one snapshot.
pub(crate) struct Ranker<'a> {
    pub(crate) snapshot: &'a Snapshot,
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) profile: &'a RankProfile,
    pub(crate) filter: &'a Filter,
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
        let query = query.against(&self.snapshot.impact);
        let scored = self.scored(demand, &query);
        let ranking = match unit {
            Unit::Achievement => Ranking::Achievements(self.achievement_matches(&scored, &query, top)?),
            Unit::Institution => Ranking::Institutions(self.institution_matches(&scored, &query, top)?),
        };
        let inferred = self.inferred(demand, &query);
        Ok(DemandMatch {
            demand: demand.id.clone(),
            verdict: self.profile.verdict(scored.iter().map(|scored| &scored.parts)),
            inferred,
            ranking,
        })
    }

    /// The candidates of a demand with their scores, best first.
    pub(crate) fn scored(&self, demand: &Demand, query: &WeightedQuery<'_>) -> Vec<Scored> {
        let documents = &self.snapshot.documents;
        let places = self.places(demand, query);
        let mut scored: Vec<Scored> = self
            .candidates(demand, query)
            .into_iter()
            .map(|document| {
                let parts = self.parts(&places, query, document);
                Scored { document, score: parts.total(), parts }
            })
            .collect();
        scored.sort_by(|a, b| {
            let ids = || documents.id(a.document).cmp(documents.id(b.document));
            b.score.total_cmp(&a.score).then_with(ids)
        });
        scored
    }

    /// Achievements worth a close look: the best by words and the best by concepts, overall and of
    /// the demand's chain and sub-industry.
    fn candidates(&self, demand: &Demand, query: &WeightedQuery<'_>) -> BTreeSet<u32> {
        let documents = &self.snapshot.documents;
        let limits = self.profile.candidates;
        let (allowed, accepted) = documents.scope(self.filter, &self.snapshot.institutions);
        let accepted = accepted.as_ref();
        let place = documents.place_of(demand.chain.as_deref(), demand.sub_industry.as_deref());
        let mut found = BTreeSet::new();
        self.search(query, allowed.clone(), accepted, limits.overall, &mut found);
        if place.chain != UNKNOWN {
            let range = documents.range(Place { sub_industry: UNKNOWN, ..place });
            self.search(query, intersect(&range, &allowed), accepted, limits.chain, &mut found);
        }
        if place.sub_industry != UNKNOWN {
            let range = intersect(&documents.range(place), &allowed);
            if range.len() <= limits.sub_industry {
                found.extend(range.filter(|document| accepted.is_none_or(|set| set.contains(*document))));
            } else {
                self.search(query, range, accepted, limits.sub_industry, &mut found);
            }
        }
        found
    }

    fn search(
        &self,
        query: &WeightedQuery<'_>,
        range: Range<u32>,
        accepted: Option<&BitSet>,
        limit: usize,
        found: &mut BTreeSet<u32>,
    ) {
        let mut scope = Scope::range(range.clone());
        if let Some(accepted) = accepted {
            scope = scope.accepting(accepted);
        }
        found.extend(self.snapshot.impact.search(&query.query, &scope, limit).iter().map(|hit| hit.document));
        if self.profile.parts.concepts > 0.0 {
            let near = self.snapshot.concepts.search(query.concepts, range, accepted, limit);
            found.extend(near.iter().map(|(document, _)| *document));
        }
    }

    /// The parts of an achievement's score for a demand.
    pub(crate) fn parts(&self, places: &Places, query: &WeightedQuery<'_>, document: u32) -> Parts {
        let weights = &self.profile.parts;
        let snapshot = self.snapshot;
        let mut parts = Parts::default();
        let text = snapshot.impact.score(&query.query, document);
        let share = if query.ideal > 0.0 { f64::from(text) / query.ideal } else { 0.0 };
        parts.push("text", weights.text * share);
        parts.push("concepts", weights.concepts * f64::from(snapshot.concepts.cosine(query.concepts, document)));
        let affinity = places.affinity(snapshot.documents.place(document), &self.profile.affinity);
        parts.push("sub_industry", weights.sub_industry * affinity);
        let maturity = match snapshot.documents.maturity(document) {
            0 => 0.5,
            level => f64::from(level - 1) / 8.0,
        };
        parts.push("maturity", weights.maturity * maturity);
        parts
    }

    /// Where the demand belongs: as it says, or as its concepts let suppose.
    pub(crate) fn places(&self, demand: &Demand, query: &WeightedQuery<'_>) -> Places {
        let stated = self.snapshot.documents.place_of(demand.chain.as_deref(), demand.sub_industry.as_deref());
        if stated.sub_industry != UNKNOWN {
            return Places::stated(stated);
        }
        Places::inferred(stated.chain, query.concepts, self.lexicon.concepts.terms(), &self.snapshot.documents)
    }

    fn inferred(&self, demand: &Demand, query: &WeightedQuery<'_>) -> Option<InferredSubIndustry> {
        let (place, probability) = self.places(demand, query).guess()?;
        let chain = self.snapshot.catalogue.chains.get(usize::from(place.chain))?;
        let sub = chain.sub_industries.get(usize::from(place.sub_industry))?;
        Some(InferredSubIndustry { sub_industry: sub.code.clone(), probability: (probability * 1e3).round() / 1e3 })
    }

    fn achievement_matches(
        &self,
        scored: &[Scored],
        query: &WeightedQuery<'_>,
        top: usize,
    ) -> Result<Vec<AchievementMatch>> {
        let ranked = scored.iter().take(top).zip(1..);
        ranked
            .map(|(scored, rank)| {
                let Evidence { achievement, score, parts, passages } = self.evidence(scored, query)?;
                Ok(AchievementMatch { achievement, rank, score, parts, passages })
            })
            .collect()
    }

    fn institution_matches(
        &self,
        scored: &[Scored],
        query: &WeightedQuery<'_>,
        top: usize,
    ) -> Result<Vec<InstitutionMatch>> {
        let shown = self.profile.institutions.evidence;
        let ranked = self.ranked_institutions(scored).into_iter().take(top).zip(1..);
        ranked
            .map(|(candidate, rank)| {
                let evidence = candidate.achievements.iter().take(shown).map(|scored| self.evidence(scored, query));
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

    fn evidence(&self, scored: &Scored, query: &WeightedQuery<'_>) -> Result<Evidence> {
        let achievement = self.snapshot.achievement(scored.document)?;
        let passages =
            best_passages(&achievement, &self.common(query, scored.document), &self.lexicon.analyzer, PASSAGES);
        Ok(Evidence { achievement: achievement.id, score: scored.score, parts: scored.parts.clone(), passages })
    }
}

fn intersect(a: &Range<u32>, b: &Range<u32>) -> Range<u32> {
    let start = a.start.max(b.start);
    start..a.end.min(b.end).max(start)
}
