//! Opening a commit whose files are as they were written, while a writer may be at work.

use super::format::{Payload, check_format, check_lexicon, read_error};
use crate::concepts::Lexicon;
use crate::{Error, Result};
use serde_json::Value;
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use tantivy::{Directory, Index, IndexMeta, ReloadPolicy, Searcher, SegmentMeta};

/// A searcher over the last commit of `index`, all of whose files have been checked, and what the commit says of itself.
///
/// A writer may replace the commit while its files are being checked; then the next one is taken.
pub(super) fn verified_searcher(index: &Index, lexicon: &Lexicon, path: &Path) -> Result<(Searcher, Payload)> {
    let at = |error| read_error(path, error);
    loop {
        let metas = index.load_metas().map_err(at)?;
        check_format(&metas, path)?;
        let payload = check_lexicon(&metas, lexicon, path)?;
        let opened = check_metas(index, &metas, path).and_then(|()| check_files(index, &metas, path)).and_then(|()| {
            let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().map_err(at)?;
            Ok((reader.searcher(), payload))
        });
        if index.load_metas().map_err(at)?.list_segment_files() == metas.list_segment_files() {
            return opened;
        }
    }
}

/// meta.json has no checksum, and tantivy passes over names in it that it does not know: a `deletes`
/// with a changed letter would bring deleted records back.
fn check_metas(index: &Index, metas: &IndexMeta, path: &Path) -> Result<()> {
    let damaged = |problem: String| Error::IndexDamaged { path: path.to_owned(), problem };
    let bytes = Directory::atomic_read(index.directory(), Path::new("meta.json"));
    let bytes = bytes.map_err(|error| read_error(path, error.into()))?;
    let unreadable = |error: serde_json::Error| damaged(format!("meta.json: {error}"));
    let written: Value = serde_json::from_slice(&bytes).map_err(unreadable)?;
    let understood = serde_json::to_value(metas).map_err(unreadable)?;
    let deletes_agree = |segment: &SegmentMeta| segment.delete_opstamp().is_none() || segment.has_deletes();
    if !is_within(&written, &understood) || !metas.segments.iter().all(deletes_agree) {
        return Err(damaged("meta.json was changed".to_owned()));
    }
    Ok(())
}

/// Whether all that `part` says is said by `whole`, too.
fn is_within(part: &Value, whole: &Value) -> bool {
    match (part, whole) {
        (Value::Object(part), Value::Object(whole)) => {
            part.iter().all(|(name, value)| whole.get(name).is_some_and(|other| is_within(value, other)))
        }
        (Value::Array(part), Value::Array(whole)) => {
            part.len() == whole.len() && part.iter().zip(whole).all(|(value, other)| is_within(value, other))
        }
        (part, whole) => part == whole,
    }
}

fn check_files(index: &Index, metas: &IndexMeta, path: &Path) -> Result<()> {
    let damaged = |problem| Error::IndexDamaged { path: path.to_owned(), problem };
    let deletes: HashSet<PathBuf> = metas
        .segments
        .iter()
        .filter(|segment| segment.has_deletes())
        .map(|segment| segment.relative_path(tantivy::index::SegmentComponent::Delete))
        .collect();
    let mut files: Vec<PathBuf> = metas.list_segment_files().into_iter().collect();
    files.sort();
    for file in files {
        let directory = index.directory();
        if !Directory::exists(directory, &file).map_err(|error| read_error(path, error.into()))? {
            if is_always_there(&file) || deletes.contains(&file) {
                return Err(damaged(format!("{} is missing", file.display())));
            }
            continue;
        }
        match directory.validate_checksum(&file) {
            Ok(true) => {}
            Ok(false) => return Err(damaged(format!("{} fails its checksum", file.display()))),
            Err(error) => return Err(damaged(format!("{}: {error}", file.display()))),
        }
    }
    Ok(())
}

/// The files of a segment that this schema always has.
fn is_always_there(file: &Path) -> bool {
    ["idx", "term", "store", "fast", "fieldnorm"].iter().any(|ending| file.extension().is_some_and(|e| e == *ending))
}
