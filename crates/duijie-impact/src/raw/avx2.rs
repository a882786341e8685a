use std::arch::x86_64::*;

use super::{CHUNK, CHUNKS, GROUP, Sweep};
use crate::postings::BLOCK;

/// # Safety
/// The processor has AVX2; `sums` are whole groups, and every lane has bytes for all of them.
#[target_feature(enable = "avx2")]
pub(super) unsafe fn sweep(sweep: &Sweep<'_>, sums: &mut [u16], found: &mut Vec<(u16, u16)>) {
    let threshold = _mm256_set1_epi16(sweep.threshold as i16);
    for (number, group) in sums.chunks_exact_mut(GROUP).enumerate() {
        let start = sweep.start + number * GROUP;
        // SAFETY: the caller's promise.
        let bounds = unsafe { bounds(sweep, start, group) };
        for (half, &bounds) in bounds.iter().enumerate() {
            let mut reached = bits(reach(bounds, threshold));
            while reached != 0 {
                let chunk = half * CHUNKS / 2 + reached.trailing_zeros() as usize / 2;
                reached &= reached - 1;
                // SAFETY: the caller's promise.
                unsafe { look(sweep, start, chunk, group, found) };
            }
        }
        group.fill(0);
    }
}

/// The highest sum of each chunk of the group plus the highest bytes of the lanes there.
///
/// # Safety
/// The processor has AVX2; every lane has peaks for the group at `start`.
#[target_feature(enable = "avx2")]
#[inline]
unsafe fn bounds(sweep: &Sweep<'_>, start: usize, group: &[u16]) -> [__m256i; 2] {
    // SAFETY: a group is eight rows of 32 sums, which are two vectors each.
    let row = |row: usize, half: usize| unsafe { _mm256_loadu_si256(group.as_ptr().add(row * CHUNKS + half * CHUNKS / 2).cast()) };
    let mut low = row(0, 0);
    let mut high = row(0, 1);
    for number in 1..CHUNK {
        low = _mm256_max_epu16(low, row(number, 0));
        high = _mm256_max_epu16(high, row(number, 1));
    }
    let zero = _mm256_setzero_si256();
    for lane in sweep.lanes {
        let multiplier = _mm256_set1_epi16(lane.multiplier as i16);
        let at = (lane.lane as usize * BLOCK + start) / CHUNK;
        // SAFETY: the 32 peaks of the group, which the caller promises.
        let peaks = unsafe { _mm256_loadu_si256(sweep.peaks.as_ptr().add(at).cast()) };
        // Peaks 0–7, 16–23, 8–15, 24–31, so that unpacking within the vector's halves gives
        // peaks 0–15 and 16–31, each shifted up by 8 bits.
        let peaks = _mm256_permute4x64_epi64::<0b11_01_10_00>(peaks);
        low = _mm256_add_epi16(low, _mm256_mulhi_epu16(_mm256_unpacklo_epi8(zero, peaks), multiplier));
        high = _mm256_add_epi16(high, _mm256_mulhi_epu16(_mm256_unpackhi_epi8(zero, peaks), multiplier));
    }
    [low, high]
}

/// Adds the lanes to the sums of one chunk and pushes what reaches the threshold.
///
/// # Safety
/// The processor has AVX2; every lane has bytes for the group at `start`.
#[target_feature(enable = "avx2")]
#[inline]
unsafe fn look(sweep: &Sweep<'_>, start: usize, chunk: usize, group: &[u16], found: &mut Vec<(u16, u16)>) {
    let sum = |row: usize| group[row * CHUNKS + chunk] as i16;
    let mut sums = _mm_set_epi16(sum(7), sum(6), sum(5), sum(4), sum(3), sum(2), sum(1), sum(0));
    let first = start + chunk * CHUNK;
    for lane in sweep.lanes {
        // SAFETY: the eight bytes of the chunk, which the caller promises.
        let bytes = unsafe { _mm_loadl_epi64(sweep.bytes.as_ptr().add(lane.lane as usize * BLOCK + first).cast()) };
        let shifted = _mm_unpacklo_epi8(_mm_setzero_si128(), bytes);
        sums = _mm_add_epi16(sums, _mm_mulhi_epu16(shifted, _mm_set1_epi16(lane.multiplier as i16)));
    }
    let threshold = _mm_set1_epi16(sweep.threshold as i16);
    let mut reached = _mm_movemask_epi8(_mm_cmpeq_epi16(_mm_max_epu16(sums, threshold), sums)) as u32 & 0x5555;
    if reached == 0 {
        return;
    }
    let mut plain = [0u16; CHUNK];
    // SAFETY: `plain` is as long as a vector.
    unsafe { _mm_storeu_si128(plain.as_mut_ptr().cast(), sums) };
    while reached != 0 {
        let place = reached.trailing_zeros() as usize / 2;
        reached &= reached - 1;
        found.push(((first + place) as u16, plain[place]));
    }
}

/// All ones where the sum is at least the threshold, as unsigned numbers.
#[target_feature(enable = "avx2")]
#[inline]
fn reach(sums: __m256i, threshold: __m256i) -> __m256i {
    _mm256_cmpeq_epi16(_mm256_max_epu16(sums, threshold), sums)
}

/// Every second bit: one for each of 16 comparisons.
#[target_feature(enable = "avx2")]
#[inline]
fn bits(comparisons: __m256i) -> u32 {
    _mm256_movemask_epi8(comparisons) as u32 & 0x5555_5555
}
