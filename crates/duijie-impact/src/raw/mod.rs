//! What the compiler can't check: vector instructions, with a safe equal.
//!
//! This is the only module of the crate with unsafe code. Vector code is called only where the
//! processor was asked for it at run time; everything it does, the portable code does too, and a
//! test holds the two equal.

#![allow(unsafe_code)] // vector loads and stores, and calls guarded by run-time detection

#[cfg(target_arch = "x86_64")]
mod avx2;
mod plain;
mod portable;

pub(crate) use plain::{Plain, bytes, map, numbers};

use crate::postings::BLOCK;
use crate::search::LaneTerm;

/// Neighbouring documents that share one peak byte in each lane.
pub(crate) const CHUNK: usize = 8;

/// Documents that a sweep looks at together, with one vector of peaks.
pub(crate) const GROUP: usize = CHUNK * CHUNKS;

/// Chunks in a group.
const CHUNKS: usize = 32;

/// Where the accumulator of the document at `local` of a block is.
///
/// Within a group the accumulators are transposed: first those of every chunk's first document,
/// then of every chunk's second, so that the highest of each chunk comes out of whole vectors.
#[inline]
pub(crate) const fn accumulator_of(local: usize) -> usize {
    local / GROUP * GROUP + local % CHUNK * CHUNKS + local % GROUP / CHUNK
}

/// One sweep over part of a block: adds the lanes to the sums of the sparse terms.
///
/// A chunk is looked at only where its highest sum and the lanes' peaks together reach the
/// threshold. The documents that do reach it are pushed to `found`: place in the block and sum,
/// rising by place. All sums are 0 afterwards.
pub(crate) struct Sweep<'a> {
    /// Where in the block the accumulators start; a multiple of [`GROUP`].
    pub(crate) start: usize,
    /// All lanes of the block, [`BLOCK`] bytes each.
    pub(crate) bytes: &'a [u8],
    /// The highest byte of each chunk, lane by lane.
    pub(crate) peaks: &'a [u8],
    /// The lanes to add.
    pub(crate) lanes: &'a [LaneTerm],
    /// At least 1.
    pub(crate) threshold: u16,
}

/// Starts to fetch the cache line of `items[at]`, where there is such an item and the processor can be asked.
#[inline]
pub(crate) fn prefetch<T>(items: &[T], at: usize) {
    #[cfg(target_arch = "x86_64")]
    if let Some(item) = items.get(at) {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        // SAFETY: a hint about an address that is valid; SSE is part of every x86-64 processor.
        unsafe { _mm_prefetch::<_MM_HINT_T0>(std::ptr::from_ref(item).cast()) };
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = (items, at);
}

/// Which code sweeps.
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

    /// Sweeps.
    pub(crate) fn sweep(self, sweep: &Sweep<'_>, sums: &mut [u16], found: &mut Vec<(u16, u16)>) {
        assert!(sums.len().is_multiple_of(GROUP) && sweep.start.is_multiple_of(GROUP) && sweep.start + sums.len() <= BLOCK);
        let lanes = sweep.lanes.iter().map(|lane| lane.lane as usize + 1).max().unwrap_or(0);
        assert!(lanes * BLOCK <= sweep.bytes.len() && lanes * BLOCK / CHUNK <= sweep.peaks.len());
        match self {
            Self::Portable => portable::sweep(sweep, sums, found),
            // SAFETY: `detect` alone makes this variant, and only where the processor has AVX2.
            // The lanes and sums were just checked to lie within their slices.
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => unsafe { avx2::sweep(sweep, sums, found) },
        }
    }
}
