//! Finding the best documents: upper bounds block by block, then exact scores of the candidates.
//!
//! For a block, the sparse terms' impacts are scattered into 16-bit accumulators, then one *sweep*
//! adds the lanes and keeps what reaches the threshold ([`crate::raw`]). An accumulator is an upper
//! bound of the document's score and exceeds it by no more than a known margin ([`plan::Plan`]), so
//! that only documents within the margin of the k-th highest bound can be among the best k. Nearly
//! always those within a fifth of it are enough, and those are kept as candidates
//! ([`candidates::Candidates`]). They are scored exactly, in order of falling bounds, until the k-th
//! exact score is above the next bound; if that never comes, the query is answered again with the whole margin.

mod blocks;
mod candidates;
mod plan;
mod ranking;

pub(crate) use blocks::{Piece, pieces};
pub(crate) use plan::Plan;

use crate::exact::{ExactScorer, Model};
use crate::forward::ForwardIndex;
use crate::postings::Postings;
use crate::query::{Hit, Query, Scope};
use crate::raw::Sweeper;
use blocks::Scratch;
use candidates::Candidates;
use ranking::Ranking;

/// What a search reads of an index.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Source<'a> {
    pub(crate) exact: Model<'a>,
    pub(crate) forward: &'a ForwardIndex,
    pub(crate) postings: &'a Postings,
    pub(crate) sweeper: Sweeper,
}

/// Memory for searching some queries together, kept from search to search.
#[derive(Debug, Default)]
pub(crate) struct Workspace {
    states: Vec<State>,
    scratch: Scratch,
    scorer: ExactScorer,
    /// How many queries were answered with the whole margin after the usual one.
    #[cfg(test)]
    pub(crate) answered_again: usize,
}

/// What one query needs while its documents are visited.
#[derive(Debug, Default)]
struct State {
    plan: Plan,
    /// Whether `plan` holds the query; otherwise every document is scored exactly.
    planned: bool,
    candidates: Candidates,
    ranking: Ranking,
}

impl Workspace {
    /// The best `k` for each of `queries`: block by block, in each all queries while it is in the cache.
    pub(crate) fn search(
        &mut self,
        source: Source<'_>,
        queries: &[Query],
        scope: &Scope<'_>,
        pieces: &[Piece],
        k: usize,
    ) -> Vec<Vec<Hit>> {
        let k = k.min(source.postings.documents as usize);
        if self.states.len() < queries.len() {
            self.states.resize_with(queries.len(), State::default);
        }
        let states = &mut self.states[..queries.len()];
        for (state, query) in states.iter_mut().zip(queries) {
            state.planned = state.plan.prepare(query, source.postings);
            state.candidates.prepare(k, state.plan.usual_margin);
            state.ranking.prepare(k);
        }
        for piece in pieces {
            if let Piece::Block { block, range } = piece {
                for state in states.iter_mut().filter(|state| state.planned) {
                    blocks::visit(state, source, *block, range.clone(), scope, &mut self.scratch);
                }
            }
        }
        let (scratch, scorer) = (&mut self.scratch, &mut self.scorer);
        let finish = |(state, query): (&mut State, &Query)| {
            state.finish(source, query, scope, pieces, scorer);
            if !state.is_sure() {
                #[cfg(test)]
                {
                    self.answered_again += 1;
                }
                state.start_again(source, query, scope, pieces, k, scratch);
                state.finish(source, query, scope, pieces, scorer);
            }
            state.ranking.take()
        };
        states.iter_mut().zip(queries).map(finish).collect()
    }
}

impl State {
    /// Scores exactly what has not been decided yet.
    fn finish(
        &mut self,
        source: Source<'_>,
        query: &Query,
        scope: &Scope<'_>,
        pieces: &[Piece],
        scorer: &mut ExactScorer,
    ) {
        scorer.prepare(query, source.postings.steps.len());
        let mut exact = |document| Hit { document, score: scorer.score(source.forward, source.exact, document) };
        for piece in pieces {
            let documents = match piece {
                Piece::Documents(documents) => documents.clone(),
                Piece::Block { block, range } if !self.planned => blocks::documents(*block, range),
                Piece::Block { .. } => continue,
            };
            documents
                .filter(|&document| scope.accepts(document))
                .for_each(|document| self.ranking.push(exact(document)));
        }
        let candidates = self.candidates.sorted();
        let sure = candidates.len().min(self.ranking.k());
        candidates[..sure].iter().for_each(|candidate| source.forward.prefetch_row(candidate.document() as usize));
        candidates[..sure].iter().for_each(|candidate| source.forward.prefetch_postings(candidate.document() as usize));
        for candidate in candidates {
            if self.ranking.kth().is_some_and(|kth| f64::from(kth) > self.plan.bound(candidate.sum())) {
                break;
            }
            self.ranking.push(exact(candidate.document()));
        }
    }

    /// Whether no document that was dropped on the way can be among the best k.
    fn is_sure(&self) -> bool {
        let dropped = self.candidates.threshold() - 1;
        dropped == 0 || self.ranking.kth().is_some_and(|kth| f64::from(kth) > self.plan.bound(dropped))
    }

    /// Visits all blocks again, now keeping all that is within the whole margin.
    fn start_again(
        &mut self,
        source: Source<'_>,
        query: &Query,
        scope: &Scope<'_>,
        pieces: &[Piece],
        k: usize,
        scratch: &mut Scratch,
    ) {
        self.planned = self.plan.prepare(query, source.postings);
        self.candidates.prepare(k, self.plan.margin);
        self.ranking.prepare(k);
        for piece in pieces {
            if let Piece::Block { block, range } = piece {
                blocks::visit(self, source, *block, range.clone(), scope, scratch);
            }
        }
    }
}
