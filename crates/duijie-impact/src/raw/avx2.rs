use std::arch::x86_64::*;

use super::{CHUNK, LANES_A_LOOK, Sweep};
use crate::postings::BLOCK;

/// # Safety
/// The processor has AVX2; `sums` are whole chunks, and every lane has bytes for all of them.
#[target_feature(enable = "avx2")]
pub(super) unsafe fn sweep(sweep: &Sweep<'_>, sums: &mut [u16], found: &mut Vec<(u16, u16)>) {
    let total = sweep.lanes.first().map_or(0, |lane| lane.rest);
    let first_look = _mm256_set1_epi16(sweep.threshold.saturating_sub(total) as i16);
    for (number, chunk) in sums.chunks_exact_mut(CHUNK).enumerate() {
        let start = sweep.start + number * CHUNK;
        let at = chunk.as_mut_ptr().cast::<__m256i>();
        // SAFETY: a chunk is four vectors of 16 sums.
        let mut sums = unsafe { [_mm256_loadu_si256(at), _mm256_loadu_si256(at.add(1)), _mm256_loadu_si256(at.add(2)), _mm256_loadu_si256(at.add(3))] };
        let zero = _mm256_setzero_si256();
        // SAFETY: as above.
        unsafe {
            _mm256_storeu_si256(at, zero);
            _mm256_storeu_si256(at.add(1), zero);
            _mm256_storeu_si256(at.add(2), zero);
            _mm256_storeu_si256(at.add(3), zero);
        }
        if !reaches(&sums, first_look) {
            continue;
        }
        // SAFETY: the caller's promise about lanes.
        if unsafe { add_lanes(sweep, start, &mut sums) } {
            emit(sweep, start, &sums, found);
        }
    }
}

/// Adds the lanes; `false` as soon as no document can reach the threshold.
///
/// # Safety
/// The processor has AVX2; every lane has bytes for the chunk at `start`.
#[target_feature(enable = "avx2")]
#[inline]
unsafe fn add_lanes(sweep: &Sweep<'_>, start: usize, sums: &mut [__m256i; 4]) -> bool {
    let zero = _mm256_setzero_si256();
    for (look, lanes) in sweep.lanes.chunks(LANES_A_LOOK).enumerate() {
        if look > 0 && !reaches(sums, _mm256_set1_epi16(sweep.threshold.saturating_sub(lanes[0].rest) as i16)) {
            return false;
        }
        for lane in lanes {
            let multiplier = _mm256_set1_epi16(lane.multiplier as i16);
            for half in 0..2 {
                let at = lane.lane as usize * BLOCK + start + half * 32;
                // SAFETY: 32 bytes of the lane, which the caller promises.
                let bytes = unsafe { _mm256_loadu_si256(sweep.lane_bytes.as_ptr().add(at).cast()) };
                // The bytes of documents 0–7, 16–23, 8–15, 24–31, so that unpacking within the
                // vector's halves gives documents 0–15 and 16–31, each byte shifted up by 8.
                let bytes = _mm256_permute4x64_epi64::<0b11_01_10_00>(bytes);
                let low = _mm256_mulhi_epu16(_mm256_unpacklo_epi8(zero, bytes), multiplier);
                let high = _mm256_mulhi_epu16(_mm256_unpackhi_epi8(zero, bytes), multiplier);
                sums[2 * half] = _mm256_add_epi16(sums[2 * half], low);
                sums[2 * half + 1] = _mm256_add_epi16(sums[2 * half + 1], high);
            }
        }
    }
    reaches(sums, _mm256_set1_epi16(sweep.threshold as i16))
}

/// Whether any sum is at least the threshold, as unsigned numbers.
#[target_feature(enable = "avx2")]
#[inline]
fn reaches(sums: &[__m256i; 4], threshold: __m256i) -> bool {
    let highest = _mm256_max_epu16(_mm256_max_epu16(sums[0], sums[1]), _mm256_max_epu16(sums[2], sums[3]));
    let reached = _mm256_cmpeq_epi16(_mm256_max_epu16(highest, threshold), highest);
    _mm256_movemask_epi8(reached) != 0
}

/// Pushes the places and sums that reach the threshold.
#[target_feature(enable = "avx2")]
fn emit(sweep: &Sweep<'_>, start: usize, sums: &[__m256i; 4], found: &mut Vec<(u16, u16)>) {
    let threshold = _mm256_set1_epi16(sweep.threshold as i16);
    for (number, vector) in sums.iter().enumerate() {
        let reached = _mm256_cmpeq_epi16(_mm256_max_epu16(*vector, threshold), *vector);
        // Two equal bits for every sum.
        let mut bits = _mm256_movemask_epi8(reached) as u32 & 0x5555_5555;
        if bits == 0 {
            continue;
        }
        let mut plain = [0u16; 16];
        // SAFETY: `plain` is as long as a vector.
        unsafe { _mm256_storeu_si256(plain.as_mut_ptr().cast(), *vector) };
        while bits != 0 {
            let place = bits.trailing_zeros() as usize / 2;
            found.push(((start + number * 16 + place) as u16, plain[place]));
            bits &= bits - 1;
        }
    }
}
