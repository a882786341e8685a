//! What makes two encoders the same.

use super::{Pooling, Prefixes, Scaling, read_required};
use crate::Result;
use std::path::Path;

/// Of the files and the settings that the vectors depend on, in hexadecimal digits.
pub(super) fn fingerprint(
    folder: &Path,
    weights: &[u8],
    pooling: Pooling,
    prefixes: &Prefixes,
    max_tokens: usize,
    scaling: Scaling,
) -> Result<String> {
    let config = read_required(&folder.join("config.json"))?;
    let tokenizer = read_required(&folder.join("tokenizer.json"))?;
    let scaling: &[u8] = match scaling {
        Scaling::UnitLength => b"unit length",
        Scaling::AsComputed => b"as computed",
    };
    let max_tokens = (max_tokens as u64).to_le_bytes();
    let parts: [&[u8]; 8] = [
        &config,
        &tokenizer,
        weights,
        pooling.as_str().as_bytes(),
        prefixes.query.as_bytes(),
        prefixes.passage.as_bytes(),
        &max_tokens,
        scaling,
    ];
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        // With its length, so that no two lists of parts run together to the same bytes.
        hasher.update(&(part.len() as u64).to_le_bytes()).update(part);
    }
    Ok(hasher.finalize().to_hex()[..32].to_owned())
}
