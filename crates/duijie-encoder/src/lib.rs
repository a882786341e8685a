//! **What does this text mean, as a vector?** Encoders, vectors in files, exact cosine search.
//!
//! An enterprise writes a symptom, an institute a mechanism; where the two share no word, vectors
//! of a trained encoder still bring them together. Nothing is downloaded here: vectors come from
//! the caller, from `.npy` files, or from an encoder that lies in a local folder.
//!
//! - [`Vectors`]: a row-major float32 matrix, one row a text; [`nearest`] finds the rows with the
//!   greatest dot product within a range of rows, exactly and always in the same order.
//! - [`VectorFile`]: vectors read from and written to `.npy`, with the ids of the records in a file
//!   beside it.
//! - [`TextEncoder`]: turns texts into vectors; [`CachedEncoder`] keeps them by the hash of their
//!   text, so that each text is encoded once.
#![cfg_attr(
    feature = "model",
    doc = "- [`LocalEncoder`]: BERT and XLM-RoBERTa encoders from a folder (feature `model`)."
)]
#![cfg_attr(not(feature = "model"), doc = "- With the feature `model`: BERT and XLM-RoBERTa encoders from a folder.")]
//!
//! ```
//! use duijie_encoder::{VectorFile, Vectors, nearest};
//!
//! let folder = tempfile::tempdir()?;
//! let path = folder.path().join("achievements.npy");
//! let vectors = Vectors::new(3, 2, vec![0.6, 0.8, 1.0, 0.0, 0.0, 1.0])?;
//! VectorFile::write(&path, &vectors, Some(&["A1", "A2", "A3"]))?;
//!
//! // The rows come back in the order of the records that are asked for.
//! let vectors = VectorFile::read(&path)?.for_records(&["A3", "A1", "A2"])?;
//! assert_eq!(vectors.row(0), [0.0, 1.0]);
//!
//! let found = nearest(&vectors, &[0.0, 1.0], 0..vectors.rows(), 2)?;
//! assert_eq!(found.iter().map(|neighbour| neighbour.row).collect::<Vec<_>>(), [0, 1]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#[cfg(feature = "files")]
mod cache;
mod encoder;
mod error;
#[cfg(feature = "files")]
mod file;
#[cfg(feature = "files")]
mod ids;
#[cfg(feature = "model")]
mod model;
mod nearest;
#[cfg(feature = "files")]
mod npy;
mod vectors;

#[cfg(feature = "files")]
pub use cache::CachedEncoder;
pub use encoder::{EncodeOptions, TextEncoder, TextRole};
pub use error::{EncoderError, Result};
#[cfg(feature = "files")]
pub use ids::VectorFile;
#[cfg(feature = "model")]
pub use model::{LocalEncoder, ModelError, ModelOptions, Pooling, Prefixes, Scaling};
pub use nearest::{Neighbour, dot, nearest, nearest_batch};
pub use vectors::Vectors;
