use std::ops::Range;

use super::candidates::Candidates;
use super::{Source, State};
use crate::postings::BLOCK;
use crate::query::Scope;
use crate::raw::{CHUNK, GROUP, Lanes, TILE};

/// What is looked at in one go: documents of one block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Many documents: accumulate.
    Block { block: usize, range: Range<usize> },
    /// Few accepted documents: score them exactly, one by one.
    Documents(Range<u32>),
}

/// With fewer accepted documents than this, and one more for so many documents of the range, a
/// block's accumulators do not pay.
const FEW: u32 = 16;
const SPARSE: u32 = 1024;

/// Tiles that are looked at with one threshold; then what was found raises it.
const LOOKS: usize = 16;

/// The pieces of `scope` among `documents` documents, rising.
pub(crate) fn pieces(scope: &Scope<'_>, documents: u32) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for range in scope.clipped(documents) {
        let mut start = range.start;
        while start < range.end {
            let block = start as usize / BLOCK;
            let first = (block * BLOCK) as u32;
            let end = range.end.min(first.saturating_add(BLOCK as u32));
            let accepted = scope.accept.map_or(end - start, |accept| accept.count_range(start..end));
            if accepted >= FEW + (end - start) / SPARSE {
                pieces.push(Piece::Block { block, range: (start - first) as usize..(end - first) as usize });
            } else if accepted > 0 {
                pieces.push(Piece::Documents(start..end));
            }
            start = end;
        }
    }
    pieces
}

/// The accumulators of one block, all 0 between visits, and what is found on the way.
#[derive(Debug)]
pub(super) struct Scratch {
    sums: Box<[u16]>,
    bounds: Vec<u16>,
    /// Tiles that may hold candidates.
    tiles: Vec<u16>,
    best: Vec<u16>,
    found: Vec<(u16, u16)>,
}

impl Default for Scratch {
    fn default() -> Self {
        Self {
            sums: vec![0; BLOCK].into_boxed_slice(),
            bounds: Vec::new(),
            tiles: Vec::new(),
            best: Vec::new(),
            found: Vec::new(),
        }
    }
}

impl Scratch {
    /// Lists the tiles with bounds from `low` to below `high`.
    fn pick(&mut self, source: Source<'_>, low: u16, high: u16, first_tile: usize) {
        self.tiles.clear();
        source.sweeper.pick(&self.bounds, low, high, first_tile, &mut self.tiles);
    }
}

/// Adds up one piece for one query.
pub(super) fn visit(
    state: &mut State,
    source: Source<'_>,
    block: usize,
    range: Range<usize>,
    scope: &Scope<'_>,
    scratch: &mut Scratch,
) {
    let groups = range.start / GROUP * GROUP..range.end.next_multiple_of(GROUP);
    scatter(state, source, block, &groups, &mut scratch.sums);
    let lanes = source.postings.lanes_of(block, &state.plan.lanes);
    let sums = &mut scratch.sums[groups.clone()];
    scratch.bounds.resize(sums.len() / CHUNK, 0);
    source.sweeper.bounds(&lanes, groups.start / CHUNK, sums, &mut scratch.bounds);
    let first_tile = groups.start / TILE;
    let mut high = u16::MAX;
    scratch.pick(source, state.candidates.threshold(), high, first_tile);
    let first_looks = state.ranking.k().div_ceil(2).max(32);
    if scratch.tiles.len() > 4 * first_looks {
        // The most promising tiles first: what they hold raises the threshold for the others.
        scratch.best.clear();
        scratch.best.extend(
            scratch
                .bounds
                .chunks_exact(TILE / CHUNK)
                .map(|bounds| bounds.iter().fold(0, |best, &bound| best.max(bound))),
        );
        high = *scratch.best.select_nth_unstable_by(first_looks, |a, b| b.cmp(a)).1;
        scratch.pick(source, high, u16::MAX, first_tile);
        look(&mut state.candidates, source, &lanes, block, &range, scope, scratch);
        scratch.pick(source, state.candidates.threshold(), high, first_tile);
    }
    look(&mut state.candidates, source, &lanes, block, &range, scope, scratch);
    scratch.sums[groups].fill(0);
}

/// Looks at `scratch.tiles` and hands on the candidates there.
fn look(
    candidates: &mut Candidates,
    source: Source<'_>,
    lanes: &Lanes<'_>,
    block: usize,
    range: &Range<usize>,
    scope: &Scope<'_>,
    scratch: &mut Scratch,
) {
    for tiles in scratch.tiles.chunks(LOOKS) {
        source.sweeper.look(lanes, &scratch.sums, tiles, candidates.threshold(), &mut scratch.found);
        for (local, sum) in scratch.found.drain(..) {
            let document = (block * BLOCK) as u32 + u32::from(local);
            if range.contains(&usize::from(local)) && scope.accepts(document) {
                candidates.push(sum, document);
            }
        }
    }
}

/// Adds the sparse terms' postings in the whole groups `groups` of the block to the accumulators.
fn scatter(
    state: &mut State,
    Source { postings, .. }: Source<'_>,
    block: usize,
    groups: &Range<usize>,
    sums: &mut [u16],
) {
    let sums: &mut [u16; BLOCK] = sums.try_into().expect("one accumulator for every document of a block");
    let whole = groups.start == 0 && groups.end >= postings.block_len(block);
    for term in &state.plan.blocked {
        let (mut places, mut bytes) = postings.blocked(block, term.number);
        if !whole {
            let before = |end: usize| places.partition_point(|&place| usize::from(place) < end);
            let run = before(groups.start)..before(groups.end);
            (places, bytes) = (&places[run.clone()], &bytes[run]);
        }
        let multiplier = u32::from(term.multiplier);
        for (&place, &byte) in places.iter().zip(bytes) {
            let sum = &mut sums[usize::from(place) % BLOCK];
            *sum = sum.wrapping_add(((u32::from(byte) * multiplier) >> 8) as u16);
        }
    }
    let first = (block * BLOCK + groups.start) as u32;
    let end = first.saturating_add(groups.len() as u32);
    for term in &mut state.plan.rare {
        let (cursor, stop) = (term.cursor as usize, term.end as usize);
        let documents = &postings.rare_documents[cursor..stop];
        let passed = documents.iter().take_while(|&&document| document < first).count();
        // A group may be visited again for the next range, so only earlier ones are passed for good.
        term.cursor += passed as u32;
        let bytes = &postings.rare_bytes[cursor + passed..stop];
        for (&document, &byte) in documents[passed..].iter().zip(bytes).take_while(|(document, _)| **document < end) {
            let sum = &mut sums[document as usize % BLOCK];
            *sum = sum.wrapping_add(((u32::from(byte) * u32::from(term.multiplier)) >> 8) as u16);
        }
    }
}

/// The ids of part of a block.
pub(super) fn documents(block: usize, range: &Range<usize>) -> Range<u32> {
    (block * BLOCK + range.start) as u32..(block * BLOCK + range.end) as u32
}
