use super::Limits;
use crate::{Result, TableError};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The files that `paths` (files, folders, patterns) lead to, in the order given, each once;
/// those of a folder or pattern by name. A folder gives all its files: what is no table is to be reported, but for what
/// programs leave there for themselves (`~$…`, Thumbs.db).
pub(crate) fn table_files(paths: &[PathBuf], limits: &Limits) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in paths {
        let before = files.len();
        if path.is_dir() {
            folder(path, &mut files, limits)?;
        } else if path.exists() {
            files.push(path.clone());
        } else if let Some(pattern) = path.to_str().filter(|text| text.contains(['*', '?', '['])) {
            let found = glob::glob(pattern).map_err(|_| TableError::NoFiles { path: path.clone() })?;
            files.extend(found.filter_map(std::result::Result::ok).filter(|found| found.is_file() && !is_lock(found)));
        } else {
            let source = std::io::Error::from(std::io::ErrorKind::NotFound);
            return Err(TableError::Read { path: path.clone(), source: Arc::new(source) });
        }
        if files.len() == before {
            return Err(TableError::NoFiles { path: path.clone() });
        }
        check_count(path, &files, limits)?;
    }
    let mut seen = rustc_hash::FxHashSet::default();
    files.retain(|file| seen.insert(file.clone()));
    Ok(files)
}

fn folder(folder_path: &Path, files: &mut Vec<PathBuf>, limits: &Limits) -> Result<()> {
    let read_error = |source| TableError::Read { path: folder_path.to_owned(), source: Arc::new(source) };
    let mut entries = Vec::new();
    for entry in std::fs::read_dir(folder_path).map_err(read_error)? {
        entries.push(entry.map_err(read_error)?);
    }
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        // A link is not followed: it could lead round in a circle.
        let kind = entry.file_type().map_err(read_error)?;
        if kind.is_dir() {
            folder(&path, files, limits)?;
        } else if kind.is_file() && !is_lock(&path) {
            files.push(path);
            check_count(folder_path, files, limits)?;
        }
    }
    Ok(())
}

fn check_count(path: &Path, files: &[PathBuf], limits: &Limits) -> Result<()> {
    if files.len() > limits.files {
        return Err(TableError::TooLarge { path: path.to_owned(), of: "files", limit: limits.files as u64 });
    }
    Ok(())
}

fn is_lock(path: &Path) -> bool {
    path.file_name().is_some_and(|name| {
        let name = name.to_string_lossy();
        name.starts_with("~$")
            || name.starts_with('.')
            || ["Thumbs.db", "desktop.ini"].iter().any(|own| name.eq_ignore_ascii_case(own))
    })
}
