//! Texts as vectors over the concepts of the term base: what two texts mean in common when they
//! share no word.

#[cfg(test)]
mod acronyms;
mod everyday;
mod postings;
mod space;
mod vector;

pub use space::{ConceptSpace, Lexicon};
pub use vector::ConceptVector;

pub(crate) use postings::ConceptPostings;
