//! An index and what has changed since it was built.
//!
//! What an impact depends on beside its own document are the reference lengths alone: the idf is a
//! weight of the query. So a document that is added or goes changes no impact of the others as long
//! as the reference lengths stay, and two indexes with the same reference lengths rank like one.

mod layer;
mod overlap;

pub use overlap::Overlap;

use rustc_hash::FxHashMap;

use crate::exact::Contribution;
use crate::index::ImpactIndex;
use crate::query::{Hit, Query, Scope, TermId};
use layer::Layer;

/// A *base* index, less the documents that are gone, together with a smaller index of those *added*.
///
/// Documents are numbered as they are wanted, whichever index they are in, and terms over both. It
/// finds the same documents with the same scores, to the bit, as one index of all of them with the
/// same reference lengths. A search costs one in the base and one in what was added; which of many
/// documents a [`BitSet`](crate::BitSet) accepts is translated for each search.
///
/// ```
/// use duijie_impact::{Bm25f, ImpactBuilder, Overlap, UpdatedIndex};
///
/// let index = |builder: Result<ImpactBuilder, _>, texts: &[&str], labels: &[u64]| {
///     let mut builder = builder?;
///     texts.iter().for_each(|text| {
///         builder.add_document(|document| text.split(' ').for_each(|term| document.add(0, term)));
///     });
///     Ok::<_, duijie_impact::ImpactError>(builder.finish().labelled(labels.to_vec()))
/// };
/// let model = Bm25f::single_field(1.2, 0.75);
/// let base = index(ImpactBuilder::new(model.clone()), &["碳纤维", "海参 育苗"], &[70, 71])?;
///
/// // Document 70 has gone, 72 has come in front of 71.
/// let overlap = Overlap::of(&base, &[72, 71]).expect("the order is the same");
/// assert_eq!((overlap.gone(), overlap.missing()), (&[0][..], &[0][..]));
/// let lengths = base.reference_lengths().to_vec();
/// let added = index(ImpactBuilder::with_reference_lengths(model, lengths), &["海参 加工"], &[72])?;
/// let now = UpdatedIndex::new(base, overlap, Some(added));
/// assert_eq!(now.len(), 2);
/// let df = |term| now.document_frequency(now.term_id(term).expect("some document had it"));
/// assert_eq!([df("海参"), df("加工"), df("碳纤维")], [2, 1, 0]);
/// # Ok::<(), duijie_impact::ImpactError>(())
/// ```
#[derive(Debug)]
pub struct UpdatedIndex {
    len: u32,
    base: Layer,
    /// In how many of the documents gone a term of the base was.
    gone: FxHashMap<u32, u32>,
    added: Option<Added>,
}

#[derive(Debug)]
struct Added {
    layer: Layer,
    /// For every term of what was added its number over both …
    numbers: Vec<TermId>,
    /// … and the other way round.
    terms: FxHashMap<TermId, TermId>,
}

impl Added {
    /// Terms that the base does not have are numbered after all of its own.
    fn new(layer: Layer, base: &ImpactIndex) -> Self {
        let mut next = base.term_count() as u32;
        let number = |(_, text)| {
            base.term_id(text).unwrap_or_else(|| {
                next += 1;
                TermId(next - 1)
            })
        };
        let numbers: Vec<TermId> = layer.index.terms().map(number).collect();
        let terms = numbers.iter().copied().zip((0..).map(TermId)).collect();
        Self { layer, numbers, terms }
    }

    /// The query in this layer's numbers; terms it does not have keep their place, under a number of none.
    fn translate(&self, query: &Query) -> Query {
        let translate = |&(term, weight): &(TermId, f32)| (self.terms.get(&term).copied().unwrap_or(NO_TERM), weight);
        Query { terms: query.terms.iter().map(translate).collect() }
    }
}

/// A number that no term has: there are fewer than 2³² of them.
const NO_TERM: TermId = TermId(u32::MAX);

impl From<ImpactIndex> for UpdatedIndex {
    /// An index of which nothing has changed.
    fn from(index: ImpactIndex) -> Self {
        let len = index.len();
        Self { len, base: Layer::new(index, (0..len).collect(), &[]), gone: FxHashMap::default(), added: None }
    }
}

