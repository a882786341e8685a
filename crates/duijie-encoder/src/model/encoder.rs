//! The encoder that all of it makes.

use super::config::ModelConfig;
use super::fingerprint::fingerprint;
use super::network::Network;
use super::pooling::{check_modules, read_pooling};
use super::sentence::{read_cut, read_prefixes};
use super::tokens::TextTokenizer;
use super::weights::{Weights, read_weights};
use super::{ModelError, ModelOptions, Pooling, Prefixes, Scaling};
use crate::{EncodeOptions, EncoderError, Result, TextEncoder, TextRole, Vectors};
use candle_core::Result as CandleResult;
use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// Tokens, padding included, that are computed at once: bounds the memory of a thread.
const BATCH_TOKENS: usize = 4096;
/// Texts cut into tokens between two looks at the cancellation flag.
const TOKENIZED_TEXTS: usize = 4096;

/// A BERT or XLM-RoBERTa encoder from a local folder: `config.json`, `tokenizer.json`,
/// `model.safetensors`, and what sentence-transformers writes beside them.
///
/// So bge-*-zh, bge-m3 (its dense vectors) and multilingual-e5 work. Nothing is downloaded.
///
/// ```
/// use duijie_encoder::{EncodeOptions, LocalEncoder, ModelOptions, Prefixes, TextEncoder, TextRole};
/// # let folder = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/xlm-roberta"));
///
/// let options = ModelOptions { prefixes: Some(Prefixes::e5()), ..ModelOptions::default() };
/// let encoder = LocalEncoder::open(folder, &options)?;
/// let vectors = encoder.encode(&["焊接裂纹", "扩散氢"], TextRole::Query, &EncodeOptions::default())?;
/// assert_eq!((vectors.rows(), vectors.width()), (2, encoder.dimension()));
/// # Ok::<(), duijie_encoder::EncoderError>(())
/// ```
pub struct LocalEncoder {
    folder: PathBuf,
    name: String,
    fingerprint: String,
    dimension: usize,
    pooling: Pooling,
    prefixes: Prefixes,
    scaling: Scaling,
    max_tokens: usize,
    tokenizer: TextTokenizer,
    network: Network,
}

impl fmt::Debug for LocalEncoder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("LocalEncoder");
        shown.field("folder", &self.folder).field("fingerprint", &self.fingerprint).finish_non_exhaustive()
    }
}

impl LocalEncoder {
    /// Loads the model in `folder`.
    ///
    /// # Errors
    ///
    /// [`EncoderError::Model`] with the file and what is wrong with it; [`EncoderError::Read`].
    pub fn open(folder: &Path, options: &ModelOptions) -> Result<Self> {
        let config = ModelConfig::read(folder)?;
        check_modules(folder)?;
        let pooling = options.pooling.map_or_else(|| read_pooling(folder), Ok)?;
        let prefixes = options.prefixes.clone().map_or_else(|| read_prefixes(folder), Ok)?;
        let mut tokenizer = TextTokenizer::read(folder, &config)?;
        let (least, most) = (tokenizer.special_tokens() + 1, config.most_tokens());
        let cut = || Ok::<_, EncoderError>(read_cut(folder)?.map_or(most, |cut| cut.min(most)));
        let max_tokens = options.max_tokens.map_or_else(cut, Ok)?;
        if !(least..=most).contains(&max_tokens) {
            let folder = folder.to_owned();
            return Err(ModelError::MaxTokens { folder, asked: max_tokens, least, most }.into());
        }
        tokenizer.truncate_at(max_tokens)?;
        let bytes = read_weights(folder)?;
        let network = Network::load(&config, &Weights::open(folder, &bytes, &config)?)?;
        Ok(Self {
            fingerprint: fingerprint(folder, &bytes, pooling, &prefixes, max_tokens, options.scaling)?,
            name: folder.file_name().unwrap_or(folder.as_os_str()).to_string_lossy().into_owned(),
            folder: folder.to_owned(),
            dimension: config.hidden,
            scaling: options.scaling,
            pooling,
            prefixes,
            max_tokens,
            tokenizer,
            network,
        })
    }

