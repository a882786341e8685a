use super::documents::DocumentTable;
use super::format::{Payload, check_format, read_error};
use super::impact;
use super::quantities::QuantityCache;
use super::schema::{Fields, RecordKind};
use super::vectors::{concept_vectors, semantic_table};
use super::verify::verified_searcher;
use crate::concepts::{ConceptPostings, Lexicon};
use crate::records::{Achievement, Institution};
use crate::semantic::SemanticTable;
use crate::{Catalogue, Error, Institutions, Result};
use duijie_impact::ImpactIndex;
use duijie_text::{Quantity, read_quantities};
use serde::de::DeserializeOwned;
use std::path::{Path, PathBuf};
use tantivy::collector::DocSetCollector;
use tantivy::directory::MmapDirectory;
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
    pub(crate) impact: ImpactIndex,
    pub(crate) concepts: ConceptPostings,
    pub(crate) semantic: SemanticTable,
    quantities: QuantityCache,
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
    let directory = MmapDirectory::open(path).map_err(|error| read_error(path, error.into()))?;
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
        super::builder::register(index, &lexicon.analyzer);
        let (searcher, Payload { vector_width, .. }) = verified_searcher(index, lexicon, path)?;
        let fields = Fields::new();
        let records = Records { path, searcher: &searcher, fields: &fields };
        let mut catalogues: Vec<Catalogue> = records.all(RecordKind::Catalogue)?;
        let catalogue = catalogues
            .pop()
            .ok_or_else(|| Error::IndexDamaged { path: path.to_owned(), problem: "it has no catalogue".to_owned() })?;
        let mut institutions: Vec<Institution> = records.all(RecordKind::Institution)?;
        institutions.sort_by(|a, b| a.id.cmp(&b.id));
        let institutions = Institutions::new(institutions)?;
        let documents = DocumentTable::read(&searcher, &catalogue, &institutions).map_err(at)?;
        let impact = impact::build(&searcher, &fields, &documents).map_err(at)?;
        let concepts = ConceptPostings::new(concept_vectors(&searcher, &documents).map_err(at)?);
        let width = vector_width.unwrap_or(0);
        let semantic = semantic_table(&searcher, &documents, width).map_err(at)?;
        let quantities = QuantityCache::new(documents.len());
        let path = path.to_owned();
        Ok(Self { path, searcher, fields, catalogue, institutions, documents, impact, concepts, semantic, quantities })
    }

    /// The achievement at a place of the document table.
    pub(crate) fn achievement(&self, document: u32) -> Result<Achievement> {
        let records = Records { path: &self.path, searcher: &self.searcher, fields: &self.fields };
        records.record(self.documents.address(document))
    }

    /// The quantities that an achievement states; read from its text when first asked for.
    pub(crate) fn quantities(&self, document: u32) -> Result<&[Quantity]> {
        self.quantities.get(document, || Ok(read_quantities(&self.achievement(document)?.text())))
    }
}

/// Reads records out of the document store.
struct Records<'s> {
    path: &'s Path,
    searcher: &'s Searcher,
    fields: &'s Fields,
}

impl Records<'_> {
    fn all<T: DeserializeOwned>(&self, kind: RecordKind) -> Result<Vec<T>> {
        let term = Term::from_field_text(self.fields.record, kind.name());
        let query = TermQuery::new(term, IndexRecordOption::Basic);
        let found = self.searcher.search(&query, &DocSetCollector).map_err(|error| read_error(self.path, error))?;
        found.into_iter().map(|address| self.record(address)).collect()
    }

    fn record<T: DeserializeOwned>(&self, address: DocAddress) -> Result<T> {
        let document: TantivyDocument = self.searcher.doc(address).map_err(|error| read_error(self.path, error))?;
        let body = document.get_first(self.fields.body).and_then(|value| value.as_bytes()).unwrap_or_default();
        serde_json::from_slice(body).map_err(|error| Error::IndexDamaged {
            path: self.path.to_owned(),
            problem: format!("a record cannot be read: {error}"),
        })
    }
}
