use crate::hash::hash_term;

/// Numbers terms as they are first seen, and remembers where each stands in the current document.
///
/// The place in the document lies beside the term's number, so that counting an occurrence touches
/// one cache line of the table.
#[derive(Debug)]
pub(crate) struct Interner {
    slots: Vec<Slot>,
    mask: usize,
    /// `ends[i]` is where the bytes of term i end; they start where term i − 1 ends.
    ends: Vec<u32>,
    bytes: Vec<u8>,
}

#[derive(Debug, Clone, Copy)]
struct Slot {
    tag: u32,
    /// [`EMPTY`] where the slot is free.
    term: u32,
    /// The document in which the term was last seen, as its number + 1.
    document: u32,
    /// Its place among that document's distinct terms.
    place: u32,
}

const EMPTY: u32 = u32::MAX;
const FREE: Slot = Slot { tag: 0, term: EMPTY, document: 0, place: 0 };

/// What the interner knows of a term that occurs.
pub(crate) struct Occurrence<'a> {
    pub(crate) term: u32,
    document: &'a mut u32,
    place: &'a mut u32,
}

impl Occurrence<'_> {
    /// The place of the term in document `stamp`, or `next` where it is new there.
    #[inline]
    pub(crate) fn place_in(self, stamp: u32, next: u32) -> u32 {
        if *self.document != stamp {
            *self.document = stamp;
            *self.place = next;
        }
        *self.place
    }
}

impl Interner {
    pub(crate) fn new() -> Self {
        Self { slots: vec![FREE; 1 << 12], mask: (1 << 12) - 1, ends: Vec::new(), bytes: Vec::new() }
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The bytes of term `term`.
    pub(crate) fn bytes_of(&self, term: u32) -> &[u8] {
        term_bytes(&self.ends, &self.bytes, term)
    }

    /// Numbers `term`.
    ///
    /// # Panics
    /// Beyond 4 GiB of distinct terms.
    #[inline]
    pub(crate) fn intern(&mut self, term: &str) -> Occurrence<'_> {
        if self.ends.len() * 2 >= self.slots.len() {
            self.grow();
        }
        let hash = hash_term(term.as_bytes());
        let tag = (hash >> 32) as u32;
        let mut at = hash as usize & self.mask;
        loop {
            let slot = self.slots[at];
            if slot.term == EMPTY {
                self.bytes.extend_from_slice(term.as_bytes());
                let end = u32::try_from(self.bytes.len()).expect("distinct terms take at most 4 GiB");
                self.slots[at] = Slot { tag, term: self.ends.len() as u32, ..FREE };
                self.ends.push(end);
                break;
            }
            if slot.tag == tag && term_bytes(&self.ends, &self.bytes, slot.term) == term.as_bytes() {
                break;
            }
            at = (at + 1) & self.mask;
        }
        let Slot { term, document, place, .. } = &mut self.slots[at];
        Occurrence { term: *term, document, place }
    }

    fn grow(&mut self) {
        let old = std::mem::take(&mut self.slots);
        self.slots = vec![FREE; old.len() * 2];
        self.mask = self.slots.len() - 1;
        for slot in old.into_iter().filter(|slot| slot.term != EMPTY) {
            let hash = hash_term(self.bytes_of(slot.term));
            let mut at = hash as usize & self.mask;
            while self.slots[at].term != EMPTY {
                at = (at + 1) & self.mask;
            }
            self.slots[at] = slot;
        }
    }
}

#[inline]
fn term_bytes<'a>(ends: &[u32], bytes: &'a [u8], term: u32) -> &'a [u8] {
    let term = term as usize;
    let start = if term == 0 { 0 } else { ends[term - 1] as usize };
    &bytes[start..ends[term] as usize]
}
