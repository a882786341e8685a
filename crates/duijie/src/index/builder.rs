use super::folder::{ReadableFolder, is_occupied};
use super::format::{commit_payload, write_error};
use super::schema::{Fields, RecordKind, TOKENIZER, TextField, key};
use super::serial::Serials;
use super::snapshot::{Records, open_index, ram_path};
use crate::concepts::{ConceptVector, Lexicon};
use crate::records::{Achievement, Institution, RecordProblem};
use crate::{Catalogue, Error, Institutions, Result};
use duijie_text::{Analyzer, TermTokenizer};
use rayon::prelude::*;
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tantivy::directory::{Directory, RamDirectory};
use tantivy::query::AllQuery;
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{Index, IndexWriter, TantivyDocument, TantivyError, Term};

/// Memory for documents not yet written, over all threads, in bytes.
const WRITER_MEMORY: usize = 256 << 20;

/// Writes an index: achievements, the institutions that hold them, and the catalogue.
///
/// Nothing is visible to readers, and nothing on disk counts, before [`IndexBuilder::commit`];
/// a builder that is dropped, or whose process dies, leaves the index as its last commit left it.
/// One builder at a time may hold an index; a second gets [`Error::IndexLocked`].
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
    path: PathBuf,
    index: Index,
    writer: IndexWriter,
    fields: Fields,
    lexicon: Lexicon,
    catalogue: Catalogue,
    institutions: Institutions,
    serials: Serials,
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
    /// As [`IndexBuilder::create_in_dir`].
    pub fn create_in_dir_with(path: &Path, catalogue: Catalogue, lexicon: Lexicon) -> Result<Self> {
        let exists = path.join("meta.json").exists();
        if !exists && is_occupied(path)? {
            return Err(Error::NotAnIndex { path: path.to_owned() });
        }
        std::fs::create_dir_all(path)
            .map_err(|source| Error::Write { path: path.to_owned(), source: Arc::new(source) })?;
        let directory = ReadableFolder::open(path).map_err(|error| write_error(path, error.into()))?;
        Self::create(path.to_owned(), directory, catalogue, lexicon)
    }

    /// Begins an index in memory, for small jobs.
    ///
    /// # Errors
    ///
    /// [`Error::IndexWrite`] if the machine cannot start the writer's threads.
    pub fn create_in_ram(catalogue: Catalogue) -> Result<Self> {
        Self::create(ram_path(), RamDirectory::create(), catalogue, Lexicon::standard())
    }

    pub(super) fn create(
        path: PathBuf,
        directory: impl Directory,
        catalogue: Catalogue,
        lexicon: Lexicon,
    ) -> Result<Self> {
        let fields = Fields::new();
        let index = match Index::open_or_create(directory, fields.schema.clone()) {
            Err(TantivyError::SchemaError(_)) => {
                return Err(Error::IndexFormat {
                    path,
                    found: "of another schema".to_owned(),
                    expected: super::format::FORMAT,
                });
            }
            other => other.map_err(|error| write_error(&path, error))?,
        };
        let mut builder = Self::with_index(path, index, lexicon, catalogue, Institutions::default())?;
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
        let index = open_index(path)?;
        let records = Records::open(&index, path, &lexicon)?;
        let (catalogue, institutions) = (records.catalogue()?, records.institutions()?);
        Self::with_index(path.to_owned(), index, lexicon, catalogue, institutions)
    }

    fn with_index(
        path: PathBuf,
        index: Index,
        lexicon: Lexicon,
        catalogue: Catalogue,
        institutions: Institutions,
    ) -> Result<Self> {
        register(&index, &lexicon.analyzer);
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(8);
        let writer =
            index.writer_with_num_threads(threads, WRITER_MEMORY).map_err(|error| write_error(&path, error))?;
        let fields = Fields::new();
        Ok(Self { path, index, writer, fields, lexicon, catalogue, institutions, serials: Serials::random() })
    }

    fn replace_all(&mut self) -> Result<()> {
        // Not `delete_all_documents`: its files may be collected before the commit.
        self.writer.delete_query(Box::new(AllQuery)).map_err(|error| write_error(&self.path, error))?;
        let catalogue = self.catalogue.clone();
        self.put(RecordKind::Catalogue, "catalogue", &catalogue, |_| {})
    }

    /// The catalogue that records are held against.
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// The institutions so far.
    pub fn institutions(&self) -> &Institutions {
        &self.institutions
    }

    /// Sets the institutions, before the achievements that name them.
    ///
    /// # Errors
    ///
    /// [`Error::IndexWrite`] if the index cannot be written.
    pub fn set_institutions(&mut self, institutions: Institutions) -> Result<()> {
        let record = Term::from_field_text(self.fields.record, RecordKind::Institution.name());
        self.writer.delete_term(record);
        for institution in institutions.iter() {
            self.put_institution(institution)?;
        }
        self.institutions = institutions;
        Ok(())
    }

    fn put_institution(&self, institution: &Institution) -> Result<()> {
        self.put(RecordKind::Institution, &institution.id, institution, |_| {})
    }

    /// Adds an achievement, in place of one that has the same id.
    ///
    /// # Errors
    ///
    /// [`Error::BadRecord`] if its title is blank or its chain, sub-industry or institution is not known,
    /// [`Error::IndexWrite`] if the index cannot be written.
    pub fn add(&mut self, achievement: Achievement) -> Result<()> {
        self.add_all(vec![achievement])
    }

    /// Adds many achievements, each in place of one that has the same id; their texts are read on
    /// all cores.
    ///
    /// # Errors
    ///
    /// As [`IndexBuilder::add`], for the first achievement that cannot be added; those before it are added.
    pub fn add_all(&mut self, achievements: Vec<Achievement>) -> Result<()> {
        let space = &self.lexicon.concepts;
        let vectors: Vec<ConceptVector> = achievements.par_iter().map(|each| space.vector(&text(each))).collect();
        achievements.into_iter().zip(vectors).try_for_each(|(each, vector)| self.add_with_vector(each, &vector))
    }

    fn add_with_vector(&mut self, mut achievement: Achievement, vector: &ConceptVector) -> Result<()> {
        let settled = self.catalogue.settle(&mut achievement.chain, &mut achievement.sub_industry);
        let named = match &achievement.institution {
            Some(name) => self.institutions.resolve(name).map(Some),
            None => Ok(None),
        };
        let bad_record = |problem| Error::BadRecord { id: achievement.id.clone(), problem };
        if achievement.title.trim().is_empty() {
            return Err(bad_record(RecordProblem::Missing("title")));
        }
        settled.map_err(bad_record)?;
        let institution = named.map_err(bad_record)?;
        achievement.institution = institution.map(|institution| institution.id.clone());
        let region = institution.and_then(|institution| institution.province.as_deref());
        let (fields, serial) = (&self.fields, self.serials.next());
        self.writer.delete_term(Term::from_field_text(fields.key, &key(RecordKind::Achievement, &achievement.id)));
        self.put(RecordKind::Achievement, &achievement.id, &achievement, |document| {
            for (field, place) in TextField::ALL.into_iter().zip(fields.text) {
                document.add_text(place, field.text(&achievement));
            }
            let words = [
                (fields.chain, achievement.chain.as_deref()),
                (fields.sub_industry, achievement.sub_industry.as_deref()),
                (fields.institution, achievement.institution.as_deref()),
                (fields.region, region),
            ];
            for (field, word) in words {
                if let Some(word) = word {
                    document.add_text(field, word);
                }
            }
            document.add_bytes(fields.concepts, &vector.to_bytes());
            document.add_u64(fields.serial, serial);
            if let Some(maturity) = achievement.maturity {
                document.add_u64(fields.maturity, maturity.into());
            }
            if let Some(year) = achievement.year {
                document.add_u64(fields.year, year.into());
            }
        })
    }

    /// Deletes the achievement with this id, if there is one.
    pub fn delete(&mut self, id: &str) {
        self.writer.delete_term(Term::from_field_text(self.fields.key, &key(RecordKind::Achievement, id)));
    }

    fn put(
        &self,
        kind: RecordKind,
        id: &str,
        record: &impl Serialize,
        fill: impl FnOnce(&mut TantivyDocument),
    ) -> Result<()> {
        let mut document = TantivyDocument::default();
        document.add_text(self.fields.record, kind.name());
        document.add_text(self.fields.key, key(kind, id));
        document.add_text(self.fields.id, id);
        let body = serde_json::to_vec(record).expect("records have string keys only");
        document.add_bytes(self.fields.body, &body);
        fill(&mut document);
        self.writer.add_document(document).map_err(|error| write_error(&self.path, error))?;
        Ok(())
    }

    /// Makes everything since the last commit count, all at once.
    ///
    /// # Errors
    ///
    /// [`Error::IndexWrite`]; the index is then as the last commit left it.
    pub fn commit(&mut self) -> Result<()> {
        let mut commit = self.writer.prepare_commit().map_err(|error| write_error(&self.path, error))?;
        commit.set_payload(&commit_payload(&self.lexicon));
        commit.commit().map_err(|error| write_error(&self.path, error))?;
        Ok(())
    }

    /// A matcher over what was committed.
    ///
    /// # Errors
    ///
    /// [`Error::IndexDamaged`] if the index changed under the builder.
    pub fn matcher(&self) -> Result<crate::Matcher> {
        crate::Matcher::over(self.index.clone(), self.path.clone(), self.lexicon.clone())
    }
}

/// What an achievement says, for its concept vector.
fn text(achievement: &Achievement) -> String {
    let fields = [TextField::Title, TextField::Keywords, TextField::Summary];
    fields.map(|field| field.text(achievement)).join("。")
}

/// Makes tantivy cut text as the engine does.
pub(super) fn register(index: &Index, analyzer: &Analyzer) {
    let tokenizer = TextAnalyzer::builder(TermTokenizer::new(analyzer.clone())).build();
    index.tokenizers().register(TOKENIZER, tokenizer);
}
