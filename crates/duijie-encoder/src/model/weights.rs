//! `model.safetensors`: every tensor checked by name and shape before it is used.

use super::config::{Architecture, ModelConfig};
use super::{ModelError, read_required};
use crate::Result;
use candle_core::safetensors::Load;
use candle_core::{DType, Device, Tensor};
use safetensors::tensor::Dtype;
use safetensors::{SafeTensorError, SafeTensors};
use std::path::{Path, PathBuf};

/// The tensors of one model.
pub(super) struct Weights<'bytes> {
    path: PathBuf,
    tensors: SafeTensors<'bytes>,
    /// Put before every name by models that were saved with a head: `bert.` or `roberta.`.
    prefix: &'static str,
}

/// The bytes of the weights.
pub(super) fn read_weights(folder: &Path) -> Result<Vec<u8>> {
    let path = folder.join("model.safetensors");
    if !path.exists() {
        let others = ["model.safetensors.index.json", "pytorch_model.bin", "pytorch_model.bin.index.json"];
        if let Some(found) = others.into_iter().find(|name| folder.join(name).exists()) {
            return Err(ModelError::WeightsForm { folder: folder.to_owned(), found }.into());
        }
    }
    read_required(&path)
}

impl<'bytes> Weights<'bytes> {
    pub(super) fn open(folder: &Path, bytes: &'bytes [u8], config: &ModelConfig) -> Result<Self> {
        let path = folder.join("model.safetensors");
        let tensors = SafeTensors::deserialize(bytes)
            .map_err(|error| ModelError::WeightsDamaged { path: path.clone(), problem: error.to_string() })?;
        let head = match config.architecture {
            Architecture::Bert => "bert.",
            Architecture::XlmRoberta => "roberta.",
        };
        let prefix = if tensors.iter().any(|(name, _)| name.starts_with(head)) { head } else { "" };
        Ok(Self { path, tensors, prefix })
    }

    /// A tensor of this shape as float32.
    pub(super) fn tensor(&self, name: &str, shape: &[usize]) -> Result<Tensor> {
        let name = format!("{}{name}", self.prefix);
        let view = self.tensors.tensor(&name).map_err(|error| match error {
            SafeTensorError::TensorNotFound(tensor) => ModelError::TensorMissing { path: self.path.clone(), tensor },
            other => ModelError::WeightsDamaged { path: self.path.clone(), problem: other.to_string() },
        })?;
        if view.shape() != shape {
            let (expected, found) = (shape.to_vec(), view.shape().to_vec());
            return Err(ModelError::TensorShape { path: self.path.clone(), tensor: name, expected, found }.into());
        }
        if !matches!(view.dtype(), Dtype::F32 | Dtype::F16 | Dtype::BF16) {
            let found = format!("{:?}", view.dtype());
            return Err(ModelError::TensorType { path: self.path.clone(), tensor: name, found }.into());
        }
        let loaded = view.load(&Device::Cpu).and_then(|tensor| tensor.to_dtype(DType::F32));
        let damaged = |error: candle_core::Error| ModelError::WeightsDamaged {
            path: self.path.clone(),
            problem: error.to_string(),
        };
        Ok(loaded.map_err(damaged)?)
    }
}
