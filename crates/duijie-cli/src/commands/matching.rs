use crate::audience::AudienceOptions;
use crate::batch::Batch;
use crate::documents;
use crate::render::{MatchWriter, OutputFormat};
use anyhow::Result;
use duijie::Unit;
use std::io::IsTerminal;
use std::path::PathBuf;

/// Rank institutions or achievements for every demand
#[derive(clap::Args)]
pub(crate) struct Match {
    #[command(flatten)]
    batch: Batch,
    /// What is ranked
    #[arg(long, value_enum, default_value_t = UnitName::Institution)]
    unit: UnitName,
    /// How many for each demand at most
    #[arg(long, default_value_t = 10, value_parser = clap::builder::RangedU64ValueParser::<usize>::new().range(1..))]
    top: usize,
    /// [default: by the ending of --out, else jsonl]
    #[arg(long, value_enum)]
    format: Option<OutputFormat>,
    /// The file to write, - for standard output; left out on a terminal, a table is shown
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    audience: AudienceOptions,
}

#[derive(Clone, Copy, clap::ValueEnum)]
pub(crate) enum UnitName {
    Institution,
    Achievement,
}

impl Match {
    pub(crate) fn run(self) -> Result<()> {
        let format = match (self.format, &self.out) {
            (Some(format), _) => format,
            (None, Some(path)) => OutputFormat::of(path)?,
            (None, None) if std::io::stdout().is_terminal() => OutputFormat::Table,
            (None, None) => OutputFormat::Jsonl,
        };
        let document = match format {
            OutputFormat::Xlsx => Some(documents::MatchDocument::new(format, self.out.as_deref())?),
            _ if self.audience.is_given() => Some(documents::MatchDocument::new(format, self.out.as_deref())?),
            _ => None,
        };
        let unit = match self.unit {
            UnitName::Institution => Unit::Institution,
            UnitName::Achievement => Unit::Achievement,
        };
        let prepared = self.batch.prepare(self.out.as_deref(), unit, self.top)?;
        if let Some(document) = document {
            return document.write(&prepared, &self.audience);
        }
        let profile = &prepared.options.profile.name;
        let mut writer = MatchWriter::new(format, self.out.as_deref(), &prepared.matcher, profile)?;
        prepared.run(|demand, matched| writer.write(demand, &matched))?;
        writer.finish()
    }
}
