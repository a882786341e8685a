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

use crate::raw::{CHUNK, GROUP, Lanes, TILE};
use crate::search::LaneTerm;
use crate::storage::Column;

/// Documents per block: their numbers fit 16 bits and their accumulators the second-level cache.
pub(crate) const BLOCK: usize = 1 << 16;

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
    /// Block by block, within it lane by lane, a byte for each document, [`Postings::stride`] apart; 0 where the term does not occur.
    pub(crate) lanes: Column<u8>,
    /// The highest byte of every [`CHUNK`] documents of every lane, in the same order.
    pub(crate) peaks: Column<u8>,
    /// Where each block of each blocked term starts, and the end of the last.
    pub(crate) blocked_starts: Column<u32>,
    /// Documents within their block.
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

    /// Documents of a block, rounded up to whole groups.
    pub(crate) fn block_len(&self, block: usize) -> usize {
        (self.documents as usize - block * BLOCK).min(BLOCK).next_multiple_of(GROUP)
    }

    /// Bytes from one lane of a block to the next. An odd number of cache lines, so that the same
    /// place in different lanes does not fall on the same few places of the caches.
    pub(crate) fn stride(&self, block: usize) -> usize {
        self.block_len(block) + TILE
    }

    /// Where the lanes of a block start; of the block after the last, where all lanes end.
    pub(crate) fn lane_start(&self, block: usize) -> usize {
        let before = |block: usize| block * (BLOCK + TILE);
        let in_front = if block < self.blocks() || block == 0 {
            before(block)
        } else {
            before(block - 1) + self.stride(block - 1)
        };
        self.lane_terms as usize * in_front
    }

    /// The lanes of a block, of which `terms` are asked for.
    #[inline]
    pub(crate) fn lanes_of<'a>(&'a self, block: usize, terms: &'a [LaneTerm]) -> Lanes<'a> {
        let (start, end) = (self.lane_start(block), self.lane_start(block + 1));
        Lanes {
            stride: self.stride(block),
            bytes: &self.lanes[start..end],
            peaks: &self.peaks[start / CHUNK..end / CHUNK],
            terms,
        }
    }

    /// Documents within the block, rising, and bytes of a blocked term.
    #[inline]
    pub(crate) fn blocked(&self, block: usize, term: u32) -> (&[u16], &[u8]) {
        let at = term as usize * self.blocks() + block;
        let range = self.blocked_starts[at] as usize..self.blocked_starts[at + 1] as usize;
        (&self.blocked_places[range.clone()], &self.blocked_bytes[range])
    }
}
