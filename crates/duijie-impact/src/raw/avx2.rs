use std::arch::x86_64::*;

use super::{AHEAD, CHUNK, CHUNKS, GROUP, Lanes, TILE};

/// # Safety
/// The processor has AVX2; `sums` are whole groups, `bounds` has one place for each of their
/// chunks, and every lane has peaks for all of them from `first_chunk` on.
#[target_feature(enable = "avx2")]
pub(super) unsafe fn bounds(lanes: &Lanes<'_>, first_chunk: usize, sums: &[u16], bounds: &mut [u16]) {
    let zero = _mm256_setzero_si256();
    for (number, (group, bounds)) in sums.chunks_exact(GROUP).zip(bounds.chunks_exact_mut(CHUNKS)).enumerate() {
        let (mut low, mut high) = (highest(&group[..GROUP / 2]), highest(&group[GROUP / 2..]));
        for term in lanes.terms {
            let multiplier = _mm256_set1_epi16(term.multiplier as i16);
            let at = term.lane as usize * (lanes.stride / CHUNK) + first_chunk + number * CHUNKS;
            // SAFETY: the 32 peaks of the group, which the caller promises.
            let peaks = unsafe { _mm256_loadu_si256(lanes.peaks.as_ptr().add(at).cast()) };
            // Peaks 0–7, 16–23, 8–15, 24–31, so that unpacking within the vector's halves gives
            // peaks 0–15 and 16–31, each shifted up by 8 bits.
            let peaks = _mm256_permute4x64_epi64::<0b11_01_10_00>(peaks);
            low = _mm256_add_epi16(low, _mm256_mulhi_epu16(_mm256_unpacklo_epi8(zero, peaks), multiplier));
            high = _mm256_add_epi16(high, _mm256_mulhi_epu16(_mm256_unpackhi_epi8(zero, peaks), multiplier));
        }
        // SAFETY: the bounds of a group are two vectors.
        unsafe {
            _mm256_storeu_si256(bounds.as_mut_ptr().cast(), low);
            _mm256_storeu_si256(bounds.as_mut_ptr().add(CHUNKS / 2).cast(), high);
        }
    }
}

/// The highest sum of each of the 16 chunks of half a group.
#[target_feature(enable = "avx2")]
#[inline]
fn highest(half: &[u16]) -> __m256i {
    // SAFETY: half a group is eight vectors of two chunks each.
    let pair = |number: usize| unsafe { _mm256_loadu_si256(half[number * 2 * CHUNK..][..2 * CHUNK].as_ptr().cast()) };
    // Interleaving two vectors and taking the higher of both halves merges them: eight into one.
    let merge_16 = |a, b| _mm256_max_epu16(_mm256_unpacklo_epi16(a, b), _mm256_unpackhi_epi16(a, b));
    let merge_32 = |a, b| _mm256_max_epu16(_mm256_unpacklo_epi32(a, b), _mm256_unpackhi_epi32(a, b));
    let four =
        |first: usize| merge_32(merge_16(pair(first), pair(first + 1)), merge_16(pair(first + 2), pair(first + 3)));
    let (a, b) = (four(0), four(4));
    let merged = _mm256_max_epu16(_mm256_unpacklo_epi64(a, b), _mm256_unpackhi_epi64(a, b));
    // The even chunks are in the lower half, the odd ones in the upper.
    let (even, odd) = (_mm256_castsi256_si128(merged), _mm256_extracti128_si256::<1>(merged));
    _mm256_set_m128i(_mm_unpackhi_epi16(even, odd), _mm_unpacklo_epi16(even, odd))
}

