//! The impact index of a commit: derived from its postings, and kept beside them.
//!
//! Two files may stand in the folder of an index: `impact.base`, the impacts of most documents, and
//! `impact.added`, those of the documents that came since. Neither belongs to a commit, nor to
//! tantivy: each tells by its labels, the documents' serial numbers, which documents it has, and
//! whatever of them the opened commit has is used. What is missing is made of the commit's postings
//! and written beside them, or kept in memory where the folder cannot be written. A file that is
//! damaged, of another version or of other weights counts as absent. So the files spare work and
//! decide nothing: the ranking is that of the commit, whatever the files were.
//!
//! BM25F's scores depend on all documents in two places. The idf is a weight of the query, computed
//! from what the commit holds, and costs nothing to change. The average field lengths are part of
//! every impact, so in all but small indexes they are rounded ([`lengths::reference_length`]): a few
//! more documents leave them as they are, and the impacts too. When they do change, all impacts are
//! made anew.

mod forward;
mod lengths;
mod stored;
#[cfg(test)]
mod tests;

use super::documents::DocumentTable;
use super::schema::{Fields, SERIAL};
use duijie_impact::{Bm25f, FieldWeight, ImpactBuilder, ImpactIndex, UpdatedIndex};
use forward::Forward;
use std::path::Path;
use tantivy::Searcher;

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

/// The impacts of a commit's documents, in the order of the table; `folder` is where an index on disk lies.
pub(super) fn open(
    searcher: &Searcher,
    fields: &Fields,
    documents: &DocumentTable,
    folder: Option<&Path>,
) -> tantivy::Result<UpdatedIndex> {
    let source = Source { searcher, fields, documents, serials: serials(searcher, documents)? };
    if let Some(folder) = folder
        && let Some(stored) = stored::open(&source, folder)?
    {
        return Ok(stored);
    }
    let forward = source.postings(0..documents.len() as u32)?;
    let lengths = lengths::reference_lengths(&forward.field_tokens(), documents.len());
    let built = source.build(&forward, 0..documents.len() as u32, lengths);
    if let Some(folder) = folder {
        stored::keep_base(&built, folder);
    }
    Ok(built.into())
}

/// What the impacts of a commit are made of.
struct Source<'s> {
    searcher: &'s Searcher,
    fields: &'s Fields,
    documents: &'s DocumentTable,
    /// Of every document of the table.
    serials: Vec<u64>,
}

impl Source<'_> {
    /// The postings of the documents at some places of the table, given rising.
    fn postings(&self, chosen: impl ExactSizeIterator<Item = u32> + Clone) -> tantivy::Result<Forward> {
        let mut places = self.documents.places(self.searcher);
        let mut numbers = vec![None; self.documents.len()];
        chosen.clone().zip(0u32..).for_each(|(place, number)| numbers[place as usize] = Some(number));
        places.iter_mut().flatten().for_each(|place| *place = place.and_then(|place| numbers[place as usize]));
        Forward::read(self.searcher, self.fields, &places, chosen.len())
    }

    /// An index of the documents at these places, whose postings are `forward`.
    fn build(&self, forward: &Forward, chosen: impl Iterator<Item = u32>, lengths: Vec<f32>) -> ImpactIndex {
        let mut builder = ImpactBuilder::with_reference_lengths(field_weights(), lengths)
            .expect("the field weights and average lengths are within their bounds");
        for document in 0..forward.len() {
            builder.add_document(|into| {
                for (field, frequency, term) in forward.postings(document) {
                    (0..frequency).for_each(|_| into.add(field, term));
                }
            });
        }
        builder.finish().labelled(chosen.map(|place| self.serials[place as usize]).collect())
    }
}

/// The serial numbers of the documents, in the order of the table.
fn serials(searcher: &Searcher, documents: &DocumentTable) -> tantivy::Result<Vec<u64>> {
    let mut serials = vec![0; documents.len()];
    for (reader, places) in searcher.segment_readers().iter().zip(documents.places(searcher)) {
        let column = reader.fast_fields().u64(SERIAL)?;
        for (place, document) in places.into_iter().zip(0u32..) {
            let Some(place) = place else { continue };
            serials[place as usize] = column
                .first(document)
                .ok_or_else(|| tantivy::error::DataCorruption::comment_only("an achievement has no serial number"))?;
        }
    }
    Ok(serials)
}
