use super::alphanumeric::{self, is_word_char};
use super::{Segmenter, Token, TokenKind};
use crate::Dictionary;
use std::borrow::Cow;

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

    /// Cuts `text[start..end]`, which holds ideographs only.
    fn segment_ideographs<'t>(&self, text: &'t str, start: usize, end: usize, sink: &mut dyn FnMut(Token<'t>)) {
        let run = &text[start..end];
        let word = |from: usize, to: usize, kind| Token { text: Cow::Borrowed(&text[from..to]), span: from..to, kind };
        for token in self.dictionary.jieba().cut(run, false) {
            let (from, to) = (start + token.byte_start, start + token.byte_end);
            let characters = token.end - token.start;
            sink(word(from, to, TokenKind::Word));
            if characters > 2 {
                for part in self.dictionary.jieba().cut_all(token.word) {
                    if part.end - part.start > 1 && part.end - part.start < characters {
                        sink(word(from + part.byte_start, from + part.byte_end, TokenKind::SubWord));
                    }
                }
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
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            if is_ideograph(c) {
                let end = text[at..].find(|c| !is_ideograph(c)).map_or(text.len(), |len| at + len);
                self.segment_ideographs(text, at, end, sink);
                at = end;
            } else if is_word_char(c) {
                at = alphanumeric::segment_run(text, at, sink);
            } else {
                at += c.len_utf8();
            }
        }
    }
}

/// Han ideographs, extensions and 〇 included.
pub(super) fn is_ideograph(c: char) -> bool {
    matches!(c as u32, 0x4E00..=0x9FFF | 0x3400..=0x4DBF | 0x3007 | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}
