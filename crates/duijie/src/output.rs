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
/// A link is followed. What is no file (a pipe, a device) is written to as it is.
#[derive(Debug)]
pub struct AtomicFile {
    path: PathBuf,
    /// `None` once committed.
    open: Option<Open>,
}

#[derive(Debug)]
struct Open {
    writer: BufWriter<File>,
    /// Where it is written; `None` if straight to its place.
    beside: Option<PathBuf>,
}

impl AtomicFile {
    /// Begins a file that will stand at `path`.
    ///
    /// # Errors
    ///
    /// [`Error::Write`] if the folder cannot be written.
    pub fn create(path: &Path) -> Result<Self> {
        let at = |source| write_error(path, source);
        let straight = std::fs::metadata(path).is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir());
        let (file, beside, path) = if straight {
            (File::options().write(true).open(path).map_err(at)?, None, path.to_owned())
        } else {
            let path = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
            let name = path.file_name().map_or_else(|| "out".into(), |name| name.to_string_lossy());
            let beside = path.with_file_name(format!(".{name}.{}.part", std::process::id()));
            (File::create(&beside).map_err(at)?, Some(beside), path)
        };
        Ok(Self { path, open: Some(Open { writer: BufWriter::with_capacity(1 << 16, file), beside }) })
    }

    /// Makes the file appear under its name.
    ///
    /// # Errors
    ///
    /// [`Error::Write`]; nothing is left behind then.
    pub fn commit(mut self) -> Result<()> {
        let Some(Open { mut writer, beside }) = self.open.take() else { return Ok(()) };
        let written = match &beside {
            Some(_) => writer.flush().and_then(|()| writer.get_ref().sync_all()),
            None => writer.flush(),
        };
        drop(writer);
        let Some(beside) = beside else { return written.map_err(|source| write_error(&self.path, source)) };
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
        match &mut self.open {
            Some(open) => open.writer.write(bytes),
            None => Ok(bytes.len()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.open.as_mut().map_or(Ok(()), |open| open.writer.flush())
    }
}

impl Drop for AtomicFile {
    fn drop(&mut self) {
        if let Some(Open { writer, beside: Some(beside) }) = self.open.take() {
            drop(writer);
            let _ = std::fs::remove_file(beside);
        }
    }
}