impl UpdatedIndex {
    /// `overlap` says what of `base` is wanted; `added` has the documents that are missing there, in their order.
    ///
    /// # Panics
    /// If `overlap` is of another index, or `added` has other documents, another model or other
    /// reference lengths than the base.
    pub fn new(base: ImpactIndex, overlap: Overlap, added: Option<ImpactIndex>) -> Self {
        assert_eq!(overlap.places.len(), base.len() as usize, "an overlap of another index");
        assert_eq!(
            added.as_ref().map_or(0, ImpactIndex::len) as usize,
            overlap.missing.len(),
            "what is missing is added"
        );
        let mut gone: FxHashMap<u32, u32> = FxHashMap::default();
        for &document in &overlap.gone {
            base.terms_of(document).for_each(|term| *gone.entry(term).or_default() += 1);
        }
        let added = added.map(|added| {
            assert!(added.model() == base.model() && added.reference_lengths() == base.reference_lengths());
            Added::new(Layer::new(added, overlap.missing, &[]), &base)
        });
        Self { len: overlap.wanted, base: Layer::new(base, overlap.places, &overlap.gone), gone, added }
    }

    /// Number of documents.
    pub fn len(&self) -> u32 {
        self.len
    }

    /// Whether there are no documents.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The index that most documents are in.
    pub fn base(&self) -> &ImpactIndex {
        &self.base.index
    }

    /// The index of what the base does not have.
    pub fn added(&self) -> Option<&ImpactIndex> {
        self.added.as_ref().map(|added| &added.layer.index)
    }

    /// The number of the term `text`, if any document has or had it.
    pub fn term_id(&self, text: &str) -> Option<TermId> {
        self.base.index.term_id(text).or_else(|| {
            let added = self.added.as_ref()?;
            Some(added.numbers[added.layer.index.term_id(text)?.index()])
        })
    }

    /// In how many documents the term occurs; 0 for a number of another index.
    pub fn document_frequency(&self, term: TermId) -> u32 {
        let gone = self.gone.get(&term.0).copied().unwrap_or(0);
        let added =
            self.added.as_ref().and_then(|added| Some(added.layer.index.document_frequency(*added.terms.get(&term)?)));
        self.base.index.document_frequency(term) - gone + added.unwrap_or(0)
    }

    /// The best `k` documents of `scope`, as [`ImpactIndex::search`] finds them.
    pub fn search(&self, query: &Query, scope: &Scope<'_>, k: usize) -> Vec<Hit> {
        let mut hits = self.base.search(query, scope, k);
        if let Some(added) = &self.added {
            hits.extend(added.layer.search(&added.translate(query), scope, k));
            hits.sort_unstable_by(Hit::rank_order);
            hits.truncate(k);
        }
        hits
    }

    /// The exact score of one document; 0 for a document that there is none of.
    pub fn score(&self, query: &Query, document: u32) -> f32 {
        match (self.base.document(document), &self.added) {
            (Some(document), _) => self.base.index.score(query, document),
            (None, Some(added)) => {
                let found = added.layer.document(document);
                found.map_or(0.0, |document| added.layer.index.score(&added.translate(query), document))
            }
            (None, None) => 0.0,
        }
    }

    /// The scores of many documents by field, as [`ImpactIndex::field_scores`] gives them.
    pub fn field_scores(&self, query: &Query, documents: &[u32]) -> Vec<f32> {
        let numbers = documents.iter().map(|&document| self.base.document(document).unwrap_or(u32::MAX));
        let mut scores = self.base.index.field_scores(query, numbers);
        if let Some(added) = &self.added {
            let query = added.translate(query);
            let fields = self.base.index.model().fields.len();
            for (row, &document) in scores.chunks_exact_mut(fields).zip(documents) {
                if let Some(number) = added.layer.document(document).filter(|_| self.base.document(document).is_none())
                {
                    row.copy_from_slice(&added.layer.index.field_scores(&query, std::iter::once(number)));
                }
            }
        }
        scores
    }

    /// What each query term adds to the score of `document`, as [`ImpactIndex::contributions`] gives it.
    pub fn contributions(&self, query: &Query, document: u32) -> Vec<Contribution> {
        if let Some(document) = self.base.document(document) {
            return self.base.index.contributions(query, document);
        }
        let Some(added) = &self.added else { return Vec::new() };
        let Some(document) = added.layer.document(document) else { return Vec::new() };
        let mut contributions = added.layer.index.contributions(&added.translate(query), document);
        contributions.iter_mut().zip(query.terms()).for_each(|(part, (term, _))| part.term = *term);
        contributions
    }
}
