use crate::{Analyzer, Term};
use tantivy_tokenizer_api::{Token, TokenStream, Tokenizer};

/// An [`Analyzer`] as a tantivy tokenizer: interactive queries see the terms that the engine sees.
///
/// Offsets are bytes of the original text. A sub-word has the position of the word it is part of.
#[derive(Clone, Debug, Default)]
pub struct TermTokenizer {
    analyzer: Analyzer,
}

impl TermTokenizer {
    /// A tokenizer that emits the terms of `analyzer`.
    pub fn new(analyzer: Analyzer) -> Self {
        Self { analyzer }
    }
}

/// The terms of one text, one at a time.
#[derive(Debug)]
pub struct TermStream {
    terms: std::vec::IntoIter<Term>,
    token: Token,
}

impl Tokenizer for TermTokenizer {
    type TokenStream<'a> = TermStream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> TermStream {
        TermStream { terms: self.analyzer.terms(text).into_iter(), token: Token::default() }
    }
}

impl TokenStream for TermStream {
    fn advance(&mut self) -> bool {
        let Some(term) = self.terms.next() else { return false };
        let inside = term.kind == crate::TokenKind::SubWord && term.original.start < self.token.offset_to;
        if !inside {
            self.token.position = self.token.position.wrapping_add(1);
        }
        self.token.offset_from = term.original.start;
        self.token.offset_to = term.original.end;
        self.token.text = term.text;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
