//! Opening a commit whose files are as they were written, while a writer may be at work.

use super::format::{check_format, check_lexicon, read_error};
use crate::concepts::Lexicon;
use crate::{Error, Result};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use tantivy::{Index, IndexMeta, ReloadPolicy, Searcher};

/// A searcher over the last commit of `index`, all of whose files have been checked.
///
/// A writer may replace the commit while its files are being checked; then the next one is taken.
pub(super) fn verified_searcher(index: &Index, lexicon: &Lexicon, path: &Path) -> Result<Searcher> {
    let at = |error| read_error(path, error);
    loop {
        let metas = index.load_metas().map_err(at)?;
        check_format(&metas, path)?;
        check_lexicon(&metas, lexicon, path)?;
        let opened = check_files(index, &metas, path).and_then(|()| {
            let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().map_err(at)?;
            Ok(reader.searcher())
        });
        if index.load_metas().map_err(at)?.list_segment_files() == metas.list_segment_files() {
            return opened;
        }
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
        if !tantivy::Directory::exists(directory, &file).map_err(|error| read_error(path, error.into()))? {
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
