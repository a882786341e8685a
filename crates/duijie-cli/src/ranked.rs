//! An index, demands, and the ranking of every institution for each: what commands on events begin with.

use crate::input::{Leniency, LexiconOptions, RankingOptions, not_among, read_demands};
use crate::progress;
use anyhow::Result;
use duijie::{
    Achievement, BatchOptions, Catalogue, Demand, DemandMatch, DemandVectors, Institutions, MatchOptions, Matcher,
    RankProfile,
};
use duijie_event::Survey;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What is read and how it is ranked.
#[derive(clap::Args)]
pub(crate) struct RankedInput {
    /// The folder of the index
    #[arg(long, value_name = "DIR")]
    index: PathBuf,
    /// Files of demands: .jsonl, .csv, and official tables (.xlsx, .xls, .ods, .docx, .html), also folders and
    /// patterns; - is standard input (JSONL)
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    demands: Vec<PathBuf>,
    /// Threads, at most 256 [default: all cores]
    #[arg(long, default_value_t = 0, hide_default_value = true,
          value_parser = clap::builder::RangedU64ValueParser::<usize>::new().range(0..=256))]
    threads: usize,
    #[command(flatten)]
    ranking: RankingOptions,
    #[command(flatten)]
    lexicon: LexiconOptions,
    #[command(flatten)]
    leniency: Leniency,
}

/// What was read; demands may be added and taken away before they are ranked.
pub(crate) struct Opened {
    matcher: Matcher,
    pub(crate) catalogue: Catalogue,
    pub(crate) institutions: Institutions,
    pub(crate) demands: Vec<Demand>,
    profile: Arc<RankProfile>,
    vectors: Option<Arc<DemandVectors>>,
    threads: usize,
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
        let matcher = Matcher::open_with(&self.index, self.lexicon.lexicon()?)?;
        let catalogue = matcher.catalogue();
        for path in written {
            not_among(path, self.demands.iter().map(PathBuf::as_path))?;
        }
        let rejects = self.leniency.rejects(&[&self.demands], written.first().copied())?;
        let demands = read_demands(&self.demands, &catalogue, &self.leniency, rejects)?;
        let vectors = self.ranking.vectors(&demands, &matcher)?;
        let (institutions, profile) = (matcher.institutions(), self.ranking.profile()?);
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
        let bar = progress::bar(demands.len(), "matching");
        let batch = BatchOptions {
            threads,
            progress: Some(&|done| bar.set_position(done as u64)),
            cancel: Some(progress::cancel_on_interrupt()?),
        };
        let mut matches = Vec::with_capacity(demands.len());
        let outcome = matcher.match_batch(&demands, &options, &batch, |matched| {
            matches.push(matched);
            Ok(())
        });
        bar.finish_and_clear();
        outcome?;
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
        }
    }
}
