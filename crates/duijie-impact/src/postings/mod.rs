//! The impacts by term: saturations as bytes, in three forms by how common a term is.
//!
//! Terms are numbered by falling document frequency, so the forms are ranges of numbers. The
//! commonest are *lanes*: half a byte for every document, one of 16 codes, which vector
//! instructions look up and add whole. Then come *blocked* terms, grouped by blocks of [`BLOCK`]
//! documents and numbered within them in two bytes, and last the *rare* ones, a plain list of documents.
//!
//! A byte q stands for at most `q · step(term)`, and for more than `(q − 1) · step(term)`: always
//! rounded up, so that sums are upper bounds. A code stands for a byte, its *level*, and for all
//! bytes above the level before it.

mod build;
mod levels;

use std::ops::Range;

use crate::raw::{Lanes, TILE, TILE_BYTES, prefetch};
use crate::search::Plan;
use crate::storage::Column;

/// Documents per block: their numbers fit 16 bits and their accumulators the second-level cache;
/// smaller blocks cut postings into runs so short that finding them costs more than adding them.
pub(crate) const BLOCK: usize = 1 << 16;

/// Codes of a lane.
pub(crate) const CODES: usize = levels::CODES;

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
    /// For each lane the byte that each of its codes stands for; code 0 is no occurrence.
    pub(crate) levels: Column<u8>,
    /// Block by block, within it lane by lane, tiles of half-bytes, [`Postings::stride`] apart.
    pub(crate) lanes: Column<u8>,
    /// Block by block where each blocked term starts, and the end of the last.
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

    /// Documents of a block, rounded up to whole tiles.
    pub(crate) fn block_len(&self, block: usize) -> usize {
        (self.documents as usize - block * BLOCK).min(BLOCK).next_multiple_of(TILE)
    }

    /// Bytes from one lane of a block to the next. In full blocks an odd number of cache lines, so
    /// that the same place in different lanes does not fall on the same few places of the caches.
    pub(crate) fn stride(&self, block: usize) -> usize {
        self.block_len(block) / TILE * TILE_BYTES + GAP
    }

    /// Where the lanes of a block start; of the block after the last, where all lanes end.
    pub(crate) fn lane_start(&self, block: usize) -> usize {
        let before = |block: usize| block * (BLOCK / TILE * TILE_BYTES + GAP);
        let in_front = if block < self.blocks() || block == 0 {
            before(block)
        } else {
            before(block - 1) + self.stride(block - 1)
        };
        self.lane_terms as usize * in_front
    }

    /// The byte that each code of a lane stands for.
    pub(crate) fn levels_of(&self, lane: u32) -> &[u8] {
        &self.levels[lane as usize * CODES..][..CODES]
    }

    /// The lanes of a block that `plan` asks for.
    #[inline]
    pub(crate) fn lanes_of<'a>(&'a self, block: usize, plan: &'a Plan) -> Lanes<'a> {
        Lanes {
            stride: self.stride(block),
            bytes: &self.lanes[self.lane_start(block)..self.lane_start(block + 1)],
            quads: &plan.quads,
            shift: plan.shift,
        }
    }

    /// Where the postings of a blocked term in a block are.
    #[inline]
    pub(crate) fn blocked_run(&self, block: usize, term: u32) -> Range<usize> {
        let at = block * self.blocked_terms as usize + term as usize;
        self.blocked_starts[at] as usize..self.blocked_starts[at + 1] as usize
    }

    /// Starts to fetch into the cache the postings from `start` on.
    #[inline]
    pub(crate) fn prefetch(&self, start: usize) {
        prefetch(&self.blocked_places, start);
        prefetch(&self.blocked_places, start + 32);
        prefetch(&self.blocked_bytes, start);
    }

    /// Documents within their block, rising, and bytes of some blocked postings.
    #[inline]
    pub(crate) fn blocked(&self, run: Range<usize>) -> (&[u16], &[u8]) {
        (&self.blocked_places[run.clone()], &self.blocked_bytes[run])
    }
}

/// Bytes between lanes.
const GAP: usize = 64;
