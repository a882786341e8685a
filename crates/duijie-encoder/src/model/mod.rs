//! Encoders from a local folder in the layout of Hugging Face, computed with candle on the CPU.
//!
//! The transformer is written out here on candle's layers, for BERT and XLM-RoBERTa differ in one
//! thing alone: where their positions begin. So every tensor is checked by name and shape before it
//! is used, and the many other models of candle's collection are not compiled.

mod config;
mod encoder;
mod error;
mod fingerprint;
mod network;
mod options;
mod pooling;
mod sentence;
mod tokens;
mod weights;

pub use encoder::LocalEncoder;
pub use error::ModelError;
pub use options::{ModelOptions, Prefixes, Scaling};
pub use pooling::Pooling;

use crate::file::read;
use crate::{EncoderError, Result};
use serde::de::DeserializeOwned;
use std::path::Path;

/// A file that the folder must have.
fn read_required(path: &Path) -> Result<Vec<u8>> {
    if path.exists() { read(path) } else { Err(ModelError::FileMissing { path: path.to_owned() }.into()) }
}

/// A file that the folder may have.
fn read_json_if_there<T: DeserializeOwned>(path: &Path) -> Result<Option<T>> {
    if path.exists() { parse_json(path, &read(path)?).map(Some) } else { Ok(None) }
}

fn parse_json<T: DeserializeOwned>(path: &Path, bytes: &[u8]) -> Result<T> {
    serde_json::from_slice(bytes)
        .map_err(|error| ModelError::Json { path: path.to_owned(), problem: error.to_string() })
        .map_err(EncoderError::from)
}
