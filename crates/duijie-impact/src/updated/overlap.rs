use rustc_hash::FxHashMap;

use crate::index::ImpactIndex;

/// Which of the documents that are wanted now an index has already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overlap {
    /// For every document of the index where it is among those wanted, or, if it is gone, where the
    /// next one that is not gone is.
    pub(super) places: Vec<u32>,
    pub(super) gone: Vec<u32>,
    pub(super) missing: Vec<u32>,
    pub(super) wanted: u32,
}

impl Overlap {
    /// Compares the labels of `index` with those of the documents wanted, in the order wanted.
    ///
    /// `None` if the documents in common stand in another order in the index, or a label is wanted
    /// twice: then the index is of no use.
    pub fn of(index: &ImpactIndex, wanted: &[u64]) -> Option<Self> {
        let count = u32::try_from(wanted.len()).ok()?;
        if index.labels() == wanted {
            return Some(Self { places: (0..count).collect(), gone: Vec::new(), missing: Vec::new(), wanted: count });
        }
        let mut by_label: FxHashMap<u64, u32> = wanted.iter().copied().zip(0..).collect();
        if by_label.len() < wanted.len() {
            return None;
        }
        let (mut places, mut gone) = (Vec::with_capacity(index.labels().len()), Vec::new());
        let (mut missing, mut next) = (Vec::new(), 0);
        for (label, document) in index.labels().iter().zip(0u32..) {
            match by_label.remove(label) {
                // The order of the index is that of the documents wanted: none is passed over twice.
                Some(place) if place >= next => {
                    missing.extend(next..place);
                    places.push(place);
                    next = place + 1;
                }
                Some(_) => return None,
                None => {
                    places.push(u32::MAX);
                    gone.push(document);
                }
            }
        }
        missing.extend(next..count);
        let mut following = count;
        for place in places.iter_mut().rev() {
            following = if *place == u32::MAX { following } else { *place };
            *place = following;
        }
        Some(Self { places, gone, missing, wanted: count })
    }

    /// How many documents of the index are wanted.
    pub fn kept(&self) -> usize {
        self.places.len() - self.gone.len()
    }

    /// The documents of the index that are not wanted any more, rising.
    pub fn gone(&self) -> &[u32] {
        &self.gone
    }

    /// The places among those wanted of the documents that the index does not have, rising.
    pub fn missing(&self) -> &[u32] {
        &self.missing
    }
}
