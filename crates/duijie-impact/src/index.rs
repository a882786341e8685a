use std::sync::{Mutex, PoisonError};
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::exact::{Contribution, ExactScorer, Model, contributions};
use crate::forward::ForwardIndex;
use crate::model::Bm25f;
use crate::postings::Postings;
use crate::query::{Hit, Query, Scope, TermId};
use crate::raw::Sweeper;
use crate::search::{Source, Workspace, pieces};
use crate::term_table::TermTable;

/// Documents as impacts, ready to be searched.
#[derive(Debug)]
pub struct ImpactIndex {
    model: Bm25f,
    reference_lengths: Vec<f32>,
    terms: TermTable,
    document_frequencies: Vec<u32>,
    forward: ForwardIndex,
    postings: Postings,
    sweeper: Sweeper,
    /// Workspaces that no search is using.
    workspaces: Mutex<Vec<Workspace>>,
}

impl ImpactIndex {
    pub(crate) fn from_parts(
        model: Bm25f,
        reference_lengths: Vec<f32>,
        terms: TermTable,
        document_frequencies: Vec<u32>,
        forward: ForwardIndex,
    ) -> Self {
        let postings = Postings::new(&forward, Model { parameters: &model, averages: &reference_lengths }, &document_frequencies);
        let (sweeper, workspaces) = (Sweeper::detect(), Mutex::default());
        Self { model, reference_lengths, terms, document_frequencies, forward, postings, sweeper, workspaces }
    }

    /// Number of documents.
    pub fn len(&self) -> u32 {
        self.forward.len() as u32
    }

    /// Whether there are no documents.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The model that the impacts were computed with.
    pub fn model(&self) -> &Bm25f {
        &self.model
    }

    /// The average length of each field, in tokens, that the impacts were computed with.
    pub fn reference_lengths(&self) -> &[f32] {
        &self.reference_lengths
    }

    /// Number of distinct terms.
    pub fn term_count(&self) -> usize {
        self.terms.len()
    }

    /// The number of the term `text`, if any document has it.
    pub fn term_id(&self, text: &str) -> Option<TermId> {
        self.terms.find(text).map(TermId)
    }

    /// The text of a term of this index; empty for a number of another index.
    pub fn term(&self, term: TermId) -> &str {
        if term.index() < self.terms.len() { self.terms.text(term.index()) } else { "" }
    }

    /// All terms with their numbers, commonest first.
    pub fn terms(&self) -> impl ExactSizeIterator<Item = (TermId, &str)> {
        (0..self.terms.len()).map(|number| (TermId(number as u32), self.terms.text(number)))
    }

    /// In how many documents the term occurs; 0 for a number of another index.
    pub fn document_frequency(&self, term: TermId) -> u32 {
        self.document_frequencies.get(term.index()).copied().unwrap_or(0)
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
        let source = Source { exact: self.exact(), forward: &self.forward, postings: &self.postings, sweeper: self.sweeper };
        let spare = || self.workspaces.lock().unwrap_or_else(PoisonError::into_inner);
        let mut workspace = spare().pop().unwrap_or_default();
        let hits = workspace.search(source, queries, scope, &pieces, k);
        spare().push(workspace);
        hits
    }

    fn exact(&self) -> Model<'_> {
        Model { parameters: &self.model, averages: &self.reference_lengths }
    }

    /// The exact score of one document; 0 for a document that this index does not have.
    pub fn score(&self, query: &Query, document: u32) -> f32 {
        if document >= self.len() {
            return 0.0;
        }
        let mut scorer = ExactScorer::default();
        scorer.prepare(query, self.terms.len());
        scorer.score(&self.forward, self.exact(), document)
    }

    /// What each query term adds to the score of `document`, in the order of the query; added up in
    /// single precision they are [`ImpactIndex::score`] to the bit. Empty for a document that this index does not have.
    pub fn contributions(&self, query: &Query, document: u32) -> Vec<Contribution> {
        if document >= self.len() {
            return Vec::new();
        }
        contributions(&self.forward, self.exact(), query, document)
    }
}
