//! Which folders are indexes of this format, and what tantivy's errors mean to a user.

use crate::concepts::Lexicon;
use crate::{Error, Result};
use std::fmt;
use std::path::Path;
use tantivy::directory::error::LockError;
use tantivy::{IndexMeta, TantivyError};

/// Written into every commit; a reader refuses any other.
pub(super) const FORMAT: u32 = 1;

/// What a commit says of itself: `duijie index format 1, lexicon 0123456789abcdef, vectors 384, encoder 8f3a`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Payload {
    /// Fingerprint of the term base that its concept vectors are made with.
    pub(super) lexicon: u64,
    /// Width of the vectors that an encoder made; `None` if no achievement has one.
    pub(super) vector_width: Option<usize>,
    /// Fingerprint of that encoder; `None` if nobody said it.
    pub(super) encoder: Option<String>,
}

const FORMAT_IS: &str = "duijie index format ";
const LEXICON_IS: &str = "lexicon ";
const VECTORS_ARE: &str = "vectors ";
const ENCODER_IS: &str = "encoder ";

impl fmt::Display for Payload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{FORMAT_IS}{FORMAT}, {LEXICON_IS}{:016x}", self.lexicon)?;
        let Some(width) = self.vector_width else { return Ok(()) };
        write!(f, ", {VECTORS_ARE}{width}")?;
        self.encoder.as_ref().map_or(Ok(()), |encoder| write!(f, ", {ENCODER_IS}{encoder}"))
    }
}

impl Payload {
    /// What the commit says, if it was written by this format.
    pub(super) fn of(metas: &IndexMeta) -> Option<Self> {
        let mut parts = metas.payload.as_deref()?.split(", ");
        parts.next()?.strip_prefix(FORMAT_IS).filter(|format| *format == FORMAT.to_string())?;
        let lexicon = u64::from_str_radix(parts.next()?.strip_prefix(LEXICON_IS)?, 16).ok()?;
        let vector_width = match parts.next() {
            Some(part) => Some(part.strip_prefix(VECTORS_ARE)?.parse().ok()?),
            None => None,
        };
        let encoder = parts.next().and_then(|part| part.strip_prefix(ENCODER_IS)).map(str::to_owned);
        Some(Self { lexicon, vector_width, encoder })
    }
}

/// Refuses a commit that another version of the format has written, and what is no commit yet:
/// the empty index that a first build begins with.
pub(super) fn check_format(metas: &IndexMeta, path: &Path) -> Result<()> {
    if metas.payload.is_none() && metas.segments.is_empty() {
        return Err(Error::NoIndex { path: path.to_owned() });
    }
    if Payload::of(metas).is_some() {
        return Ok(());
    }
    let found = metas.payload.as_deref().and_then(|payload| payload.strip_prefix(FORMAT_IS)).unwrap_or("none");
    let found = found.split(',').next().unwrap_or(found);
    Err(Error::IndexFormat { path: path.to_owned(), found: found.to_owned(), expected: FORMAT })
}

/// Refuses a commit whose vectors were made with another term base.
pub(super) fn check_lexicon(metas: &IndexMeta, lexicon: &Lexicon, path: &Path) -> Result<Payload> {
    let same = |payload: &Payload| payload.lexicon == lexicon.concepts.fingerprint();
    Payload::of(metas).filter(same).ok_or_else(|| Error::IndexLexicon { path: path.to_owned() })
}

/// What an error of tantivy means while an index is opened or read.
pub(super) fn read_error(path: &Path, error: TantivyError) -> Error {
    let path = path.to_owned();
    match error {
        TantivyError::IncompatibleIndex(_) => {
            Error::IndexFormat { path, found: "of another tantivy version".to_owned(), expected: FORMAT }
        }
        other => Error::IndexDamaged { path, problem: other.to_string() },
    }
}

/// What an error of tantivy means while an index is written.
pub(super) fn write_error(path: &Path, error: TantivyError) -> Error {
    let path = path.to_owned();
    match error {
        TantivyError::LockFailure(LockError::LockBusy, _) => Error::IndexLocked { path },
        other => Error::IndexWrite { path, problem: other.to_string() },
    }
}
