//! Folders that hold an index, or may.

use super::stop::Stop;
use crate::{Error, Result};
use std::io::{self, ErrorKind};
use std::path::Path;
use std::sync::Arc;
use tantivy::directory::error::{DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, META_LOCK, MmapDirectory, WatchCallback, WatchHandle, WritePtr,
};

/// A directory that can be read without writing to it, and whose writers can be stopped.
///
/// While it opens its files, a reader of tantivy holds a lock, a file that it creates, so that no writer
/// collects them meanwhile. Where that file can't be made because the folder may not be written, no
/// lock is taken: a writer elsewhere, which still may write there, can then only make opening fail
/// and be tried again ([`super::verify`]), as an open file stays readable when its name is gone.
///
/// Once the flag of [`Stop`] is set, no file is begun or goes on.
#[derive(Clone, Debug)]
pub(super) struct IndexFolder<D> {
    directory: D,
    stop: Stop,
}

impl IndexFolder<MmapDirectory> {
    pub(super) fn open(path: &Path, stop: &Stop) -> Result<Self, OpenDirectoryError> {
        MmapDirectory::open(path).map(|directory| Self::over(directory, stop))
    }
}

impl<D> IndexFolder<D> {
    pub(super) fn over(directory: D, stop: &Stop) -> Self {
        Self { directory, stop: stop.clone() }
    }
}

impl<D: Directory + Clone> Directory for IndexFolder<D> {
    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        match self.directory.acquire_lock(lock) {
            Err(LockError::IoError(error)) if lock.filepath == META_LOCK.filepath && is_read_only(&error) => {
                Ok(DirectoryLock::from(Box::new(())))
            }
            other => other,
        }
    }

    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.directory.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.directory.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.directory.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let stopped = |error| OpenWriteError::wrap_io_error(error, path.to_owned());
        let _leave = self.stop.leave().map_err(stopped)?;
        self.directory.open_write(path).map(|file| self.stop.watched(file))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.directory.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let _leave = self.stop.leave()?;
        self.directory.atomic_write(path, bytes)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.directory.sync_directory()
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.directory.watch(callback)
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn once_stopped_no_file_is_made_whatever_still_writes() {
        let folder = tempfile::tempdir().unwrap();
        let stop = Stop::default();
        let directory = IndexFolder::open(folder.path(), &stop).unwrap();
        let files =
            || -> Vec<_> { std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).collect() };
        std::thread::scope(|scope| {
            for writer in 0..4 {
                let directory = directory.clone();
                scope.spawn(move || {
                    let name = |at: usize| format!("{writer}-{at}");
                    (0..).map(name).find(|name| {
                        let whole = directory.atomic_write(Path::new(name), b"whole");
                        whole
                            .and(directory.open_write(Path::new(&format!("{name}.begun"))).map_err(io::Error::other))
                            .is_err()
                    })
                });
            }
            while files().len() < 20 {
                std::thread::yield_now();
            }
            stop.set();
            let mut left = files();
            assert!(left.iter().all(|path| !path.file_name().unwrap().to_string_lossy().starts_with(".tmp")));
            std::thread::sleep(Duration::from_millis(20));
            let mut later = files();
            left.sort();
            later.sort();
            assert_eq!(left, later);
        });
    }
}