/// Pushes the tiles whose highest bound is in `low..high`, counted from `first_tile`.
#[target_feature(enable = "avx2")]
pub(super) fn pick(bounds: &[u16], low: u16, high: u16, first_tile: usize, tiles: &mut Vec<u16>) {
    let (least, beyond) = (_mm256_set1_epi16(low as i16), _mm256_set1_epi16(high as i16));
    for (number, bounds) in bounds.chunks_exact(2 * TILE / CHUNK).enumerate() {
        // SAFETY: a vector of 16 bounds, which are two tiles.
        let bounds = unsafe { _mm256_loadu_si256(bounds.as_ptr().cast()) };
        let enough = _mm256_movemask_epi8(_mm256_cmpeq_epi16(_mm256_max_epu16(bounds, least), bounds)) as u32;
        if enough == 0 {
            continue;
        }
        let too_much = _mm256_movemask_epi8(_mm256_cmpeq_epi16(_mm256_max_epu16(bounds, beyond), bounds)) as u32;
        for half in 0..2 {
            if enough >> (16 * half) & 0xffff != 0 && too_much >> (16 * half) & 0xffff == 0 {
                tiles.push((first_tile + 2 * number + half) as u16);
            }
        }
    }
}

/// Adds the lanes to the sums of each tile and pushes what reaches the threshold.
#[target_feature(enable = "avx2")]
pub(super) fn look(lanes: &Lanes<'_>, sums: &[u16], tiles: &[u16], threshold: u16, found: &mut Vec<(u16, u16)>) {
    let zero = _mm256_setzero_si256();
    let least = _mm256_set1_epi16(threshold as i16);
    for (number, &tile) in tiles.iter().enumerate() {
        if let Some(&later) = tiles.get(number + AHEAD) {
            lanes.prefetch(usize::from(later));
        }
        let first = usize::from(tile) * TILE;
        let own: &[u16; TILE] = sums[first..].first_chunk().expect("blocks are whole tiles");
        // SAFETY: a tile is four vectors of 16 sums.
        let own = |part: usize| unsafe { _mm256_loadu_si256(own.as_ptr().add(part * 16).cast()) };
        let (mut a, mut b, mut c, mut d) = (own(0), own(1), own(2), own(3));
        for term in lanes.terms {
            let multiplier = _mm256_set1_epi16(term.multiplier as i16);
            let bytes = lanes.tile(term.lane, first);
            // SAFETY: a tile is two vectors of 32 bytes.
            let (left, right) = unsafe {
                (_mm256_loadu_si256(bytes.as_ptr().cast()), _mm256_loadu_si256(bytes.as_ptr().add(32).cast()))
            };
            let left = _mm256_permute4x64_epi64::<0b11_01_10_00>(left);
            let right = _mm256_permute4x64_epi64::<0b11_01_10_00>(right);
            a = _mm256_add_epi16(a, _mm256_mulhi_epu16(_mm256_unpacklo_epi8(zero, left), multiplier));
            b = _mm256_add_epi16(b, _mm256_mulhi_epu16(_mm256_unpackhi_epi8(zero, left), multiplier));
            c = _mm256_add_epi16(c, _mm256_mulhi_epu16(_mm256_unpacklo_epi8(zero, right), multiplier));
            d = _mm256_add_epi16(d, _mm256_mulhi_epu16(_mm256_unpackhi_epi8(zero, right), multiplier));
        }
        let highest = _mm256_max_epu16(_mm256_max_epu16(a, b), _mm256_max_epu16(c, d));
        if _mm256_movemask_epi8(_mm256_cmpeq_epi16(_mm256_max_epu16(highest, least), highest)) != 0 {
            push([a, b, c, d], least, first, found);
        }
    }
}

/// Pushes the sums that reach the threshold, with their places counted from `first`.
#[target_feature(enable = "avx2")]
fn push(total: [__m256i; 4], least: __m256i, first: usize, found: &mut Vec<(u16, u16)>) {
    for (part, total) in total.into_iter().enumerate() {
        // Two equal bits for every sum.
        let reached = _mm256_movemask_epi8(_mm256_cmpeq_epi16(_mm256_max_epu16(total, least), total));
        let mut reached = reached as u32 & 0x5555_5555;
        if reached == 0 {
            continue;
        }
        let mut plain = [0u16; 16];
        // SAFETY: `plain` is as long as a vector.
        unsafe { _mm256_storeu_si256(plain.as_mut_ptr().cast(), total) };
        while reached != 0 {
            let place = reached.trailing_zeros() as usize / 2;
            reached &= reached - 1;
            found.push(((first + part * 16 + place) as u16, plain[place]));
        }
    }
}
