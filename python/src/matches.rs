//! Rankings as four flat tables that join by id.

use crate::columns::{Cell, Columns, Holds};
use crate::table::Table;
use duijie::{
    Achievement, Catalogue, Demand, DemandMatch, Indicator, Institution, InstitutionKind, Institutions, Matcher, Parts,
    Passage, Ranking, Unit, Verdict,
};
use duijie_tables::indicators_text;
use pyo3::prelude::*;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use Holds::{Count, Number, Spans, Text};

const DEMANDS: [(&str, Holds); 16] = [
    ("demand", Text),
    ("title", Text),
    ("kind", Text),
    ("enterprise", Text),
    ("city", Text),
    ("chain", Text),
    ("chain_name", Text),
    ("sub_industry", Text),
    ("sub_industry_name", Text),
    ("verdict", Text),
    ("inferred_sub_industry", Text),
    ("inferred_probability", Number),
    ("home_province", Text),
    ("home_candidate", Text),
    ("found", Count),
    ("inferred_sub_industry_name", Text),
];

const ENTRIES: [(&str, Holds); 18] = [
    ("demand", Text),
    ("demand_title", Text),
    ("verdict", Text),
    ("rank", Count),
    ("institution", Text),
    ("institution_name", Text),
    ("kind", Text),
    ("province", Text),
    ("city", Text),
    ("achievement", Text),
    ("achievement_title", Text),
    ("maturity", Count),
    ("stage", Text),
    ("passage", Text),
    ("score", Number),
    ("inferred_sub_industry", Text),
    ("inferred_probability", Number),
    ("indicators", Text),
];

const EVIDENCE: [(&str, Holds); 9] = [
    ("demand", Text),
    ("rank", Count),
    ("institution", Text),
    ("achievement", Text),
    ("title", Text),
    ("maturity", Count),
    ("stage", Text),
    ("score", Number),
    ("indicators", Text),
];

const PASSAGES: [(&str, Holds); 7] = [
    ("demand", Text),
    ("rank", Count),
    ("achievement", Text),
    ("field", Text),
    ("start", Count),
    ("text", Text),
    ("matches", Spans),
];

/// The tables as they grow, a demand at a time.
pub(crate) struct MatchTables<'m> {
    matcher: &'m Matcher,
    catalogue: Catalogue,
    institutions: Institutions,
    achievements: HashMap<String, Arc<Achievement>>,
    demands: Columns,
    entries: Columns,
    evidence: Columns,
    passages: Columns,
}

/// One ranked thing, institution or achievement.
struct Ranked<'a> {
    demand: &'a Demand,
    matched: &'a DemandMatch,
    verdict: &'static str,
    rank: usize,
    institution: Option<&'a Institution>,
    score: f64,
    parts: &'a Parts,
}

/// An achievement that speaks for a ranked thing.
struct Speaks<'a> {
    achievement: &'a str,
    score: f64,
    parts: &'a Parts,
    passages: &'a [Passage],
    indicators: &'a [Indicator],
}

impl<'m> MatchTables<'m> {
    pub(crate) fn new(matcher: &'m Matcher) -> Self {
        Self {
            matcher,
            catalogue: matcher.catalogue(),
            institutions: matcher.institutions(),
            achievements: HashMap::new(),
            demands: Columns::new(&DEMANDS),
            entries: Columns::new(&ENTRIES),
            evidence: Columns::new(&EVIDENCE),
            passages: Columns::new(&PASSAGES),
        }
    }

    pub(crate) fn push(&mut self, demand: &Demand, matched: &DemandMatch) -> duijie::Result<()> {
        let verdict = match matched.verdict {
            Verdict::Matched => "matched",
            Verdict::NoCredibleMatch => "no_credible_match",
        };
        self.push_demand(demand, matched, verdict);
        let institutions = std::mem::take(&mut self.institutions);
        let pushed = match &matched.ranking {
            Ranking::Institutions(list) => list.iter().try_for_each(|entry| {
                let institution = institutions.get(&entry.institution);
                let (rank, score, parts) = (entry.rank, entry.score, &entry.parts);
                let ranked = Ranked { demand, matched, verdict, rank, institution, score, parts };
                let evidence = entry.evidence.iter().map(|each| Speaks {
                    achievement: &each.achievement,
                    score: each.score,
                    parts: &each.parts,
                    passages: &each.passages,
                    indicators: &each.indicators,
                });
                self.push_entry(&ranked, evidence)
            }),
            Ranking::Achievements(list) => list.iter().try_for_each(|entry| {
                let achievement = self.achievement(&entry.achievement)?;
                let institution = achievement.institution.as_deref().and_then(|id| institutions.get(id));
                let (rank, score, parts) = (entry.rank, entry.score, &entry.parts);
                let ranked = Ranked { demand, matched, verdict, rank, institution, score, parts };
                let (passages, indicators) = (&entry.passages, &entry.indicators);
                let own = Speaks { achievement: &entry.achievement, score, parts, passages, indicators };
                self.push_entry(&ranked, std::iter::once(own))
            }),
        };
        self.institutions = institutions;
        pushed
    }

