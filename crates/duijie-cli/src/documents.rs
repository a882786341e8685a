//! Rankings as documents for an audience.

use crate::audience::AudienceOptions;
use crate::batch::Prepared;
use crate::render::OutputFormat;
use anyhow::{Context, Result, bail};
use duijie_tables::{Audience, Holdings, write_matches_csv, write_matches_jsonl, write_matches_xlsx};
use std::path::{Path, PathBuf};

/// 匹配结果 in a format that an audience can be given.
pub(crate) struct MatchDocument {
    format: OutputFormat,
    path: PathBuf,
}

impl MatchDocument {
    pub(crate) fn new(format: OutputFormat, path: Option<&Path>) -> Result<Self> {
        if !matches!(format, OutputFormat::Xlsx | OutputFormat::Csv | OutputFormat::Jsonl) {
            bail!("what an audience may see can be written as xlsx, csv or jsonl");
        }
        let path = path.filter(|path| *path != Path::new("-")).context("give the document a file with --out")?;
        Ok(Self { format, path: path.to_owned() })
    }

    /// Ranks the batch and writes the document; for 工作人员, if the options name no audience.
    pub(crate) fn write(self, prepared: &Prepared, audience: &AudienceOptions) -> Result<()> {
        let (audience, disclosures) = audience.settle(Audience::Staff)?;
        let matches = prepared.matches()?;
        let holdings = Holdings::of(&matches, &prepared.matcher)?;
        let records = holdings.records(&prepared.demands);
        let write = match self.format {
            OutputFormat::Csv => write_matches_csv,
            OutputFormat::Jsonl => write_matches_jsonl,
            _ => write_matches_xlsx,
        };
        Ok(write(&self.path, &matches, &records, audience, &disclosures)?)
    }
}
