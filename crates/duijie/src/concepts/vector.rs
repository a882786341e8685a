/// A text as weighted concepts: at most a few dozen, of length 1 (or empty), by rising concept.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConceptVector {
    entries: Vec<(u32, f32)>,
}

impl ConceptVector {
    /// From the scores of concepts, best first: each is raised to `sharpness`, and the vector is
    /// brought to length 1.
    pub(super) fn from_scores(scores: &[(u32, f32)], sharpness: i32) -> Self {
        let best = scores.iter().map(|(_, score)| *score).fold(0.0, f32::max);
        let mut entries: Vec<(u32, f32)> =
            scores.iter().map(|(concept, score)| (*concept, (score / best).powi(sharpness))).collect();
        let length = entries.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
        for (_, weight) in &mut entries {
            // Rounded to what `to_bytes` keeps, so that a stored vector is the vector.
            *weight = (*weight / length * SCALE).round() / SCALE;
        }
        entries.retain(|(_, weight)| *weight > 0.0);
        entries.sort_unstable_by_key(|(concept, _)| *concept);
        Self { entries }
    }

    /// Concepts (places in the term base) and weights, by rising concept.
    pub fn entries(&self) -> &[(u32, f32)] {
        &self.entries
    }

    /// Whether no concept was found in the text.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// What each shared concept adds to the cosine of two vectors, by rising concept.
    pub fn shared(&self, other: &Self) -> Vec<(u32, f32)> {
        let mut others = other.entries.iter().peekable();
        let mut shared = Vec::new();
        for &(concept, weight) in &self.entries {
            while others.next_if(|(theirs, _)| *theirs < concept).is_some() {}
            if let Some((_, theirs)) = others.next_if(|(theirs, _)| *theirs == concept) {
                shared.push((concept, weight * theirs));
            }
        }
        shared
    }

    /// Six bytes an entry: the concept and its weight in 1/65535.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.entries.len() * ENTRY);
        for (concept, weight) in &self.entries {
            bytes.extend(concept.to_le_bytes());
            bytes.extend(((weight * SCALE).round() as u16).to_le_bytes());
        }
        bytes
    }

    /// Reads [`ConceptVector::to_bytes`]; a rest that is no whole entry is left out.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Self {
        let entries = bytes.chunks_exact(ENTRY).map(|entry| {
            let concept = u32::from_le_bytes([entry[0], entry[1], entry[2], entry[3]]);
            (concept, f32::from(u16::from_le_bytes([entry[4], entry[5]])) / SCALE)
        });
        Self { entries: entries.collect() }
    }
}

const SCALE: f32 = 65_535.0;
const ENTRY: usize = 6;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stored_vector_is_the_vector() {
        let vector = ConceptVector::from_scores(&[(7, 3.0), (2, 1.5), (900_000, 0.7)], 2);
        assert_eq!(ConceptVector::from_bytes(&vector.to_bytes()), vector);
        let length: f32 = vector.entries().iter().map(|(_, weight)| weight * weight).sum();
        assert!((length - 1.0).abs() < 1e-3);
    }

    #[test]
    fn shared_concepts_add_up_to_the_cosine() {
        let a = ConceptVector::from_scores(&[(1, 1.0), (2, 2.0)], 1);
        let b = ConceptVector::from_scores(&[(2, 1.0), (3, 1.0)], 1);
        assert_eq!(a.shared(&b).len(), 1);
        assert!(a.shared(&a).iter().map(|(_, weight)| weight).sum::<f32>() > 0.999);
    }
}
