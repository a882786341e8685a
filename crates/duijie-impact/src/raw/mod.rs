//! What the compiler can't check: vector instructions, with a safe equal.
//!
//! This is the only module of the crate with unsafe code. Vector code is called only where the
//! processor was asked for it at run time; everything it does, the portable code does too, and a
//! test holds the two equal.

#![allow(unsafe_code)] // vector loads and stores, and calls guarded by run-time detection

#[cfg(target_arch = "x86_64")]
mod avx2;
mod portable;

use crate::postings::BLOCK;
use crate::search::LaneTerm;

/// Documents that a sweep looks at together.
pub(crate) const CHUNK: usize = 64;

/// Lanes that are added before a sweep asks again whether a chunk can still reach the threshold.
const LANES_A_LOOK: usize = 4;

/// One sweep over part of a block: adds the lanes to the sums of the sparse terms.
///
/// `sums` are the accumulators of the whole chunks of documents that start at `start` in the
/// block; `lane_bytes` are all lanes of the block. Where the sum of a document reaches `threshold`
/// (at least 1), its place in the block and its sum are pushed to `found`, rising. All sums are 0 afterwards.
pub(crate) struct Sweep<'a> {
    pub(crate) start: usize,
    pub(crate) lane_bytes: &'a [u8],
    pub(crate) lanes: &'a [LaneTerm],
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
        assert!(sums.len().is_multiple_of(CHUNK) && sweep.start + sums.len() <= BLOCK && sweep.threshold > 0);
        assert!(sweep.lanes.iter().all(|lane| (lane.lane as usize + 1) * BLOCK <= sweep.lane_bytes.len()));
        match self {
            Self::Portable => portable::sweep(sweep, sums, found),
            // SAFETY: `detect` alone makes this variant, and only where the processor has AVX2.
            // The lanes and sums were just checked to lie within their slices.
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => unsafe { avx2::sweep(sweep, sums, found) },
        }
    }
}
