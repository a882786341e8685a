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

/// The documents with the highest bounds so far: the best k and all within the margin of the k-th.
#[derive(Debug, Default)]
pub(super) struct Candidates {
    items: Vec<Candidate>,
    k: usize,
    margin: u32,
    capacity: usize,
    threshold: u16,
}

impl Candidates {
    pub(super) fn prepare(&mut self, k: usize, margin: u32) {
        self.items.clear();
        self.k = k;
        self.margin = margin;
        self.capacity = k.saturating_mul(2).max(k.saturating_add(64));
        self.threshold = 1;
    }

    /// Accumulators below this are no candidates; at least 1.
    #[inline]
    pub(super) fn threshold(&self) -> u16 {
        self.threshold
    }

    #[inline]
    pub(super) fn push(&mut self, sum: u16, document: u32) {
        self.items.push(Candidate::new(sum, document));
        if self.items.len() >= self.capacity {
            self.prune();
        }
    }

    /// Raises the threshold and drops what is below it.
    fn prune(&mut self) {
        if self.items.len() < self.k || self.k == 0 {
            return;
        }
        let (_, &mut kth, _) = self.items.select_nth_unstable_by(self.k - 1, |a, b| b.cmp(a));
        self.threshold = self.threshold.max(u32::from(kth.sum()).saturating_sub(self.margin) as u16);
        self.items.retain(|item| item.sum() >= self.threshold);
        self.capacity = self.items.len() + self.k.max(64);
    }

    /// What is left, highest bound first.
    pub(super) fn sorted(&mut self) -> &[Candidate] {
        self.prune();
        self.items.sort_unstable_by(|a, b| b.cmp(a));
        &self.items
    }
}
