//! Vector code and portable code give the same numbers.

use proptest::prelude::*;

use super::{Lanes, Quad, Sweeper, TILE, TILE_BYTES, code_place};

const TILES: usize = 9;
const LANES: usize = 5;

prop_compose! {
    fn quad()(lanes in prop::array::uniform4(0..LANES as u32), tables in prop::array::uniform4(any::<[u8; 16]>())) -> Quad {
        // Four additions must fit one byte, as the search plan sees to.
        Quad { lanes, tables: tables.map(|table| table.map(|byte| byte / 4)) }
    }
}

proptest! {
    #[test]
    fn vector_code_equals_portable_code_and_the_definition(
        sums in prop::collection::vec(0u16..40_000, TILES * TILE),
        bytes in prop::collection::vec(any::<u8>(), LANES * TILES * TILE_BYTES),
        quads in prop::collection::vec(quad(), 0..7),
        shift in 0u32..4,
        threshold in 1u16..60_000,
        (start, end) in (0..=TILES, 0..=TILES),
    ) {
        let lanes = Lanes { stride: TILES * TILE_BYTES, bytes: &bytes, quads: &quads, shift };
        let run = |sweeper: Sweeper| {
            let (mut sums, mut found) = (sums.clone(), Vec::new());
            sweeper.sweep(&lanes, start..end, &mut sums, threshold, &mut found);
            (sums, found)
        };
        let (left, found) = run(Sweeper::Portable);
        prop_assert_eq!((&left, &found), (&run(Sweeper::detect()).0, &run(Sweeper::detect()).1));
        let mut expected = Vec::new();
        for (document, &sum) in sums.iter().enumerate() {
            let (tile, (byte, up)) = (document / TILE, code_place(document % TILE));
            let code = |lane: u32| bytes[lane as usize * lanes.stride + tile * TILE_BYTES + byte] >> up & 15;
            let added = quads.iter().flat_map(|quad| quad.lanes.iter().zip(&quad.tables));
            let added: u16 = added.map(|(&lane, table)| u16::from(table[usize::from(code(lane))])).sum();
            let total = sum + (added << shift);
            if (start..end).contains(&tile) {
                prop_assert_eq!(left[document], 0);
                if total >= threshold {
                    expected.push((document as u16, total));
                }
            } else {
                prop_assert_eq!(left[document], sum);
            }
        }
        prop_assert_eq!(found, expected);
    }
}

#[test]
fn every_document_of_a_tile_has_a_place_of_its_own() {
    let mut places: Vec<_> = (0..TILE).map(code_place).collect();
    places.sort_unstable();
    places.dedup();
    assert_eq!(places.len(), TILE);
    assert!(places.iter().all(|(byte, _)| *byte < TILE_BYTES));
}
