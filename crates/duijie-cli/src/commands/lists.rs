use crate::audience::AudienceOptions;
use crate::record_files::RecordFiles;
use anyhow::{Context, Result};
use duijie_tables::{Audience, write_lists};
use std::path::PathBuf;

/// Write the three published lists, each as .xlsx and .docx, and one web page of all three
///
/// For 公开, if no --audience is named.
#[derive(clap::Args)]
pub(crate) struct Lists {
    #[command(flatten)]
    files: RecordFiles,
    /// The folder to write into
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    #[command(flatten)]
    audience: AudienceOptions,
}

impl Lists {
    pub(crate) fn run(self) -> Result<()> {
        let (audience, disclosures) = self.audience.settle(Audience::Public)?;
        let read = self.files.read(None)?;
        std::fs::create_dir_all(&self.out).with_context(|| format!("cannot make the folder {}", self.out.display()))?;
        for path in write_lists(&self.out, &read.records(), audience, &disclosures)? {
            eprintln!("{}", path.display());
        }
        Ok(())
    }
}
