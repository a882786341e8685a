//! A disk that fills up while an index is written.

use super::IndexBuilder;
use crate::concepts::Lexicon;
use crate::records::Achievement;
use crate::{Catalogue, Error, Matcher, Result};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, Directory, DirectoryLock, FileHandle, Lock, MmapDirectory, TerminatingWrite, WatchCallback,
    WatchHandle, WritePtr,
};

/// A folder on a disk with so many bytes left.
#[derive(Clone, Debug)]
struct SmallDisk {
    folder: MmapDirectory,
    left: Arc<AtomicUsize>,
}

impl SmallDisk {
    fn take(left: &AtomicUsize, bytes: usize) -> io::Result<()> {
        let taken = left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(bytes));
        taken.map(|_| ()).map_err(|_| ErrorKind::StorageFull.into())
    }
}

struct SmallFile {
    file: WritePtr,
    left: Arc<AtomicUsize>,
}

impl Write for SmallFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        SmallDisk::take(&self.left, bytes.len())?;
        self.file.write_all(bytes)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl TerminatingWrite for SmallFile {
    fn terminate_ref(&mut self, token: AntiCallToken) -> io::Result<()> {
        self.file.terminate_ref(token)
    }
}

impl Directory for SmallDisk {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.folder.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.folder.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.folder.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let file = SmallFile { file: self.folder.open_write(path)?, left: self.left.clone() };
        Ok(BufWriter::new(Box::new(file)))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.folder.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        Self::take(&self.left, bytes.len())?;
        self.folder.atomic_write(path, bytes)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.folder.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.folder.acquire_lock(lock)
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.folder.watch(callback)
    }
}

fn achievement(at: usize) -> Achievement {
    Achievement { id: format!("A{at}"), title: format!("焊接裂纹的消除方法{at}"), ..Achievement::default() }
}

fn rebuild(folder: &Path, bytes_left: usize) -> Result<()> {
    let disk = SmallDisk { folder: MmapDirectory::open(folder).unwrap(), left: Arc::new(bytes_left.into()) };
    let mut builder = IndexBuilder::create(folder.to_owned(), disk, Catalogue::default(), Lexicon::standard())?;
    for at in 0..200 {
        builder.add(achievement(at))?;
    }
    builder.commit()
}

#[test]
fn a_full_disk_is_an_error_and_the_earlier_commit_stays() {
    let folder = tempfile::tempdir().unwrap();
    let mut builder = IndexBuilder::create_in_dir(folder.path(), Catalogue::default()).unwrap();
    builder.add(achievement(0)).unwrap();
    builder.commit().unwrap();
    drop(builder);
    let mut failures = 0;
    let mut room = 1;
    while let Err(error) = rebuild(folder.path(), room) {
        assert!(matches!(error, Error::IndexWrite { .. }), "with {room} bytes left: {error}");
        assert_eq!(Matcher::open(folder.path()).unwrap().len(), 1, "with {room} bytes left");
        failures += 1;
        room *= 2;
    }
    assert!(failures > 8, "it took only {room} bytes");
    assert_eq!(Matcher::open(folder.path()).unwrap().len(), 200);
}
