use super::documents::DocumentTable;
use super::folder::IndexFolder;
use super::format::{Payload, check_format, read_error};
use super::impact;
use super::quantities::QuantityCache;
use super::schema::{Fields, RecordKind};
use super::stop::Stop;
use super::vectors::{character_table, concept_vectors, semantic_table};
use super::verify::verified_searcher;
use crate::characters::CharacterTable;
use crate::concepts::{ConceptPostings, Lexicon};
use crate::records::{Achievement, Institution};
use crate::semantic::SemanticTable;
use crate::{Catalogue, Error, Institutions, Result};
use duijie_impact::UpdatedIndex;
use duijie_text::{Quantity, read_quantities};
use serde::de::DeserializeOwned;
use std::path::{Path, PathBuf};
use tantivy::collector::DocSetCollector;
use tantivy::query::TermQuery;
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::{DocAddress, Index, Searcher, TantivyDocument, Term};

/// What one commit held; it stays readable whatever is committed later.
pub(crate) struct Snapshot {
    path: PathBuf,
    searcher: Searcher,
    fields: Fields,
    pub(crate) catalogue: Catalogue,
    pub(crate) institutions: Institutions,
    pub(crate) documents: DocumentTable,
    pub(crate) impact: UpdatedIndex,
    pub(crate) concepts: ConceptPostings,
    pub(crate) characters: CharacterTable,
    pub(crate) semantic: SemanticTable,
    /// Fingerprint of the encoder of [`Self::semantic`], if it is known.
    pub(crate) encoder: Option<String>,
    quantities: QuantityCache,
}

/// What messages call an index in memory.
pub(super) fn ram_path() -> PathBuf {
    PathBuf::from("(memory)")
}

/// Opens the tantivy index of a folder if it is one of this format.
pub(crate) fn open_index(path: &Path, stop: &Stop) -> Result<Index> {
    if !path.join("meta.json").exists() {
        return Err(Error::NoIndex { path: path.to_owned() });
    }
    let directory = IndexFolder::open(path, stop).map_err(|error| read_error(path, error.into()))?;
    let index = Index::open(directory).map_err(|error| read_error(path, error))?;
    let metas = index.load_metas().map_err(|error| read_error(path, error))?;
    check_format(&metas, path)?;
    if index.schema() != Fields::new().schema {
        return Err(Error::IndexFormat {
            path: path.to_owned(),
            found: "of another schema".to_owned(),
            expected: super::format::FORMAT,
        });
    }
    Ok(index)
}

impl Snapshot {
    /// The last commit of `index`; its files are checked against their checksums.
    pub(crate) fn open(index: &Index, path: &Path, lexicon: &Lexicon) -> Result<Self> {
        let at = |error| read_error(path, error);
        let records = Records::open(index, path, lexicon)?;
        let (catalogue, institutions) = (records.catalogue()?, records.institutions()?);
        let Records { searcher, fields, payload, .. } = records;
        let documents = DocumentTable::read(&searcher, &catalogue, &institutions).map_err(at)?;
        let folder = (*path != *ram_path()).then_some(path);
        let impact = impact::open(&searcher, &fields, &documents, folder).map_err(at)?;
        let concepts = ConceptPostings::new(concept_vectors(&searcher, &documents).map_err(at)?);
        let characters = character_table(&searcher, &documents).map_err(at)?;
        let semantic = semantic_table(&searcher, &documents, payload.vector_width.unwrap_or(0)).map_err(at)?;
        let quantities = QuantityCache::new(documents.len());
        let path = path.to_owned();
        Ok(Self {
            path,
            searcher,
            fields,
            catalogue,
            institutions,
            documents,
            impact,
            concepts,
            characters,
            semantic,
            encoder: payload.encoder,
            quantities,
        })
    }

    /// The achievement at a place of the document table.
    pub(crate) fn achievement(&self, document: u32) -> Result<Achievement> {
        record(&self.searcher, &self.fields, self.documents.address(document), &self.path)
    }

    /// The quantities that an achievement states; read from its text when first asked for.
    pub(crate) fn quantities(&self, document: u32) -> Result<&[Quantity]> {
        self.quantities.get(document, || Ok(read_quantities(&self.achievement(document)?.text())))
    }
}

/// The records of a commit.
pub(super) struct Records<'s> {
    path: &'s Path,
    searcher: Searcher,
    fields: Fields,
    payload: Payload,
}

impl<'s> Records<'s> {
    /// Those of the last commit of `index`; its files are checked against their checksums.
    pub(super) fn open(index: &Index, path: &'s Path, lexicon: &Lexicon) -> Result<Self> {
        super::stop::register(index, &lexicon.analyzer, &Stop::default());
        let (searcher, payload) = verified_searcher(index, lexicon, path)?;
        Ok(Self { path, searcher, fields: Fields::new(), payload })
    }

    pub(super) fn catalogue(&self) -> Result<Catalogue> {
        self.all(RecordKind::Catalogue)?.pop().ok_or_else(|| Error::IndexDamaged {
            path: self.path.to_owned(),
            problem: "it has no catalogue".to_owned(),
        })
    }

    pub(super) fn institutions(&self) -> Result<Institutions> {
        let mut institutions: Vec<Institution> = self.all(RecordKind::Institution)?;
        institutions.sort_by(|a, b| a.id.cmp(&b.id));
        Institutions::new(institutions)
    }

    fn all<T: DeserializeOwned>(&self, kind: RecordKind) -> Result<Vec<T>> {
        let term = Term::from_field_text(self.fields.record, kind.name());
        let query = TermQuery::new(term, IndexRecordOption::Basic);
        let found = self.searcher.search(&query, &DocSetCollector).map_err(|error| read_error(self.path, error))?;
        found.into_iter().map(|address| record(&self.searcher, &self.fields, address, self.path)).collect()
    }
}

fn record<T: DeserializeOwned>(searcher: &Searcher, fields: &Fields, address: DocAddress, path: &Path) -> Result<T> {
    let document: TantivyDocument = searcher.doc(address).map_err(|error| read_error(path, error))?;
    let body = document.get_first(fields.body).and_then(|value| value.as_bytes()).unwrap_or_default();
    serde_json::from_slice(body).map_err(|error| Error::IndexDamaged {
        path: path.to_owned(),
        problem: format!("a record cannot be read: {error}"),
    })
}
