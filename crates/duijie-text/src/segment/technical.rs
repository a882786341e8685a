use super::alphanumeric::{self, is_word_char};
use super::{Segmenter, Token, TokenKind};
use crate::Dictionary;
use std::borrow::Cow;
use std::ops::Range;

/// Cuts Chinese by dictionary and keeps technical words whole.
///
/// - Runs of ideographs go to jieba (shortest-path by word frequency, no hidden Markov model:
///   its guesses change with the neighbours, and a word must be cut alike in demand and
///   achievement).
/// - A word of three characters or more is followed by the dictionary words inside it.
/// - Letters and digits stay together over `-`, `/`, `.`, `+`, `_`; a number is parted from its unit.
#[derive(Clone, Debug)]
pub struct TechnicalSegmenter {
    dictionary: Dictionary,
}

impl TechnicalSegmenter {
    /// A segmenter with the given words.
    pub fn new(dictionary: Dictionary) -> Self {
        Self { dictionary }
    }

    /// The words it cuts by.
    pub fn dictionary(&self) -> &Dictionary {
        &self.dictionary
    }

    /// The words it cuts by, to add to.
    pub fn dictionary_mut(&mut self) -> &mut Dictionary {
        &mut self.dictionary
    }

    /// [`Segmenter::segment_each`] without a call through a table for every token.
    pub(crate) fn segment_into<'t>(&self, text: &'t str, mut sink: impl FnMut(Token<'t>)) {
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            if is_ideograph(c) {
                let end = ideographs_end(text, at);
                self.segment_ideographs(text, at, end, &mut sink);
                at = end;
            } else if is_word_char(c) {
                at = alphanumeric::segment_run(text, at, &mut sink);
            } else {
                at += c.len_utf8();
            }
        }
    }

    /// Cuts `text[start..end]`, which holds ideographs only.
    fn segment_ideographs<'t>(&self, text: &'t str, start: usize, end: usize, sink: &mut impl FnMut(Token<'t>)) {
        let word = |from: usize, to: usize, kind| Token { text: Cow::Borrowed(&text[from..to]), span: from..to, kind };
        let run = &text[start..end];
        if run.chars().nth(1).is_none() {
            return sink(word(start, end, TokenKind::Word));
        }
        for token in self.dictionary.jieba().cut(run, false) {
            let (from, to) = (start + token.byte_start, start + token.byte_end);
            sink(word(from, to, TokenKind::Word));
            let characters = token.end - token.start;
            if characters > 2 {
                self.each_part(token.word, characters, |part| {
                    sink(word(from + part.start, from + part.end, TokenKind::SubWord))
                });
            }
        }
    }

    /// Hands the places of the dictionary words of two characters or more inside `word` to `sink`.
    fn each_part(&self, word: &str, characters: usize, mut sink: impl FnMut(Range<usize>)) {
        let jieba = self.dictionary.jieba();
        // Nearly all such words are of three or four ideographs of three bytes: asking for the two or five
        // parts that they can have is cheaper than a walk that allocates.
        if characters <= 4 && word.len() == 3 * characters {
            for start in (0..word.len() - 3).step_by(3) {
                for end in (start + 6..=word.len()).step_by(3) {
                    if end - start < word.len() && jieba.has_word(&word[start..end]) {
                        sink(start..end);
                    }
                }
            }
            return;
        }
        for part in jieba.cut_all(word) {
            if part.end - part.start > 1 && part.word.len() < word.len() {
                sink(part.byte_start..part.byte_end);
            }
        }
    }
}

impl Default for TechnicalSegmenter {
    fn default() -> Self {
        Self::new(Dictionary::standard())
    }
}

impl Segmenter for TechnicalSegmenter {
    fn segment_each<'t>(&self, text: &'t str, sink: &mut dyn FnMut(Token<'t>)) {
        self.segment_into(text, sink);
    }
}

/// Han ideographs, extensions and 〇 included.
pub(super) fn is_ideograph(c: char) -> bool {
    matches!(c as u32, 0x4E00..=0x9FFF | 0x3400..=0x4DBF | 0x3007 | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

/// Where the run of ideographs from `at` on ends.
pub(super) fn ideographs_end(text: &str, mut at: usize) -> usize {
    let bytes = text.as_bytes();
    while let Some(&byte) = bytes.get(at) {
        match byte {
            // Bytes that lead U+5000 to U+9FFF: ideographs, all of them.
            0xE5..=0xE9 => at += 3,
            0..=0x7F => return at,
            _ => match text[at..].chars().next() {
                Some(c) if is_ideograph(c) => at += c.len_utf8(),
                _ => return at,
            },
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static SEGMENTER: LazyLock<TechnicalSegmenter> = LazyLock::new(TechnicalSegmenter::default);

    proptest! {
        #[test]
        fn the_parts_of_a_short_word_are_those_that_a_walk_finds(
            word in "[碳纤维复合材料氢致裂焊接高分子机器人工智能的一不]{3,4}",
        ) {
            let (mut asked, characters) = (Vec::new(), word.chars().count());
            SEGMENTER.each_part(&word, characters, |part| asked.push(part));
            let walked = SEGMENTER.dictionary.jieba().cut_all(&word);
            let inner = walked.iter().filter(|part| part.end - part.start > 1 && part.word.len() < word.len());
            let walked: Vec<Range<usize>> = inner.map(|part| part.byte_start..part.byte_end).collect();
            prop_assert_eq!(asked, walked);
        }
    }
}
