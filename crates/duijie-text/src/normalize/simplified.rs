use super::{Normalized, Normalizer, OffsetMapBuilder};
use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use std::borrow::Cow;
use std::sync::LazyLock;

/// Traditional → simplified Chinese with OpenCC's tables (`t2s`: phrases, then characters).
#[derive(Clone, Copy, Debug, Default)]
pub struct Simplified;

static OPENCC: LazyLock<OpenCC> =
    LazyLock::new(|| OpenCC::from_config(BuiltinConfig::T2s).expect("the t2s tables are compiled into the crate"));

/// CJK Unified Ideographs, by far the most of any Chinese text.
const FIRST: u32 = 0x4E00;
const LAST: u32 = 0x9FFF;

/// Whether OpenCC would change the character on its own, a bit for each of `FIRST..=LAST`.
static TRADITIONAL: LazyLock<Vec<u64>> = LazyLock::new(|| {
    let mut bits = vec![0u64; ((LAST - FIRST) as usize + 64) / 64];
    let mut buffer = [0u8; 4];
    for c in (FIRST..=LAST).filter_map(char::from_u32) {
        let text: &str = c.encode_utf8(&mut buffer);
        if OPENCC.convert(text) != text {
            let at = (c as u32 - FIRST) as usize;
            bits[at / 64] |= 1 << (at % 64);
        }
    }
    bits
});

/// Whether simplifying would change `c`, as far as a character alone can tell.
pub(super) fn is_traditional(c: char) -> bool {
    let c = c as u32;
    if (FIRST..=LAST).contains(&c) {
        return is_traditional_ideograph(c);
    }
    // Extensions and compatibility ideographs are rare: let OpenCC look at them.
    matches!(c, 0x3400..=0x4DBF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

/// The same of a code point among the CJK Unified Ideographs, `4E00..=9FFF`.
pub(super) fn is_traditional_ideograph(c: u32) -> bool {
    let at = (c - FIRST) as usize;
    TRADITIONAL[at / 64] >> (at % 64) & 1 == 1
}

impl Normalizer for Simplified {
    fn normalize<'t>(&self, text: &'t str) -> Normalized<'t> {
        if !text.chars().any(is_traditional) {
            return Normalized::unchanged(text);
        }
        let converted = settled(text);
        if converted == text {
            return Normalized::unchanged(text);
        }
        if converted.chars().count() == text.chars().count() {
            let offsets = char_by_char(text, converted.chars());
            return Normalized { text: Cow::Owned(converted), offsets };
        }
        one_by_one(text)
    }
}

/// Converted until nothing changes: some simplified forms are traditional forms of others (薴 → 苧 → 苎).
fn settled(text: &str) -> String {
    let mut text = OPENCC.convert(text);
    loop {
        let next = OPENCC.convert(&text);
        if next == text {
            return text;
        }
        text = next;
    }
}

/// The offsets of a conversion that replaced every character by one.
fn char_by_char(text: &str, converted: impl Iterator<Item = char>) -> super::OffsetMap {
    let mut offsets = OffsetMapBuilder::default();
    for ((start, from), to) in text.char_indices().zip(converted) {
        if from.len_utf8() == to.len_utf8() {
            offsets.copy(to.len_utf8(), start);
        } else {
            offsets.replace(to.len_utf8(), start..start + from.len_utf8());
        }
    }
    offsets.finish()
}

/// A phrase changed its length: fall back to characters, whose places are certain.
fn one_by_one(text: &str) -> Normalized<'_> {
    let mut out = String::with_capacity(text.len());
    let mut offsets = OffsetMapBuilder::default();
    let mut buffer = [0u8; 4];
    for (start, c) in text.char_indices() {
        if is_traditional(c) {
            let simplified = settled(c.encode_utf8(&mut buffer));
            offsets.replace(simplified.len(), start..start + c.len_utf8());
            out.push_str(&simplified);
        } else {
            out.push(c);
            offsets.copy(c.len_utf8(), start);
        }
    }
    Normalized { text: Cow::Owned(out), offsets: offsets.finish() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_is_simplified_once_and_for_all() {
        for c in (0x3400..=0x3FFFF).filter_map(char::from_u32) {
            let text = c.to_string();
            let once = Simplified.normalize(&text).text.into_owned();
            assert_eq!(Simplified.normalize(&once).text, once, "{c}");
        }
    }
}
