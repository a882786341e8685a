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

use std::ops::Range;

/// Documents that are added up together.
pub(crate) const TILE: usize = 64;

/// Bytes of a tile in a lane: two documents share one.
pub(crate) const TILE_BYTES: usize = TILE / 2;

/// How many bytes ahead of where it adds a lane is fetched into the cache.
const AHEAD: usize = 4 * 64;

/// Where document `place` of a tile has its code: the byte, and by how much it is shifted up.
///
/// The first half of the tile has the lower half-bytes. Of each half the first 16 documents have
/// the even bytes, so that even and odd bytes of a vector, taken apart, are documents in order.
pub(crate) fn code_place(place: usize) -> (usize, u32) {
    (2 * (place % 16) + place / 16 % 2, if place < TILE / 2 { 0 } else { 4 })
}

/// Up to four lanes whose additions fit one byte together; those that are not needed add 0.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Quad {
    pub(crate) lanes: [u32; 4],
    /// What each code of each lane adds.
    pub(crate) tables: [[u8; 16]; 4],
}

/// The lanes of one block that a query asks for.
pub(crate) struct Lanes<'a> {
    /// Bytes from one lane to the next.
    pub(crate) stride: usize,
    /// All lanes of the block.
    pub(crate) bytes: &'a [u8],
    pub(crate) quads: &'a [Quad],
    /// By how many bits what the lanes add is shifted up.
    pub(crate) shift: u32,
}

impl Lanes<'_> {
    /// Starts to fetch into the cache what will be added first, from `tile` on.
    pub(crate) fn prefetch(&self, tile: usize) {
        for lane in self.quads.iter().flat_map(|quad| quad.lanes) {
            let at = lane as usize * self.stride + tile * TILE_BYTES;
            (0..AHEAD).step_by(64).for_each(|ahead| prefetch(self.bytes, at + ahead));
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

    /// Adds the lanes to the sums of `tiles`, pushes the documents that reach `threshold` to `found`
    /// (place in the block, and sum), and leaves the sums 0.
    ///
    /// `sums` are the accumulators of the block from its first document on.
    pub(crate) fn sweep(
        self,
        lanes: &Lanes<'_>,
        tiles: Range<usize>,
        sums: &mut [u16],
        threshold: u16,
        found: &mut Vec<(u16, u16)>,
    ) {
        assert!(tiles.end * TILE <= sums.len() && tiles.end * TILE_BYTES <= lanes.stride);
        let asked = lanes.quads.iter().flat_map(|quad| quad.lanes);
        assert!(asked.max().is_none_or(|lane| (lane as usize + 1) * lanes.stride <= lanes.bytes.len()));
        match self {
            Self::Portable => portable::sweep(lanes, tiles, sums, threshold, found),
            // SAFETY: `detect` alone makes this variant, and only where the processor has AVX2; the
            // lengths were just checked.
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => unsafe { avx2::sweep(lanes, tiles, sums, threshold, found) },
        }
    }
}
