use std::arch::x86_64::*;
use std::ops::Range;

use super::{AHEAD, Lanes, TILE, TILE_BYTES};

/// # Safety
/// The processor has AVX2; `sums` and every lane asked for reach to the end of the tiles.
#[target_feature(enable = "avx2")]
pub(super) unsafe fn sweep(
    lanes: &Lanes<'_>,
    tiles: Range<usize>,
    sums: &mut [u16],
    threshold: u16,
    found: &mut Vec<(u16, u16)>,
) {
    let mut tile = tiles.start;
    // SAFETY: what the caller promises, for each of the tiles.
    unsafe {
        while tile + 2 <= tiles.end {
            sweep_tiles::<2>(lanes, tile, sums, threshold, found);
            tile += 2;
        }
        if tile < tiles.end {
            sweep_tiles::<1>(lanes, tile, sums, threshold, found);
        }
    }
}

/// `N` tiles from `first` on together, so that tables are loaded once for all.
///
/// # Safety
/// As [`sweep`].
#[target_feature(enable = "avx2")]
#[inline]
unsafe fn sweep_tiles<const N: usize>(
    lanes: &Lanes<'_>,
    first: usize,
    sums: &mut [u16],
    threshold: u16,
    found: &mut Vec<(u16, u16)>,
) {
    let (zero, half_byte) = (_mm256_setzero_si256(), _mm256_set1_epi8(15));
    let bytes = lanes.bytes.as_ptr().wrapping_add(first * TILE_BYTES);
    // Of each tile the first half and its odd bytes, the second half and its odd bytes.
    let mut added = [[zero; 4]; N];
    for quad in lanes.quads {
        let mut halves = [(zero, zero); N];
        for (&lane, table) in quad.lanes.iter().zip(&quad.tables) {
            let lane = bytes.wrapping_add(lane as usize * lanes.stride);
            _mm_prefetch::<_MM_HINT_T0>(lane.wrapping_add(AHEAD).cast());
            // SAFETY: a table is half a vector.
            let table = _mm256_broadcastsi128_si256(unsafe { _mm_loadu_si128(table.as_ptr().cast()) });
            for (tile, (low, high)) in halves.iter_mut().enumerate() {
                // SAFETY: a tile of the lane is one vector, which the caller promises.
                let codes = unsafe { _mm256_loadu_si256(lane.add(tile * TILE_BYTES).cast()) };
                let upper = _mm256_and_si256(_mm256_srli_epi16::<4>(codes), half_byte);
                *low = _mm256_add_epi8(*low, _mm256_shuffle_epi8(table, _mm256_and_si256(codes, half_byte)));
                *high = _mm256_add_epi8(*high, _mm256_shuffle_epi8(table, upper));
            }
        }
        // Bytes as pairs: the odd ones are shifted out, and taken off the pairs at the end.
        for (added, (low, high)) in added.iter_mut().zip(halves) {
            added[0] = _mm256_add_epi16(added[0], low);
            added[1] = _mm256_add_epi16(added[1], _mm256_srli_epi16::<8>(low));
            added[2] = _mm256_add_epi16(added[2], high);
            added[3] = _mm256_add_epi16(added[3], _mm256_srli_epi16::<8>(high));
        }
    }
    let (least, shift) = (_mm256_set1_epi16(threshold as i16), _mm_cvtsi32_si128(lanes.shift as i32));
    for (number, added) in added.iter_mut().enumerate() {
        added[0] = _mm256_sub_epi16(added[0], _mm256_slli_epi16::<8>(added[1]));
        added[2] = _mm256_sub_epi16(added[2], _mm256_slli_epi16::<8>(added[3]));
        let start = (first + number) * TILE;
        let own: *mut __m256i = sums[start..][..TILE].as_mut_ptr().cast();
        let mut highest = zero;
        for (part, added) in added.iter_mut().enumerate() {
            // SAFETY: a tile is four vectors of 16 sums.
            unsafe {
                *added = _mm256_add_epi16(_mm256_loadu_si256(own.add(part)), _mm256_sll_epi16(*added, shift));
                _mm256_storeu_si256(own.add(part), zero);
            }
            highest = _mm256_max_epu16(highest, *added);
        }
        if _mm256_movemask_epi8(_mm256_cmpeq_epi16(_mm256_max_epu16(highest, least), highest)) != 0 {
            push(*added, least, start, found);
        }
    }
}

/// Pushes the sums that reach the threshold, with their places counted from `first`.
#[target_feature(enable = "avx2")]
fn push(totals: [__m256i; 4], least: __m256i, first: usize, found: &mut Vec<(u16, u16)>) {
    for (part, total) in totals.into_iter().enumerate() {
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
