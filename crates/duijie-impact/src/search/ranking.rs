use std::cmp::Ordering;
use std::collections::BinaryHeap;

use crate::query::Hit;

/// The best k of the exactly scored documents.
#[derive(Debug, Default)]
pub(super) struct Ranking {
    /// The worst on top.
    heap: BinaryHeap<Ranked>,
    k: usize,
}

#[derive(Debug)]
struct Ranked(Hit);

impl Ord for Ranked {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.rank_order(&other.0)
    }
}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Ranked {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Ranked {}

impl Ranking {
    pub(super) fn prepare(&mut self, k: usize) {
        self.heap.clear();
        self.k = k;
    }

    /// How many are kept.
    pub(super) fn k(&self) -> usize {
        self.k
    }

    /// The k-th best score, once there are k.
    pub(super) fn kth(&self) -> Option<f32> {
        if self.heap.len() < self.k { None } else { self.heap.peek().map(|worst| worst.0.score) }
    }

    pub(super) fn push(&mut self, hit: Hit) {
        if hit.score <= 0.0 || self.k == 0 {
            return;
        }
        if self.heap.len() < self.k {
            self.heap.push(Ranked(hit));
        } else if let Some(mut worst) = self.heap.peek_mut()
            && hit.rank_order(&worst.0).is_lt()
        {
            *worst = Ranked(hit);
        }
    }

    /// The hits, best first.
    pub(super) fn take(&mut self) -> Vec<Hit> {
        let mut hits: Vec<Hit> = self.heap.drain().map(|ranked| ranked.0).collect();
        hits.sort_unstable_by(Hit::rank_order);
        hits
    }
}
