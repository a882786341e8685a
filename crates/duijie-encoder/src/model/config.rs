//! `config.json`.

use super::{ModelError, parse_json, read_required};
use crate::Result;
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// The architectures that are computed here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Architecture {
    /// Positions from 0.
    Bert,
    /// Positions from the number of the padding token + 1.
    XlmRoberta,
}

/// The activation between the two halves of a feed-forward layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Activation {
    /// By the error function.
    Gelu,
    /// By the hyperbolic tangent.
    GeluTanh,
    /// Zero below zero.
    Relu,
}

/// The shape of a transformer. Invariants: no size is 0, `heads` divides `hidden`, and there is room
/// for at least one position.
#[derive(Clone, Debug)]
pub(super) struct ModelConfig {
    pub(super) architecture: Architecture,
    pub(super) activation: Activation,
    pub(super) hidden: usize,
    pub(super) layers: usize,
    pub(super) heads: usize,
    pub(super) intermediate: usize,
    pub(super) positions: usize,
    pub(super) first_position: usize,
    pub(super) vocabulary: usize,
    pub(super) token_types: usize,
    pub(super) norm_epsilon: f64,
    pub(super) padding_token: u32,
}

#[derive(Deserialize)]
struct Raw {
    model_type: Option<String>,
    hidden_size: usize,
    num_hidden_layers: usize,
    num_attention_heads: usize,
    intermediate_size: usize,
    max_position_embeddings: usize,
    vocab_size: usize,
    #[serde(default = "two")]
    type_vocab_size: usize,
    #[serde(default = "bert_epsilon")]
    layer_norm_eps: f64,
    hidden_act: Option<String>,
    pad_token_id: Option<u32>,
    position_embedding_type: Option<String>,
    #[serde(default)]
    is_decoder: bool,
}

fn two() -> usize {
    2
}

fn bert_epsilon() -> f64 {
    1e-12
}

impl ModelConfig {
    pub(super) fn read(folder: &Path) -> Result<Self> {
        let path = folder.join("config.json");
        let raw: Raw = parse_json(&path, &read_required(&path)?)?;
        let architecture = match raw.model_type.as_deref() {
            Some("bert") => Architecture::Bert,
            Some("xlm-roberta") => Architecture::XlmRoberta,
            other => {
                let found = other.unwrap_or("no model_type").to_owned();
                return Err(ModelError::Architecture { path, found }.into());
            }
        };
        let setting = |setting, found: String, supported: &str| -> crate::EncoderError {
            let (path, supported): (PathBuf, String) = (path.clone(), supported.to_owned());
            ModelError::Setting { path, setting, found, supported }.into()
        };
        let activation = match raw.hidden_act.as_deref() {
            None | Some("gelu") => Activation::Gelu,
            Some("gelu_new" | "gelu_fast" | "gelu_pytorch_tanh") => Activation::GeluTanh,
            Some("relu") => Activation::Relu,
            Some(other) => return Err(setting("hidden_act", other.to_owned(), "gelu, gelu_new and relu")),
        };
        if let Some(other) = raw.position_embedding_type.filter(|kind| kind != "absolute") {
            return Err(setting("position_embedding_type", other, "absolute"));
        }
        if raw.is_decoder {
            return Err(setting("is_decoder", "true".to_owned(), "false"));
        }
        let sizes = [
            ("hidden_size", raw.hidden_size),
            ("num_hidden_layers", raw.num_hidden_layers),
            ("num_attention_heads", raw.num_attention_heads),
            ("intermediate_size", raw.intermediate_size),
            ("vocab_size", raw.vocab_size),
            ("type_vocab_size", raw.type_vocab_size),
        ];
        if let Some((name, _)) = sizes.iter().find(|(_, size)| *size == 0) {
            return Err(setting(name, "0".to_owned(), "1 or more"));
        }
        if !raw.hidden_size.is_multiple_of(raw.num_attention_heads) {
            let found = raw.num_attention_heads.to_string();
            return Err(setting("num_attention_heads", found, &format!("a divisor of {}", raw.hidden_size)));
        }
        let padding_token = raw.pad_token_id.unwrap_or(match architecture {
            Architecture::Bert => 0,
            Architecture::XlmRoberta => 1,
        });
        if padding_token as usize >= raw.vocab_size {
            return Err(setting("pad_token_id", padding_token.to_string(), "a token below vocab_size"));
        }
        let first_position = match architecture {
            Architecture::Bert => 0,
            Architecture::XlmRoberta => padding_token as usize + 1,
        };
        if raw.max_position_embeddings <= first_position {
            let found = raw.max_position_embeddings.to_string();
            return Err(setting("max_position_embeddings", found, &format!("more than {first_position}")));
        }
        Ok(Self {
            architecture,
            activation,
            hidden: raw.hidden_size,
            layers: raw.num_hidden_layers,
            heads: raw.num_attention_heads,
            intermediate: raw.intermediate_size,
            positions: raw.max_position_embeddings,
            first_position,
            vocabulary: raw.vocab_size,
            token_types: raw.type_vocab_size,
            norm_epsilon: raw.layer_norm_eps,
            padding_token,
        })
    }

    /// Tokens that the model has positions for.
    pub(super) fn most_tokens(&self) -> usize {
        self.positions - self.first_position
    }
}
