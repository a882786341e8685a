#[cfg(test)]
mod tests;

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::error::ImpactError;
use crate::exact::{Contribution, ExactScorer, Model, contributions};
use crate::forward::ForwardIndex;
use crate::model::Bm25f;
use crate::postings::Postings;
use crate::query::{Hit, Query, Scope, TermId};
use crate::raw::Sweeper;
use crate::search::{Source, Workspace, pieces};
use crate::storage::{Column, open, write};
use crate::term_table::TermTable;

/// Documents as impacts, ready to be searched: made by [`ImpactBuilder::finish`](crate::ImpactBuilder::finish)
/// or mapped from a file.
#[derive(Debug)]
pub struct ImpactIndex {
    parts: Parts,
    fingerprint: u128,
    sweeper: Sweeper,
    /// Workspaces that no search is using.
    workspaces: Mutex<Vec<Workspace>>,
}

/// What an index consists of.
#[derive(Debug)]
pub(crate) struct Parts {
    pub(crate) model: Bm25f,
    pub(crate) reference_lengths: Vec<f32>,
    pub(crate) terms: TermTable,
    pub(crate) document_frequencies: Column<u32>,
    pub(crate) forward: ForwardIndex,
    pub(crate) postings: Postings,
    /// One for each document, or none at all.
    pub(crate) labels: Column<u64>,
}

impl ImpactIndex {
    pub(crate) fn new(parts: Parts, fingerprint: u128) -> Self {
        Self { parts, fingerprint, sweeper: Sweeper::detect(), workspaces: Mutex::default() }
    }

    /// Writes the index to a file: aside first, then renamed, so that no half-written file gets the name.
    ///
    /// `fingerprint` is the caller's: whatever tells what the index was made of, for example the
    /// state of the tantivy index it stands beside. [`ImpactIndex::fingerprint`] returns it after opening.
    ///
    /// # Errors
    /// [`ImpactError::Io`].
    pub fn write_to(&self, path: &Path, fingerprint: u128) -> Result<(), ImpactError> {
        write(&self.parts, path, fingerprint)
    }

    /// Maps the file that [`ImpactIndex::write_to`] wrote, after checking all of it.
    ///
    /// The file must not be changed in place while it is open; replacing it by renaming is fine.
    ///
    /// # Errors
    /// [`ImpactError::Io`], [`ImpactError::NotAnImpactIndex`], [`ImpactError::OtherVersion`],
    /// [`ImpactError::Truncated`], [`ImpactError::Damaged`].
    pub fn open(path: &Path) -> Result<Self, ImpactError> {
        let (parts, fingerprint) = open(path)?;
        Ok(Self::new(parts, fingerprint))
    }

    /// What was given to [`ImpactIndex::write_to`] for the file this index was opened from; 0 for
    /// one that was just built.
    pub fn fingerprint(&self) -> u128 {
        self.fingerprint
    }

    /// Gives every document a number by which its owner knows it again; the numbers are kept in the file.
    ///
    /// [`Overlap`](crate::Overlap) tells by them which documents an index has already.
    ///
    /// # Panics
    /// If there are not as many labels as documents.
    pub fn labelled(mut self, labels: Vec<u64>) -> Self {
        assert_eq!(labels.len(), self.len() as usize, "one label for every document");
        self.parts.labels = labels.into();
        self
    }

    /// The labels of all documents; empty where none were given.
    pub fn labels(&self) -> &[u64] {
        &self.parts.labels
    }

    /// How many tokens `document` has in each field; empty for a document that this index does not have.
    pub fn field_lengths(&self, document: u32) -> &[u32] {
        if document < self.len() { self.parts.forward.lengths_of(document as usize) } else { &[] }
    }

    /// The terms of `document`, each once.
    pub(crate) fn terms_of(&self, document: u32) -> impl Iterator<Item = u32> {
        self.parts.forward.postings_of(document as usize).iter().map(|(term, _)| term)
    }

    /// Number of documents.
    pub fn len(&self) -> u32 {
        self.parts.forward.len() as u32
    }

    /// Whether there are no documents.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The model that the impacts were computed with.
    pub fn model(&self) -> &Bm25f {
        &self.parts.model
    }

    /// The average length of each field, in tokens, that the impacts were computed with.
    pub fn reference_lengths(&self) -> &[f32] {
        &self.parts.reference_lengths
    }

    /// Number of distinct terms.
    pub fn term_count(&self) -> usize {
        self.parts.terms.len()
    }

    /// The number of the term `text`, if any document has it.
    pub fn term_id(&self, text: &str) -> Option<TermId> {
        self.parts.terms.find(text).map(TermId)
    }

