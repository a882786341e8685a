//! How the vectors of a text's tokens become the vector of the text.

use super::{ModelError, read_json_if_there};
use crate::Result;
use serde::Deserialize;
use serde_json::{Map, Value};
use std::path::{Path, PathBuf};

/// How the vectors of the tokens become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pooling {
    /// The mean over the tokens of the text, special tokens included, padding not.
    Mean,
    /// The vector of the first token.
    Cls,
}

impl Pooling {
    /// From the states of the tokens of one text, `width` values each; zeros for a text without tokens.
    pub(super) fn pool(self, states: &[f32], width: usize) -> Vec<f32> {
        match self {
            Self::Cls => states.get(..width).map_or_else(|| vec![0.0; width], <[f32]>::to_vec),
            Self::Mean => {
                let mut sums = vec![0.0_f64; width];
                for token in states.chunks_exact(width) {
                    sums.iter_mut().zip(token).for_each(|(sum, &value)| *sum += f64::from(value));
                }
                let tokens = (states.len() / width).max(1) as f64;
                sums.into_iter().map(|sum| (sum / tokens) as f32).collect()
            }
        }
    }

    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Mean => "mean",
            Self::Cls => "cls",
        }
    }
}

/// An entry of `modules.json`.
#[derive(Deserialize)]
struct Module {
    path: String,
    #[serde(rename = "type")]
    kind: String,
}

/// What the folder says about pooling.
pub(super) fn read_pooling(folder: &Path) -> Result<Pooling> {
    let path = pooling_config(folder)?;
    let unknown = || ModelError::PoolingUnknown { folder: folder.to_owned() };
    let config: Map<String, Value> = read_json_if_there(&path)?.ok_or_else(unknown)?;
    if config.get("include_prompt") == Some(&Value::Bool(false)) {
        let found = "pooling without the prompt (include_prompt: false)".to_owned();
        return Err(ModelError::Pooling { path, found }.into());
    }
    let named = config.get("pooling_mode").and_then(Value::as_str).map(str::to_owned);
    let flags = config.iter().filter(|(_, value)| **value == Value::Bool(true));
    let flags = flags.filter_map(|(name, _)| name.strip_prefix("pooling_mode_").map(str::to_owned));
    let modes: Vec<String> = named.into_iter().chain(flags).collect();
    match modes.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["mean" | "mean_tokens"] => Ok(Pooling::Mean),
        ["cls" | "cls_token"] => Ok(Pooling::Cls),
        [] => Err(ModelError::Pooling { path, found: "no pooling".to_owned() }.into()),
        _ => Err(ModelError::Pooling { path, found: modes.join(" and ") }.into()),
    }
}

/// Where the configuration of the pooling must lie: as `modules.json` says, where there is one.
fn pooling_config(folder: &Path) -> Result<PathBuf> {
    let path = folder.join("modules.json");
    let Some(modules) = read_json_if_there::<Vec<Module>>(&path)? else {
        return Ok(folder.join("1_Pooling").join("config.json"));
    };
    let pooling = modules.iter().find(|module| module.kind.ends_with(".Pooling"));
    let Some(pooling) = pooling else {
        return Err(ModelError::PoolingUnknown { folder: folder.to_owned() }.into());
    };
    Ok(folder.join(&pooling.path).join("config.json"))
}

/// Refuses folders whose vectors pass through more than is computed here.
pub(super) fn check_modules(folder: &Path) -> Result<()> {
    let path = folder.join("modules.json");
    for module in read_json_if_there::<Vec<Module>>(&path)?.unwrap_or_default() {
        let kind = module.kind.rsplit('.').next().unwrap_or_default();
        if !["Transformer", "Pooling", "Normalize", "Dropout"].contains(&kind) {
            let supported = "Transformer, Pooling and Normalize".to_owned();
            return Err(ModelError::Setting { path, setting: "a module", found: module.kind, supported }.into());
        }
    }
    Ok(())
}
