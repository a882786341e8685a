use crate::input::{Leniency, LexiconOptions};
use crate::progress;
use anyhow::Result;
use duijie::{Achievement, Catalogue, IndexBuilder, RecordReader, Vectors};
use duijie_encoder::VectorFile;
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
    /// An encoder's vectors of the achievements (.npy, float32, one row an achievement, in their order or that
    /// of the ids in the .ids file beside it)
    #[arg(long, value_name = "FILE")]
    achievement_vectors: Option<PathBuf>,
    /// Delete the achievements with these ids (with --add)
    #[arg(long, value_name = "ID", num_args = 1.., requires = "add")]
    delete: Vec<String>,
    #[command(flatten)]
    lexicon: LexiconOptions,
    #[command(flatten)]
    leniency: Leniency,
}

/// Achievements that are read and added together, on all cores, between two looks at the interrupt.
const CHUNK: usize = 256;

impl Index {
    pub(crate) fn run(self) -> Result<()> {
        let mut builder = if self.add {
            IndexBuilder::open_with(&self.out, self.lexicon.lexicon()?)?
        } else {
            let catalogue = match &self.catalogue {
                Some(path) => Catalogue::load(path)?,
                None => Catalogue::default(),
            };
            IndexBuilder::create_in_dir_with(&self.out, catalogue, self.lexicon.lexicon()?)?
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
        let count = intake.records.len();
        let vectors = self.vectors(&intake.records)?;
        let cancel = progress::cancel_on_interrupt()?;
        let bar = progress::bar(count, "indexing");
        let mut records = intake.records.into_iter();
        for start in (0..count).step_by(CHUNK) {
            if cancel.load(Ordering::Relaxed) {
                anyhow::bail!(duijie::Error::Cancelled);
            }
            let chunk: Vec<Achievement> = records.by_ref().take(CHUNK).collect();
            let end = start + chunk.len();
            match &vectors {
                Some(vectors) => {
                    let rows: Vec<usize> = (start..end).collect();
                    builder.add_all_encoded(chunk, &vectors.select(&rows))?;
                }
                None => builder.add_all(chunk)?,
            }
            bar.set_position(end as u64);
        }
        builder.commit()?;
        bar.finish_and_clear();
        self.leniency.write(&rejects)?;
        eprintln!("{count} achievements indexed in {}", self.out.display());
        Ok(())
    }

    fn vectors(&self, achievements: &[Achievement]) -> Result<Option<Vectors>> {
        let Some(path) = &self.achievement_vectors else { return Ok(None) };
        let ids: Vec<&str> = achievements.iter().map(|achievement| achievement.id.as_str()).collect();
        Ok(Some(VectorFile::read(path)?.for_records(&ids)?))
    }
}
