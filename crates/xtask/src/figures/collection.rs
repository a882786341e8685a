//! The test collection, and rankings of it.

use crate::workspace::collection;
use anyhow::Result;
use duijie::{
    Achievement, BatchOptions, Catalogue, ConceptSpace, Demand, DemandMatch, DemandVectors, IndexBuilder, Institution,
    Institutions, Lexicon, MatchOptions, Matcher, RankProfile, RecordReader, Strictness,
};
use duijie_encoder::VectorFile;
use duijie_eval::{Qrels, Run, institution_qrels};
use duijie_text::{Analyzer, TermBase};
use std::collections::HashMap;
use std::sync::Arc;

/// Longer than any list of judged achievements reaches down.
const DEPTH: usize = 1000;

pub(super) struct Collection {
    pub(super) demands: Vec<Demand>,
    pub(super) achievements: Vec<Achievement>,
    institutions: Vec<Institution>,
    pub(super) qrels: Qrels,
    /// The grade of an institution is the highest among its achievements.
    pub(super) institution_qrels: Qrels,
}

/// Whether demands keep their chain and sub-industry.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Kept,
    Blanked,
}

/// What a ranking may use beside the words.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Knowledge {
    /// Nothing.
    Words,
    /// The term base.
    Terms,
    /// The term base and an encoder's vectors.
    Vectors,
}

impl Collection {
    pub(super) fn read() -> Result<Self> {
        let catalogue = Catalogue::default();
        let reader = RecordReader::new(&catalogue, Strictness::Strict);
        let institutions = reader.institutions(&[collection("institutions.jsonl")])?.records;
        let known = Institutions::new(institutions.clone())?;
        let achievements = reader.achievements(&[collection("achievements.jsonl")], &known)?.records;
        let demands = reader.demands(&[collection("demands.jsonl")])?.records;
        let owner = |achievement: &Achievement| Some((achievement.id.clone(), achievement.institution.clone()?));
        let owners: HashMap<String, String> = achievements.iter().filter_map(owner).collect();
        let qrels = Qrels::from_path(collection("qrels.txt"))?;
        let institution_qrels = institution_qrels(&qrels, |id| owners.get(id).map(String::as_str))?;
        Ok(Self { demands, achievements, institutions, qrels, institution_qrels })
    }

    pub(super) fn matcher(&self, knowledge: Knowledge) -> Result<Matcher> {
        let lexicon = match knowledge {
            Knowledge::Words => Lexicon::new(Analyzer::standard(), ConceptSpace::new(Arc::new(TermBase::default()))),
            _ => Lexicon::standard(),
        };
        let mut builder = IndexBuilder::create_in_ram_with(Catalogue::default(), lexicon)?;
        builder.set_institutions(Institutions::new(self.institutions.clone())?)?;
        let achievements = self.achievements.clone();
        if knowledge == Knowledge::Vectors {
            let ids: Vec<&str> = self.achievements.iter().map(|achievement| achievement.id.as_str()).collect();
            let vectors = VectorFile::read(&collection("vectors/achievements.npy"))?.for_records(&ids)?;
            builder.add_all_encoded(achievements, &vectors)?;
        } else {
            builder.add_all(achievements)?;
        }
        builder.commit()?;
        Ok(builder.matcher()?)
    }

    /// Options of the built-in profile that goes with `knowledge`.
    pub(super) fn options(&self, knowledge: Knowledge) -> Result<MatchOptions> {
        let (profile, vectors) = match knowledge {
            Knowledge::Vectors => {
                let ids: Vec<&str> = self.demands.iter().map(|demand| demand.id.as_str()).collect();
                let vectors = VectorFile::read(&collection("vectors/demands.npy"))?.for_records(&ids)?;
                let vectors = DemandVectors::new(ids.iter().copied(), vectors)?;
                (RankProfile::built_in("with-vectors"), Some(Arc::new(vectors)))
            }
            _ => (None, None),
        };
        let profile = Arc::new(profile.unwrap_or_default());
        Ok(MatchOptions { top: DEPTH, profile, vectors, ..MatchOptions::default() })
    }

    /// The ranking of every demand.
    pub(super) fn rank(&self, matcher: &Matcher, options: &MatchOptions, place: Place) -> Result<Vec<DemandMatch>> {
        let demands: Vec<Demand> = self.demands.iter().map(|demand| placed(demand, place)).collect();
        let mut rankings = Vec::with_capacity(demands.len());
        matcher.match_batch(&demands, options, &BatchOptions::default(), |matched| {
            rankings.push(matched);
            Ok(())
        })?;
        Ok(rankings)
    }
}

/// The demand, without chain and sub-industry if `place` asks so.
pub(super) fn placed(demand: &Demand, place: Place) -> Demand {
    let mut demand = demand.clone();
    if place == Place::Blanked {
        (demand.chain, demand.sub_industry) = (None, None);
    }
    demand
}

pub(super) fn run_of(rankings: &[DemandMatch]) -> Result<Run> {
    let mut run = Run::new("figures")?;
    for matched in rankings {
        run.push_ranking(&matched.demand, matched.ranking.entries())?;
    }
    Ok(run)
}
