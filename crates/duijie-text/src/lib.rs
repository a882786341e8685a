//! **What are the terms of this text?** Normalising, segmenting and tokenizing of Chinese technical text.
//!
//! Demands of enterprises and achievements of universities are written in Chinese mixed with
//! grades, formulas, standards and quantities: `960MPa级Q890钢`, `γ-Al₂O₃`, `ISO 13485`, `PX-PTA`.
//! This crate turns such text into terms that a search engine can count, and keeps for every term
//! the place in the original text that it came from.
//!
//! - [`Normalizer`]: NFKC, letter case, traditional → simplified, superscripts, each with an
//!   [`OffsetMap`] back to the original; [`StandardNormalizer`] is all of them in one pass.
//! - [`Segmenter`]: [`TechnicalSegmenter`] cuts Chinese with jieba-rs and a domain [`Dictionary`],
//!   keeps alphanumeric technical words whole, and adds the sub-words that a search should also find.
//! - [`Analyzer`]: both together, less the stop words of the genre; what an index and a query share.
//!   [`TermTokenizer`] offers it to tantivy.
//! - [`read_quantities`]: the indicators and quantities of a text, `≥960MPa`, `降低30%以上`; [`judge`] holds one against others.
//! - [`TermBase`]: concepts with their synonyms, symptoms, mechanisms and remedies; [`TermSpotter`] finds them in texts.
//!
//! ```
//! use duijie_text::Analyzer;
//!
//! let analyzer = Analyzer::standard();
//! let text = "项目背景：T800級碳纖維復合材料的γ-Al₂O₃塗層";
//! let terms = analyzer.terms(text);
//! let words: Vec<&str> = terms.iter().map(|term| term.text.as_ref()).collect();
//! assert!(words.contains(&"t800"));
//! assert!(words.contains(&"碳纤维"));
//! assert!(words.contains(&"γ-al2o3"));
//! assert!(!words.contains(&"项目背景"));
//! // Every term knows its place in the original text, in bytes.
//! let coating = terms.iter().find(|term| term.text == "γ-al2o3").unwrap();
//! assert_eq!(&text[coating.original.clone()], "γ-Al₂O₃");
//! ```

mod analyzer;
mod dictionary;
mod encoding;
mod error;
mod indicator;
mod normalize;
mod segment;
mod stop_words;
mod term_base;
mod tokenizer;

pub use analyzer::{Analyzer, Term};
pub use dictionary::Dictionary;
pub use encoding::decoded;
pub use error::TextError;
pub use indicator::{
    Amount, Change, Comparator, Dimension, Ends, Judgement, Quantity, Standing, Unit, judge, read_quantities,
};
pub use normalize::{
    LowerCase, Nfkc, Normalized, Normalizer, OffsetMap, Pipeline, Simplified, StandardNormalizer, Superscripts,
};
pub use segment::{Segmenter, TechnicalSegmenter, Token, TokenKind, each_gram};
pub use stop_words::StopWords;
pub use term_base::{
    Concept, ConceptId, ConceptKind, Form, Relation, SpottedForm, TermBase, TermFileProblem, TermSpotter, is_whole_word,
};
pub use tokenizer::{TermStream, TermTokenizer};
