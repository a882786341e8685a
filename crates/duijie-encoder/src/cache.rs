//! Each text is encoded once.

use crate::file::{read, write_atomically};
use crate::{EncodeOptions, EncoderError, Result, TextEncoder, TextRole, Vectors};
use rustc_hash::FxHashMap;
use safetensors::tensor::{Dtype, TensorView};
use safetensors::{SafeTensorError, SafeTensors};
use std::collections::HashMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// blake3 of role and text.
type Key = [u8; 32];

/// Texts that are encoded between two looks at the cancellation flag of the cache; what they gave is
/// kept even if the rest is cancelled.
const CHUNK: usize = 1024;

/// An encoder that remembers, in a file, what it has encoded.
///
/// The file lies in the folder given, is named by the encoder's
/// [fingerprint](TextEncoder::fingerprint), so that another model never reads it, and is written
/// aside and renamed after each call that encoded anything new, also one that was cancelled. Of two
/// processes that write at once, the later one's file stays. One call at a time encodes; others wait.
#[derive(Debug)]
pub struct CachedEncoder<E> {
    encoder: E,
    path: PathBuf,
    known: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    rows: FxHashMap<Key, usize>,
    keys: Vec<Key>,
    /// `keys.len()` rows of the encoder's width.
    data: Vec<f32>,
}

impl<E: TextEncoder> CachedEncoder<E> {
    /// Puts a cache in `folder` (made if need be) before `encoder`.
    ///
    /// # Errors
    ///
    /// [`EncoderError::Cache`] for a file that is damaged, [`EncoderError::Read`] and
    /// [`EncoderError::Write`].
    pub fn open(encoder: E, folder: &Path) -> Result<Self> {
        std::fs::create_dir_all(folder)
            .map_err(|source| EncoderError::Write { path: folder.to_owned(), source: source.into() })?;
        let path = folder.join(format!("{}.safetensors", encoder.fingerprint()));
        let known = if path.exists() { load(&path, encoder.dimension())? } else { Known::default() };
        Ok(Self { encoder, path, known: Mutex::new(known) })
    }

    /// The file of the cache.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Number of texts remembered.
    pub fn known_texts(&self) -> usize {
        self.lock().keys.len()
    }

    fn lock(&self) -> MutexGuard<'_, Known> {
        // A panic elsewhere cannot leave it half changed: rows are added by `Known::insert` alone.
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn encode_chunk(&self, texts: &[&str], role: TextRole, options: &EncodeOptions<'_>) -> Result<Vectors> {
        let vectors = self.encoder.encode(texts, role, options)?;
        let (expected, found) = ((texts.len(), self.dimension()), (vectors.rows(), vectors.width()));
        if expected == found {
            Ok(vectors)
        } else {
            Err(EncoderError::Contract { name: self.name().to_owned(), expected, found })
        }
    }
}

impl<E: TextEncoder> TextEncoder for CachedEncoder<E> {
    fn dimension(&self) -> usize {
        self.encoder.dimension()
    }

    fn name(&self) -> &str {
        self.encoder.name()
    }

    fn fingerprint(&self) -> &str {
        self.encoder.fingerprint()
    }

