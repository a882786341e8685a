use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use anyhow::Context;
use serde::{Deserialize, Serialize};

/// One line of a corpus file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// What runs call the document or query.
    pub id: String,
    /// Its text.
    pub text: String,
}

/// The lines of a text file, read as they are asked for; a name ending `.gz` is unpacked.
///
/// # Errors
/// If the file can't be opened; each line carries its own reading error.
pub fn lines(path: &Path) -> anyhow::Result<impl Iterator<Item = anyhow::Result<String>>> {
    let file = File::open(path).with_context(|| format!("opening {}", path.display()))?;
    let reader: Box<dyn Read + Send> = match path.extension() {
        Some(extension) if extension == "gz" => Box::new(flate2::read::MultiGzDecoder::new(file)),
        _ => Box::new(file),
    };
    let path = path.to_owned();
    let lines = BufReader::with_capacity(1 << 20, reader).lines();
    Ok(lines.map(move |line| line.with_context(|| format!("reading {}", path.display()))))
}

/// The records of a JSON-lines file of `{id, text}`, plain or `.gz`.
///
/// # Errors
/// If the file can't be opened; each record carries its own reading error.
pub fn records(path: &Path) -> anyhow::Result<impl Iterator<Item = anyhow::Result<Record>>> {
    let name = path.display().to_string();
    Ok(lines(path)?.enumerate().map(move |(number, line)| {
        serde_json::from_str(&line?).with_context(|| format!("{name}, line {}: not {{id, text}}", number + 1))
    }))
}
