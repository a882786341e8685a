//! Numbers by which a document is known again.

use std::hash::{BuildHasher, RandomState};

/// The serial numbers of one builder's documents, each one above the last.
pub(super) struct Serials(u64);

impl Serials {
    /// Begins anywhere: those of two builders meet with a chance of one in 2⁶⁴ for each pair of documents.
    pub(super) fn random() -> Self {
        // The standard library has no randomness of its own but the keys of its hashers.
        Self(RandomState::new().hash_one("serial"))
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(1);
        self.0
    }
}