    fn encode(&self, texts: &[&str], role: TextRole, options: &EncodeOptions<'_>) -> Result<Vectors> {
        options.check()?;
        let keys: Vec<Key> = texts.iter().map(|text| key(text, role)).collect();
        let mut known = self.lock();
        let mut new: FxHashMap<Key, &str> = FxHashMap::default();
        let mut order = Vec::new();
        for (key, text) in keys.iter().zip(texts) {
            if !known.rows.contains_key(key) && new.insert(*key, text).is_none() {
                order.push(*key);
            }
        }

        // Repeated texts and those known count as done from the start.
        let mut done = texts.len() - order.len();
        let mut outcome = Ok(());
        for keys in order.chunks(CHUNK) {
            let chunk: Vec<&str> = keys.iter().map(|key| new[key]).collect();
            let progress = |within: usize| options.report(done + within);
            let within = EncodeOptions { progress: Some(&progress), ..*options };
            match options.check().and_then(|()| self.encode_chunk(&chunk, role, &within)) {
                Ok(vectors) => keys.iter().zip(vectors.iter()).for_each(|(key, row)| known.insert(*key, row)),
                Err(error) => {
                    outcome = Err(error);
                    break;
                }
            }
            done += keys.len();
        }
        if done > texts.len() - order.len() {
            save(&self.path, &known, self.dimension())?;
        }
        outcome?;
        options.report(texts.len());
        let width = self.dimension();
        let mut data = Vec::with_capacity(texts.len() * width);
        for key in &keys {
            let row = known.rows[key];
            data.extend_from_slice(&known.data[row * width..(row + 1) * width]);
        }
        Vectors::new(texts.len(), width, data)
    }
}

impl Known {
    fn insert(&mut self, key: Key, row: &[f32]) {
        self.data.extend_from_slice(row);
        self.rows.insert(key, self.keys.len());
        self.keys.push(key);
    }
}

fn key(text: &str, role: TextRole) -> Key {
    let mut hasher = blake3::Hasher::new();
    hasher.update(role.as_str().as_bytes()).update(b"\0").update(text.as_bytes());
    *hasher.finalize().as_bytes()
}

/// Of the keys and the values, as they stand in the file.
fn checksum(keys: &[u8], values: &[u8]) -> String {
    blake3::Hasher::new().update(keys).update(values).finalize().to_hex().to_string()
}

fn save(path: &Path, known: &Known, width: usize) -> Result<()> {
    let count = known.keys.len();
    let keys = known.keys.concat();
    let values: Vec<u8> = known.data.iter().flat_map(|value| value.to_le_bytes()).collect();
    let metadata = HashMap::from([("checksum".to_owned(), checksum(&keys, &values))]);
    let fits = "the lengths are products of their shapes";
    let tensors = [
        ("keys", TensorView::new(Dtype::U8, vec![count, size_of::<Key>()], &keys).expect(fits)),
        ("vectors", TensorView::new(Dtype::F32, vec![count, width], &values).expect(fits)),
    ];
    let bytes = safetensors::serialize(tensors, Some(metadata))
        .map_err(|error| EncoderError::Cache { path: path.to_owned(), problem: error.to_string() })?;
    write_atomically(path, |file| file.write_all(&bytes))
}

fn load(path: &Path, width: usize) -> Result<Known> {
    let bytes = read(path)?;
    let damaged = |problem: String| EncoderError::Cache { path: path.to_owned(), problem };
    let unreadable = |error: SafeTensorError| damaged(error.to_string());
    let (_, metadata) = SafeTensors::read_metadata(&bytes).map_err(unreadable)?;
    let tensors = SafeTensors::deserialize(&bytes).map_err(unreadable)?;
    let keys = tensors.tensor("keys").map_err(unreadable)?;
    let vectors = tensors.tensor("vectors").map_err(unreadable)?;
    let recorded = metadata.metadata().as_ref().and_then(|metadata| metadata.get("checksum"));
    if recorded.map(String::as_str) != Some(&checksum(keys.data(), vectors.data())) {
        return Err(damaged("its checksum is wrong".to_owned()));
    }
    let (keys, rest) = keys.data().as_chunks::<{ size_of::<Key>() }>();
    let fits = rest.is_empty() && vectors.dtype() == Dtype::F32 && vectors.shape() == [keys.len(), width];
    if !fits {
        return Err(damaged(format!("{} keys for vectors of shape {:?}", keys.len(), vectors.shape())));
    }
    let (values, _) = vectors.data().as_chunks::<4>();
    let data = values.iter().map(|value| f32::from_le_bytes(*value)).collect();
    let rows = keys.iter().enumerate().map(|(row, key)| (*key, row)).collect();
    Ok(Known { rows, keys: keys.to_vec(), data })
}
