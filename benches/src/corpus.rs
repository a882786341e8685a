use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use anyhow::{Context, ensure};
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
    let lines = BufReader::with_capacity(1 << 20, reader).lines().enumerate();
    Ok(lines.map(move |(at, line)| line.with_context(|| format!("{}, line {}: can't be read", path.display(), at + 1))))
}

/// The records of a JSON-lines file of `{id, text}`, plain or `.gz`; blank lines are passed over.
///
/// # Errors
/// If the file can't be opened; each record carries its own reading error, with the number of its line.
pub fn records(path: &Path) -> anyhow::Result<impl Iterator<Item = anyhow::Result<Record>>> {
    Ok(numbered(path)?.map(|record| record.map(|(_, record)| record)))
}

/// [`records`] whose ids can stand in a TREC run: not empty, without white space, no two the same.
///
/// # Errors
/// As [`records`], and for an id that can't, with the number of its line.
pub fn identified_records(path: &Path) -> anyhow::Result<impl Iterator<Item = anyhow::Result<Record>>> {
    let name = path.display().to_string();
    let mut seen: HashMap<String, usize> = HashMap::new();
    Ok(numbered(path)?.map(move |record| {
        let (line, record) = record?;
        let id = &record.id;
        ensure!(!id.is_empty(), "{name}, line {line}: the id is empty; a run names its documents by their ids");
        ensure!(
            !id.contains(char::is_whitespace),
            "{name}, line {line}: the id {id:?} has white space, which splits the columns of a run"
        );
        match seen.insert(id.clone(), line) {
            Some(first) => anyhow::bail!("{name}, line {line}: the id {id:?} stands on line {first} already"),
            None => Ok(record),
        }
    }))
}

/// Records with the numbers of their lines, from 1.
fn numbered(path: &Path) -> anyhow::Result<impl Iterator<Item = anyhow::Result<(usize, Record)>>> {
    let name = path.display().to_string();
    let lines = lines(path)?.zip(1..).filter(|(line, _)| line.as_ref().map_or(true, |line| !line.trim().is_empty()));
    Ok(lines.map(move |(line, number)| {
        let record = serde_json::from_str(&line?);
        Ok((number, record.with_context(|| format!("{name}, line {number}: not {{id, text}}"))?))
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What reading a file of `text` gives: ids, and the first error.
    fn ids(text: &[u8]) -> (Vec<String>, Option<String>) {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        let mut ids = Vec::new();
        for record in identified_records(file.path()).unwrap() {
            match record {
                Ok(record) => ids.push(record.id),
                Err(error) => {
                    assert!(error.to_string().contains(&file.path().display().to_string()), "{error}");
                    return (ids, Some(error.to_string()));
                }
            }
        }
        (ids, None)
    }

    const GOOD: &str = r#"{"id": "a", "text": "x"}"#;

    #[test]
    fn blank_lines_are_passed_over_but_counted() {
        let other = GOOD.replace('a', "b");
        assert_eq!(ids(format!("\n{GOOD}\n  \n{other}\n\n").as_bytes()), (vec!["a".into(), "b".into()], None));
        let (read, error) = ids(format!("{GOOD}\n\n{{}}\n").as_bytes());
        assert_eq!(read, ["a"]);
        assert!(error.unwrap().contains("line 3: not {id, text}"));
    }

    #[test]
    fn ids_that_a_run_cannot_hold_are_refused_with_their_line() {
        for (id, what) in
            [("", "is empty"), ("a b", "white space"), ("a\u{3000}b", "white space"), ("a", "line 1 already")]
        {
            let (read, error) = ids(format!("{GOOD}\n{{\"id\": \"{id}\", \"text\": \"\"}}\n").as_bytes());
            let error = error.unwrap();
            assert_eq!(read, ["a"]);
            assert!(error.contains("line 2") && error.contains(what), "{error}");
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_named_by_their_line() {
        let (_, error) = ids(&[GOOD.as_bytes(), b"\n\xff\n"].concat());
        assert!(error.unwrap().contains("line 2"));
    }
}