    /// The text of a term of this index; empty for a number of another index.
    pub fn term(&self, term: TermId) -> &str {
        if term.index() < self.parts.terms.len() { self.parts.terms.text(term.index()) } else { "" }
    }

    /// All terms with their numbers, commonest first.
    pub fn terms(&self) -> impl ExactSizeIterator<Item = (TermId, &str)> {
        (0..self.parts.terms.len()).map(|number| (TermId(number as u32), self.parts.terms.text(number)))
    }

    /// In how many documents the term occurs; 0 for a number of another index.
    pub fn document_frequency(&self, term: TermId) -> u32 {
        self.parts.document_frequencies.get(term.index()).copied().unwrap_or(0)
    }

    /// The best `k` documents of `scope`, best first, of equal scores the lower id first.
    ///
    /// Only documents that score above 0 are found, so that there may be fewer than `k`.
    pub fn search(&self, query: &Query, scope: &Scope<'_>, k: usize) -> Vec<Hit> {
        self.search_together(std::slice::from_ref(query), scope, k).pop().unwrap_or_default()
    }

    /// [`ImpactIndex::search`] for each of `queries`, in their order, on `threads` threads (0: as
    /// many as the machine has). The hits do not depend on the number of threads.
    pub fn search_batch(&self, queries: &[Query], scope: &Scope<'_>, k: usize, threads: usize) -> Vec<Vec<Hit>> {
        let threads = match threads {
            0 => std::thread::available_parallelism().map_or(1, usize::from),
            given => given,
        };
        // Several groups a thread, so that a slow one does not hold up the others.
        let group = queries.len().div_ceil(4 * threads).clamp(16, 256);
        let groups = queries.len().div_ceil(group);
        if threads == 1 || groups < 2 {
            return queries.chunks(group).flat_map(|queries| self.search_together(queries, scope, k)).collect();
        }
        let next = AtomicUsize::new(0);
        let found = Mutex::new(vec![Vec::new(); groups]);
        std::thread::scope(|pool| {
            for _ in 0..threads.min(groups) {
                pool.spawn(|| {
                    loop {
                        let number = next.fetch_add(1, Ordering::Relaxed);
                        let Some(queries) = queries.chunks(group).nth(number) else { return };
                        let hits = self.search_together(queries, scope, k);
                        found.lock().unwrap_or_else(PoisonError::into_inner)[number] = hits;
                    }
                });
            }
        });
        found.into_inner().unwrap_or_else(PoisonError::into_inner).into_iter().flatten().collect()
    }

    /// Searches in this thread, all queries block by block.
    fn search_together(&self, queries: &[Query], scope: &Scope<'_>, k: usize) -> Vec<Vec<Hit>> {
        let pieces = pieces(scope, self.len());
        let source = Source {
            exact: self.exact(),
            forward: &self.parts.forward,
            postings: &self.parts.postings,
            sweeper: self.sweeper,
        };
        let spare = || self.workspaces.lock().unwrap_or_else(PoisonError::into_inner);
        let mut workspace = spare().pop().unwrap_or_default();
        let hits = workspace.search(source, queries, scope, &pieces, k);
        spare().push(workspace);
        hits
    }

    fn exact(&self) -> Model<'_> {
        Model { parameters: &self.parts.model, averages: &self.parts.reference_lengths }
    }

    /// The exact score of one document; 0 for a document that this index does not have.
    pub fn score(&self, query: &Query, document: u32) -> f32 {
        if document >= self.len() {
            return 0.0;
        }
        let mut scorer = ExactScorer::default();
        scorer.prepare(query, self.parts.terms.len());
        scorer.score(&self.parts.forward, self.exact(), document)
    }

    /// The scores of many documents by field: a row of as many values as the model has fields for each.
    /// A row adds up to [`ImpactIndex::score`] but for rounding; it is 0 for a document that this index does not have.
    pub fn field_scores(&self, query: &Query, documents: impl ExactSizeIterator<Item = u32>) -> Vec<f32> {
        let fields = self.model().fields.len();
        let mut scores = vec![0.0; documents.len() * fields];
        let mut scorer = ExactScorer::default();
        scorer.prepare(query, self.parts.terms.len());
        for (row, document) in scores.chunks_exact_mut(fields).zip(documents).filter(|(_, at)| *at < self.len()) {
            scorer.score_fields(&self.parts.forward, self.exact(), document, row);
        }
        scores
    }

    /// What each query term adds to the score of `document`, in the order of the query; added up in
    /// single precision they are [`ImpactIndex::score`] to the bit. Empty for a document that this index does not have.
    pub fn contributions(&self, query: &Query, document: u32) -> Vec<Contribution> {
        if document >= self.len() {
            return Vec::new();
        }
        contributions(&self.parts.forward, self.exact(), query, document)
    }
}
