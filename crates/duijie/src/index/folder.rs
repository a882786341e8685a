//! Folders that hold an index, or may.

use crate::{Error, Result};
use std::io::{self, ErrorKind};
use std::path::Path;
use std::sync::Arc;
use tantivy::directory::error::{DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, META_LOCK, MmapDirectory, WatchCallback, WatchHandle, WritePtr,
};

/// A directory that can be read without writing to it.
///
/// While it opens its files, a reader of tantivy holds a lock, a file that it creates, so that no writer
/// collects them meanwhile. Where that file can't be made because the folder may not be written, no
/// lock is taken: a writer elsewhere, which still may write there, can then only make opening fail
/// and be tried again ([`super::verify`]), as an open file stays readable when its name is gone.
#[derive(Clone, Debug)]
pub(super) struct ReadableFolder<D>(D);

impl ReadableFolder<MmapDirectory> {
    pub(super) fn open(path: &Path) -> Result<Self, OpenDirectoryError> {
        MmapDirectory::open(path).map(Self)
    }
}

#[cfg(test)]
impl<D> ReadableFolder<D> {
    pub(super) fn over(directory: D) -> Self {
        Self(directory)
    }
}

impl<D: Directory + Clone> Directory for ReadableFolder<D> {
    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        match self.0.acquire_lock(lock) {
            Err(LockError::IoError(error)) if lock.filepath == META_LOCK.filepath && is_read_only(&error) => {
                Ok(DirectoryLock::from(Box::new(())))
            }
            other => other,
        }
    }

    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.0.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.0.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.0.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.0.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.0.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.0.atomic_write(path, bytes)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.0.sync_directory()
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.0.watch(callback)
    }
}

fn is_read_only(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem)
}

/// Whether the folder exists and holds anything; another builder's files count only once committed.
pub(super) fn is_occupied(path: &Path) -> Result<bool> {
    let entries = match std::fs::read_dir(path) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        Err(source) => return Err(Error::Write { path: path.to_owned(), source: Arc::new(source) }),
    };
    // An index whose first build was interrupted has tantivy's own files and no meta.json.
    let foreign = |name: &str| !name.starts_with(".tantivy") && name != ".managed.json";
    Ok(entries.filter_map(std::result::Result::ok).any(|entry| foreign(&entry.file_name().to_string_lossy())))
}
