use crate::input::{Intakes, Leniency, LexiconOptions, write_aside};
use crate::progress;
use anyhow::Result;
use duijie::{Achievement, Catalogue, IndexBuilder, Vectors};
use duijie_encoder::VectorFile;
use std::path::PathBuf;
use std::sync::atomic::Ordering;

/// Build an index of achievements
///
/// An index that is there already is replaced in one step when the new one is complete; until then, and
/// if the building is interrupted, it stays as it was. With --add it is added to instead.
#[derive(clap::Args)]
pub(crate) struct Index {
    /// Files of achievements: .jsonl, .csv, and official tables (.xlsx, .xls, .ods, .docx, .html), also folders and
    /// patterns; - is standard input (JSONL)
    #[arg(long, required_unless_present = "delete", num_args = 1.., value_name = "FILE")]
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
        let rejects = self.leniency.rejects(&[&self.achievements, &self.institutions], None)?;
        let given = match &self.catalogue {
            Some(path) => Catalogue::load(path)?,
            None => Catalogue::default(),
        };
        let lexicon = self.lexicon.lexicon_for(&given)?;
        let create = |catalogue| IndexBuilder::create_in_dir_with(&self.out, catalogue, lexicon.clone());
        // A new folder is not made before everything has been read; one that is there is taken hold of at once.
        let there = match (self.add, self.out.join("meta.json").exists()) {
            (true, _) => Some(IndexBuilder::open_with(&self.out, lexicon.clone())?),
            (false, true) => Some(create(given.clone())?),
            (false, false) => None,
        };
        let catalogue = there.as_ref().map_or(given, |builder| builder.catalogue().clone());
        let mut intakes = Intakes::new(&self.leniency, &catalogue);
        let known = there.as_ref().map(|builder| builder.institutions().clone()).unwrap_or_default();
        let institutions = if self.institutions.is_empty() {
            known
        } else {
            known.updated(intakes.institutions(&self.institutions)?)?
        };
        let achievements = intakes.achievements(&self.achievements, &institutions)?;
        write_aside(&intakes.aside, rejects)?;

        let mut builder = match there {
            Some(builder) => builder,
            None => create(catalogue.clone())?,
        };
        if !self.institutions.is_empty() {
            builder.set_institutions(institutions)?;
        }
        for id in &self.delete {
            if !builder.has(id)? {
                eprintln!("there is no achievement {id:?} to delete");
            }
            builder.delete(id);
        }
        let count = achievements.len();
        let vectors = self.vectors(&achievements, &mut builder)?;
        let cancel = progress::cancel_on_interrupt()?;
        let bar = progress::bar(count, "indexing");
        let mut records = achievements.into_iter();
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
        eprintln!("{count} achievements indexed in {}", self.out.display());
        Ok(())
    }

    fn vectors(&self, achievements: &[Achievement], builder: &mut IndexBuilder) -> Result<Option<Vectors>> {
        let Some(path) = &self.achievement_vectors else { return Ok(None) };
        let ids: Vec<&str> = achievements.iter().map(|achievement| achievement.id.as_str()).collect();
        let file = VectorFile::read(path)?;
        if let Some(encoder) = file.encoder() {
            builder.set_encoder(encoder)?;
        }
        Ok(Some(file.for_records(&ids)?))
    }
}
