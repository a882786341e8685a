use super::{Duplicate, Guess, Problem};
use crate::sheet::Origin;
use crate::write::put;
use crate::{Result, TableError};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Records read from tables, and the account of how.
///
/// `records` and `origins` go together. Of every file, sheet and total:
/// items read = imported + rejected + merged.
#[derive(Clone, Debug)]
pub struct Import<T> {
    /// 技术需求 or 科技成果.
    pub(crate) what: &'static str,
    /// The records, in the order of files and rows.
    pub records: Vec<T>,
    /// Where each of them stands.
    pub origins: Vec<Origin>,
    /// Every file, read or not.
    pub files: Vec<FileReading>,
    /// Readings that the tables do not state outright.
    pub guesses: Vec<Guess>,
    /// What could not be taken as it stands.
    pub problems: Vec<Problem>,
    /// Records that may be the same, for an official to decide; all are among `records`.
    pub duplicates: Vec<Duplicate>,
}

/// What was found in one file.
#[derive(Clone, Debug)]
pub struct FileReading {
    /// The file.
    pub path: Arc<PathBuf>,
    /// Why it could not be read, if it could not.
    pub error: Option<TableError>,
    /// What its reader should know about it, in Chinese.
    pub remarks: Vec<String>,
    /// Its sheets.
    pub sheets: Vec<SheetReading>,
}

/// What was found in one sheet.
#[derive(Clone, Debug, Default)]
pub struct SheetReading {
    /// Its name.
    pub name: String,
    /// 列表, 表单 or JSONL; `None` where there was no table.
    pub layout: Option<&'static str>,
    /// Rows that hold something.
    pub rows: usize,
    /// The items among them.
    pub counts: Counts,
    /// Rows that are no items, by what they are.
    pub other_rows: BTreeMap<&'static str, usize>,
    /// Its columns or labels.
    pub columns: Vec<ColumnReading>,
}

/// Items by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// All.
    pub read: usize,
    /// Became records.
    pub imported: usize,
    /// Did not; there is a problem for each.
    pub rejected: usize,
    /// Repeated another one of the file exactly.
    pub merged: usize,
}

/// What a column was taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnReading {
    /// Its letter, in a list.
    pub letters: String,
    /// Its header.
    pub header: String,
    /// What officials call the field; empty if it was not known.
    pub name: String,
    /// The field, 序号 or 身份证号; empty if it was not known.
    pub field: String,
    /// How that was found, in Chinese.
    pub how: &'static str,
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.read += other.read;
        self.imported += other.imported;
        self.rejected += other.rejected;
        self.merged += other.merged;
    }
}

impl FileReading {
    /// The items of all its sheets.
    pub fn counts(&self) -> Counts {
        self.sheets.iter().fold(Counts::default(), |mut sum, sheet| {
            sum += sheet.counts;
            sum
        })
    }
}

impl<T: Serialize> Import<T> {
    /// Writes the records as JSON Lines, each with the place it came from as `origin`: `file`, `sheet` and `row`.
    /// A record that was read with such a field keeps its own.
    ///
    /// # Errors
    ///
    /// [`duijie::Error::Write`]; a file that was there before is then as it was.
    pub fn write_jsonl(&self, path: &Path) -> Result<()> {
        let mut lines = Vec::new();
        for (record, origin) in self.records.iter().zip(&self.origins) {
            let Ok(Value::Object(mut fields)) = serde_json::to_value(record) else {
                unreachable!("a record is an object")
            };
            fields.entry("origin").or_insert_with(
                || json!({ "file": origin.file.display().to_string(), "sheet": *origin.sheet, "row": origin.row }),
            );
            lines.extend(Value::Object(fields).to_string().into_bytes());
            lines.push(b'\n');
        }
        put(path, &lines)
    }
}

impl<T> Import<T> {
    /// The items of all files.
    pub fn counts(&self) -> Counts {
        self.files.iter().fold(Counts::default(), |mut sum, file| {
            sum += file.counts();
            sum
        })
    }
}
