use super::{CHUNK, CHUNKS, GROUP, Sweep};
use crate::postings::BLOCK;

pub(super) fn sweep(sweep: &Sweep<'_>, sums: &mut [u16], found: &mut Vec<(u16, u16)>) {
    for (number, group) in sums.chunks_exact_mut(GROUP).enumerate() {
        let start = sweep.start + number * GROUP;
        for (chunk, bound) in bounds(sweep, start, group).into_iter().enumerate() {
            if bound >= sweep.threshold {
                look(sweep, start, chunk, group, found);
            }
        }
        group.fill(0);
    }
}

/// The highest sum of each chunk of the group plus the highest bytes of the lanes there.
fn bounds(sweep: &Sweep<'_>, start: usize, group: &[u16]) -> [u16; CHUNKS] {
    let mut bounds = [0u16; CHUNKS];
    for row in group.chunks_exact(CHUNKS) {
        bounds.iter_mut().zip(row).for_each(|(bound, &sum)| *bound = (*bound).max(sum));
    }
    for lane in sweep.lanes {
        let at = (lane.lane as usize * BLOCK + start) / CHUNK;
        add(&mut bounds, &sweep.peaks[at..at + CHUNKS], lane.multiplier);
    }
    bounds
}

/// Adds the lanes to the sums of one chunk and pushes what reaches the threshold.
fn look(sweep: &Sweep<'_>, start: usize, chunk: usize, group: &[u16], found: &mut Vec<(u16, u16)>) {
    let mut sums: [u16; CHUNK] = std::array::from_fn(|row| group[row * CHUNKS + chunk]);
    let first = start + chunk * CHUNK;
    for lane in sweep.lanes {
        let at = lane.lane as usize * BLOCK + first;
        add(&mut sums, &sweep.bytes[at..at + CHUNK], lane.multiplier);
    }
    let reached = sums.iter().enumerate().filter(|(_, sum)| **sum >= sweep.threshold);
    found.extend(reached.map(|(place, &sum)| ((first + place) as u16, sum)));
}

fn add(sums: &mut [u16], bytes: &[u8], multiplier: u16) {
    for (sum, &byte) in sums.iter_mut().zip(bytes) {
        *sum = sum.wrapping_add((u32::from(byte) * u32::from(multiplier) >> 8) as u16);
    }
}
