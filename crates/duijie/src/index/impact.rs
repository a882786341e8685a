use super::documents::DocumentTable;
use super::schema::Fields;
use duijie_impact::{Bm25f, FieldWeight, ImpactBuilder, ImpactIndex};
use rustc_hash::FxHashMap;
use tantivy::postings::Postings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, Searcher, TERMINATED};

/// How title, keywords and summary count (BM25F; the formula stands at [`Bm25f`]).
///
/// A word of the title or the keywords says several times what one of the summary says. Titles and
/// keyword lists are short whatever they say, so their length hardly counts.
pub fn field_weights() -> Bm25f {
    Bm25f {
        k1: 1.2,
        fields: vec![
            FieldWeight { weight: 4.0, b: 0.2 },
            FieldWeight { weight: 5.0, b: 0.2 },
            FieldWeight { weight: 1.0, b: 0.75 },
        ],
    }
}

/// Derives the impact index from the postings of a tantivy searcher.
pub(super) fn build(searcher: &Searcher, fields: &Fields, documents: &DocumentTable) -> tantivy::Result<ImpactIndex> {
    let forward = Forward::read(searcher, fields, documents)?;
    let mut builder = ImpactBuilder::new(field_weights()).expect("the field weights are within their bounds");
    for document in 0..documents.len() {
        builder.add_document(|into| {
            for posting in forward.postings(document) {
                for _ in 0..posting.frequency {
                    into.add(usize::from(posting.field), &forward.terms[posting.term as usize]);
                }
            }
        });
    }
    Ok(builder.finish())
}

/// The postings turned around: for every document of the table its terms, field by field.
struct Forward {
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
    fn read(searcher: &Searcher, fields: &Fields, documents: &DocumentTable) -> tantivy::Result<Self> {
        let places = documents.places(searcher);
        let mut ids: FxHashMap<String, u32> = FxHashMap::default();
        let mut terms = Vec::new();
        let mut unsorted: Vec<(u32, Posting)> = Vec::new();
        for (reader, places) in searcher.segment_readers().iter().zip(&places) {
            for (field, number) in fields.text.into_iter().zip(0u8..) {
                let inverted = reader.inverted_index(field)?;
                let mut stream = inverted.terms().stream()?;
                while let Some((key, info)) = stream.next() {
                    let Ok(text) = std::str::from_utf8(key) else { continue };
                    let term = *ids.entry(text.to_owned()).or_insert_with(|| {
                        terms.push(text.to_owned());
                        terms.len() as u32 - 1
                    });
                    let mut postings = inverted.read_postings_from_terminfo(info, IndexRecordOption::WithFreqs)?;
                    let mut document = postings.doc();
                    while document != TERMINATED {
                        if let Some(place) = places[document as usize] {
                            let frequency = postings.term_freq().min(u16::MAX.into()) as u16;
                            unsorted.push((place, Posting { term, frequency, field: number }));
                        }
                        document = postings.advance();
                    }
                }
            }
        }
        let (postings, starts) = sort_by_document(unsorted, documents.len());
        Ok(Self { terms, postings, starts })
    }

    fn postings(&self, document: usize) -> &[Posting] {
        &self.postings[self.starts[document]..self.starts[document + 1]]
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
