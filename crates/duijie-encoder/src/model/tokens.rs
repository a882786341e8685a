//! `tokenizer.json`.

use super::config::ModelConfig;
use super::{ModelError, read_required};
use crate::Result;
use std::path::{Path, PathBuf};
use tokenizers::{PostProcessor, Tokenizer, TruncationParams};

/// Cuts texts into the numbers of tokens, special tokens added, no more than the model takes.
pub(super) struct TextTokenizer {
    tokenizer: Tokenizer,
    path: PathBuf,
}

impl TextTokenizer {
    pub(super) fn read(folder: &Path, config: &ModelConfig) -> Result<Self> {
        let path = folder.join("tokenizer.json");
        let mut tokenizer = Tokenizer::from_bytes(read_required(&path)?)
            .map_err(|error| ModelError::Tokenizer { path: path.clone(), problem: error.to_string() })?;
        let greatest = tokenizer.get_vocab(true).into_values().max().unwrap_or(0);
        if greatest as usize >= config.vocabulary {
            return Err(ModelError::Vocabulary { path, token: greatest, rows: config.vocabulary }.into());
        }
        // Padding is added when batches are made, in the lengths of the batch.
        tokenizer.with_padding(None);
        Ok(Self { tokenizer, path })
    }

    /// Special tokens that every text gets.
    pub(super) fn special_tokens(&self) -> usize {
        self.tokenizer.get_post_processor().map_or(0, |processor| processor.added_tokens(false))
    }

    /// Cuts every text at `most` tokens; `most` is greater than [`Self::special_tokens`].
    pub(super) fn truncate_at(&mut self, most: usize) -> Result<()> {
        let truncation = TruncationParams { max_length: most, ..TruncationParams::default() };
        match self.tokenizer.with_truncation(Some(truncation)) {
            Ok(_) => Ok(()),
            Err(error) => Err(self.error(&error)),
        }
    }

    pub(super) fn tokens(&self, texts: Vec<String>) -> Result<Vec<Vec<u32>>> {
        let encodings = self.tokenizer.encode_batch_fast(texts, true).map_err(|error| self.error(&error))?;
        Ok(encodings.into_iter().map(|encoding| encoding.get_ids().to_vec()).collect())
    }

    fn error(&self, error: &tokenizers::Error) -> crate::EncoderError {
        ModelError::Tokenizer { path: self.path.clone(), problem: error.to_string() }.into()
    }
}
