use std::path::PathBuf;

/// What can be wrong with a model folder, with the path and one sentence of advice.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// A file of the folder is missing.
    #[error("{} is missing; give a folder with config.json, tokenizer.json and model.safetensors", path.display())]
    FileMissing {
        /// The file.
        path: PathBuf,
    },
    /// The weights are there in a form that is not read here.
    #[error(
        "{} holds {found} and no model.safetensors; save the model again with \
         save_pretrained(folder, max_shard_size=\"100GB\")",
        folder.display()
    )]
    WeightsForm {
        /// The folder.
        folder: PathBuf,
        /// The file found in place of it.
        found: &'static str,
    },
    /// A JSON file cannot be understood.
    #[error("{} cannot be understood: {problem}. Copy it again from where the model came from", path.display())]
    Json {
        /// The file.
        path: PathBuf,
        /// What the parser said, with line and column.
        problem: String,
    },
    /// An architecture that is not computed here.
    #[error("{} names the architecture {found:?}; give a model of type bert or xlm-roberta", path.display())]
    Architecture {
        /// The file.
        path: PathBuf,
        /// The architecture found.
        found: String,
    },
    /// A setting of the model that is not computed here, or is impossible.
    #[error("{}: {setting} is {found}, and only {supported} can be computed; give another model", path.display())]
    Setting {
        /// The file.
        path: PathBuf,
        /// The name of the setting.
        setting: &'static str,
        /// Its value.
        found: String,
        /// The values that work.
        supported: String,
    },
    /// A pooling that is not computed here.
    #[error("{} asks for {found}; give a model pooled by mean or CLS, or name the pooling in the options", path.display())]
    Pooling {
        /// The file.
        path: PathBuf,
        /// What it asks for.
        found: String,
    },
    /// Nothing says how tokens become one vector.
    #[error(
        "nothing in {} says how to pool; give `pooling` in the options (bge models: CLS, e5 models: mean)",
        folder.display()
    )]
    PoolingUnknown {
        /// The folder.
        folder: PathBuf,
    },
    /// The tokenizer does not work.
    #[error("{}: the tokenizer does not work ({problem}); copy it again from where the model came from", path.display())]
    Tokenizer {
        /// The file.
        path: PathBuf,
        /// What the tokenizer said.
        problem: String,
    },
    /// The tokenizer knows tokens that the weights do not.
    #[error("{} has token {token}, and the model only {rows}; take tokenizer and weights of one model", path.display())]
    Vocabulary {
        /// The tokenizer's file.
        path: PathBuf,
        /// The greatest token number.
        token: u32,
        /// Rows of the word embeddings.
        rows: usize,
    },
    /// A maximal length that the model cannot take.
    #[error("{asked} tokens a text were asked for; give from {least} to {most} for {}", folder.display())]
    MaxTokens {
        /// The model's folder.
        folder: PathBuf,
        /// What was asked for.
        asked: usize,
        /// The least that leaves room for a word.
        least: usize,
        /// The most that the model has positions for.
        most: usize,
    },
    /// The weights are no safetensors file.
    #[error("{} is damaged ({problem}); copy it again from where the model came from", path.display())]
    WeightsDamaged {
        /// The file.
        path: PathBuf,
        /// What was found.
        problem: String,
    },
    /// A tensor is missing.
    #[error("{} has no tensor {tensor:?}; take config.json and weights of one model", path.display())]
    TensorMissing {
        /// The file.
        path: PathBuf,
        /// The tensor.
        tensor: String,
    },
    /// A tensor has another shape than the configuration says.
    #[error(
        "{}: tensor {tensor:?} has shape {found:?} where config.json says {expected:?}; \
         take config.json and weights of one model",
        path.display()
    )]
    TensorShape {
        /// The file.
        path: PathBuf,
        /// The tensor.
        tensor: String,
        /// The shape by the configuration.
        expected: Vec<usize>,
        /// The shape found.
        found: Vec<usize>,
    },
    /// A tensor has a type of number that is not read here.
    #[error("{}: tensor {tensor:?} is {found}; save the model as float32, float16 or bfloat16", path.display())]
    TensorType {
        /// The file.
        path: PathBuf,
        /// The tensor.
        tensor: String,
        /// The type found.
        found: String,
    },
    /// The computation failed.
    #[error("computing with the model in {} failed: {problem}. Encode with fewer threads if memory ran out", folder.display())]
    Compute {
        /// The model's folder.
        folder: PathBuf,
        /// What candle said.
        problem: String,
    },
}
