//! What every format is read into: sheets of text cells that know their place.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

/// A table as it stands in a file: a worksheet, a Word table, a csv.
///
/// Rows and the cells of a row are in order and hold no blanks. A merged cell stands in every
/// place it covers; all but the first of them name the first as their `anchor`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sheet {
    /// Its name: that of the worksheet, or 表格1 for the first table of a document.
    pub(crate) name: String,
    /// Paragraphs that stand above it in a document.
    pub(crate) preamble: Vec<String>,
    /// The rows that hold something.
    pub(crate) rows: Vec<Row>,
    /// The cell that it stands in, of a table in a table.
    pub(crate) within: Option<Within>,
}

/// A cell of another sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Within {
    /// Name of the sheet.
    pub(crate) sheet: String,
    pub(crate) row: u32,
    pub(crate) column: u32,
}

/// A row that holds something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Row {
    /// Its number as the file's program shows it, from 1.
    pub(crate) number: u32,
    /// Whether its sender had hidden it.
    pub(crate) visibility: Visibility,
    /// Its cells, by column.
    pub(crate) cells: Vec<Cell>,
}

/// A cell that holds something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cell {
    /// Its column, from 0.
    pub(crate) column: u32,
    /// Its text; numbers as they are written, dates as `2023-05-01`.
    pub(crate) text: String,
    /// Row number and column of the merged cell that it is part of, unless it is the first part.
    pub(crate) anchor: Option<(u32, u32)>,
    /// Whether its sender had hidden its column.
    pub(crate) visibility: Visibility,
}

/// Whether a row or column is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Visibility {
    /// It is.
    #[default]
    Shown,
    /// Hidden by its sender, or filtered out.
    Hidden,
}

impl Row {
    /// The text in a column.
    pub(crate) fn text(&self, column: u32) -> Option<&str> {
        self.cell(column).map(|cell| cell.text.as_str())
    }

    /// The cell in a column.
    pub(crate) fn cell(&self, column: u32) -> Option<&Cell> {
        self.cells.binary_search_by_key(&column, |cell| cell.column).ok().map(|at| &self.cells[at])
    }

    /// The cells that are no continuation of a merged cell.
    pub(crate) fn anchors(&self) -> impl Iterator<Item = &Cell> {
        self.cells.iter().filter(|cell| cell.anchor.is_none())
    }

    /// Its text if the whole row says one thing: a single cell, or one merged over the row.
    pub(crate) fn single_text(&self) -> Option<&str> {
        let first = self.cells.first()?;
        let same = |cell: &Cell| cell.anchor.is_some() && cell.text == first.text;
        self.cells[1..].iter().all(same).then_some(first.text.as_str())
    }
}

/// Where something came from: file, sheet, and row or cell.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Origin {
    /// The file.
    pub file: Arc<PathBuf>,
    /// The sheet; empty for a file that has none.
    pub sheet: Arc<str>,
    /// Row, from 1; 0 stands for the whole sheet.
    pub row: u32,
    /// Column, from 0, where a cell is meant.
    pub column: Option<u32>,
}

impl Origin {
    /// The cell of this row in `column`.
    pub fn at(&self, column: u32) -> Self {
        Self { column: Some(column), ..self.clone() }
    }

    /// The place in the sheet as a spreadsheet shows it: `B12`, `第12行`, or `B列`.
    pub fn cell_name(&self) -> String {
        match self.column {
            Some(column) if self.row == 0 => format!("{}列", column_letters(column)),
            Some(column) => format!("{}{}", column_letters(column), self.row),
            None if self.row == 0 => String::new(),
            None => format!("第{}行", self.row),
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file.display())?;
        if !self.sheet.is_empty() {
            write!(f, "〔{}〕", self.sheet)?;
        }
        write!(f, "{}", self.cell_name())
    }
}

/// `A`, `B`, … `Z`, `AA` for columns from 0.
pub(crate) fn column_letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.push(b'A' + ((rest - 1) % 26) as u8);
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().map(|&letter| char::from(letter)).collect()
}
