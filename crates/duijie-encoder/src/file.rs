//! Reading a file whole, and writing one that is either whole or not there.

use crate::{EncoderError, Result};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::sync::Arc;

pub(crate) fn read(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).map_err(|source| read_error(path, source))
}

pub(crate) fn read_error(path: &Path, source: io::Error) -> EncoderError {
    EncoderError::Read { path: path.to_owned(), source: Arc::new(source) }
}

/// Lets `write` fill a file beside `path` and renames it to `path`; on an error nothing is left
/// behind and what stood at `path` stays.
pub(crate) fn write_atomically(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<&mut File>) -> io::Result<()>,
) -> Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let written = aside(folder).and_then(|mut file| {
        let mut writer = BufWriter::new(file.as_file_mut());
        write(&mut writer)?;
        writer.flush()?;
        drop(writer);
        file.as_file().sync_all()?;
        file.persist(path).map_err(|error| error.error)?;
        Ok(())
    });
    written.map_err(|source| EncoderError::Write { path: path.to_owned(), source: Arc::new(source) })
}

#[cfg(unix)]
fn aside(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    use std::os::unix::fs::PermissionsExt;
    // As any new file: what the umask leaves of read and write for all.
    let permissions = std::fs::Permissions::from_mode(0o666);
    tempfile::Builder::new().prefix(".duijie-").suffix(".part").permissions(permissions).tempfile_in(folder)
}

#[cfg(not(unix))]
fn aside(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    tempfile::Builder::new().prefix(".duijie-").suffix(".part").tempfile_in(folder)
}
