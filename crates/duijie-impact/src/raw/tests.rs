//! Vector code and portable code give the same numbers.

use proptest::prelude::*;

use super::{CHUNK, GROUP, Lanes, Sweeper, TILE};
use crate::search::LaneTerm;

const GROUPS: usize = 3;

proptest! {
    #[test]
    fn vector_code_equals_portable_code(
        sums in prop::collection::vec(0u16..30_000, GROUPS * GROUP),
        bytes in prop::collection::vec(any::<u8>(), 5 * GROUPS * GROUP),
        multipliers in prop::collection::vec(any::<u16>(), 0..6),
        threshold in 1u16..60_000,
    ) {
        let stride = GROUPS * GROUP;
        let peaks: Vec<u8> = bytes.chunks(CHUNK).map(|chunk| *chunk.iter().max().unwrap()).collect();
        // Sums must fit 16 bits, as the search plan sees to.
        let room = 35_000 / multipliers.len().max(1) as u16;
        let terms: Vec<LaneTerm> = multipliers.iter().enumerate()
            .map(|(place, &multiplier)| LaneTerm { lane: (place * 3 % 5) as u32, multiplier: multiplier.min(room) })
            .collect();
        let lanes = Lanes { stride, bytes: &bytes, peaks: &peaks, terms: &terms };
        let tiles: Vec<u16> = (0..(stride / TILE) as u16).rev().collect();
        let run = |sweeper: Sweeper| {
            let mut bounds = vec![0; GROUP / CHUNK];
            sweeper.bounds(&lanes, GROUP / CHUNK, &sums[GROUP..2 * GROUP], &mut bounds);
            let mut found = Vec::new();
            sweeper.look(&lanes, &sums, &tiles, threshold, &mut found);
            let mut picked = Vec::new();
            sweeper.pick(&bounds, threshold / 2, threshold, 7, &mut picked);
            (bounds, found, picked)
        };
        let (bounds, found, picked) = run(Sweeper::Portable);
        let (fast_bounds, fast_found, fast_picked) = run(Sweeper::detect());
        prop_assert_eq!(&bounds, &fast_bounds);
        prop_assert_eq!(&found, &fast_found);
        prop_assert_eq!(picked, fast_picked);
        // And both are right: every document, straight from the definition.
        for document in 0..stride {
            let lane_sum: u32 = terms.iter()
                .map(|term| (u32::from(bytes[term.lane as usize * stride + document]) * u32::from(term.multiplier)) >> 8)
                .sum();
            let sum = u32::from(sums[document]) + lane_sum;
            let expected = (sum >= u32::from(threshold)).then_some(sum as u16);
            prop_assert_eq!(found.iter().find(|(place, _)| usize::from(*place) == document).map(|hit| hit.1), expected);
            if document / GROUP == 1 {
                prop_assert!(u32::from(bounds[(document - GROUP) / CHUNK]) >= sum);
            }
        }
    }
}
