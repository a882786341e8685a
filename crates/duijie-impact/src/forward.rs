use crate::raw::prefetch;
use crate::storage::Column;

/// Every document with its terms and how often each occurs in each field, for exact scores.
///
/// The 65,536 commonest terms take two bytes a posting, the others four; how often a term occurs is
/// one byte, a number into the table of distinct frequency tuples.
#[derive(Debug, Default)]
pub(crate) struct ForwardIndex {
    /// Number of fields.
    pub(crate) fields: usize,
    /// A row for every document and one after the last: where its postings start (first those of
    /// common terms, then the others), where those of other terms alone start, tokens per field.
    pub(crate) rows: Column<u32>,
    /// Terms below [`COMMON_TERMS`]; those of a document start at the difference of its row's two starts.
    pub(crate) common: Column<u16>,
    pub(crate) others: Column<u32>,
    /// One per posting: a tuple below [`ESCAPE`], or [`ESCAPE`].
    pub(crate) codes: Column<u8>,
    /// The distinct frequency tuples, `fields` numbers each.
    pub(crate) tuples: Column<u32>,
    /// Postings whose code is [`ESCAPE`], rising …
    pub(crate) escaped: Column<u32>,
    /// … and their tuples.
    pub(crate) escaped_tuples: Column<u32>,
}

/// Terms numbered below this are stored in two bytes.
pub(crate) const COMMON_TERMS: u32 = 1 << 16;
/// The code that stands for a tuple numbered 255 or above.
pub(crate) const ESCAPE: u8 = u8::MAX;

/// The postings of one document.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Postings<'a> {
    pub(crate) common: &'a [u16],
    pub(crate) others: &'a [u32],
    /// Codes of the common terms, then of the others.
    pub(crate) codes: &'a [u8],
    /// The number of the first posting.
    pub(crate) first: u32,
}

impl<'a> Postings<'a> {
    /// The term of posting number `at` of the document.
    pub(crate) fn term(&self, at: usize) -> u32 {
        match self.common.get(at) {
            Some(&term) => u32::from(term),
            None => self.others[at - self.common.len()],
        }
    }

    /// Term and code of every posting.
    pub(crate) fn iter(self) -> impl Iterator<Item = (u32, u8)> + use<'a> {
        let common = self.common.iter().map(|&term| u32::from(term));
        common.chain(self.others.iter().copied()).zip(self.codes.iter().copied())
    }
}

impl ForwardIndex {
    /// Number of documents.
    pub(crate) fn len(&self) -> usize {
        (self.rows.len() / (2 + self.fields)).saturating_sub(1)
    }

    fn row(&self, document: usize) -> &[u32] {
        let width = 2 + self.fields;
        &self.rows[document * width..(document + 1) * width]
    }

    pub(crate) fn lengths_of(&self, document: usize) -> &[u32] {
        &self.row(document)[2..]
    }

    pub(crate) fn postings_of(&self, document: usize) -> Postings<'_> {
        let (row, next) = (self.row(document), self.row(document + 1));
        let (start, end) = (row[0] as usize, next[0] as usize);
        let (other_start, other_end) = (row[1] as usize, next[1] as usize);
        Postings {
            common: &self.common[start - other_start..end - other_end],
            others: &self.others[other_start..other_end],
            codes: &self.codes[start..end],
            first: start as u32,
        }
    }

    /// Starts to fetch into the cache where the document's postings are …
    pub(crate) fn prefetch_row(&self, document: usize) {
        prefetch(&self.rows, document * (2 + self.fields));
    }

    /// … and then the postings themselves.
    pub(crate) fn prefetch_postings(&self, document: usize) {
        let postings = self.postings_of(document);
        (0..postings.common.len()).step_by(32).for_each(|at| prefetch(postings.common, at));
        (0..postings.codes.len()).step_by(64).for_each(|at| prefetch(postings.codes, at));
        prefetch(postings.others, 0);
    }

    /// How often the term of posting number `posting` occurs in each field.
    pub(crate) fn tuple(&self, posting: u32, code: u8) -> &[u32] {
        let tuple = if code == ESCAPE {
            self.escaped_tuples[self.escaped.partition_point(|&other| other < posting)] as usize
        } else {
            usize::from(code)
        };
        &self.tuples[tuple * self.fields..(tuple + 1) * self.fields]
    }
}