    /// How the vectors of the tokens become one.
    pub fn pooling(&self) -> Pooling {
        self.pooling
    }

    /// What is put before the texts.
    pub fn prefixes(&self) -> &Prefixes {
        &self.prefixes
    }

    /// Tokens at which a text is cut, special tokens included.
    pub fn max_tokens(&self) -> usize {
        self.max_tokens
    }

    fn tokenize(
        &self,
        texts: &[&str],
        role: TextRole,
        pool: &ThreadPool,
        options: &EncodeOptions<'_>,
    ) -> Result<Vec<Vec<u32>>> {
        let prefix = self.prefixes.of(role);
        let mut tokens = Vec::with_capacity(texts.len());
        for chunk in texts.chunks(TOKENIZED_TEXTS) {
            options.check()?;
            let chunk = chunk.iter().map(|text| format!("{prefix}{text}")).collect();
            tokens.extend(pool.install(|| self.tokenizer.tokens(chunk))?);
        }
        Ok(tokens)
    }

    /// The vectors of one batch, in its order.
    fn encode_batch(&self, batch: &[&[u32]]) -> CandleResult<Vec<Vec<f32>>> {
        let width = self.dimension;
        let longest = batch.iter().map(|tokens| tokens.len()).max().unwrap_or(0);
        if longest == 0 {
            return Ok(batch.iter().map(|_| self.pooling.pool(&[], width)).collect());
        }
        let states = self.network.states(batch)?.flatten_all()?.to_vec1::<f32>()?;
        let of_text = states.chunks_exact(longest * width);
        Ok(of_text
            .zip(batch)
            .map(|(states, tokens)| self.pooling.pool(&states[..tokens.len() * width], width))
            .collect())
    }
}

impl TextEncoder for LocalEncoder {
    fn dimension(&self) -> usize {
        self.dimension
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    fn encode(&self, texts: &[&str], role: TextRole, options: &EncodeOptions<'_>) -> Result<Vectors> {
        let pool = ThreadPoolBuilder::new()
            .num_threads(options.threads)
            .build()
            .map_err(|error| EncoderError::Threads { problem: error.to_string() })?;
        let tokens = self.tokenize(texts, role, &pool, options)?;
        let mut order: Vec<usize> = (0..texts.len()).collect();
        order.sort_by_key(|&row| tokens[row].len());
        let batches = batches(order.len(), |place| tokens[order[place]].len());

        let mut data = vec![0.0_f32; texts.len() * self.dimension];
        let mut done = 0;
        for window in batches.chunks(pool.current_num_threads()) {
            options.check()?;
            let encode = |batch: &Range<usize>| {
                let texts: Vec<&[u32]> = order[batch.clone()].iter().map(|&row| tokens[row].as_slice()).collect();
                self.encode_batch(&texts)
            };
            let encoded: CandleResult<Vec<_>> = pool.install(|| window.par_iter().map(encode).collect());
            let encoded = encoded
                .map_err(|error| ModelError::Compute { folder: self.folder.clone(), problem: error.to_string() })?;
            for vector in encoded.into_iter().flatten() {
                let start = order[done] * self.dimension;
                data[start..start + self.dimension].copy_from_slice(&vector);
                done += 1;
            }
            options.report(done);
        }
        let vectors = Vectors::new(texts.len(), self.dimension, data)?;
        Ok(match self.scaling {
            Scaling::UnitLength => vectors.unit_length(),
            Scaling::AsComputed => vectors,
        })
    }
}

/// Cuts `count` texts, whose lengths never fall, into batches of no more than [`BATCH_TOKENS`] with
/// their padding, or of one text.
fn batches(count: usize, length: impl Fn(usize) -> usize) -> Vec<Range<usize>> {
    let mut batches = Vec::new();
    let mut start = 0;
    for place in 0..count {
        // The text at `place` would be the longest.
        if place > start && (place + 1 - start) * length(place).max(1) > BATCH_TOKENS {
            batches.push(start..place);
            start = place;
        }
    }
    if start < count {
        batches.push(start..count);
    }
    batches
}
