//! A folder that may not be written to.

use super::folder::IndexFolder;
use super::stop::Stop;
use super::{IndexBuilder, Snapshot};
use crate::concepts::Lexicon;
use crate::records::Achievement;
use crate::{Catalogue, Error, Matcher};
use std::io::{self, ErrorKind};
use std::path::Path;
use std::sync::Arc;
use tantivy::Index;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, MmapDirectory, WatchCallback, WatchHandle, WritePtr,
};

/// A folder as it is on a disk mounted for reading only; permissions alone do not hold root back.
#[derive(Clone, Debug)]
struct ReadOnly(MmapDirectory);

fn refused() -> Arc<io::Error> {
    Arc::new(ErrorKind::ReadOnlyFilesystem.into())
}

impl Directory for ReadOnly {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.0.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        Err(DeleteError::IoError { io_error: refused(), filepath: path.to_owned() })
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.0.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        Err(OpenWriteError::IoError { io_error: refused(), filepath: path.to_owned() })
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.0.atomic_read(path)
    }

    fn atomic_write(&self, _: &Path, _: &[u8]) -> io::Result<()> {
        Err(ErrorKind::ReadOnlyFilesystem.into())
    }

    fn sync_directory(&self) -> io::Result<()> {
        Ok(())
    }

    fn acquire_lock(&self, _: &Lock) -> Result<DirectoryLock, LockError> {
        Err(LockError::IoError(refused()))
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.0.watch(callback)
    }
}

fn written() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut builder = IndexBuilder::create_in_dir(folder.path(), Catalogue::default()).unwrap();
    builder.add(Achievement { id: "A1".into(), title: "低氢焊接工艺".into(), ..Achievement::default() }).unwrap();
    builder.commit().unwrap();
    folder
}

#[test]
fn an_index_that_may_only_be_read_is_opened_without_a_lock() {
    let folder = written();
    let read_only = || ReadOnly(MmapDirectory::open(folder.path()).unwrap());
    let lexicon = Lexicon::standard();
    let open = |index: &Index| Snapshot::open(index, folder.path(), &lexicon);
    let plain = Index::open(read_only()).unwrap();
    assert!(matches!(open(&plain), Err(Error::IndexDamaged { .. })), "tantivy alone wants to write a lock");
    let index = Index::open(IndexFolder::over(read_only(), &Stop::default())).unwrap();
    let snapshot = open(&index).unwrap();
    assert_eq!((snapshot.documents.len(), snapshot.impact.len()), (1, 1));
}

#[test]
fn an_index_that_may_only_be_read_is_not_added_to() {
    let folder = written();
    let directory = IndexFolder::over(ReadOnly(MmapDirectory::open(folder.path()).unwrap()), &Stop::default());
    let created = IndexBuilder::create(folder.path().to_owned(), directory, Catalogue::default(), Lexicon::standard());
    assert!(matches!(created.err(), Some(Error::IndexWrite { .. })));
}

#[cfg(unix)]
#[test]
fn permission_to_read_is_enough_to_match() {
    use std::os::unix::fs::PermissionsExt;
    let folder = written();
    let permit = |mode| std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(mode)).unwrap();
    permit(0o555);
    let opened = Matcher::open(folder.path()).map(|matcher| matcher.len());
    let files = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
    let impacts = files.filter(|name| name.to_string_lossy().starts_with("impact.")).count();
    let held_back = std::fs::File::create(folder.path().join("probe")).is_err();
    permit(0o755);
    assert_eq!(opened.unwrap(), 1);
    assert_eq!(impacts, usize::from(!held_back), "they are stored where that is allowed, as to root");
}
