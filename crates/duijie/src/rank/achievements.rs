use super::institutions::{Candidate, vote};
use super::passages::best_passages;
use super::query::{DemandQuery, WeightedQuery};
use super::{AchievementMatch, DemandMatch, Evidence, InstitutionMatch, Parts, RankProfile, Ranking, Unit, Verdict};
use crate::Result;
use crate::index::{Filter, Snapshot, UNKNOWN};
use crate::records::Demand;
use duijie_impact::{BitSet, Scope};
use duijie_text::Analyzer;
use std::collections::BTreeMap;
use std::ops::Range;

/// Sentences shown for each achievement.
const PASSAGES: usize = 2;

/// Ranks the achievements and institutions of one snapshot.
pub(crate) struct Ranker<'a> {
    pub(crate) snapshot: &'a Snapshot,
    pub(crate) analyzer: &'a Analyzer,
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
        let query = DemandQuery::new(demand, self.analyzer, &self.profile.query);
        let query = query.against(&self.snapshot.impact);
        let scored = self.scored(demand, &query);
        let ranking = match unit {
            Unit::Achievement => Ranking::Achievements(self.achievement_matches(&scored, &query, top)?),
            Unit::Institution => Ranking::Institutions(self.institution_matches(&scored, &query, top)?),
        };
        Ok(DemandMatch { demand: demand.id.clone(), verdict: self.verdict(&scored), ranking })
    }

    /// The candidates of a demand with their scores, best first.
    pub(crate) fn scored(&self, demand: &Demand, query: &WeightedQuery<'_>) -> Vec<Scored> {
        let documents = &self.snapshot.documents;
        let mut scored: Vec<Scored> = self
            .candidates(demand, query)
            .into_iter()
            .map(|(document, text)| {
                let parts = self.parts(demand, query, document, text);
                Scored { document, score: parts.total(), parts }
            })
            .collect();
        scored.sort_by(|a, b| {
            let ids = || documents.id(a.document).cmp(documents.id(b.document));
            b.score.total_cmp(&a.score).then_with(ids)
        });
        scored
    }

    /// Achievements worth a close look, with their text scores: the best overall, and those of the
    /// demand's chain and sub-industry.
    fn candidates(&self, demand: &Demand, query: &WeightedQuery<'_>) -> BTreeMap<u32, f32> {
        let documents = &self.snapshot.documents;
        let limits = self.profile.candidates;
        let (allowed, accepted) = documents.scope(self.filter, &self.snapshot.institutions);
        let place = documents.place_of(demand.chain.as_deref(), demand.sub_industry.as_deref());
        let mut found = BTreeMap::new();
        self.search(query, allowed.clone(), accepted.as_ref(), limits.overall, &mut found);
        if place.chain != UNKNOWN {
            let mut chain = place;
            chain.sub_industry = UNKNOWN;
            let range = intersect(&documents.range(chain), &allowed);
            self.search(query, range, accepted.as_ref(), limits.chain, &mut found);
        }
        if place.sub_industry != UNKNOWN {
            let range = intersect(&documents.range(place), &allowed);
            self.search(query, range.clone(), accepted.as_ref(), limits.sub_industry, &mut found);
            if range.len() <= limits.sub_industry {
                let passes = |document: &u32| accepted.as_ref().is_none_or(|set| set.contains(*document));
                for document in range.filter(passes) {
                    found.entry(document).or_insert(0.0);
                }
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
        found: &mut BTreeMap<u32, f32>,
    ) {
        let mut scope = Scope::range(range);
        if let Some(accepted) = accepted {
            scope = scope.accepting(accepted);
        }
        for hit in self.snapshot.impact.search(&query.query, &scope, limit) {
            found.insert(hit.document, hit.score);
        }
    }

    /// The parts of an achievement's score for a demand, given its text score.
    pub(crate) fn parts(&self, demand: &Demand, query: &WeightedQuery<'_>, document: u32, text: f32) -> Parts {
        let weights = &self.profile.parts;
        let mut parts = Parts::default();
        let share = if query.ideal > 0.0 { f64::from(text) / query.ideal } else { 0.0 };
        parts.push("text", weights.text * share);
        parts.push("sub_industry", weights.sub_industry * self.affinity(demand, document));
        let maturity = match self.snapshot.documents.maturity(document) {
            0 => 0.5,
            level => f64::from(level - 1) / 8.0,
        };
        parts.push("maturity", weights.maturity * maturity);
        parts
    }

    fn affinity(&self, demand: &Demand, document: u32) -> f64 {
        let documents = &self.snapshot.documents;
        let shares = &self.profile.affinity;
        let asked = documents.place_of(demand.chain.as_deref(), demand.sub_industry.as_deref());
        let offered = documents.place(document);
        if asked.chain == UNKNOWN || offered.chain == UNKNOWN {
            shares.unknown
        } else if asked.chain != offered.chain {
            shares.other
        } else if asked.sub_industry == UNKNOWN || offered.sub_industry == UNKNOWN {
            shares.unknown.max(shares.same_chain)
        } else if asked.sub_industry == offered.sub_industry {
            shares.same_sub_industry
        } else {
            shares.same_chain
        }
    }

    pub(crate) fn verdict(&self, scored: &[Scored]) -> Verdict {
        let needed = self.profile.verdict.credible_text * self.profile.parts.text;
        let credible = |scored: &Scored| scored.parts.get("text").is_some_and(|text| text >= needed && text > 0.0);
        if scored.iter().any(credible) { Verdict::Matched } else { Verdict::NoCredibleMatch }
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

    fn evidence(&self, scored: &Scored, query: &WeightedQuery<'_>) -> Result<Evidence> {
        let achievement = self.snapshot.achievement(scored.document)?;
        let passages = best_passages(&achievement, &query.weights(), self.analyzer, PASSAGES);
        Ok(Evidence { achievement: achievement.id, score: scored.score, parts: scored.parts.clone(), passages })
    }
}

fn intersect(a: &Range<u32>, b: &Range<u32>) -> Range<u32> {
    let start = a.start.max(b.start);
    start..a.end.min(b.end).max(start)
}
