//! Brands that are words of the language, and where they stand as names.
//!
//! 海天 and 万华 are in every dictionary, so that a text with the word need not speak of the enterprise. A name that
//! leaves is worse than a word masked too many: where the word stands by itself, and is not part of a longer one
//! (海天一色, 新华社), it is masked
//! - everywhere, if the dictionary knows it as a name;
//! - in the texts of its own enterprise everywhere, and in others' unless it ends a phrase, if it is a common word:
//!   新一轮浪潮 and 产业的浪潮 stay, 采用浪潮服务器 and 客户浪潮 do not.
//!
//! A word that says what an enterprise makes (黄金) is nobody's brand.

use super::enterprise::{LANGUAGE, WORDS, is_trade};
use std::ops::Range;

/// The brands of some enterprises that are words.
#[derive(Default)]
pub(super) struct Brands {
    brands: Vec<Brand>,
}

struct Brand {
    word: String,
    mask: String,
    kind: WordKind,
    /// The enterprises that are called so.
    enterprises: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum WordKind {
    Name,
    Common,
}

/// A word of a text with its place.
struct Word<'t> {
    text: &'t str,
    tag: &'t str,
    place: Range<usize>,
}

impl Word<'_> {
    /// Whether what stands at a place is part of this word: all of it, or its beginning (上海 takes it of 海天 in
    /// 上海天地). The segmenter makes persons of any two characters, an end that goes with what follows is a slip of it
    /// (万 华应 用), and some enterprises are in the dictionary whole: 烟台万华, 海尔集团.
    fn takes(&self, place: Range<usize>) -> bool {
        if self.place.start <= place.start && self.place.end >= place.end {
            let before = &self.text[..place.start - self.place.start];
            let behind = &self.text[place.end - self.place.start..];
            let is_place = before.is_empty() || WORDS.places.iter().any(|known| known == before);
            let is_trade = behind.is_empty() || is_trade(behind) || WORDS.forms.iter().any(|known| known == behind);
            return !(is_place && is_trade);
        }
        self.place.start < place.start && !self.tag.starts_with("nr")
    }
}

impl Brands {
    pub(super) fn add(&mut self, word: String, mask: &str, enterprise: &str) {
        if let Some(brand) = self.brands.iter_mut().find(|brand| brand.word == word) {
            brand.enterprises.push(enterprise.to_owned());
            return;
        }
        // A word that the segmenter does not keep together even by itself is too rare to be a common one.
        let kind = match LANGUAGE.tagged(&word)[..] {
            [(_, tag)] if !is_name(tag) => WordKind::Common,
            _ => WordKind::Name,
        };
        self.brands.push(Brand { word, mask: mask.to_owned(), kind, enterprises: vec![enterprise.to_owned()] });
    }

    /// Where brands stand in a text, with what masks them. `own` is the enterprise whose text it is.
    pub(super) fn find(&self, text: &str, own: Option<&str>) -> Vec<(Range<usize>, &str)> {
        if self.brands.is_empty() {
            return Vec::new();
        }
        let lower = text.to_lowercase();
        let text = if lower.len() == text.len() { lower.as_str() } else { text };
        let met: Vec<&Brand> = self.brands.iter().filter(|brand| text.contains(&brand.word)).collect();
        if met.is_empty() {
            return Vec::new();
        }
        let mut end = 0;
        let words = LANGUAGE.tagged(text).into_iter().map(|(text, tag)| {
            end += text.len();
            Word { text, tag, place: end - text.len()..end }
        });
        let words: Vec<Word<'_>> = words.collect();
        let mut found = Vec::new();
        for brand in met {
            let is_own = own.is_some_and(|own| brand.enterprises.iter().any(|enterprise| enterprise == own));
            for (start, word) in text.match_indices(&brand.word) {
                let end = start + word.len();
                let first = words.partition_point(|word| word.place.end <= start);
                let last = words.partition_point(|word| word.place.start < end);
                let is_part = words[first..last].iter().any(|word| word.takes(start..end));
                let before = first.checked_sub(1).map(|before| &words[before]);
                let stands = is_own || brand.kind == WordKind::Name || !before.is_some_and(goes_on);
                if !is_part && stands {
                    found.push((start..end, brand.mask.as_str()));
                }
            }
        }
        found
    }
}

/// Whether a word of this part of speech is a name, of a person or anything but a place: those have names that are
/// words.
pub(super) fn is_name(tag: &str) -> bool {
    ["nz", "nr", "nt", "nw"].iter().any(|kind| tag.starts_with(kind))
}

/// Whether this word goes on in a common word behind it: 的, a number, a quality or a thing stand before it,
/// but no place and none of those who trade with each other.
fn goes_on(before: &Word<'_>) -> bool {
    let continues = before.tag.starts_with(['u', 'm', 'q', 'a', 'b', 'z', 'k', 'j', 'l', 'i', 'g'])
        || (before.tag.starts_with('n') && !matches!(before.tag, "ns" | "nt"))
        || before.tag == "vn";
    continues && !WORDS.parties.iter().any(|party| party == before.text)
}
