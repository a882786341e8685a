use super::folder::{IndexFolder, is_occupied};
use super::format::{Payload, write_error};
use super::schema::{Fields, RecordKind};
use super::serial::Serials;
use super::snapshot::{Records, open_index, ram_path};
use super::stop::{Stop, register};
use super::writer::Writer;
use crate::concepts::Lexicon;
use crate::{Catalogue, Error, Institutions, Result};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use tantivy::directory::{Directory, MmapDirectory, RamDirectory};
use tantivy::query::AllQuery;
use tantivy::tokenizer::TokenizerManager;
use tantivy::{Index, TantivyError};

/// Memory for documents not yet written, over all threads, in bytes.
const WRITER_MEMORY: usize = 256 << 20;

/// Writes an index: achievements, the institutions that hold them, and the catalogue.
///
/// Nothing is visible to readers, and nothing on disk counts, before [`IndexBuilder::commit`];
/// a builder that is dropped, or whose process dies, leaves the index as its last commit left it. One that is
/// dropped takes away what it has written since, too.
/// One builder at a time may hold an index; a second gets [`Error::IndexLocked`]. Dropping it waits until what it
/// committed is merged, and the folder changes no more.
///
/// ```
/// use duijie::{Achievement, Catalogue, IndexBuilder, Matcher};
///
/// let mut builder = IndexBuilder::create_in_ram(Catalogue::default())?;
/// builder.add(Achievement { id: "A1".into(), title: "低氢焊接工艺".into(), ..Default::default() })?;
/// builder.commit()?;
/// assert_eq!(builder.matcher()?.len(), 1);
/// # Ok::<(), duijie::Error>(())
/// ```
pub struct IndexBuilder {
    pub(super) path: PathBuf,
    pub(super) index: Index,
    pub(super) writer: Writer,
    pub(super) fields: Fields,
    pub(super) lexicon: Lexicon,
    pub(super) catalogue: Catalogue,
    pub(super) institutions: Institutions,
    pub(super) serials: Serials,
    /// Width of the vectors given so far.
    pub(super) vector_width: Option<usize>,
    /// Fingerprint of the encoder that made them, if it is known.
    encoder: Option<String>,
    pub(super) stop: Stop,
    /// Whether anything was asked for since the last commit.
    pub(super) has_uncommitted: bool,
    /// Whether the folder was made for this builder.
    pub(super) made_folder: bool,
}

impl IndexBuilder {
    /// Begins an index in a new or empty folder, or one that replaces the index there: at the
    /// commit all its earlier records are gone, until then they stay.
    ///
    /// # Errors
    ///
    /// [`Error::NotAnIndex`] if the folder holds something else, [`Error::IndexLocked`] if another
    /// builder holds it, [`Error::Write`] if it cannot be written.
    pub fn create_in_dir(path: &Path, catalogue: Catalogue) -> Result<Self> {
        Self::create_in_dir_with(path, catalogue, Lexicon::standard())
    }

    /// [`IndexBuilder::create_in_dir`] with another lexicon; its readers must give the same.
    ///
    /// # Errors
    ///
    /// As [`IndexBuilder::create_in_dir`], and [`Error::TermFileName`] if it has terms of a sub-industry that is
    /// not in the catalogue.
    pub fn create_in_dir_with(path: &Path, catalogue: Catalogue, lexicon: Lexicon) -> Result<Self> {
        let exists = path.join("meta.json").exists();
        if !exists && is_occupied(path)? {
            return Err(Error::NotAnIndex { path: path.to_owned() });
        }
        let made_folder = !path.exists();
        std::fs::create_dir_all(path)
            .map_err(|source| Error::Write { path: path.to_owned(), source: Arc::new(source) })?;
        let directory = MmapDirectory::open(path).map_err(|error| write_error(path, error.into()))?;
        let mut builder = Self::create(path.to_owned(), directory, catalogue, lexicon)?;
        builder.made_folder = made_folder;
        Ok(builder)
    }

    /// Begins an index in memory, for small jobs.
    ///
    /// # Errors
    ///
    /// [`Error::IndexWrite`] if the machine cannot start the writer's threads.
    pub fn create_in_ram(catalogue: Catalogue) -> Result<Self> {
        Self::create_in_ram_with(catalogue, Lexicon::standard())
    }

    /// [`IndexBuilder::create_in_ram`] with another lexicon.
    ///
    /// # Errors
    ///
    /// As [`IndexBuilder::create_in_ram`], and [`Error::TermFileName`] as [`IndexBuilder::create_in_dir_with`].
    pub fn create_in_ram_with(catalogue: Catalogue, lexicon: Lexicon) -> Result<Self> {
        Self::create(ram_path(), RamDirectory::create(), catalogue, lexicon)
    }

    pub(super) fn create(
        path: PathBuf,
        directory: impl Directory + Clone,
        catalogue: Catalogue,
        lexicon: Lexicon,
    ) -> Result<Self> {
        lexicon.check(&catalogue)?;
        let fields = Fields::new();
        let stop = Stop::default();
        let index = match Index::open_or_create(IndexFolder::over(directory, &stop), fields.schema.clone()) {
            Err(TantivyError::SchemaError(_)) => {
                return Err(Error::IndexFormat {
                    path,
                    found: "of another schema".to_owned(),
                    expected: super::format::FORMAT,
                });
            }
            other => other.map_err(|error| write_error(&path, error))?,
        };
        let mut builder = Self::with_index(path, index, lexicon, catalogue, Institutions::default(), stop)?;
        builder.replace_all()?;
        Ok(builder)
    }

