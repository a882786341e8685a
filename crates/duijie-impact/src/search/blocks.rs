use std::ops::Range;

use super::{Source, State};
use crate::postings::BLOCK;
use crate::query::Scope;
use crate::raw::TILE;

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

/// Tiles that are swept with one threshold; then what was found raises it.
const LOOK: usize = 16;
/// … and while anything at all reaches it.
const FIRST_LOOK: usize = 2;

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
    found: Vec<(u16, u16)>,
    /// Where the postings of the query's terms are.
    runs: Vec<Range<usize>>,
}

impl Default for Scratch {
    fn default() -> Self {
        Self { sums: vec![0; BLOCK].into_boxed_slice(), found: Vec::new(), runs: Vec::new() }
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
    let tiles = range.start / TILE..range.end.div_ceil(TILE);
    source.postings.lanes_of(block, &state.plan).prefetch(tiles.start);
    scatter(state, source, block, &(tiles.start * TILE..tiles.end * TILE), &mut scratch.sums, &mut scratch.runs);
    let lanes = source.postings.lanes_of(block, &state.plan);
    let whole = range.len() == tiles.len() * TILE && scope.accept.is_none();
    let candidates = &mut state.candidates;
    let mut start = tiles.start;
    while start < tiles.end {
        let look = if candidates.threshold() == 1 { FIRST_LOOK } else { LOOK };
        let looked_at = start..tiles.end.min(start + look);
        start = looked_at.end;
        source.sweeper.sweep(&lanes, looked_at, &mut scratch.sums, candidates.threshold(), &mut scratch.found);
        for (local, sum) in scratch.found.drain(..) {
            let document = (block * BLOCK) as u32 + u32::from(local);
            if whole || range.contains(&usize::from(local)) && scope.accepts(document) {
                candidates.push(sum, document);
            }
        }
    }
}

/// Adds the sparse terms' postings in the whole tiles `documents` of the block to the accumulators.
fn scatter(
    state: &mut State,
    Source { postings, .. }: Source<'_>,
    block: usize,
    documents: &Range<usize>,
    sums: &mut [u16],
    runs: &mut Vec<Range<usize>>,
) {
    let sums: &mut [u16; BLOCK] = sums.try_into().expect("one accumulator for every document of a block");
    let whole = documents.start == 0 && documents.end >= postings.block_len(block);
    runs.clear();
    runs.extend(state.plan.blocked.iter().map(|term| postings.blocked_run(block, term.number)));
    for run in runs.iter() {
        postings.prefetch(run.start);
    }
    for (term, run) in state.plan.blocked.iter().zip(runs.iter()) {
        let (mut places, mut bytes) = postings.blocked(run.clone());
        if !whole {
            let before = |end: usize| places.partition_point(|&place| usize::from(place) < end);
            let run = before(documents.start)..before(documents.end);
            (places, bytes) = (&places[run.clone()], &bytes[run]);
        }
        let multiplier = u32::from(term.multiplier);
        for (&place, &byte) in places.iter().zip(bytes) {
            let sum = &mut sums[usize::from(place) % BLOCK];
            *sum = sum.wrapping_add(((u32::from(byte) * multiplier) >> 8) as u16);
        }
    }
    let first = (block * BLOCK + documents.start) as u32;
    let end = first.saturating_add(documents.len() as u32);
    for term in &mut state.plan.rare {
        let (cursor, stop) = (term.cursor as usize, term.end as usize);
        let found = &postings.rare_documents[cursor..stop];
        let passed = found.iter().take_while(|&&document| document < first).count();
        // A tile may be visited again for the next range, so only earlier ones are passed for good.
        term.cursor += passed as u32;
        let bytes = &postings.rare_bytes[cursor + passed..stop];
        for (&document, &byte) in found[passed..].iter().zip(bytes).take_while(|(document, _)| **document < end) {
            let sum = &mut sums[document as usize % BLOCK];
            *sum = sum.wrapping_add(((u32::from(byte) * u32::from(term.multiplier)) >> 8) as u16);
        }
    }
}

/// The ids of part of a block.
pub(super) fn documents(block: usize, range: &Range<usize>) -> Range<u32> {
    (block * BLOCK + range.start) as u32..(block * BLOCK + range.end) as u32
}
