use super::ConceptVector;
use duijie_impact::BitSet;
use std::ops::Range;

/// The concept vectors of all documents, by document and turned around by concept.
#[derive(Default)]
pub(crate) struct ConceptPostings {
    vectors: Vec<ConceptVector>,
    /// Where each concept's postings begin, and the end.
    starts: Vec<usize>,
    /// By concept, then by rising document.
    postings: Vec<(u32, f32)>,
}

impl ConceptPostings {
    pub(crate) fn new(vectors: Vec<ConceptVector>) -> Self {
        let concepts = vectors.iter().flat_map(|vector| vector.entries().last()).map(|(concept, _)| concept + 1).max();
        let mut starts = vec![0usize; concepts.unwrap_or(0) as usize + 1];
        for (concept, _) in vectors.iter().flat_map(ConceptVector::entries) {
            starts[*concept as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut postings = vec![(0, 0.0); *starts.last().unwrap_or(&0)];
        for (vector, document) in vectors.iter().zip(0u32..) {
            for &(concept, weight) in vector.entries() {
                let place = &mut next[concept as usize];
                postings[*place] = (document, weight);
                *place += 1;
            }
        }
        Self { vectors, starts, postings }
    }

    pub(crate) fn vector(&self, document: u32) -> &ConceptVector {
        &self.vectors[document as usize]
    }

    /// The cosine of a document's vector with `asked`, summed by rising concept.
    pub(crate) fn cosine(&self, asked: &ConceptVector, document: u32) -> f32 {
        asked.shared(self.vector(document)).iter().map(|(_, weight)| weight).sum()
    }

    /// The `limit` documents of a range with the greatest cosine, ties by document.
    pub(crate) fn search(
        &self,
        asked: &ConceptVector,
        range: Range<u32>,
        accepted: Option<&BitSet>,
        limit: usize,
    ) -> Vec<(u32, f32)> {
        let mut cosines = vec![0.0f32; range.len()];
        for &(concept, weight) in asked.entries() {
            let Some(end) = self.starts.get(concept as usize + 1) else { continue };
            let postings = &self.postings[self.starts[concept as usize]..*end];
            let first = postings.partition_point(|(document, _)| *document < range.start);
            for (document, theirs) in postings[first..].iter().take_while(|(document, _)| *document < range.end) {
                cosines[(document - range.start) as usize] += weight * theirs;
            }
        }
        let passes = |document: u32| accepted.is_none_or(|accepted| accepted.contains(document));
        let places = cosines.into_iter().zip(range).filter(|(cosine, document)| *cosine > 0.0 && passes(*document));
        let mut found: Vec<(u32, f32)> = places.map(|(cosine, document)| (document, cosine)).collect();
        let order = |a: &(u32, f32), b: &(u32, f32)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
        if found.len() > limit && limit > 0 {
            found.select_nth_unstable_by(limit - 1, order);
            found.truncate(limit);
        }
        found.truncate(limit);
        found.sort_unstable_by(order);
        found
    }
}
