//! An index and the demands that are asked of it: what every command begins with that ranks.

use crate::input::{Leniency, LexiconOptions, RankingOptions, not_among, read_demands};
use crate::progress;
use anyhow::Result;
use duijie::{BatchOptions, Catalogue, Demand, DemandMatch, DemandVectors, Error, MatchOptions, Matcher, RankProfile};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Which demands are asked, of which index, and how they are read and weighed.
#[derive(clap::Args)]
pub(crate) struct Question {
    /// The folder of the index
    #[arg(long, value_name = "DIR")]
    index: PathBuf,
    /// Files of demands: .jsonl, .csv, and official tables (.xlsx, .xls, .ods, .docx, .html), also folders and
    /// patterns; - is standard input (JSONL)
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    demands: Vec<PathBuf>,
    #[command(flatten)]
    ranking: RankingOptions,
    #[command(flatten)]
    lexicon: LexiconOptions,
    #[command(flatten)]
    leniency: Leniency,
}

/// A question that has been read; demands may be added and taken away before they are ranked.
pub(crate) struct Asked {
    pub(crate) matcher: Matcher,
    pub(crate) catalogue: Catalogue,
    pub(crate) demands: Vec<Demand>,
    pub(crate) profile: Arc<RankProfile>,
    pub(crate) vectors: Option<Arc<DemandVectors>>,
}

impl Question {
    /// Opens the index and reads the demands; `written` are the files that the command will write.
    pub(crate) fn read(&self, written: &[&Path]) -> Result<Asked> {
        let profile = self.ranking.profile()?;
        let matcher = Matcher::open_with(&self.index, self.lexicon.lexicon()?)?;
        let catalogue = matcher.catalogue();
        for path in written {
            not_among(path, self.demands.iter().map(PathBuf::as_path))?;
        }
        let rejects = self.leniency.rejects(&[&self.demands], written.first().copied())?;
        let demands = read_demands(&self.demands, &catalogue, &self.leniency, rejects)?;
        let vectors = self.ranking.vectors(&demands, &matcher)?;
        Ok(Asked { matcher, catalogue, demands, profile, vectors })
    }
}

/// How many threads rank.
#[derive(clap::Args, Clone, Copy)]
pub(crate) struct Threads {
    /// Threads, at most 256 [default: all cores]
    #[arg(long, default_value_t = 0, hide_default_value = true,
          value_parser = clap::builder::RangedU64ValueParser::<usize>::new().range(0..=256))]
    threads: usize,
}

impl Threads {
    /// Ranks every demand, with a progress bar; `each` is given the rankings in the order of the demands.
    pub(crate) fn rank(
        self,
        matcher: &Matcher,
        demands: &[Demand],
        options: &MatchOptions,
        mut each: impl FnMut(&Demand, DemandMatch) -> Result<()>,
    ) -> Result<()> {
        let bar = progress::bar(demands.len(), "matching");
        let batch = BatchOptions {
            threads: self.threads,
            progress: Some(&|done| bar.set_position(done as u64)),
            cancel: Some(progress::cancel_on_interrupt()?),
        };
        let mut failed = None;
        let mut remaining = demands.iter();
        let outcome = matcher.match_batch(demands, options, &batch, |matched| {
            let demand = remaining.next().filter(|demand| demand.id == matched.demand);
            let demand = demand.unwrap_or_else(|| unreachable!("results come in the order of the demands"));
            each(demand, matched).map_err(|error| {
                failed = Some(error);
                Error::Cancelled
            })
        });
        bar.finish_and_clear();
        match failed {
            Some(error) => Err(error),
            None => Ok(outcome?),
        }
    }
}
