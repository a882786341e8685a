//! What the compiler can't check: vector instructions, with a safe equal, and mapped files.
//!
//! This is the only module of the crate with unsafe code. Vector code is called only where the
//! processor was asked for it at run time; everything it does, the portable code does too, and a
//! test holds the two equal.

#![allow(unsafe_code)] // vector loads and stores, calls guarded by run-time detection, memory maps

#[cfg(target_arch = "x86_64")]
mod avx2;
mod plain;
mod portable;
mod prefetch;
#[cfg(test)]
mod tests;

pub(crate) use plain::{Plain, bytes, map, numbers};
pub(crate) use prefetch::prefetch;

use crate::postings::BLOCK;
use crate::search::LaneTerm;

/// Neighbouring documents that share one peak byte in each lane.
pub(crate) const CHUNK: usize = 8;

/// Documents that are looked at together: a cache line of each lane.
pub(crate) const TILE: usize = 64;

/// Documents whose bounds are computed together.
pub(crate) const GROUP: usize = CHUNK * CHUNKS;

/// Chunks in a group: as many as a vector has bytes.
const CHUNKS: usize = 32;

/// How many tiles ahead of a look its bytes are fetched into the cache.
const AHEAD: usize = 3;

/// The lanes of one block that a query asks for.
pub(crate) struct Lanes<'a> {
    /// Bytes from one lane to the next.
    pub(crate) stride: usize,
    /// All lanes of the block, one byte a document.
    pub(crate) bytes: &'a [u8],
    /// The highest byte of each chunk, in the same order.
    pub(crate) peaks: &'a [u8],
    pub(crate) terms: &'a [LaneTerm],
}

impl Lanes<'_> {
    /// The bytes of a lane for the documents of the tile that starts at `first`.
    #[inline]
    fn tile(&self, lane: u32, first: usize) -> &[u8; TILE] {
        self.bytes[lane as usize * self.stride + first..].first_chunk().expect("lanes are whole tiles")
    }

    #[inline]
    fn prefetch(&self, tile: usize) {
        for term in self.terms {
            prefetch(self.bytes, term.lane as usize * self.stride + tile * TILE);
        }
    }
}

/// Which code adds up lanes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sweeper {
    /// Plain Rust.
    Portable,
    /// Vectors of 32 bytes; only where the processor has them.
    #[cfg(target_arch = "x86_64")]
    Avx2,
}

impl Sweeper {
    /// The fastest that this processor has.
    pub(crate) fn detect() -> Self {
        #[cfg(target_arch = "x86_64")]
        if std::arch::is_x86_feature_detected!("avx2") {
            return Self::Avx2;
        }
        Self::Portable
    }

    /// An upper bound for each chunk: its highest sum and the lanes' peaks.
    ///
    /// `sums` are the accumulators of whole groups of the block, `first_chunk` the number of their
    /// first chunk in the block, `bounds` takes one number for each of their chunks.
    pub(crate) fn bounds(self, lanes: &Lanes<'_>, first_chunk: usize, sums: &[u16], bounds: &mut [u16]) {
        assert!(sums.len().is_multiple_of(GROUP) && bounds.len() * CHUNK == sums.len());
        assert!(sums.len() <= BLOCK && first_chunk * CHUNK + sums.len() <= lanes.stride);
        assert!(lanes.terms.iter().all(|term| (term.lane as usize + 1) * (lanes.stride / CHUNK) <= lanes.peaks.len()));
        match self {
            Self::Portable => portable::bounds(lanes, first_chunk, sums, bounds),
            // SAFETY: `detect` alone makes this variant, and only where the processor has AVX2; the
            // lengths were just checked.
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => unsafe { avx2::bounds(lanes, first_chunk, sums, bounds) },
        }
    }

    /// Pushes the tiles whose highest bound is from `low` to below `high`, counted from
    /// `first_tile`; `bounds` are those of whole groups.
    pub(crate) fn pick(self, bounds: &[u16], low: u16, high: u16, first_tile: usize, tiles: &mut Vec<u16>) {
        match self {
            Self::Portable => portable::pick(bounds, low, high, first_tile, tiles),
            // SAFETY: `detect` alone makes this variant, and only where the processor has AVX2.
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => unsafe { avx2::pick(bounds, low, high, first_tile, tiles) },
        }
    }

    /// Adds the lanes to the sums of each of `tiles` (numbers in the block, whose accumulators are
    /// `sums`) and pushes the documents that reach `threshold` to `found`: place in the block and sum.
    pub(crate) fn look(
        self,
        lanes: &Lanes<'_>,
        sums: &[u16],
        tiles: &[u16],
        threshold: u16,
        found: &mut Vec<(u16, u16)>,
    ) {
        match self {
            Self::Portable => portable::look(lanes, sums, tiles, threshold, found),
            // SAFETY: `detect` alone makes this variant, and only where the processor has AVX2.
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => unsafe { avx2::look(lanes, sums, tiles, threshold, found) },
        }
    }
}
