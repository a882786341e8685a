use crate::input::Leniency;
use crate::progress;
use anyhow::Result;
use duijie::{Catalogue, IndexBuilder, RecordReader};
use std::path::PathBuf;
use std::sync::atomic::Ordering;

/// Build an index of achievements
///
/// An index that is there already is replaced in one step when the new one is complete; until then, and
/// if the building is interrupted, it stays as it was. With --add it is added to instead.
#[derive(clap::Args)]
pub(crate) struct Index {
    /// Files of achievements: .jsonl, or .csv in UTF-8 or GB18030; - is standard input (JSONL)
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    achievements: Vec<PathBuf>,
    /// Files of institutions; with --add they are added to those of the index, in place of those with the same id
    #[arg(long, num_args = 1.., value_name = "FILE", required_unless_present = "add")]
    institutions: Vec<PathBuf>,
    /// The folder of the index
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Another catalogue than the built-in Annex 1
    #[arg(long, value_name = "FILE", conflicts_with = "add")]
    catalogue: Option<PathBuf>,
    /// Add to the index that is there; an achievement whose id it has is replaced
    #[arg(long)]
    add: bool,
    /// Delete the achievements with these ids (with --add)
    #[arg(long, value_name = "ID", num_args = 1.., requires = "add")]
    delete: Vec<String>,
    #[command(flatten)]
    leniency: Leniency,
}

impl Index {
    pub(crate) fn run(self) -> Result<()> {
        let mut builder = if self.add {
            IndexBuilder::open(&self.out)?
        } else {
            let catalogue = match &self.catalogue {
                Some(path) => Catalogue::load(path)?,
                None => Catalogue::default(),
            };
            IndexBuilder::create_in_dir(&self.out, catalogue)?
        };
        let catalogue = builder.catalogue().clone();
        let reader = RecordReader::new(&catalogue, self.leniency.strictness());
        let mut rejects = Vec::new();
        if !self.institutions.is_empty() {
            let intake = reader.institutions(&self.institutions)?;
            self.leniency.report("institutions", &intake, &mut rejects);
            // A new index has none yet.
            let institutions = builder.institutions().updated(intake.records)?;
            builder.set_institutions(institutions)?;
        }
        let intake = reader.achievements(&self.achievements, builder.institutions())?;
        self.leniency.report("achievements", &intake, &mut rejects);
        for id in &self.delete {
            builder.delete(id);
        }
        let cancel = progress::cancel_on_interrupt()?;
        let bar = progress::bar(intake.records.len(), "indexing");
        let count = intake.records.len();
        for achievement in intake.records {
            if cancel.load(Ordering::Relaxed) {
                anyhow::bail!(duijie::Error::Cancelled);
            }
            builder.add(achievement)?;
            bar.inc(1);
        }
        builder.commit()?;
        bar.finish_and_clear();
        self.leniency.write(&rejects)?;
        eprintln!("{count} achievements indexed in {}", self.out.display());
        Ok(())
    }
}
