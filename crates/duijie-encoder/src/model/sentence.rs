//! What sentence-transformers writes beside a model: its prompts and its cut.

use super::{Prefixes, read_json_if_there};
use crate::Result;
use serde::Deserialize;
use std::path::Path;

#[derive(Deserialize)]
struct Prompts {
    prompts: Option<Prefixes>,
}

#[derive(Deserialize)]
struct Cut {
    max_seq_length: Option<usize>,
}

/// The prompts of `config_sentence_transformers.json`; nothing where there are none.
pub(super) fn read_prefixes(folder: &Path) -> Result<Prefixes> {
    let prompts: Option<Prompts> = read_json_if_there(&folder.join("config_sentence_transformers.json"))?;
    Ok(prompts.and_then(|prompts| prompts.prompts).unwrap_or_default())
}

/// `max_seq_length` of `sentence_bert_config.json`.
pub(super) fn read_cut(folder: &Path) -> Result<Option<usize>> {
    let cut: Option<Cut> = read_json_if_there(&folder.join("sentence_bert_config.json"))?;
    Ok(cut.and_then(|cut| cut.max_seq_length))
}
