//! **Which documents score highest for a long weighted query?** A rank-safe BM25F impact index.
//!
//! A demand has about 40 distinct terms, most of them common. Search engines that walk posting
//! lists are slow there; this index instead adds up precomputed *impacts* block by block while a
//! block's accumulators stay in the cache, and then scores the few best candidates exactly. The
//! result is the same as scoring every document: same documents, same scores, ties by document id.
//!
//! - [`ImpactBuilder`] takes documents, as terms per field, and gives an [`ImpactIndex`]. Documents
//!   are numbered 0, 1, 2 … as they come: whoever adds them sorted by chain and sub-industry can
//!   filter by a range of ids.
//! - [`ImpactIndex`] answers a [`Query`] (terms and their weights, where the idf belongs) within a
//!   [`Scope`] (ranges of documents, and a [`BitSet`] of those accepted), one query or a batch.
//! - [`UpdatedIndex`] is an index and what has changed since it was built: documents gone, and a
//!   smaller index of those added. It ranks like one index of all.
//! - [`Bm25f`] says how occurrences in several fields become one impact.
//!
//! ```
//! use duijie_impact::{Bm25f, ImpactBuilder, Query, Scope, lucene_idf};
//!
//! let mut builder = ImpactBuilder::new(Bm25f::single_field(1.2, 0.75))?;
//! for text in ["碳纤维 预浸料", "碳纤维 复合 材料 碳纤维", "海参 育苗"] {
//!     builder.add_document(|document| text.split(' ').for_each(|term| document.add(0, term)));
//! }
//! let index = builder.finish();
//!
//! let terms = ["碳纤维", "材料"].iter().filter_map(|term| index.term_id(term));
//! let query = Query::new(terms.map(|term| (term, lucene_idf(3, index.document_frequency(term).into()))))?;
//! let hits = index.search(&query, &Scope::all(), 10);
//! assert_eq!(hits.iter().map(|hit| hit.document).collect::<Vec<_>>(), [1, 0]);
//!
//! // The contributions of the terms add up to the score exactly.
//! let sum: f32 = index.contributions(&query, 1).iter().map(|part| part.score).sum();
//! assert_eq!(sum, hits[0].score);
//! # Ok::<(), duijie_impact::ImpactError>(())
//! ```

mod bit_set;
mod builder;
mod error;
mod exact;
mod forward;
mod hash;
mod index;
mod interner;
mod model;
mod postings;
mod query;
mod raw;
mod search;
mod storage;
mod term_table;
mod updated;

pub use bit_set::BitSet;
pub use builder::{Document, ImpactBuilder};
pub use error::ImpactError;
pub use exact::Contribution;
pub use index::ImpactIndex;
pub use model::{Bm25f, FieldWeight, lucene_idf};
pub use query::{Hit, Query, Scope, TermId};
pub use updated::{Overlap, UpdatedIndex};
