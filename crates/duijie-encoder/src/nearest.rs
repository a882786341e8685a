//! Exact search: every row is scored.
//!
//! Scores are sums in a fixed order, and equal scores stand in the order of their rows: the result
//! depends on neither the number of threads nor the other queries of a batch.

use crate::{EncoderError, Result, Vectors};
use rayon::prelude::*;
use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::ops::Range;

/// A row and its score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Neighbour {
    /// The row.
    pub row: usize,
    /// Dot product with the query: the cosine, where both are of length 1.
    pub score: f32,
}

/// Rows that stay in the cache while the queries of a group pass over them.
const BLOCK_ROWS: usize = 128;
/// Queries that share a pass over the rows.
const GROUP_QUERIES: usize = 16;
/// Sums kept side by side, which the processor adds at once.
const LANES: usize = 16;

/// The `k` rows among `rows` with the greatest dot product with `query`, best first, equal scores
/// by row.
///
/// # Errors
///
/// [`EncoderError::Width`] if the query has another width, [`EncoderError::Rows`] if the range
/// reaches beyond the rows.
pub fn nearest(vectors: &Vectors, query: &[f32], rows: Range<usize>, k: usize) -> Result<Vec<Neighbour>> {
    check(vectors, query.len(), &rows)?;
    let mut best = [Best::new(k)];
    scan(vectors, &[query], rows, &mut best);
    let [best] = best;
    Ok(best.into_sorted())
}

/// [`nearest`] for every row of `queries`, on the threads of the current rayon pool.
///
/// # Errors
///
/// As [`nearest`].
pub fn nearest_batch(
    vectors: &Vectors,
    queries: &Vectors,
    rows: Range<usize>,
    k: usize,
) -> Result<Vec<Vec<Neighbour>>> {
    check(vectors, queries.width(), &rows)?;
    let queries: Vec<&[f32]> = queries.iter().collect();
    let groups = queries.par_chunks(GROUP_QUERIES).map(|group| {
        let mut best: Vec<Best> = group.iter().map(|_| Best::new(k)).collect();
        scan(vectors, group, rows.clone(), &mut best);
        best.into_iter().map(Best::into_sorted).collect::<Vec<_>>()
    });
    Ok(groups.flatten_iter().collect())
}

fn check(vectors: &Vectors, width: usize, rows: &Range<usize>) -> Result<()> {
    if width != vectors.width() {
        return Err(EncoderError::Width { expected: vectors.width(), found: width });
    }
    if rows.start > rows.end || rows.end > vectors.rows() {
        return Err(EncoderError::Rows { start: rows.start, end: rows.end, rows: vectors.rows() });
    }
    Ok(())
}

fn scan(vectors: &Vectors, queries: &[&[f32]], rows: Range<usize>, best: &mut [Best]) {
    for start in rows.clone().step_by(BLOCK_ROWS) {
        let block = start..rows.end.min(start + BLOCK_ROWS);
        for (query, best) in queries.iter().zip(&mut *best) {
            for row in block.clone() {
                best.offer(Neighbour { row, score: dot(vectors.row(row), query) });
            }
        }
    }
}

/// The dot product of two rows, summed in an order that depends on their width alone; of rows of
/// different widths that of their common part.
pub fn dot(left: &[f32], right: &[f32]) -> f32 {
    let width = left.len().min(right.len());
    let (left, right) = (&left[..width], &right[..width]);
    let (left, left_rest) = left.as_chunks::<LANES>();
    let (right, right_rest) = right.as_chunks::<LANES>();
    let mut sums = [0.0_f32; LANES];
    for (left, right) in left.iter().zip(right) {
        for lane in 0..LANES {
            sums[lane] += left[lane] * right[lane];
        }
    }
    let rest: f32 = left_rest.iter().zip(right_rest).map(|(left, right)| left * right).sum();
    sums.iter().sum::<f32>() + rest
}

/// Ordered so that the better neighbour is the greater.
#[derive(PartialEq)]
struct Candidate(Neighbour);

impl Eq for Candidate {}

impl Ord for Candidate {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.score.total_cmp(&other.0.score).then_with(|| other.0.row.cmp(&self.0.row))
    }
}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The `k` best so far, the worst of them on top.
struct Best {
    k: usize,
    heap: BinaryHeap<Reverse<Candidate>>,
}

impl Best {
    fn new(k: usize) -> Self {
        Self { k, heap: BinaryHeap::new() }
    }

    fn offer(&mut self, neighbour: Neighbour) {
        let candidate = Candidate(neighbour);
        if self.heap.len() < self.k {
            self.heap.push(Reverse(candidate));
        } else if let Some(mut worst) = self.heap.peek_mut()
            && candidate > worst.0
        {
            *worst = Reverse(candidate);
        }
    }

    fn into_sorted(self) -> Vec<Neighbour> {
        // Ascending in `Reverse` is best first.
        self.heap.into_sorted_vec().into_iter().map(|Reverse(candidate)| candidate.0).collect()
    }
}
