use std::borrow::Cow;
use std::ops::Range;

/// A piece of normalised text that can be searched for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token<'t> {
    /// The token: the text of `span`, less inner blanks (`iso 13485` → `iso13485`).
    pub text: Cow<'t, str>,
    /// Bytes of the normalised text.
    pub span: Range<usize>,
    /// What it is.
    pub kind: TokenKind,
}

/// What a [`Token`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// A Chinese word.
    Word,
    /// A technical word with letters: `t800`, `γ-al2o3`, `px-pta`, `iso13485`, `5g`.
    Alphanumeric,
    /// A plain number: `0.01`, `10^-6`, `7050`.
    Number,
    /// The unit behind a number: `mm`, `°c`, `m3/h`.
    Unit,
    /// A part of the main token it follows that a search should find too: 碳纤维 in 碳纤维复合材料,
    /// `pta` in `px-pta`.
    SubWord,
}
