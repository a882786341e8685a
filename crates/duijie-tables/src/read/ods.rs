//! Worksheets of .ods, read from its XML: calamine tells neither merged nor hidden cells of them.

use super::builder::{Merge, WorkbookBuilder, hide};
use super::xml::{Piece, attribute, number, pieces};
use super::{FaultKind, Limits, Remark, Workbook, packed};
use crate::sheet::{Row, Sheet};
use crate::{Result, TableError};
use quick_xml::events::BytesStart;
use rustc_hash::FxHashSet;
use std::io::{BufReader, Cursor};
use std::path::Path;

/// The most rows and columns that a spreadsheet program holds; repetitions beyond are cut.
const MAX: u32 = 1 << 20;

/// Repetitions of a row or cell that holds something; only blanks are repeated more often.
const MAX_FILLED_REPEAT: u32 = 1000;

#[derive(Default)]
struct OpenSheet {
    name: String,
    is_hidden: bool,
    rows: Vec<Row>,
    merges: Vec<Merge>,
    hidden_rows: FxHashSet<u32>,
    hidden_columns: FxHashSet<u32>,
    /// Rows and columns that lie behind.
    row: u32,
    column: u32,
    declared_columns: u32,
    row_repeat: u32,
    row_hidden: bool,
    row_cells: Vec<(u32, String)>,
    cell: Option<OpenCell>,
}

/// The styles of sheets that are not shown.
#[derive(Default)]
struct SheetStyles {
    /// The style whose properties come next.
    name: String,
    hidden: FxHashSet<String>,
}

impl SheetStyles {
    fn open(&mut self, element: &BytesStart<'_>) {
        match element.local_name().as_ref() {
            "style" => self.name = attribute(element, "name").unwrap_or_default(),
            "table-properties" if attribute(element, "display").as_deref() == Some("false") => {
                self.hidden.insert(std::mem::take(&mut self.name));
            }
            _ => {}
        }
    }
}

struct OpenCell {
    text: String,
    paragraphs: u32,
    in_paragraph: u32,
    in_note: u32,
    repeat: u32,
    is_error: bool,
    /// It is a formula without a value.
    has_no_result: bool,
}

pub(crate) fn read(path: &Path, bytes: &[u8], limits: &Limits) -> Result<Workbook> {
    let remarks = packed::inspect(path, bytes, limits, "", &[])?.remarks;
    let damaged =
        |error: zip::result::ZipError| TableError::Damaged { path: path.to_owned(), problem: error.to_string() };
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let content = archive.by_name("content.xml").map_err(damaged)?;
    let mut builder = WorkbookBuilder::new(path, limits);
    builder.workbook.remarks = remarks;
    let mut open: Option<OpenSheet> = None;
    let mut styles = SheetStyles::default();
    pieces(path, BufReader::new(content), |piece| match piece {
        Piece::Open(element) => {
            if element.local_name().as_ref() == "table" && open.is_none() {
                let name = attribute(element, "name").unwrap_or_default();
                let is_hidden = attribute(element, "style-name").is_some_and(|style| styles.hidden.contains(&style));
                open = Some(OpenSheet { name, is_hidden, ..OpenSheet::default() });
            } else if let Some(sheet) = &mut open {
                sheet.open(element);
            } else {
                styles.open(element);
            }
            Ok(())
        }
        Piece::Text(text) => {
            if let Some(cell) = open.as_mut().and_then(|sheet| sheet.cell.as_mut())
                && cell.in_paragraph > 0
                && cell.in_note == 0
                && cell.text.len() <= limits.cell_chars * 4
            {
                cell.text.push_str(text);
            }
            Ok(())
        }
        Piece::Close("table") => match open.take() {
            Some(mut sheet) => {
                hide(
                    &mut sheet.rows,
                    |row| sheet.is_hidden || sheet.hidden_rows.contains(&row),
                    |column| sheet.hidden_columns.contains(&column),
                );
                let merges = std::mem::take(&mut sheet.merges);
                builder.finish(Sheet { name: sheet.name, rows: sheet.rows, ..Sheet::default() }, &merges)
            }
            None => Ok(()),
        },
        Piece::Close(name) => match &mut open {
            Some(sheet) => sheet.close(name, &mut builder),
            None => Ok(()),
        },
    })?;
    Ok(builder.workbook())
}

fn cut_repeats(builder: &mut WorkbookBuilder<'_>) {
    if !builder.workbook.remarks.contains(&Remark::CutRepeats) {
        builder.workbook.remarks.push(Remark::CutRepeats);
    }
}

