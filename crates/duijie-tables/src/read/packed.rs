//! A first pass over a zip: what it unpacks to, and what lies in it that must not be trusted.

use super::watch::Watch;
use super::{Limits, Remark};
use crate::{Result, TableError};
use rustc_hash::FxHashSet;
use std::io::{Cursor, Read};
use std::path::Path;
use zip::ZipArchive;
use zip::result::ZipError;

/// What the first pass found.
pub(crate) struct Inspected {
    pub(crate) remarks: Vec<Remark>,
    /// The parts of the folder that hold any of the words looked for.
    pub(crate) mentioning: FxHashSet<String>,
}

/// Unpacks every part once without keeping it. The sizes that a zip declares may lie, so they are
/// counted, and so is what a reader of its XML would have to hold at once; a part that needs a password, or is cut
/// short, is found here. The parts that hold any of `words` are
/// told, as far as they are in `folder`, so that those alone need a closer look.
pub(crate) fn inspect(path: &Path, bytes: &[u8], limits: &Limits, folder: &str, words: &[&[u8]]) -> Result<Inspected> {
    let damaged = |problem: String| TableError::Damaged { path: path.to_owned(), problem };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(error.to_string()))?;
    let mut left = limits.unpacked_bytes;
    let mut found = Inspected { remarks: Vec::new(), mentioning: FxHashSet::default() };
    let finders: Vec<_> = words.iter().map(memchr::memmem::Finder::new).collect();
    // The end of one piece is kept before the next, for a word that lies across both.
    let overlap = words.iter().map(|word| word.len()).max().unwrap_or_default();
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
        found.remarks.extend(remark.filter(|remark| !found.remarks.contains(remark)));
        let looks_closer = part.name().starts_with(folder);
        let mut watch = is_xml(part.name()).then(Watch::default);
        let (mut kept, mut mentions) = (0, false);
        loop {
            let read = part.read(&mut buffer[kept..]).map_err(|error| damaged(error.to_string()))?;
            if read == 0 {
                break;
            }
            left = left.checked_sub(read as u64).ok_or_else(|| TableError::TooLarge {
                path: path.to_owned(),
                of: "bytes unpacked",
                limit: limits.unpacked_bytes,
            })?;
            let filled = kept + read;
            if let Some(watch) = &mut watch {
                watch.follow(&buffer[kept..filled]);
                if watch.most() > limits.piece_bytes {
                    let (path, limit) = (path.to_owned(), limits.piece_bytes);
                    return Err(TableError::TooLarge { path, of: "bytes in one cell, tag or gap between tags", limit });
                }
            }
            mentions =
                mentions || looks_closer && finders.iter().any(|finder| finder.find(&buffer[..filled]).is_some());
            kept = filled.min(overlap);
            buffer.copy_within(filled - kept..filled, 0);
        }
        if mentions {
            found.mentioning.insert(part.name().to_owned());
        }
    }
    Ok(found)
}

/// Whether a part is read as XML.
fn is_xml(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    [".xml", ".rels", ".vml"].iter().any(|ending| name.ends_with(ending))
}
