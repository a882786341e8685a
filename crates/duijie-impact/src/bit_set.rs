/// A set of document ids, one bit each: what a filter accepts, or what has not been deleted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BitSet {
    words: Vec<u64>,
    len: u32,
}

impl BitSet {
    /// A set over the ids `0..len`, with none of them in it.
    pub fn none(len: u32) -> Self {
        Self { words: vec![0; len.div_ceil(64) as usize], len }
    }

    /// A set over the ids `0..len`, with all of them in it.
    pub fn all(len: u32) -> Self {
        let mut set = Self { words: vec![u64::MAX; len.div_ceil(64) as usize], len };
        if let (Some(last), used @ 1..) = (set.words.last_mut(), len % 64) {
            *last = (1 << used) - 1;
        }
        set
    }

    /// How many ids the set is over; ids from here on are not in it.
    pub fn len(&self) -> u32 {
        self.len
    }

    /// Whether the set is over no ids at all.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// How many ids are in the set.
    pub fn count(&self) -> u32 {
        self.words.iter().map(|word| word.count_ones()).sum()
    }

    /// Whether `id` is in the set.
    #[inline]
    pub fn contains(&self, id: u32) -> bool {
        self.words.get((id / 64) as usize).is_some_and(|word| word >> (id % 64) & 1 == 1)
    }

    /// Puts `id` into the set.
    ///
    /// # Panics
    /// If `id` is not below [`BitSet::len`].
    pub fn insert(&mut self, id: u32) {
        assert!(id < self.len, "id {id} is not below {}", self.len);
        self.words[(id / 64) as usize] |= 1 << (id % 64);
    }

    /// Takes `id` out of the set, if it is there.
    pub fn remove(&mut self, id: u32) {
        if let Some(word) = self.words.get_mut((id / 64) as usize) {
            *word &= !(1 << (id % 64));
        }
    }

    /// How many ids of `range` are in the set.
    pub fn count_range(&self, range: std::ops::Range<u32>) -> u32 {
        let (start, end) = (range.start, range.end.min(self.len));
        if start >= end {
            return 0;
        }
        let (first, last) = ((start / 64) as usize, ((end - 1) / 64) as usize);
        let head = u64::MAX << (start % 64);
        let tail = u64::MAX >> (63 - (end - 1) % 64);
        (first..=last)
            .map(|at| {
                let mut word = self.words[at];
                if at == first {
                    word &= head;
                }
                if at == last {
                    word &= tail;
                }
                word.count_ones()
            })
            .sum()
    }
}

impl FromIterator<bool> for BitSet {
    fn from_iter<I: IntoIterator<Item = bool>>(bits: I) -> Self {
        let mut set = Self::default();
        for bit in bits {
            if set.len % 64 == 0 {
                set.words.push(0);
            }
            set.len += 1;
            if bit {
                set.insert(set.len - 1);
            }
        }
        set
    }
}
