//! Postings turned around.

use super::Fields;
use rustc_hash::FxHashMap;
use tantivy::postings::Postings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, Searcher, TERMINATED};

/// For every chosen document its terms, field by field.
pub(super) struct Forward {
    terms: Vec<String>,
    postings: Vec<Posting>,
    /// Where each document's postings begin, and the end.
    starts: Vec<usize>,
}

#[derive(Clone, Copy)]
struct Posting {
    term: u32,
    frequency: u16,
    field: u8,
}

impl Forward {
    /// `places` says for every document of every segment its number among the `documents` chosen;
    /// segments with none of them are not read.
    pub(super) fn read(
        searcher: &Searcher,
        fields: &Fields,
        places: &[Vec<Option<u32>>],
        documents: usize,
    ) -> tantivy::Result<Self> {
        let mut ids: FxHashMap<String, u32> = FxHashMap::default();
        let mut terms = Vec::new();
        let mut unsorted: Vec<(u32, Posting)> = Vec::new();
        for (reader, places) in searcher.segment_readers().iter().zip(places) {
            if places.iter().all(Option::is_none) {
                continue;
            }
            for (field, number) in fields.text.into_iter().zip(0u8..) {
                let inverted = reader.inverted_index(field)?;
                let mut stream = inverted.terms().stream()?;
                while let Some((key, info)) = stream.next() {
                    let Ok(text) = std::str::from_utf8(key) else { continue };
                    let mut id = ids.get(text).copied();
                    let mut postings = inverted.read_postings_from_terminfo(info, IndexRecordOption::WithFreqs)?;
                    let mut document = postings.doc();
                    while document != TERMINATED {
                        if let Some(place) = places[document as usize] {
                            let term = *id.get_or_insert_with(|| {
                                terms.push(text.to_owned());
                                let term = terms.len() as u32 - 1;
                                ids.insert(text.to_owned(), term);
                                term
                            });
                            let frequency = postings.term_freq().min(u16::MAX.into()) as u16;
                            unsorted.push((place, Posting { term, frequency, field: number }));
                        }
                        document = postings.advance();
                    }
                }
            }
        }
        let (postings, starts) = sort_by_document(unsorted, documents);
        Ok(Self { terms, postings, starts })
    }

    /// Number of documents.
    pub(super) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Field, frequency and term of each posting of a document.
    pub(super) fn postings(&self, document: usize) -> impl Iterator<Item = (usize, u16, &str)> {
        let postings = &self.postings[self.starts[document]..self.starts[document + 1]];
        let text = |posting: &Posting| self.terms[posting.term as usize].as_str();
        postings.iter().map(move |posting| (posting.field.into(), posting.frequency, text(posting)))
    }

    /// Tokens in each field, over all documents.
    pub(super) fn field_tokens(&self) -> Vec<u64> {
        let mut tokens = vec![0; super::field_weights().fields.len()];
        for posting in &self.postings {
            tokens[usize::from(posting.field)] += u64::from(posting.frequency);
        }
        tokens
    }
}

/// Counting sort; within a document the terms stand in the order of their text, whatever the
/// segments were, so that an index built twice is the same twice.
fn sort_by_document(unsorted: Vec<(u32, Posting)>, documents: usize) -> (Vec<Posting>, Vec<usize>) {
    let mut starts = vec![0usize; documents + 1];
    for (document, _) in &unsorted {
        starts[*document as usize + 1] += 1;
    }
    for at in 0..documents {
        starts[at + 1] += starts[at];
    }
    let mut next = starts.clone();
    let mut postings = vec![Posting { term: 0, frequency: 0, field: 0 }; unsorted.len()];
    for (document, posting) in unsorted {
        let place = &mut next[document as usize];
        postings[*place] = posting;
        *place += 1;
    }
    (postings, starts)
}
