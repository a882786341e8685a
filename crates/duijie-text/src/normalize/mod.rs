//! Normalising text so that spelling variants become equal, without losing the way back.
//!
//! A normaliser must be **idempotent** (normalising its own output changes nothing) and must
//! hand back an [`OffsetMap`] by which every byte range of the output names the byte range of the
//! input it came from. Traditional characters are folded *before* anything is segmented: jieba's
//! dictionary is simplified, and would cut 尊嚴 into single characters.

mod case;
mod nfkc;
mod offset_map;
mod pipeline;
mod simplified;
mod standard;
mod superscript;

pub use case::LowerCase;
pub use nfkc::Nfkc;
pub use offset_map::OffsetMap;
pub use pipeline::Pipeline;
pub use simplified::Simplified;
pub use standard::StandardNormalizer;
pub use superscript::Superscripts;

pub(crate) use offset_map::OffsetMapBuilder;

use std::borrow::Cow;

/// A way of making spelling variants equal.
pub trait Normalizer: Send + Sync {
    /// Normalises `text`; borrows it where nothing changes.
    fn normalize<'t>(&self, text: &'t str) -> Normalized<'t>;
}

/// Normalised text together with the way back to the text it was made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Normalized<'t> {
    /// The normalised text.
    pub text: Cow<'t, str>,
    /// Maps byte ranges of `text` to byte ranges of the original.
    pub offsets: OffsetMap,
}

impl<'t> Normalized<'t> {
    /// Text that its normaliser left as it was.
    pub fn unchanged(text: &'t str) -> Self {
        Self { text: Cow::Borrowed(text), offsets: OffsetMap::identity() }
    }

    /// What a pass over `text` wrote: borrowed where it came to the same.
    pub(crate) fn written(text: &'t str, out: String, offsets: OffsetMapBuilder) -> Self {
        if out == text { Self::unchanged(text) } else { Self { text: Cow::Owned(out), offsets: offsets.finish() } }
    }
}

#[cfg(test)]
mod conformance;
