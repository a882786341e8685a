//! What is stored with the achievements to compare them by: vectors over the term base's concepts, characters,
//! and an encoder's vectors.

use super::documents::DocumentTable;
use super::schema::{CHARACTERS, CONCEPTS, VECTOR};
use crate::characters::CharacterTable;
use crate::concepts::ConceptVector;
use crate::semantic::SemanticTable;
use tantivy::Searcher;
use tantivy::error::DataCorruption;

/// The concept vectors, in the order of the document table; empty where a document has none.
pub(super) fn concept_vectors(searcher: &Searcher, documents: &DocumentTable) -> tantivy::Result<Vec<ConceptVector>> {
    let mut vectors = vec![ConceptVector::default(); documents.len()];
    each_value(searcher, documents, CONCEPTS, |place, bytes| {
        vectors[place] = ConceptVector::from_bytes(bytes);
        Ok(())
    })?;
    Ok(vectors)
}

/// The characters of the documents.
pub(super) fn character_table(searcher: &Searcher, documents: &DocumentTable) -> tantivy::Result<CharacterTable> {
    let mut sets = vec![Vec::new(); documents.len()];
    each_value(searcher, documents, CHARACTERS, |place, bytes| {
        sets[place] = bytes.to_vec();
        Ok(())
    })?;
    Ok(CharacterTable::from_bytes(&sets))
}

/// The vectors of `width` that an encoder made.
pub(super) fn semantic_table(
    searcher: &Searcher,
    documents: &DocumentTable,
    width: usize,
) -> tantivy::Result<SemanticTable> {
    let mut table = SemanticTable::without_vectors(documents.len(), width);
    each_value(searcher, documents, VECTOR, |place, bytes| {
        let (values, rest) = bytes.as_chunks::<4>();
        if values.len() != width || !rest.is_empty() {
            return Err(DataCorruption::comment_only("a vector is of another width than the index says").into());
        }
        table.set(place, values.iter().map(|value| f32::from_le_bytes(*value)));
        Ok(())
    })?;
    Ok(table)
}

/// A vector as it is stored.
pub(super) fn to_bytes(vector: &[f32]) -> Vec<u8> {
    vector.iter().flat_map(|value| value.to_le_bytes()).collect()
}

fn each_value(
    searcher: &Searcher,
    documents: &DocumentTable,
    field: &str,
    mut sink: impl FnMut(usize, &[u8]) -> tantivy::Result<()>,
) -> tantivy::Result<()> {
    let mut bytes = Vec::new();
    for (reader, places) in searcher.segment_readers().iter().zip(documents.places(searcher)) {
        let Some(column) = reader.fast_fields().bytes(field)? else { continue };
        for (place, document) in places.into_iter().zip(0u32..) {
            let Some(place) = place else { continue };
            if let Some(ord) = column.term_ords(document).next() {
                bytes.clear();
                column.ord_to_bytes(ord, &mut bytes)?;
                sink(place as usize, &bytes)?;
            }
        }
    }
    Ok(())
}
