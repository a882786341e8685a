//! Result tables as Markdown.

use std::fmt::Write;

use crate::error::TableError;

/// What stands in one cell of a [`Table`].
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Words; `|` is escaped and line breaks become spaces.
    Text(String),
    /// A number shown with the table's decimal places; blank if not finite.
    Value(f64),
    /// A whole number.
    Count(usize),
    /// Nothing.
    Blank,
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<f64> for Cell {
    fn from(value: f64) -> Self {
        Self::Value(value)
    }
}

impl From<usize> for Cell {
    fn from(count: usize) -> Self {
        Self::Count(count)
    }
}

/// Results in rows and columns, rendered to Markdown.
///
/// Equal contents give equal text on every machine, without padding, so that
/// a committed table changes only in the rows whose numbers changed.
///
/// ```
/// use duijie_eval::{Cell, Table};
///
/// let mut table = Table::new(["run", "nDCG@10", "demands"], 3);
/// table.push([Cell::from("bm25"), Cell::from(0.57849), Cell::from(165)])?;
/// assert_eq!(
///     table.to_markdown(),
///     "| run | nDCG@10 | demands |\n|:--|--:|--:|\n| bm25 | 0.578 | 165 |\n",
/// );
/// # Ok::<(), duijie_eval::TableError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    headers: Vec<String>,
    rows: Vec<Vec<Cell>>,
    decimals: usize,
}

impl Table {
    /// A table without rows. The first column is aligned left, the others
    /// right; values are rounded to `decimals` places.
    pub fn new<H: Into<String>>(headers: impl IntoIterator<Item = H>, decimals: usize) -> Self {
        Self { headers: headers.into_iter().map(Into::into).collect(), rows: Vec::new(), decimals }
    }

    /// Adds a row.
    ///
    /// # Errors
    ///
    /// If it has not one cell per header.
    pub fn push(&mut self, cells: impl IntoIterator<Item = Cell>) -> Result<(), TableError> {
        let cells: Vec<Cell> = cells.into_iter().collect();
        if cells.len() != self.headers.len() {
            return Err(TableError::CellCount {
                row: self.rows.len() + 1,
                expected: self.headers.len(),
                found: cells.len(),
            });
        }
        self.rows.push(cells);
        Ok(())
    }

    /// Adds a row that was built from the headers and so has their number.
    pub(crate) fn push_fitting(&mut self, cells: impl IntoIterator<Item = Cell>) {
        let pushed = self.push(cells);
        debug_assert_eq!(pushed, Ok(()));
    }

    /// The table as Markdown, with a line break at the end.
    pub fn to_markdown(&self) -> String {
        let mut markdown = String::new();
        push_row(&mut markdown, self.headers.iter().map(|header| escape(header)));
        let alignments = (0..self.headers.len()).map(|column| if column == 0 { ":--" } else { "--:" });
        for alignment in alignments {
            markdown.push('|');
            markdown.push_str(alignment);
        }
        markdown.push_str("|\n");
        for row in &self.rows {
            push_row(&mut markdown, row.iter().map(|cell| self.render(cell)));
        }
        markdown
    }

    fn render(&self, cell: &Cell) -> String {
        match cell {
            Cell::Text(text) => escape(text),
            Cell::Value(value) if value.is_finite() => fixed(*value, self.decimals),
            Cell::Count(count) => count.to_string(),
            Cell::Value(_) | Cell::Blank => String::new(),
        }
    }
}

fn push_row(markdown: &mut String, cells: impl Iterator<Item = String>) {
    for cell in cells {
        // Writing to a `String` cannot fail.
        let _ = write!(markdown, "| {cell} ");
    }
    markdown.push_str("|\n");
}

fn escape(text: &str) -> String {
    text.replace('|', "\\|").replace(['\r', '\n'], " ")
}

/// The rounded number; what rounds to nothing has no sign.
fn fixed(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    match text.strip_prefix('-') {
        Some(digits) if digits.bytes().all(|byte| matches!(byte, b'0' | b'.')) => digits.to_owned(),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::{Cell, Table};
    use crate::error::TableError;

    #[test]
    fn what_rounds_to_nothing_has_no_sign_and_what_is_no_number_is_blank() {
        let mut table = Table::new(["", "a", "b", "c"], 2);
        let values = [-0.004, -0.006, f64::NAN].map(Cell::Value);
        table.push([Cell::from("two\nlines")].into_iter().chain(values)).unwrap();
        let expected = "|  | a | b | c |\n|:--|--:|--:|--:|\n| two lines | 0.00 | -0.01 |  |\n";
        assert_eq!(table.to_markdown(), expected);
    }

    #[test]
    fn a_row_that_does_not_fit_is_refused() {
        let mut table = Table::new(["run", "value"], 2);
        let refused = table.push([Cell::Blank]);
        assert_eq!(refused, Err(TableError::CellCount { row: 1, expected: 2, found: 1 }));
    }
}
