//! What a file is, told by its content and only then by its name.

use super::guarded;
use crate::{Result, TableError};
use std::io::{Cursor, Read};
use std::path::Path;

/// A format that is read here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileKind {
    Xlsx,
    Xls,
    Ods,
    Docx,
    Html,
    Jsonl,
    Delimited,
}

impl FileKind {
    /// The kind of `bytes`, whatever the name says: exports named .xls are often HTML or csv.
    pub(crate) fn of(path: &Path, bytes: &[u8]) -> Result<Self> {
        let path = || path.to_owned();
        if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
            return guarded(&path(), || packed(&path(), bytes));
        }
        if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
            return guarded(&path(), || compound(&path(), bytes));
        }
        if bytes.starts_with(b"%PDF") {
            return Err(TableError::Pdf { path: path() });
        }
        if bytes.starts_with(b"\x89PNG") || bytes.starts_with(&[0xFF, 0xD8, 0xFF]) || bytes.starts_with(b"GIF8") {
            return Err(TableError::Picture { path: path() });
        }
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_lowercase();
        let head = head.trim_start_matches('\u{feff}').trim_start();
        if head.starts_with('<') && (head.contains("<html") || head.contains("<table") || head.contains("<!doctype")) {
            return Ok(Self::Html);
        }
        if head.starts_with('{') {
            return Ok(Self::Jsonl);
        }
        let named = path().extension().map_or(String::new(), |name| name.to_string_lossy().to_lowercase());
        // UTF-16, which spreadsheet programs write as "Unicode text", has NUL bytes and a mark.
        let marked = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
        if head.starts_with('<') || (bytes[..bytes.len().min(4096)].contains(&0) && !marked) {
            return Err(TableError::UnknownKind { path: path() });
        }
        match named.as_str() {
            "jsonl" | "ndjson" => Ok(Self::Jsonl),
            "csv" | "tsv" | "txt" | "xls" | "xlsx" | "" => Ok(Self::Delimited),
            _ => Err(TableError::UnknownKind { path: path() }),
        }
    }
}

fn packed(path: &Path, bytes: &[u8]) -> Result<FileKind> {
    let damaged = |problem: String| TableError::Damaged { path: path.to_owned(), problem };
    let archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(error.to_string()))?;
    let has = |name: &str| archive.index_for_name(name).is_some();
    if has("xl/workbook.xml") {
        Ok(FileKind::Xlsx)
    } else if has("word/document.xml") {
        Ok(FileKind::Docx)
    } else if has("content.xml") {
        Ok(FileKind::Ods)
    } else {
        Err(TableError::UnknownKind { path: path.to_owned() })
    }
}

fn compound(path: &Path, bytes: &[u8]) -> Result<FileKind> {
    let damaged = |problem: String| TableError::Damaged { path: path.to_owned(), problem };
    let file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|error| damaged(error.to_string()))?;
    if file.is_stream("/EncryptedPackage") {
        Err(TableError::Password { path: path.to_owned() })
    } else if file.is_stream("/Workbook") || file.is_stream("/Book") {
        Ok(FileKind::Xls)
    } else if file.is_stream("/WordDocument") {
        Err(TableError::LegacyWord { path: path.to_owned() })
    } else {
        Err(TableError::UnknownKind { path: path.to_owned() })
    }
}

/// Unpacks one part of a zip within `limit` bytes; `None` if it is not there.
pub(crate) fn unpack(path: &Path, bytes: &[u8], name: &str, limit: u64) -> Result<Option<Vec<u8>>> {
    let damaged = |problem: String| TableError::Damaged { path: path.to_owned(), problem };
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(error.to_string()))?;
    let Some(index) = archive.index_for_name(name) else { return Ok(None) };
    let part = match archive.by_index(index) {
        Ok(part) => part,
        Err(zip::result::ZipError::UnsupportedArchive(zip::result::ZipError::PASSWORD_REQUIRED)) => {
            return Err(TableError::Password { path: path.to_owned() });
        }
        Err(error) => return Err(damaged(error.to_string())),
    };
    let mut content = Vec::new();
    part.take(limit + 1).read_to_end(&mut content).map_err(|error| damaged(error.to_string()))?;
    if content.len() as u64 > limit {
        return Err(TableError::TooLarge { path: path.to_owned(), of: "bytes unpacked", limit });
    }
    Ok(Some(content))
}
