use crate::hash::hash_term;
use crate::interner::Interner;
use crate::storage::Column;

/// The terms of an index, by number and by text: an open hash table over one run of bytes.
#[derive(Debug)]
pub(crate) struct TermTable {
    /// Per slot the upper half of the hash and the term's number + 1; 0 where the slot is free. Their number is a power of two.
    pub(crate) slots: Column<u64>,
    /// `starts[i] .. starts[i + 1]` are the bytes of term i.
    pub(crate) starts: Column<u32>,
    pub(crate) bytes: Column<u8>,
}

impl TermTable {
    /// The terms of `interner` in the order of `order`, which lists the interner's numbers.
    pub(crate) fn new(interner: &Interner, order: &[u32]) -> Self {
        let mut slots = vec![0; (order.len() * 2).next_power_of_two().max(2)];
        let mask = slots.len() - 1;
        let mut starts = Vec::with_capacity(order.len() + 1);
        let mut bytes = Vec::new();
        starts.push(0);
        for (number, &interned) in order.iter().enumerate() {
            let term = interner.bytes_of(interned);
            bytes.extend_from_slice(term);
            starts.push(bytes.len() as u32);
            let hash = hash_term(term);
            let mut at = hash as usize & mask;
            while slots[at] != 0 {
                at = (at + 1) & mask;
            }
            slots[at] = (hash >> 32) << 32 | (number as u64 + 1);
        }
        Self { slots: slots.into(), starts: starts.into(), bytes: bytes.into() }
    }

    pub(crate) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// The text of term `number`.
    pub(crate) fn text(&self, number: usize) -> &str {
        let bytes = &self.bytes[self.starts[number] as usize..self.starts[number + 1] as usize];
        std::str::from_utf8(bytes).unwrap_or_default()
    }

    /// The number of the term `text`.
    pub(crate) fn find(&self, text: &str) -> Option<u32> {
        let hash = hash_term(text.as_bytes());
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        // A damaged table may have no free slot, so the walk is bounded.
        for _ in 0..self.slots.len() {
            let slot = self.slots[at];
            let number = (slot as u32).checked_sub(1)?;
            if slot >> 32 == hash >> 32 && self.text(number as usize) == text {
                return Some(number);
            }
            at = (at + 1) & mask;
        }
        None
    }
}
