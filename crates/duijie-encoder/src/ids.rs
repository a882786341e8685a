//! Vectors in a file, and whose they are.

use crate::file::{read_error, write_atomically};
use crate::npy::{read_npy, write_npy};
use crate::{EncoderError, Result, Vectors};
use rustc_hash::FxHashMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Vectors read from a `.npy` file, with the ids of their records where a file of the same name
/// ending `.ids` lies beside it (UTF-8, one id a line, in the order of the rows), and the encoder that made them where
/// one ending `.encoder` does.
#[derive(Clone, Debug)]
pub struct VectorFile {
    path: PathBuf,
    vectors: Vectors,
    /// As many as rows, each once.
    ids: Option<Vec<String>>,
    encoder: Option<String>,
}

impl VectorFile {
    /// Reads a float32 array of shape (n, d) in C order, and the ids beside it if there are any.
    ///
    /// # Errors
    ///
    /// Whatever does not fit, with its place: another type, order or shape, a file cut short, a value
    /// that is not finite, another number of ids than of rows, an id that is blank or comes twice.
    pub fn read(path: &Path) -> Result<Self> {
        let vectors = read_npy(path)?;
        let ids = read_ids(&path.with_extension("ids"), vectors.rows())?;
        let encoder = read_encoder(&path.with_extension("encoder"))?;
        Ok(Self { path: path.to_owned(), vectors, ids, encoder })
    }

    /// Writes the array and, where ids are given, the file beside it; each is whole or not there.
    /// Without ids, a file of ids that lies there from before is removed; one that names an encoder always is, see
    /// [`VectorFile::name_encoder`].
    ///
    /// # Errors
    ///
    /// [`EncoderError::IdCount`], [`EncoderError::IdBlank`] or [`EncoderError::IdTwice`] for ids that
    /// could not be read again, before anything is written; [`EncoderError::Write`].
    pub fn write(path: &Path, vectors: &Vectors, ids: Option<&[&str]>) -> Result<()> {
        let beside = path.with_extension("ids");
        if let Some(ids) = ids {
            check_ids(&beside, ids, vectors.rows())?;
        }
        // The old ones go first: without ids a reader still compares the number of rows.
        for old in [&beside, &path.with_extension("encoder")] {
            match std::fs::remove_file(old) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(EncoderError::Write { path: old.clone(), source: error.into() });
                }
                _ => {}
            }
        }
        write_npy(path, vectors)?;
        match ids {
            Some(ids) => write_atomically(&beside, |file| ids.iter().try_for_each(|id| writeln!(file, "{id}"))),
            None => Ok(()),
        }
    }

    /// Says beside the file which encoder made the vectors, by its [fingerprint](crate::TextEncoder::fingerprint).
    ///
    /// # Errors
    ///
    /// [`EncoderError::Write`].
    pub fn name_encoder(path: &Path, fingerprint: &str) -> Result<()> {
        write_atomically(&path.with_extension("encoder"), |file| writeln!(file, "{fingerprint}"))
    }

    /// The fingerprint of the encoder that made the vectors, if a file beside them says it.
    pub fn encoder(&self) -> Option<&str> {
        self.encoder.as_deref()
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The vectors in the order of the file.
    pub fn vectors(&self) -> &Vectors {
        &self.vectors
    }

    /// The ids beside the file, in its order.
    pub fn ids(&self) -> Option<&[String]> {
        self.ids.as_deref()
    }

    /// Checks the width.
    ///
    /// # Errors
    ///
    /// [`EncoderError::FileWidth`] if it is another than `expected`.
    pub fn require_width(&self, expected: usize) -> Result<()> {
        let found = self.vectors.width();
        if found == expected {
            Ok(())
        } else {
            Err(EncoderError::FileWidth { path: self.path.clone(), expected, found })
        }
    }

    /// The vectors of these records, in their order: by id where the file has ids, else by position.
    ///
    /// # Errors
    ///
    /// [`EncoderError::IdMissing`], [`EncoderError::IdUnknown`] or [`EncoderError::RecordTwice`] where
    /// ids and records are not the same set; [`EncoderError::RowCount`] without ids.
    pub fn for_records(self, records: &[&str]) -> Result<Vectors> {
        let Some(ids) = &self.ids else {
            return if self.vectors.rows() == records.len() {
                Ok(self.vectors)
            } else {
                Err(EncoderError::RowCount { path: self.path, rows: self.vectors.rows(), records: records.len() })
            };
        };
        let beside = self.path.with_extension("ids");
        let row_of: FxHashMap<&str, usize> = ids.iter().enumerate().map(|(row, id)| (id.as_str(), row)).collect();
        let mut taken = vec![false; ids.len()];
        let mut rows = Vec::with_capacity(records.len());
        for &record in records {
            match row_of.get(record) {
                None => return Err(EncoderError::IdMissing { path: beside, id: record.to_owned() }),
                Some(&row) if taken[row] => return Err(EncoderError::RecordTwice { id: record.to_owned() }),
                Some(&row) => {
                    taken[row] = true;
                    rows.push(row);
                }
            }
        }
        match taken.iter().position(|taken| !taken) {
            Some(row) => Err(EncoderError::IdUnknown { path: beside, line: row + 1, id: ids[row].clone() }),
            None if rows.is_sorted() => Ok(self.vectors),
            None => Ok(self.vectors.select(&rows)),
        }
    }
}

fn read_encoder(path: &Path) -> Result<Option<String>> {
    match std::fs::read(path) {
        Ok(bytes) => match String::from_utf8(bytes).map(|text| text.trim().to_owned()) {
            Ok(fingerprint) if is_fingerprint(&fingerprint) => Ok(Some(fingerprint)),
            _ => Err(EncoderError::Fingerprint { path: path.to_owned() }),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(read_error(path, error)),
    }
}

fn is_fingerprint(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric())
}

fn read_ids(path: &Path, rows: usize) -> Result<Option<Vec<String>>> {
    let text = match std::fs::read(path) {
        Ok(bytes) => String::from_utf8(bytes).map_err(|_| EncoderError::IdEncoding { path: path.to_owned() })?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(read_error(path, error)),
    };
    let ids: Vec<&str> = text.strip_prefix('\u{feff}').unwrap_or(&text).lines().collect();
    check_ids(path, &ids, rows)?;
    Ok(Some(ids.into_iter().map(str::to_owned).collect()))
}

fn check_ids(path: &Path, ids: &[&str], rows: usize) -> Result<()> {
    let mut line_of: FxHashMap<&str, usize> = FxHashMap::default();
    for (line, &id) in (1..).zip(ids) {
        if id.is_empty() || id.trim() != id || id.contains(['\n', '\r']) {
            return Err(EncoderError::IdBlank { path: path.to_owned(), line, id: id.to_owned() });
        }
        if let Some(first) = line_of.insert(id, line) {
            return Err(EncoderError::IdTwice { path: path.to_owned(), line, first, id: id.to_owned() });
        }
    }
    if ids.len() == rows { Ok(()) } else { Err(EncoderError::IdCount { path: path.to_owned(), ids: ids.len(), rows }) }
}
