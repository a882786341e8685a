//! The transformer itself.

use super::config::{Activation, ModelConfig};
use super::weights::Weights;
use crate::Result;
use candle_core::{D, Device, Module, Result as CandleResult, Tensor};
use candle_nn::ops::softmax_last_dim;
use candle_nn::{Embedding, LayerNorm, Linear};

/// An encoder of BERT's kind: embeddings, then layers of attention and feed-forward.
pub(super) struct Network {
    config: ModelConfig,
    words: Embedding,
    positions: Embedding,
    /// The embedding of token type 0, which every token of a single text has.
    first_type: Tensor,
    norm: LayerNorm,
    layers: Vec<Layer>,
}

struct Layer {
    query: Linear,
    key: Linear,
    value: Linear,
    attended: Linear,
    attention_norm: LayerNorm,
    widen: Linear,
    narrow: Linear,
    output_norm: LayerNorm,
}

impl Network {
    pub(super) fn load(config: &ModelConfig, weights: &Weights<'_>) -> Result<Self> {
        let hidden = config.hidden;
        let embeddings = |name: &str, rows: usize| -> Result<Tensor> {
            weights.tensor(&format!("embeddings.{name}_embeddings.weight"), &[rows, hidden])
        };
        let types = embeddings("token_type", config.token_types)?;
        Ok(Self {
            words: Embedding::new(embeddings("word", config.vocabulary)?, hidden),
            positions: Embedding::new(embeddings("position", config.positions)?, hidden),
            first_type: types.get(0).expect("config.json allows no 0 token types"),
            norm: norm(weights, "embeddings.LayerNorm", config)?,
            layers: (0..config.layers).map(|layer| Layer::load(config, weights, layer)).collect::<Result<_>>()?,
            config: config.clone(),
        })
    }

    /// The last layer's states of a batch of token sequences, not all of them empty: for each text as
    /// many rows as the longest has tokens, those beyond its own length without meaning.
    pub(super) fn states(&self, texts: &[&[u32]]) -> CandleResult<Tensor> {
        let longest = texts.iter().map(|tokens| tokens.len()).max().unwrap_or(0);
        let mut ids = Vec::with_capacity(texts.len() * longest);
        let mut mask = Vec::with_capacity(texts.len() * longest);
        for tokens in texts {
            let padding = longest - tokens.len();
            ids.extend_from_slice(tokens);
            ids.extend(std::iter::repeat_n(self.config.padding_token, padding));
            mask.extend(std::iter::repeat_n(0.0_f32, tokens.len()));
            mask.extend(std::iter::repeat_n(f32::NEG_INFINITY, padding));
        }
        let device = &Device::Cpu;
        let ids = Tensor::from_vec(ids, (texts.len(), longest), device)?;
        let mask = Tensor::from_vec(mask, (texts.len(), 1, 1, longest), device)?;
        let first = self.config.first_position as u32;
        let positions = self.positions.forward(&Tensor::arange(first, first + longest as u32, device)?)?;
        let embedded = self.words.forward(&ids)?.broadcast_add(&positions)?.broadcast_add(&self.first_type)?;
        let embedded = self.norm.forward(&embedded)?;
        self.layers.iter().try_fold(embedded, |states, layer| layer.forward(&states, &mask, &self.config))
    }
}

impl Layer {
    fn load(config: &ModelConfig, weights: &Weights<'_>, layer: usize) -> Result<Self> {
        let (hidden, intermediate) = (config.hidden, config.intermediate);
        let linear = |name: &str, from: usize, to: usize| -> Result<Linear> {
            let name = format!("encoder.layer.{layer}.{name}");
            let weight = weights.tensor(&format!("{name}.weight"), &[to, from])?;
            Ok(Linear::new(weight, Some(weights.tensor(&format!("{name}.bias"), &[to])?)))
        };
        let norm = |name: &str| norm(weights, &format!("encoder.layer.{layer}.{name}"), config);
        Ok(Self {
            query: linear("attention.self.query", hidden, hidden)?,
            key: linear("attention.self.key", hidden, hidden)?,
            value: linear("attention.self.value", hidden, hidden)?,
            attended: linear("attention.output.dense", hidden, hidden)?,
            attention_norm: norm("attention.output.LayerNorm")?,
            widen: linear("intermediate.dense", hidden, intermediate)?,
            narrow: linear("output.dense", intermediate, hidden)?,
            output_norm: norm("output.LayerNorm")?,
        })
    }

    fn forward(&self, states: &Tensor, mask: &Tensor, config: &ModelConfig) -> CandleResult<Tensor> {
        let attended = self.attended.forward(&self.attend(states, mask, config.heads)?)?;
        let states = self.attention_norm.forward(&(attended + states)?)?;
        let wide = self.widen.forward(&states)?;
        let active = match config.activation {
            Activation::Gelu => wide.gelu_erf()?,
            Activation::GeluTanh => wide.gelu()?,
            Activation::Relu => wide.relu()?,
        };
        self.output_norm.forward(&(self.narrow.forward(&active)? + states)?)
    }

    /// Attention of every head over the tokens that the mask leaves.
    fn attend(&self, states: &Tensor, mask: &Tensor, heads: usize) -> CandleResult<Tensor> {
        let (texts, tokens, hidden) = states.dims3()?;
        let size = hidden / heads;
        let by_head = |projection: &Linear| -> CandleResult<Tensor> {
            projection.forward(states)?.reshape((texts, tokens, heads, size))?.transpose(1, 2)?.contiguous()
        };
        let (query, key, value) = (by_head(&self.query)?, by_head(&self.key)?, by_head(&self.value)?);
        let scores = (query.matmul(&key.t()?)? / (size as f64).sqrt())?.broadcast_add(mask)?;
        let mixed = softmax_last_dim(&scores)?.matmul(&value)?;
        mixed.transpose(1, 2)?.contiguous()?.flatten_from(D::Minus2)
    }
}

fn norm(weights: &Weights<'_>, name: &str, config: &ModelConfig) -> Result<LayerNorm> {
    let tensor = |part: &str| weights.tensor(&format!("{name}.{part}"), &[config.hidden]);
    Ok(LayerNorm::new(tensor("weight")?, tensor("bias")?, config.norm_epsilon))
}