    fn push_demand(&mut self, demand: &Demand, matched: &DemandMatch, verdict: &str) {
        let chain = demand.chain.as_deref().and_then(|id| self.catalogue.chain(id));
        let sub = demand.sub_industry.as_deref().and_then(|code| self.catalogue.sub_industry(code));
        let (inferred, home) = (matched.inferred.as_ref(), matched.home.as_ref());
        let kind = match demand.kind {
            duijie::DemandKind::Demand => "demand",
            duijie::DemandKind::Bottleneck => "bottleneck",
        };
        self.demands.push([
            demand.id.as_str().into(),
            demand.title.as_str().into(),
            kind.into(),
            demand.enterprise.as_deref().into(),
            demand.city.as_deref().into(),
            demand.chain.as_deref().into(),
            chain.map(|chain| chain.name.as_str()).into(),
            demand.sub_industry.as_deref().into(),
            sub.map(|(_, sub)| sub.name.as_str()).into(),
            verdict.into(),
            inferred.map(|inferred| inferred.sub_industry.as_str()).into(),
            inferred.map(|inferred| inferred.probability).into(),
            home.map(|home| home.province.as_str()).into(),
            home.and_then(|home| home.candidate.as_deref()).into(),
            matched.ranking.entries().len().into(),
            inferred.map(|inferred| inferred.name.as_str()).into(),
        ]);
    }

    /// A row of the ranking, with a row for each achievement that speaks for it, the best first.
    fn push_entry<'e>(
        &mut self,
        ranked: &Ranked<'_>,
        evidence: impl Iterator<Item = Speaks<'e>>,
    ) -> duijie::Result<()> {
        let demand = ranked.demand.id.as_str();
        let institution = ranked.institution.map(|institution| institution.id.as_str());
        let mut is_first = true;
        for Speaks { achievement: id, score, parts, passages, indicators } in evidence {
            let achievement = self.achievement(id)?;
            let indicators = indicators_text(indicators);
            if std::mem::take(&mut is_first) {
                self.push_ranked(ranked, Some(&achievement), passages.first(), &indicators);
            }
            self.evidence.push([
                demand.into(),
                ranked.rank.into(),
                institution.into(),
                id.into(),
                achievement.title.as_str().into(),
                achievement.maturity.into(),
                achievement.stage.as_deref().into(),
                score.into(),
                known(&indicators).into(),
            ]);
            self.evidence.parts(parts);
            for passage in passages {
                self.passages.push([
                    demand.into(),
                    ranked.rank.into(),
                    id.into(),
                    passage.field.into(),
                    passage.start.into(),
                    passage.text.as_str().into(),
                    Cell::Spans(&passage.matches),
                ]);
            }
        }
        if is_first {
            self.push_ranked(ranked, None, None, "");
        }
        Ok(())
    }

    fn push_ranked(
        &mut self,
        ranked: &Ranked<'_>,
        best: Option<&Achievement>,
        passage: Option<&Passage>,
        indicators: &str,
    ) {
        let (institution, inferred) = (ranked.institution, ranked.matched.inferred.as_ref());
        let kind = institution.and_then(|institution| institution.kind).map(|kind| match kind {
            InstitutionKind::University => "university",
            InstitutionKind::Institute => "institute",
        });
        self.entries.push([
            ranked.demand.id.as_str().into(),
            ranked.demand.title.as_str().into(),
            ranked.verdict.into(),
            ranked.rank.into(),
            institution.map(|institution| institution.id.as_str()).into(),
            institution.map(|institution| institution.name.as_str()).into(),
            kind.into(),
            institution.and_then(|institution| institution.province.as_deref()).into(),
            institution.and_then(|institution| institution.city.as_deref()).into(),
            best.map(|achievement| achievement.id.as_str()).into(),
            best.map(|achievement| achievement.title.as_str()).into(),
            best.and_then(|achievement| achievement.maturity).into(),
            best.and_then(|achievement| achievement.stage.as_deref()).into(),
            passage.map(|passage| passage.text.as_str()).into(),
            ranked.score.into(),
            inferred.map(|inferred| inferred.sub_industry.as_str()).into(),
            inferred.map(|inferred| inferred.probability).into(),
            known(indicators).into(),
        ]);
        self.entries.parts(ranked.parts);
    }

    /// The record behind an id; each is read from the index once.
    fn achievement(&mut self, id: &str) -> duijie::Result<Arc<Achievement>> {
        Ok(match self.achievements.entry(id.to_owned()) {
            Entry::Occupied(known) => known.get().clone(),
            Entry::Vacant(place) => place.insert(Arc::new(self.matcher.achievement(id)?)).clone(),
        })
    }

    pub(crate) fn finish(self) -> (Table, Table, Table, Table) {
        (self.demands.finish(), self.entries.finish(), self.evidence.finish(), self.passages.finish())
    }
}

/// A text, unless there is none.
fn known(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

/// `institution` or `achievement`.
pub(crate) fn unit(word: &str) -> PyResult<Unit> {
    match word {
        "institution" => Ok(Unit::Institution),
        "achievement" => Ok(Unit::Achievement),
        other => {
            Err(crate::error::Kind::Input.error(format!("unit should be institution or achievement, found {other:?}")))
        }
    }
}