    /// Opens an index to add to it, replace and delete.
    ///
    /// # Errors
    ///
    /// As [`crate::Matcher::open`], and [`Error::IndexLocked`] if another builder holds the index.
    pub fn open(path: &Path) -> Result<Self> {
        Self::open_with(path, Lexicon::standard())
    }

    /// [`IndexBuilder::open`] for an index written with another lexicon.
    ///
    /// # Errors
    ///
    /// As [`IndexBuilder::open`], and [`Error::IndexLexicon`] if `lexicon` is not the one.
    pub fn open_with(path: &Path, lexicon: Lexicon) -> Result<Self> {
        let stop = Stop::default();
        let index = open_index(path, &stop)?;
        let records = Records::open(&index, path, &lexicon)?;
        let (catalogue, institutions) = (records.catalogue()?, records.institutions()?);
        Self::with_index(path.to_owned(), index, lexicon, catalogue, institutions, stop)
    }

    fn with_index(
        path: PathBuf,
        index: Index,
        lexicon: Lexicon,
        catalogue: Catalogue,
        institutions: Institutions,
        stop: Stop,
    ) -> Result<Self> {
        register(&index, &lexicon.analyzer, &stop);
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(8);
        let writer =
            index.writer_with_num_threads(threads, WRITER_MEMORY).map_err(|error| write_error(&path, error))?;
        let metas = index.load_metas().map_err(|error| write_error(&path, error))?;
        let payload = Payload::of(&metas);
        let vector_width = payload.as_ref().and_then(|payload| payload.vector_width);
        let encoder = payload.and_then(|payload| payload.encoder);
        let (fields, serials) = (Fields::new(), Serials::random());
        Ok(Self {
            path,
            index,
            writer: Writer::new(writer),
            fields,
            lexicon,
            catalogue,
            institutions,
            serials,
            vector_width,
            encoder,
            stop,
            has_uncommitted: false,
            made_folder: false,
        })
    }

    fn replace_all(&mut self) -> Result<()> {
        // Not `delete_all_documents`: its files may be collected before the commit.
        self.writer.delete_query(Box::new(AllQuery)).map_err(|error| write_error(&self.path, error))?;
        (self.vector_width, self.encoder) = (None, None);
        self.has_uncommitted = true;
        let catalogue = self.catalogue.clone();
        self.put(RecordKind::Catalogue, "catalogue", &catalogue, |_| {})
    }

    /// Says which encoder makes the vectors that are added, by its
    /// [fingerprint](crate::TextEncoder::fingerprint): those of another are refused from then on, here and with demands.
    ///
    /// # Errors
    ///
    /// [`Error::OtherEncoder`] if the index has vectors of another.
    pub fn set_encoder(&mut self, fingerprint: &str) -> Result<()> {
        match &self.encoder {
            Some(index) if index != fingerprint => {
                Err(Error::OtherEncoder { index: index.clone(), found: fingerprint.to_owned() })
            }
            _ => {
                self.encoder = Some(fingerprint.to_owned());
                Ok(())
            }
        }
    }

    /// The catalogue that records are held against.
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// The institutions so far.
    pub fn institutions(&self) -> &Institutions {
        &self.institutions
    }

    /// Makes everything since the last commit count, all at once.
    ///
    /// # Errors
    ///
    /// [`Error::IndexWrite`]; the index is then as the last commit left it. [`Error::Cancelled`] when asked to stop.
    pub fn commit(&mut self) -> Result<()> {
        let committed = self.write_commit();
        if committed.is_err() { self.cancelled().and(committed) } else { committed }
    }

    fn write_commit(&mut self) -> Result<()> {
        let stop = self.stop.clone();
        let mut commit = self.writer.prepare_commit().map_err(|error| write_error(&self.path, error))?;
        // From here on it is all or nothing.
        if stop.is_set() {
            return Err(Error::Cancelled);
        }
        let (lexicon, encoder) = (self.lexicon.concepts.fingerprint(), self.encoder.clone());
        let payload = Payload { lexicon, vector_width: self.vector_width, encoder };
        commit.set_payload(&payload.to_string());
        commit.commit().map_err(|error| write_error(&self.path, error))?;
        self.has_uncommitted = false;
        Ok(())
    }

    /// Set it from anywhere to stop what the builder does with [`Error::Cancelled`]. It does nothing more then:
    /// drop it.
    pub fn cancel_flag(&self) -> Arc<AtomicBool> {
        self.stop.flag()
    }

    pub(super) fn cancelled(&self) -> Result<()> {
        if self.stop.is_set() { Err(Error::Cancelled) } else { Ok(()) }
    }

    /// A matcher over what was committed.
    ///
    /// # Errors
    ///
    /// [`Error::IndexDamaged`] if the index changed under the builder.
    pub fn matcher(&self) -> Result<crate::Matcher> {
        let mut index = self.index.clone();
        // Its own, as those of the builder can be stopped.
        index.set_tokenizers(TokenizerManager::default());
        crate::Matcher::over(index, self.path.clone(), self.lexicon.clone())
    }
}
