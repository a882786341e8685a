use super::{Normalized, Normalizer, OffsetMapBuilder};
use std::borrow::Cow;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};
use unicode_segmentation::UnicodeSegmentation;

/// Unicode normalisation form KC ([UAX #15](https://www.unicode.org/reports/tr15/)): full width →
/// half width, `㎡` → `m2`, `₂` → `2`, `Ⅲ` → `III`, `℃` → `°C`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Nfkc;

impl Normalizer for Nfkc {
    fn normalize<'t>(&self, text: &'t str) -> Normalized<'t> {
        if unicode_normalization::is_nfkc(text) {
            return Normalized::unchanged(text);
        }
        let mut out = String::with_capacity(text.len());
        let mut offsets = OffsetMapBuilder::default();
        // Combining marks compose within a grapheme cluster, so clusters normalise one by one.
        for (start, cluster) in text.grapheme_indices(true) {
            if is_nfkc_quick(cluster.chars()) == IsNormalized::Yes {
                offsets.copy(cluster.len(), start);
                out.push_str(cluster);
                continue;
            }
            let before = out.len();
            out.extend(cluster.nfkc());
            offsets.replace(out.len() - before, start..start + cluster.len());
        }
        let normalized = Normalized { text: Cow::Owned(out), offsets: offsets.finish() };
        recompose(normalized)
    }
}

/// The few characters that compose across clusters (half-width Hangul letters, which only become
/// letters that join once they are full width) need the whole text looked at again.
fn recompose(normalized: Normalized<'_>) -> Normalized<'_> {
    if unicode_normalization::is_nfkc(&normalized.text) {
        return normalized;
    }
    let again = Nfkc.normalize(&normalized.text);
    if again.text == normalized.text {
        // Nothing that clusters can settle: take the text as one piece.
        let whole: String = normalized.text.nfkc().collect();
        let mut offsets = OffsetMapBuilder::default();
        offsets.replace(whole.len(), 0..normalized.text.len());
        let offsets = normalized.offsets.then(&offsets.finish());
        return Normalized { text: Cow::Owned(whole), offsets };
    }
    let offsets = normalized.offsets.then(&again.offsets);
    Normalized { text: Cow::Owned(again.text.into_owned()), offsets }
}
