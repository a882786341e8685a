use crate::input::{FilterOptions, Leniency, LexiconOptions, RankingOptions, read_demands};
use crate::render::{explanation_text, print};
use anyhow::{Context, Result};
use duijie::{MatchOptions, Matcher};
use std::path::PathBuf;

/// Say why an achievement or institution ranks where it does for a demand, chosen or not
#[derive(clap::Args)]
pub(crate) struct Explain {
    /// The folder of the index
    #[arg(long, value_name = "DIR")]
    index: PathBuf,
    /// Files of demands: .jsonl, .csv, and official tables, also folders and patterns
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    demands: Vec<PathBuf>,
    /// Id of the demand
    #[arg(long, value_name = "ID")]
    demand: String,
    /// Id of the achievement or institution
    #[arg(long, value_name = "ID")]
    with: String,
    /// Chinese text for people, or JSON
    #[arg(long, value_enum, default_value_t = ExplanationFormat::Text)]
    format: ExplanationFormat,
    #[command(flatten)]
    filter: FilterOptions,
    #[command(flatten)]
    ranking: RankingOptions,
    #[command(flatten)]
    lexicon: LexiconOptions,
    #[command(flatten)]
    leniency: Leniency,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum ExplanationFormat {
    Text,
    Json,
}

impl Explain {
    pub(crate) fn run(self) -> Result<()> {
        let matcher = Matcher::open_with(&self.index, self.lexicon.lexicon()?)?;
        let catalogue = matcher.catalogue();
        let rejects = self.leniency.rejects(&[&self.demands], None)?;
        let demands = read_demands(&self.demands, &catalogue, &self.leniency, rejects)?;
        let demand = demands.iter().find(|demand| demand.id == self.demand);
        let demand = demand.with_context(|| format!("there is no demand {:?} in the files given", self.demand))?;
        let options = MatchOptions {
            filter: self.filter.filter(&catalogue)?,
            profile: self.ranking.profile()?,
            vectors: self.ranking.vectors(&demands, &matcher)?,
            ..MatchOptions::default()
        };
        let explanation = matcher.explain(demand, &self.with, &options)?;
        match self.format {
            ExplanationFormat::Text => print(explanation_text(&explanation, &matcher)),
            ExplanationFormat::Json => print(serde_json::to_string_pretty(&explanation)?),
        }
    }
}
