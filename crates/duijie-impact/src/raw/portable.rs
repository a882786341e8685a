use std::ops::Range;

use super::{Lanes, TILE, TILE_BYTES, code_place};

pub(super) fn sweep(
    lanes: &Lanes<'_>,
    tiles: Range<usize>,
    sums: &mut [u16],
    threshold: u16,
    found: &mut Vec<(u16, u16)>,
) {
    for tile in tiles {
        let mut added = [0u16; TILE];
        for quad in lanes.quads {
            for (lane, table) in quad.lanes.iter().zip(&quad.tables) {
                let codes = &lanes.bytes[*lane as usize * lanes.stride + tile * TILE_BYTES..][..TILE_BYTES];
                for (place, added) in added.iter_mut().enumerate() {
                    let (byte, shift) = code_place(place);
                    *added += u16::from(table[usize::from(codes[byte] >> shift & 15)]);
                }
            }
        }
        let own = &mut sums[tile * TILE..][..TILE];
        for (place, (sum, added)) in own.iter_mut().zip(added).enumerate() {
            let total = sum.wrapping_add(added << lanes.shift);
            if total >= threshold {
                found.push(((tile * TILE + place) as u16, total));
            }
            *sum = 0;
        }
    }
}
