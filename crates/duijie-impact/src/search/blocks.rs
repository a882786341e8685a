use std::ops::Range;

use super::{Source, State};
use crate::postings::BLOCK;
use crate::query::Scope;
use crate::raw::{GROUP, Sweep, accumulator_of};

/// What is looked at in one go: documents of one block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Many documents: accumulate.
    Block { block: usize, range: Range<usize> },
    /// Few accepted documents: score them exactly, one by one.
    Documents(Range<u32>),
}

/// With fewer accepted documents than this, a block's accumulators do not pay.
const FEW: u32 = 64;

/// Documents that are swept with one threshold; then the candidates found raise it.
const STRIP: usize = 1024;

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
            if accepted >= FEW {
                pieces.push(Piece::Block { block, range: (start - first) as usize..(end - first) as usize });
            } else if accepted > 0 {
                pieces.push(Piece::Documents(start..end));
            }
            start = end;
        }
    }
    pieces
}

/// The accumulators of one block, all 0 between visits, and what a sweep found.
#[derive(Debug)]
pub(super) struct Scratch {
    sums: Box<[u16]>,
    found: Vec<(u16, u16)>,
}

impl Default for Scratch {
    fn default() -> Self {
        Self { sums: vec![0; BLOCK].into_boxed_slice(), found: Vec::new() }
    }
}

/// Adds up one piece for one query.
pub(super) fn visit(
    state: &mut State,
    Source { postings, sweeper, .. }: Source<'_>,
    block: usize,
    range: Range<usize>,
    scope: &Scope<'_>,
    Scratch { sums, found }: &mut Scratch,
) {
    let first = (block * BLOCK) as u32;
    let end = first.saturating_add(BLOCK as u32);
    let sums: &mut [u16; BLOCK] = (&mut **sums).try_into().expect("one accumulator for every document of a block");
    for term in &state.plan.blocked {
        let (places, bytes) = postings.blocked(block, term.number);
        let multiplier = u32::from(term.multiplier);
        for (&place, &byte) in places.iter().zip(bytes) {
            let sum = &mut sums[usize::from(place) % BLOCK];
            *sum = sum.wrapping_add((u32::from(byte) * multiplier >> 8) as u16);
        }
    }
    for term in &mut state.plan.rare {
        let (cursor, stop) = (term.cursor as usize, term.end as usize);
        let documents = &postings.rare_documents[cursor..stop];
        let passed = documents.iter().take_while(|&&document| document < first).count();
        // A block may be visited again for its next range, so only earlier blocks are passed for good.
        term.cursor += passed as u32;
        let bytes = &postings.rare_bytes[cursor + passed..stop];
        for (&document, &byte) in documents[passed..].iter().zip(bytes).take_while(|(document, _)| **document < end) {
            let sum = &mut sums[accumulator_of(document as usize % BLOCK)];
            *sum = sum.wrapping_add((u32::from(byte) * u32::from(term.multiplier) >> 8) as u16);
        }
    }
    let (bytes, peaks) = postings.lanes_of(block);
    let mut strip = range.start / GROUP * GROUP;
    sums[..strip].fill(0);
    while strip < range.end {
        let last = (strip + STRIP).min(range.end.next_multiple_of(GROUP));
        let sweep = Sweep { start: strip, bytes, peaks, lanes: &state.plan.lanes, threshold: state.candidates.threshold() };
        sweeper.sweep(&sweep, &mut sums[strip..last], found);
        for (local, sum) in found.drain(..) {
            let document = first + u32::from(local);
            if range.contains(&usize::from(local)) && scope.accepts(document) {
                state.candidates.push(sum, document);
            }
        }
        strip = last;
    }
    sums[strip..].fill(0);
}

/// The ids of part of a block.
pub(super) fn documents(block: usize, range: &Range<usize>) -> Range<u32> {
    (block * BLOCK + range.start) as u32..(block * BLOCK + range.end) as u32
}
