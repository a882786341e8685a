//! **What does this batch teach the term base?**
//!
//! Every batch of demands and achievements brings words that the dictionary cuts apart, terms that
//! one side alone uses, and sentences that say which terms mean the same. This crate proposes them
//! with their evidence, measures what they would change, and writes them as a term file that an
//! operator edits. It adopts nothing.
//!
//! - [`coach`]: from records, and judgments where there are some, to [`Proposals`]; [`CoachOptions`]
//!   says how much.
//! - [`Proposals::write_term_file`]: the file, which [`TermBase::load`](duijie_text::TermBase::load) reads.
//! - [`Trial`]: the judged figures without and with the proposals, as [`Change`]s.
//!
//! ```
//! use duijie::Achievement;
//! use duijie_coach::{CoachOptions, coach};
//! use duijie_text::TermBase;
//!
//! let titles = ["清洗网衣，网衣更换", "海水中网衣破损", "新网衣；旧网衣回收", "配位链转移聚合（CCTP）"];
//! let achievements: Vec<Achievement> = titles
//!     .iter()
//!     .zip(1..)
//!     .map(|(title, at)| Achievement { id: format!("A{at}"), title: (*title).into(), ..Default::default() })
//!     .collect();
//! let proposals = coach(&[], &achievements, None, &TermBase::standard(), &CoachOptions::default());
//!
//! // The dictionary has 网 and 衣; here they are one word.
//! assert_eq!(proposals.words[0].word, "网衣");
//! assert_eq!((proposals.words[0].count, proposals.words[0].records), (5, 3));
//! assert_eq!((&*proposals.pairs[0].term, &*proposals.pairs[0].other), ("配位链转移聚合", "CCTP"));
//! ```

mod batch;
mod error;
mod hard_evidence;
mod one_sided;
mod proposals;
mod statistics;
mod synonyms;
mod term_file;
mod trial;
mod words;

pub use batch::{Sample, Side};
pub use error::CoachError;
pub use one_sided::OneSidedTerm;
pub use proposals::{CoachOptions, ProposalKind, Proposals, coach};
pub use synonyms::{PairEvidence, TermPair, Wording};
pub use trial::{Change, FigureChange, Trial};
pub use words::BrokenWord;
