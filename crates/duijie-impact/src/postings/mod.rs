//! The impacts by term: saturations as bytes, in three forms by how common a term is.
//!
//! Terms are numbered by falling document frequency, so the forms are ranges of numbers. The
//! commonest are *lanes*, a byte for every document, which vector instructions add whole. Then come
//! *blocked* terms, grouped by blocks of [`BLOCK`] documents and numbered within them in two bytes,
//! and last the *rare* ones, a plain list of documents.
//!
//! A byte q stands for at most `q · step(term)`, and for more than `(q − 1) · step(term)`: always
//! rounded up, so that sums are upper bounds.

mod build;

use crate::raw::CHUNK;
use crate::storage::Column;

/// Documents per block: their 16-bit accumulators fit the first-level cache.
pub(crate) const BLOCK: usize = 1 << 14;

/// Impacts by term.
#[derive(Debug, Default)]
pub(crate) struct Postings {
    pub(crate) documents: u32,
    /// What one unit of a term's bytes is worth.
    pub(crate) steps: Column<f32>,
    /// The smallest byte of a term's postings, 1 or more.
    pub(crate) smallest: Column<u8>,
    /// Number of terms stored as lanes.
    pub(crate) lane_terms: u32,
    /// Number of terms stored by blocks.
    pub(crate) blocked_terms: u32,
    /// Block by block, within it lane by lane, [`BLOCK`] bytes each; 0 where the term does not occur.
    pub(crate) lanes: Column<u8>,
    /// The highest byte of every [`CHUNK`] documents of every lane, in the same order.
    pub(crate) peaks: Column<u8>,
    /// Where each block of each blocked term starts, and the end of the last.
    pub(crate) blocked_starts: Column<u32>,
    /// Accumulators of documents within their block, as [`accumulator_of`](crate::raw::accumulator_of) says.
    pub(crate) blocked_places: Column<u16>,
    pub(crate) blocked_bytes: Column<u8>,
    /// Where each rare term starts, and the end of the last.
    pub(crate) rare_starts: Column<u32>,
    pub(crate) rare_documents: Column<u32>,
    pub(crate) rare_bytes: Column<u8>,
}

/// How a term is stored, with its number within that form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Lane(u32),
    Blocked(u32),
    Rare(u32),
}

impl Postings {
    /// Number of blocks, the last one perhaps partial.
    pub(crate) fn blocks(&self) -> usize {
        (self.documents as usize).div_ceil(BLOCK)
    }

    pub(crate) fn form(&self, term: u32) -> Form {
        if term < self.lane_terms {
            Form::Lane(term)
        } else if term - self.lane_terms < self.blocked_terms {
            Form::Blocked(term - self.lane_terms)
        } else {
            Form::Rare(term - self.lane_terms - self.blocked_terms)
        }
    }

    /// All lanes of a block, and the peaks of their chunks.
    #[inline]
    pub(crate) fn lanes_of(&self, block: usize) -> (&[u8], &[u8]) {
        let size = self.lane_terms as usize * BLOCK;
        let peaks = size / CHUNK;
        (&self.lanes[block * size..(block + 1) * size], &self.peaks[block * peaks..(block + 1) * peaks])
    }

    /// Accumulators and bytes of a blocked term.
    #[inline]
    pub(crate) fn blocked(&self, block: usize, term: u32) -> (&[u16], &[u8]) {
        let at = term as usize * self.blocks() + block;
        let range = self.blocked_starts[at] as usize..self.blocked_starts[at + 1] as usize;
        (&self.blocked_places[range.clone()], &self.blocked_bytes[range])
    }
}
