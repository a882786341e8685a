//! Lines of a TREC file that know where they stand.

use std::io::BufRead;
use std::path::Path;
use std::sync::Arc;

use crate::error::{JudgmentError, RankingError, TrecError};

/// One line with its place, for errors that name it.
pub(crate) struct TrecLine<'a> {
    path: &'a Path,
    number: usize,
    text: &'a str,
}

/// Calls `take` with every line that is not blank.
///
/// A byte order mark before the first line is dropped: it would become part
/// of the first demand's id.
pub(crate) fn for_each_line(
    mut reader: impl BufRead,
    path: &Path,
    mut take: impl FnMut(TrecLine<'_>) -> Result<(), TrecError>,
) -> Result<(), TrecError> {
    let mut bytes = Vec::new();
    for number in 1.. {
        bytes.clear();
        let read = reader.read_until(b'\n', &mut bytes);
        if read.map_err(|error| read_error(path, error))? == 0 {
            break;
        }
        let text =
            std::str::from_utf8(&bytes).map_err(|_| TrecError::NotUtf8 { path: path.to_owned(), line: number })?;
        let text = if number == 1 { text.trim_start_matches('\u{feff}') } else { text };
        if !text.trim_ascii().is_empty() {
            take(TrecLine { path, number, text })?;
        }
    }
    Ok(())
}

pub(crate) fn read_error(path: &Path, error: std::io::Error) -> TrecError {
    TrecError::Read { path: path.to_owned(), source: Arc::new(error) }
}

pub(crate) fn write_error(error: std::io::Error) -> TrecError {
    TrecError::Write { source: Arc::new(error) }
}

/// Whether every TREC reader sees `id` as one field.
///
/// Wider than the ASCII white space that separates fields here, because other
/// readers also split at, say, the ideographic space.
pub(crate) fn is_id(id: &str) -> bool {
    let splits = |c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}';
    !id.is_empty() && !id.contains(splits)
}

impl<'a> TrecLine<'a> {
    /// The line's `N` fields, which `form` names.
    pub(crate) fn fields<const N: usize>(&self, form: &'static str) -> Result<[&'a str; N], TrecError> {
        let fields: Vec<&str> = self.text.split_ascii_whitespace().collect();
        let found = fields.len();
        fields.try_into().map_err(|_| TrecError::FieldCount {
            path: self.path.to_owned(),
            line: self.number,
            form,
            found,
        })
    }

    /// `text` as a number; `expected` says which sort.
    pub(crate) fn number<T: std::str::FromStr>(
        &self,
        field: &'static str,
        expected: &'static str,
        text: &str,
    ) -> Result<T, TrecError> {
        text.parse().map_err(|_| TrecError::NotANumber {
            path: self.path.to_owned(),
            line: self.number,
            field,
            expected,
            text: text.to_owned(),
        })
    }

    pub(crate) fn judgment_error(&self, problem: JudgmentError) -> TrecError {
        TrecError::Judgment { path: self.path.to_owned(), line: self.number, problem }
    }

    pub(crate) fn ranking_error(&self, problem: RankingError) -> TrecError {
        TrecError::Ranking { path: self.path.to_owned(), line: self.number, problem }
    }
}
