/// A document and its accumulator, ordered by the latter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Candidate(u64);

impl Candidate {
    fn new(sum: u16, document: u32) -> Self {
        Self(u64::from(sum) << 32 | u64::from(document))
    }

    pub(super) fn sum(self) -> u16 {
        (self.0 >> 32) as u16
    }

    pub(super) fn document(self) -> u32 {
        self.0 as u32
    }
}

/// The documents with the highest bounds so far: the best k and all within a margin of the k-th.
#[derive(Debug, Default)]
pub(super) struct Candidates {
    items: Vec<Candidate>,
    k: usize,
    margin: u32,
    /// With so many items, those below the threshold are dropped.
    capacity: usize,
    threshold: u16,
    /// How many documents had a sum in each slice of [`SLICE`] sums, from slice `floor` on.
    counts: Vec<u32>,
    /// The highest slice from which on there are at least k documents, 0 before there are.
    floor: usize,
    /// How many documents there are from slice `floor` on.
    above: usize,
}

const SLICE: usize = 16;

impl Candidates {
    pub(super) fn prepare(&mut self, k: usize, margin: u32) {
        self.items.clear();
        self.k = k;
        self.margin = margin;
        self.capacity = k.saturating_mul(4).max(1024);
        self.threshold = 1;
        self.counts.clear();
        self.counts.resize((1 << 16) / SLICE, 0);
        (self.floor, self.above) = (0, 0);
    }

    /// Accumulators below this are no candidates; at least 1.
    #[inline]
    pub(super) fn threshold(&self) -> u16 {
        self.threshold
    }

    #[inline]
    pub(super) fn push(&mut self, sum: u16, document: u32) {
        if sum < self.threshold || self.k == 0 {
            return;
        }
        self.items.push(Candidate::new(sum, document));
        let slice = usize::from(sum) / SLICE;
        if slice >= self.floor {
            self.counts[slice] += 1;
            self.above += 1;
            self.raise();
        }
        if self.items.len() >= self.capacity {
            self.drop_lowest();
        }
    }

    /// Raises the threshold as far as the k best so far allow.
    #[inline]
    fn raise(&mut self) {
        if self.above - (self.counts[self.floor] as usize) < self.k {
            return;
        }
        while self.above - self.counts[self.floor] as usize >= self.k {
            self.above -= self.counts[self.floor] as usize;
            self.floor += 1;
        }
        let threshold = (self.floor * SLICE) as u32;
        self.threshold = self.threshold.max(threshold.saturating_sub(self.margin) as u16);
    }

    fn drop_lowest(&mut self) {
        self.items.retain(|item| item.sum() >= self.threshold);
        self.capacity = (2 * self.items.len()).max(1024);
    }

    /// What is left, highest bound first.
    pub(super) fn sorted(&mut self) -> &[Candidate] {
        self.drop_lowest();
        self.items.sort_unstable_by(|a, b| b.cmp(a));
        &self.items
    }
}
