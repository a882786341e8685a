//! The TREC qrels format: `demand 0 document grade`, one judgment a line.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;

use crate::error::TrecError;
use crate::qrels::Qrels;
use crate::trec_line::{for_each_line, read_error, write_error};

const FORM: &str = "demand 0 document grade";

impl Qrels {
    /// Reads a TREC qrels file.
    ///
    /// Fields are separated by ASCII white space, the second is ignored, and
    /// blank lines are skipped.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, or at the first line that has other than
    /// four fields, a grade that is not an integer, or a pair judged before.
    pub fn from_path(path: impl AsRef<Path>) -> Result<Self, TrecError> {
        let path = path.as_ref();
        let file = File::open(path).map_err(|error| read_error(path, error))?;
        Self::from_reader(BufReader::new(file), path)
    }

    /// Reads TREC qrels from any reader; errors call it `path`.
    ///
    /// # Errors
    ///
    /// As [`Qrels::from_path`].
    pub fn from_reader(reader: impl BufRead, path: impl AsRef<Path>) -> Result<Self, TrecError> {
        let mut qrels = Self::new();
        for_each_line(reader, path.as_ref(), |line| {
            let [demand, _, document, grade] = line.fields(FORM)?;
            let grade = line.number("grade", "an integer", grade)?;
            let inserted = qrels.insert(demand, document, grade);
            inserted.map_err(|problem| line.judgment_error(problem))
        })?;
        Ok(qrels)
    }

    /// Writes TREC qrels, by demand, then document.
    ///
    /// # Errors
    ///
    /// If the writer fails.
    pub fn write_trec(&self, mut writer: impl Write) -> Result<(), TrecError> {
        for (demand, document, grade) in self.iter() {
            writeln!(writer, "{demand} 0 {document} {grade}").map_err(write_error)?;
        }
        writer.flush().map_err(write_error)
    }
}
