//! Cutting normalised text into tokens.
//!
//! A segmenter must be **lossless**: its main tokens (all but [`TokenKind::SubWord`]) are in
//! order, do not overlap, and cover every letter, digit and ideograph of the text. It never emits
//! a token of blanks or punctuation: jieba does, and such tokens would flood a long query.

mod alphanumeric;
mod grams;
mod technical;
mod token;

pub use grams::each_gram;
pub use technical::TechnicalSegmenter;
pub use token::{Token, TokenKind};

/// A way of cutting normalised text into tokens.
pub trait Segmenter: Send + Sync {
    /// Hands the tokens of `text` to `sink`, in order of their start; a main token comes before
    /// the sub-words that begin where it begins.
    fn segment_each<'t>(&self, text: &'t str, sink: &mut dyn FnMut(Token<'t>));

    /// The tokens of `text` in a list.
    fn segment<'t>(&self, text: &'t str) -> Vec<Token<'t>> {
        let mut tokens = Vec::new();
        self.segment_each(text, &mut |token| tokens.push(token));
        tokens
    }
}

#[cfg(test)]
mod conformance;
