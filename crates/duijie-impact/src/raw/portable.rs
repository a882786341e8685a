use super::{CHUNK, LANES_A_LOOK, Sweep};
use crate::postings::BLOCK;

pub(super) fn sweep(sweep: &Sweep<'_>, sums: &mut [u16], found: &mut Vec<(u16, u16)>) {
    for (number, chunk) in sums.chunks_exact_mut(CHUNK).enumerate() {
        let start = sweep.start + number * CHUNK;
        if add_lanes(sweep, start, chunk) {
            for (place, &sum) in chunk.iter().enumerate() {
                if sum >= sweep.threshold {
                    found.push(((start + place) as u16, sum));
                }
            }
        }
        chunk.fill(0);
    }
}

/// Adds the lanes; `false` as soon as no document can reach the threshold.
fn add_lanes(sweep: &Sweep<'_>, start: usize, chunk: &mut [u16]) -> bool {
    for lanes in sweep.lanes.chunks(LANES_A_LOOK) {
        if !reaches(chunk, sweep.threshold.saturating_sub(lanes[0].rest)) {
            return false;
        }
        for lane in lanes {
            let at = lane.lane as usize * BLOCK + start;
            for (sum, &byte) in chunk.iter_mut().zip(&sweep.lane_bytes[at..at + CHUNK]) {
                *sum = sum.wrapping_add((u32::from(byte) * u32::from(lane.multiplier) >> 8) as u16);
            }
        }
    }
    reaches(chunk, sweep.threshold)
}

fn reaches(chunk: &[u16], threshold: u16) -> bool {
    chunk.iter().fold(0, |highest, &sum| highest.max(sum)) >= threshold
}
