//! Which folders are indexes of this format, and what tantivy's errors mean to a user.

use crate::concepts::Lexicon;
use crate::{Error, Result};
use std::path::Path;
use tantivy::directory::error::LockError;
use tantivy::{IndexMeta, TantivyError};

/// Written into every commit; a reader refuses any other.
pub(super) const FORMAT: u32 = 2;
const PAYLOAD: &str = "duijie index format ";

const LEXICON: &str = ", lexicon ";

/// What a commit says of itself: the format, and the term base that its vectors are made with.
pub(super) fn commit_payload(lexicon: &Lexicon) -> String {
    format!("{PAYLOAD}{FORMAT}{LEXICON}{:016x}", lexicon.concepts.fingerprint())
}

/// Refuses a commit that another version of the format has written, and what is no commit yet:
/// the empty index that a first build begins with.
pub(super) fn check_format(metas: &IndexMeta, path: &Path) -> Result<()> {
    if metas.payload.is_none() && metas.segments.is_empty() {
        return Err(Error::NoIndex { path: path.to_owned() });
    }
    let found = metas.payload.as_deref().and_then(|payload| payload.strip_prefix(PAYLOAD)).unwrap_or("none");
    let found = found.split(LEXICON).next().unwrap_or(found);
    if found == FORMAT.to_string() {
        return Ok(());
    }
    Err(Error::IndexFormat { path: path.to_owned(), found: found.to_owned(), expected: FORMAT })
}

/// Refuses a commit whose vectors were made with another term base.
pub(super) fn check_lexicon(metas: &IndexMeta, lexicon: &Lexicon, path: &Path) -> Result<()> {
    if metas.payload == Some(commit_payload(lexicon)) {
        return Ok(());
    }
    Err(Error::IndexLexicon { path: path.to_owned() })
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
