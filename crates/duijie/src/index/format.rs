//! Which folders are indexes of this format, and what tantivy's errors mean to a user.

use crate::{Error, Result};
use std::path::Path;
use tantivy::directory::error::LockError;
use tantivy::{IndexMeta, TantivyError};

/// Written into every commit; a reader refuses any other.
pub(super) const FORMAT: u32 = 1;
const PAYLOAD: &str = "duijie index format ";

pub(super) fn commit_payload() -> String {
    format!("{PAYLOAD}{FORMAT}")
}

/// Refuses a commit that another version of the format has written, and what is no commit yet:
/// the empty index that a first build begins with.
pub(super) fn check_payload(metas: &IndexMeta, path: &Path) -> Result<()> {
    if metas.payload.is_none() && metas.segments.is_empty() {
        return Err(Error::NoIndex { path: path.to_owned() });
    }
    let found = metas.payload.as_deref().and_then(|payload| payload.strip_prefix(PAYLOAD)).unwrap_or("none");
    if found == FORMAT.to_string() {
        return Ok(());
    }
    Err(Error::IndexFormat { path: path.to_owned(), found: found.to_owned(), expected: FORMAT })
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