fn is_hidden(element: &BytesStart<'_>) -> bool {
    matches!(attribute(element, "visibility").as_deref(), Some("collapse" | "filter"))
}

impl OpenSheet {
    fn open(&mut self, element: &BytesStart<'_>) {
        match element.local_name().as_ref() {
            "table-column" => {
                let repeat = number(element, "number-columns-repeated", MAX).unwrap_or(1);
                // Beyond what sheets hold, hidden columns are the blank rest of the sheet.
                if is_hidden(element) && repeat <= MAX_FILLED_REPEAT {
                    self.hidden_columns.extend(self.declared_columns..self.declared_columns + repeat);
                }
                self.declared_columns = self.declared_columns.saturating_add(repeat);
            }
            "table-row" => {
                self.row_repeat = number(element, "number-rows-repeated", MAX).unwrap_or(1);
                self.row_hidden = is_hidden(element);
                self.column = 0;
                self.row_cells.clear();
            }
            "table-cell" | "covered-table-cell" => {
                let repeat = number(element, "number-columns-repeated", MAX).unwrap_or(1);
                let columns = number(element, "number-columns-spanned", MAX).unwrap_or(1).max(1);
                let rows = number(element, "number-rows-spanned", MAX).unwrap_or(1).max(1);
                if rows > 1 || columns > 1 {
                    let (top, left) = (self.row.saturating_add(1), self.column);
                    self.merges.push(Merge {
                        rows: (top, top.saturating_add(rows - 1)),
                        columns: (left, left.saturating_add(columns - 1)),
                    });
                }
                let is_error = attribute(element, "value-type").as_deref() == Some("error");
                self.cell = Some(OpenCell {
                    text: String::new(),
                    paragraphs: 0,
                    in_paragraph: 0,
                    in_note: 0,
                    repeat,
                    is_error,
                    has_no_result: attribute(element, "formula").is_some()
                        && attribute(element, "value-type").is_none(),
                });
            }
            name => {
                let Some(cell) = &mut self.cell else { return };
                match name {
                    "annotation" => cell.in_note += 1,
                    "p" if cell.in_note == 0 => {
                        if cell.paragraphs > 0 {
                            cell.text.push('\n');
                        }
                        cell.paragraphs += 1;
                        cell.in_paragraph += 1;
                    }
                    "line-break" => cell.text.push('\n'),
                    "s" | "tab" => cell.text.push(' '),
                    _ => {}
                }
            }
        }
    }

    fn close(&mut self, name: &str, builder: &mut WorkbookBuilder<'_>) -> Result<()> {
        match name {
            "annotation" => {
                if let Some(cell) = &mut self.cell {
                    cell.in_note = cell.in_note.saturating_sub(1);
                }
            }
            "p" => {
                if let Some(cell) = &mut self.cell {
                    cell.in_paragraph = cell.in_paragraph.saturating_sub(1);
                }
            }
            "table-cell" | "covered-table-cell" => {
                let Some(cell) = self.cell.take() else { return Ok(()) };
                let text = cell.text.trim();
                let number = self.row.saturating_add(1);
                if cell.is_error {
                    builder.fault(number, self.column, FaultKind::ErrorValue(text.to_owned()));
                } else if text.is_empty() && cell.has_no_result {
                    builder.fault(number, self.column, FaultKind::NoResult);
                } else if !text.is_empty() {
                    if cell.repeat > MAX_FILLED_REPEAT {
                        cut_repeats(builder);
                    }
                    for at in 0..cell.repeat.min(MAX_FILLED_REPEAT) {
                        self.row_cells.push((self.column.saturating_add(at), cell.text.clone()));
                    }
                }
                self.column = self.column.saturating_add(cell.repeat);
            }
            "table-row" => {
                let filled = if self.row_cells.is_empty() { 0 } else { self.row_repeat.min(MAX_FILLED_REPEAT) };
                if !self.row_cells.is_empty() && self.row_repeat > MAX_FILLED_REPEAT {
                    cut_repeats(builder);
                }
                for at in 1..=filled {
                    let number = self.row.saturating_add(at);
                    if self.row_hidden {
                        self.hidden_rows.insert(number);
                    }
                    for (column, text) in &self.row_cells {
                        builder.push(&mut self.rows, number, *column, text)?;
                    }
                }
                self.row = self.row.saturating_add(self.row_repeat);
            }
            _ => {}
        }
        Ok(())
    }
}
