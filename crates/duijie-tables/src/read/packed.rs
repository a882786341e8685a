//! A first pass over a zip: what it unpacks to, and what lies in it that must not be trusted.

use super::{Limits, Remark};
use crate::{Result, TableError};
use std::io::{Cursor, Read};
use std::path::Path;
use zip::ZipArchive;
use zip::result::ZipError;

/// Unpacks every part once without keeping it. The sizes that a zip declares may lie, so they are
/// counted; a part that needs a password, or is cut short, is found here.
pub(crate) fn inspect(path: &Path, bytes: &[u8], limits: &Limits) -> Result<Vec<Remark>> {
    let damaged = |problem: String| TableError::Damaged { path: path.to_owned(), problem };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(error.to_string()))?;
    let mut left = limits.unpacked_bytes;
    let mut remarks = Vec::new();
    let mut buffer = vec![0; 1 << 16];
    for index in 0..archive.len() {
        let mut part = match archive.by_index(index) {
            Ok(part) => part,
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
                return Err(TableError::Password { path: path.to_owned() });
            }
            Err(error) => return Err(damaged(error.to_string())),
        };
        let remark = match part.name() {
            name if name.ends_with("vbaProject.bin") => Some(Remark::Macros),
            name if name.contains("externalLinks/") => Some(Remark::ExternalLinks),
            _ => None,
        };
        remarks.extend(remark.filter(|remark| !remarks.contains(remark)));
        loop {
            let read = part.read(&mut buffer).map_err(|error| damaged(error.to_string()))?;
            if read == 0 {
                break;
            }
            left = left.checked_sub(read as u64).ok_or_else(|| TableError::TooLarge {
                path: path.to_owned(),
                of: "bytes unpacked",
                limit: limits.unpacked_bytes,
            })?;
        }
    }
    Ok(remarks)
}

/// Whether a part holds any of `words`, read through without keeping it.
pub(crate) fn mentions(path: &Path, bytes: &[u8], part: &str, words: &[&[u8]]) -> Result<bool> {
    let damaged = |problem: String| TableError::Damaged { path: path.to_owned(), problem };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(error.to_string()))?;
    let Some(index) = archive.index_for_name(part) else { return Ok(false) };
    let mut part = archive.by_index(index).map_err(|error| damaged(error.to_string()))?;
    let finders: Vec<_> = words.iter().map(memchr::memmem::Finder::new).collect();
    // The end of one piece is kept before the next, for a word that lies across both.
    let overlap = words.iter().map(|word| word.len()).max().unwrap_or_default();
    let mut buffer = vec![0; 1 << 16];
    let mut kept = 0;
    loop {
        let read = part.read(&mut buffer[kept..]).map_err(|error| damaged(error.to_string()))?;
        let filled = kept + read;
        if finders.iter().any(|finder| finder.find(&buffer[..filled]).is_some()) {
            return Ok(true);
        }
        if read == 0 {
            return Ok(false);
        }
        kept = filled.min(overlap);
        buffer.copy_within(filled - kept..filled, 0);
    }
}
