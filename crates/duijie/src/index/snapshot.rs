use super::documents::DocumentTable;
use super::folder::ReadableFolder;
use super::format::{check_format, read_error};
use super::impact;
use super::schema::{CONCEPTS, Fields, RecordKind};
use super::verify::verified_searcher;
use crate::concepts::{ConceptPostings, ConceptVector, Lexicon};
use crate::records::{Achievement, Institution};
use crate::{Catalogue, Error, Institutions, Result};
use duijie_impact::UpdatedIndex;
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
}

/// What messages call an index in memory.
pub(super) fn ram_path() -> PathBuf {
    PathBuf::from("(memory)")
}

/// Opens the tantivy index of a folder if it is one of this format.
pub(crate) fn open_index(path: &Path) -> Result<Index> {
    if !path.join("meta.json").exists() {
        return Err(Error::NoIndex { path: path.to_owned() });
    }
    let directory = ReadableFolder::open(path).map_err(|error| read_error(path, error.into()))?;
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
        let Records { searcher, fields, .. } = records;
        let documents = DocumentTable::read(&searcher, &catalogue, &institutions).map_err(at)?;
        let folder = (*path != *ram_path()).then_some(path);
        let impact = impact::open(&searcher, &fields, &documents, folder).map_err(at)?;
        let concepts = ConceptPostings::new(concept_vectors(&searcher, &documents).map_err(at)?);
        Ok(Self { path: path.to_owned(), searcher, fields, catalogue, institutions, documents, impact, concepts })
    }

    /// The achievement at a place of the document table.
    pub(crate) fn achievement(&self, document: u32) -> Result<Achievement> {
        record(&self.searcher, &self.fields, self.documents.address(document), &self.path)
    }
}

/// The stored concept vectors, in the order of the document table.
fn concept_vectors(searcher: &Searcher, documents: &DocumentTable) -> tantivy::Result<Vec<ConceptVector>> {
    let mut vectors = vec![ConceptVector::default(); documents.len()];
    let mut bytes = Vec::new();
    for (reader, places) in searcher.segment_readers().iter().zip(documents.places(searcher)) {
        let Some(column) = reader.fast_fields().bytes(CONCEPTS)? else { continue };
        for (place, document) in places.into_iter().zip(0u32..) {
            let Some(place) = place else { continue };
            if let Some(ord) = column.term_ords(document).next() {
                bytes.clear();
                column.ord_to_bytes(ord, &mut bytes)?;
                vectors[place as usize] = ConceptVector::from_bytes(&bytes);
            }
        }
    }
    Ok(vectors)
}

/// The records of a commit.
pub(super) struct Records<'s> {
    path: &'s Path,
    searcher: Searcher,
    fields: Fields,
}

impl<'s> Records<'s> {
    /// Those of the last commit of `index`; its files are checked against their checksums.
    pub(super) fn open(index: &Index, path: &'s Path, lexicon: &Lexicon) -> Result<Self> {
        super::builder::register(index, &lexicon.analyzer);
        Ok(Self { path, searcher: verified_searcher(index, lexicon, path)?, fields: Fields::new() })
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
