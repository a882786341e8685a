use crate::asked::{Asked, Question};
use crate::input::FilterOptions;
use crate::render::{explanation_text, print};
use anyhow::{Context, Result};
use duijie::MatchOptions;

/// Say why an achievement or institution ranks where it does for a demand, chosen or not
#[derive(clap::Args)]
pub(crate) struct Explain {
    #[command(flatten)]
    question: Question,
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
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum ExplanationFormat {
    Text,
    Json,
}

impl Explain {
    pub(crate) fn run(self) -> Result<()> {
        let Asked { matcher, catalogue, demands, profile, vectors } = self.question.read(&[])?;
        let demand = demands.iter().find(|demand| demand.id == self.demand);
        let demand = demand.with_context(|| format!("there is no demand {:?} in the files given", self.demand))?;
        let options =
            MatchOptions { filter: self.filter.filter(&catalogue)?, profile, vectors, ..MatchOptions::default() };
        let explanation = matcher.explain(demand, &self.with, &options)?;
        match self.format {
            ExplanationFormat::Text => print(explanation_text(&explanation, &matcher)),
            ExplanationFormat::Json => print(serde_json::to_string_pretty(&explanation)?),
        }
    }
}
