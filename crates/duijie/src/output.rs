//! Writing files that are either whole or not there.

use crate::{Error, Result};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A file that appears under its name only once it is complete.
///
/// It is written beside its place and renamed by [`AtomicFile::commit`]; dropped without a commit
/// (an error, an interruption) it leaves nothing behind, and what stood at the place before stays.
#[derive(Debug)]
pub struct AtomicFile {
    path: PathBuf,
    /// `None` once committed.
    temporary: Option<(PathBuf, BufWriter<File>)>,
}

impl AtomicFile {
    /// Begins a file that will stand at `path`.
    ///
    /// # Errors
    ///
    /// [`Error::Write`] if the folder cannot be written.
    pub fn create(path: &Path) -> Result<Self> {
        let name = path.file_name().map_or_else(|| "out".into(), |name| name.to_string_lossy());
        let beside = path.with_file_name(format!(".{name}.{}.part", std::process::id()));
        let file = File::create(&beside).map_err(|source| write_error(path, source))?;
        Ok(Self { path: path.to_owned(), temporary: Some((beside, BufWriter::with_capacity(1 << 16, file))) })
    }

    /// Makes the file appear under its name.
    ///
    /// # Errors
    ///
    /// [`Error::Write`]; nothing is left behind then.
    pub fn commit(mut self) -> Result<()> {
        let Some((beside, mut writer)) = self.temporary.take() else { return Ok(()) };
        let written = writer.flush().and_then(|()| writer.get_ref().sync_all());
        drop(writer);
        written.and_then(|()| std::fs::rename(&beside, &self.path)).map_err(|source| {
            let _ = std::fs::remove_file(&beside);
            write_error(&self.path, source)
        })
    }
}

fn write_error(path: &Path, source: io::Error) -> Error {
    Error::Write { path: path.to_owned(), source: Arc::new(source) }
}

impl Write for AtomicFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.temporary {
            Some((_, writer)) => writer.write(bytes),
            None => Ok(bytes.len()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.temporary.as_mut().map_or(Ok(()), |(_, writer)| writer.flush())
    }
}

impl Drop for AtomicFile {
    fn drop(&mut self) {
        if let Some((beside, writer)) = self.temporary.take() {
            drop(writer);
            let _ = std::fs::remove_file(beside);
        }
    }
}
