use crate::audience::AudienceOptions;
use crate::input::{Intakes, Leniency, write_aside};
use anyhow::{Context, Result};
use duijie::{Catalogue, Institutions};
use duijie_tables::{Audience, Records, write_lists};
use std::path::PathBuf;

/// Write the three published lists, each as .xlsx and .docx, and one web page of all three
///
/// For 公开, if no --audience is named.
#[derive(clap::Args)]
pub(crate) struct Lists {
    /// Files of demands and 卡脖子 listings: .jsonl, .csv, and official tables (.xlsx, .xls, .ods, .docx, .html), also
    /// folders and patterns
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    demands: Vec<PathBuf>,
    /// Files of achievements, likewise
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    achievements: Vec<PathBuf>,
    /// Files of institutions
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    institutions: Vec<PathBuf>,
    /// The folder to write into
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Another catalogue than the built-in Annex 1
    #[arg(long, value_name = "FILE")]
    catalogue: Option<PathBuf>,
    #[command(flatten)]
    audience: AudienceOptions,
    #[command(flatten)]
    leniency: Leniency,
}

impl Lists {
    pub(crate) fn run(self) -> Result<()> {
        let (audience, disclosures) = self.audience.settle(Audience::Public)?;
        let catalogue = match &self.catalogue {
            Some(path) => Catalogue::load(path)?,
            None => Catalogue::default(),
        };
        let rejects = self.leniency.rejects(&[&self.demands, &self.achievements, &self.institutions], None)?;
        let mut intakes = Intakes::new(&self.leniency, &catalogue);
        let institutions = Institutions::new(intakes.institutions(&self.institutions)?)?;
        let achievements = intakes.achievements(&self.achievements, &institutions)?;
        let demands = intakes.demands(&self.demands)?;
        write_aside(&intakes.aside, rejects)?;
        let records = Records {
            catalogue: &catalogue,
            institutions: &institutions,
            demands: &demands,
            achievements: &achievements,
        };
        std::fs::create_dir_all(&self.out).with_context(|| format!("cannot make the folder {}", self.out.display()))?;
        for path in write_lists(&self.out, &records, audience, &disclosures)? {
            eprintln!("{}", path.display());
        }
        Ok(())
    }
}
