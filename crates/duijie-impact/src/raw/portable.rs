use super::{AHEAD, CHUNK, CHUNKS, GROUP, Lanes, TILE};

pub(super) fn bounds(lanes: &Lanes<'_>, first_chunk: usize, sums: &[u16], bounds: &mut [u16]) {
    for (number, (group, bounds)) in sums.chunks_exact(GROUP).zip(bounds.chunks_exact_mut(CHUNKS)).enumerate() {
        for (bound, chunk) in bounds.iter_mut().zip(group.chunks_exact(CHUNK)) {
            *bound = chunk.iter().fold(0, |highest, &sum| highest.max(sum));
        }
        for term in lanes.terms {
            let at = term.lane as usize * (lanes.stride / CHUNK) + first_chunk + number * CHUNKS;
            add(bounds, &lanes.peaks[at..at + CHUNKS], term.multiplier);
        }
    }
}

pub(super) fn pick(bounds: &[u16], low: u16, high: u16, first_tile: usize, tiles: &mut Vec<u16>) {
    for (number, bounds) in bounds.chunks_exact(TILE / CHUNK).enumerate() {
        let highest = bounds.iter().fold(0, |highest, &bound| highest.max(bound));
        if (low..high).contains(&highest) {
            tiles.push((first_tile + number) as u16);
        }
    }
}

pub(super) fn look(lanes: &Lanes<'_>, sums: &[u16], tiles: &[u16], threshold: u16, found: &mut Vec<(u16, u16)>) {
    for (number, &tile) in tiles.iter().enumerate() {
        if let Some(&later) = tiles.get(number + AHEAD) {
            lanes.prefetch(usize::from(later));
        }
        let first = usize::from(tile) * TILE;
        let mut total: [u16; TILE] = *sums[first..].first_chunk().expect("blocks are whole tiles");
        for term in lanes.terms {
            add(&mut total, lanes.tile(term.lane, first), term.multiplier);
        }
        let reached = total.iter().enumerate().filter(|(_, sum)| **sum >= threshold);
        found.extend(reached.map(|(place, &sum)| ((first + place) as u16, sum)));
    }
}

fn add(sums: &mut [u16], bytes: &[u8], multiplier: u16) {
    for (sum, &byte) in sums.iter_mut().zip(bytes) {
        *sum = sum.wrapping_add(((u32::from(byte) * u32::from(multiplier)) >> 8) as u16);
    }
}
