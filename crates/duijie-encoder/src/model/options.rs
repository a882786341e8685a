//! What may be said about a model beyond its files.

use super::Pooling;
use crate::TextRole;
use serde::Deserialize;

/// Settings of a [`LocalEncoder`](super::LocalEncoder); what is `None` is read from the folder.
#[derive(Clone, Debug, Default)]
pub struct ModelOptions {
    /// How the vectors of the tokens become one; else as `modules.json` and `1_Pooling/config.json` say.
    pub pooling: Option<Pooling>,
    /// What is put before the texts; else the prompts in `config_sentence_transformers.json`, else nothing.
    pub prefixes: Option<Prefixes>,
    /// Tokens at which a text is cut, special tokens included; else `max_seq_length` of
    /// `sentence_bert_config.json`, else all that the model has positions for.
    pub max_tokens: Option<usize>,
    /// What is done with the length of the vectors.
    pub scaling: Scaling,
}

/// What is put before a text by its role, as the model was trained.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Prefixes {
    /// Before queries.
    #[serde(default)]
    pub query: String,
    /// Before passages.
    #[serde(default, alias = "document")]
    pub passage: String,
}

impl Prefixes {
    /// Of the E5 family: `query: ` and `passage: `.
    pub fn e5() -> Self {
        Self { query: "query: ".to_owned(), passage: "passage: ".to_owned() }
    }

    /// Of bge-small-zh, bge-base-zh and bge-large-zh: an instruction before queries alone. (bge-m3 has none.)
    pub fn bge_zh() -> Self {
        Self { query: "为这个句子生成表示以用于检索相关文章：".to_owned(), passage: String::new() }
    }

    /// The prefix of one role.
    pub fn of(&self, role: TextRole) -> &str {
        match role {
            TextRole::Query => &self.query,
            TextRole::Passage => &self.passage,
        }
    }
}

/// What is done with the length of a vector.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scaling {
    /// Length 1 (L2), so that a dot product is the cosine.
    #[default]
    UnitLength,
    /// As the model computed it.
    AsComputed,
}
