use crate::{Normalized, Normalizer, StandardNormalizer, StopWords, TechnicalSegmenter, Token, TokenKind};
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// From text to terms: normaliser, segmenter and stop words together.
///
/// An index and the queries against it must share one analyzer; cloning it is cheap.
#[derive(Clone)]
pub struct Analyzer {
    normalizer: StandardNormalizer,
    segmenter: Arc<TechnicalSegmenter>,
    stop_words: Arc<StopWords>,
}

/// A term of a text and its place there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The term as it is indexed.
    pub text: String,
    /// The bytes of the original text that it came from.
    pub original: Range<usize>,
    /// What it is.
    pub kind: TokenKind,
}

impl Analyzer {
    /// An analyzer of the given parts. Stop words become words of the segmenter, so that it meets them whole.
    pub fn new(mut segmenter: TechnicalSegmenter, stop_words: StopWords) -> Self {
        let mut words: Vec<&str> = stop_words.iter().collect();
        words.sort_unstable();
        for word in words {
            if !segmenter.dictionary().contains(word) {
                segmenter.dictionary_mut().add_word(word);
            }
        }
        Self { normalizer: StandardNormalizer, segmenter: Arc::new(segmenter), stop_words: Arc::new(stop_words) }
    }

    /// The crate's own dictionary and stop words.
    pub fn standard() -> Self {
        Self::new(TechnicalSegmenter::default(), StopWords::standard())
    }

    /// The normaliser's view of `text`.
    pub fn normalize<'t>(&self, text: &'t str) -> Normalized<'t> {
        self.normalizer.normalize(text)
    }

    /// The terms of `text` in order, with their places in it.
    pub fn terms(&self, text: &str) -> Vec<Term> {
        let normalized = self.normalize(text);
        let mut terms = Vec::new();
        self.segmenter.segment_into(&normalized.text, |token| {
            if self.is_term(&token) {
                let original = normalized.offsets.original_range(token.span);
                terms.push(Term { text: token.text.into_owned(), original, kind: token.kind });
            }
        });
        terms
    }

    /// Hands the terms of `text` to `sink` without their places, for counting.
    pub fn each_term(&self, text: &str, sink: &mut dyn FnMut(&str)) {
        let normalized = self.normalize(text);
        self.segmenter.segment_into(&normalized.text, |token| {
            if self.is_term(&token) {
                sink(&token.text);
            }
        });
    }

    /// Whether a token says something: no stop word, no unit, no number but a grade.
    fn is_term(&self, token: &Token<'_>) -> bool {
        match token.kind {
            TokenKind::Unit => false,
            // Grades are numbers of three digits or more (304, 7050); measures are not searched for.
            TokenKind::Number => token.text.len() > 2 && token.text.bytes().all(|b| b.is_ascii_digit()),
            TokenKind::Word | TokenKind::SubWord | TokenKind::Alphanumeric => !self.stop_words.contains(&token.text),
        }
    }
}

impl Default for Analyzer {
    fn default() -> Self {
        Self::standard()
    }
}

impl fmt::Debug for Analyzer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Analyzer").field("segmenter", &self.segmenter).finish_non_exhaustive()
    }
}
