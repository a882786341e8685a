//! An index, demands, and the ranking of every institution for each: what commands on events begin with.

use crate::asked::{Asked, Question, Threads};
use anyhow::Result;
use duijie::{
    Achievement, Catalogue, Demand, DemandMatch, DemandVectors, Institutions, MatchOptions, Matcher, RankProfile,
};
use duijie_event::Survey;
use std::path::Path;
use std::sync::Arc;

/// What is read and how it is ranked.
#[derive(clap::Args)]
pub(crate) struct RankedInput {
    #[command(flatten)]
    question: Question,
    #[command(flatten)]
    threads: Threads,
}

/// What was read; demands may be added and taken away before they are ranked.
pub(crate) struct Opened {
    matcher: Matcher,
    pub(crate) catalogue: Catalogue,
    pub(crate) institutions: Institutions,
    pub(crate) demands: Vec<Demand>,
    profile: Arc<RankProfile>,
    vectors: Option<Arc<DemandVectors>>,
    threads: Threads,
}

/// The demands with their rankings.
pub(crate) struct Ranked {
    matcher: Matcher,
    pub(crate) catalogue: Catalogue,
    pub(crate) institutions: Institutions,
    pub(crate) demands: Vec<Demand>,
    pub(crate) matches: Vec<DemandMatch>,
    profile: Arc<RankProfile>,
}

impl RankedInput {
    /// Reads index and demands; `written` are the files that the command will write.
    pub(crate) fn open(&self, written: &[&Path]) -> Result<Opened> {
        let Asked { matcher, catalogue, demands, profile, vectors } = self.question.read(written)?;
        let institutions = matcher.institutions();
        Ok(Opened { matcher, catalogue, institutions, demands, profile, vectors, threads: self.threads })
    }
}

impl Opened {
    /// Keeps the demands of a chain (id) only; `None` keeps all.
    pub(crate) fn keep_chain(&mut self, chain: Option<&str>) {
        if let Some(chain) = chain {
            self.demands.retain(|demand| demand.chain.as_deref() == Some(chain));
        }
    }

    /// Ranks all institutions for every demand.
    pub(crate) fn rank(self) -> Result<Ranked> {
        let Self { matcher, catalogue, institutions, demands, profile, vectors, threads } = self;
        let options = MatchOptions {
            top: institutions.len().max(1),
            profile: profile.clone(),
            vectors,
            ..MatchOptions::default()
        };
        let mut matches = Vec::with_capacity(demands.len());
        threads.rank(&matcher, &demands, &options, |_, matched| {
            matches.push(matched);
            Ok(())
        })?;
        Ok(Ranked { matcher, catalogue, institutions, demands, matches, profile })
    }
}

/// Whose gaps are looked at.
#[derive(clap::Args)]
pub(crate) struct SurveyOptions {
    #[command(flatten)]
    input: RankedInput,
    /// The own province
    #[arg(long, default_value = "山东")]
    province: String,
    /// Only demands and achievements of this chain (id or name)
    #[arg(long, value_name = "CHAIN")]
    chain: Option<String>,
}

/// Demands with their rankings, and the achievements they are looked at with.
pub(crate) struct Surveyed {
    pub(crate) ranked: Ranked,
    achievements: Vec<Achievement>,
    province: String,
}

impl SurveyOptions {
    pub(crate) fn read(&self, written: &[&Path]) -> Result<Surveyed> {
        let mut opened = self.input.open(written)?;
        let mut chain = self.chain.clone();
        opened.catalogue.settle(&mut chain, &mut None)?;
        opened.keep_chain(chain.as_deref());
        let ranked = opened.rank()?;
        let mut achievements = ranked.matcher.achievements()?;
        if chain.is_some() {
            achievements.retain(|achievement| achievement.chain == chain);
        }
        Ok(Surveyed { ranked, achievements, province: self.province.clone() })
    }
}

impl Surveyed {
    pub(crate) fn survey(&self) -> Survey<'_> {
        Survey {
            catalogue: &self.ranked.catalogue,
            demands: &self.ranked.demands,
            matches: &self.ranked.matches,
            achievements: &self.achievements,
            institutions: &self.ranked.institutions,
            province: &self.province,
            profile: &self.ranked.profile,
            lexicon: self.ranked.matcher.lexicon(),
        }
    }
}
