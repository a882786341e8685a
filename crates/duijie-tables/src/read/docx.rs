//! The tables of a .docx, nested ones too, each a sheet; cells once, however they are merged.

use super::builder::{Merge, WorkbookBuilder};
use super::xml::{Piece, attribute, number, pieces};
use super::{Limits, Workbook, packed};
use crate::sheet::{Row, Sheet, Within};
use crate::{Result, TableError};
use quick_xml::events::BytesStart;
use rustc_hash::FxHashMap;
use std::io::{BufReader, Cursor};
use std::path::Path;

/// More columns than any page holds.
const MAX_SPAN: u32 = 1024;

#[derive(Default)]
struct OpenTable {
    order: usize,
    preamble: Vec<String>,
    rows: Vec<Row>,
    merges: Vec<Merge>,
    row: u32,
    column: u32,
    cells: Vec<(u32, String)>,
    /// Vertical merges under way: first row and last column, by first column.
    running: FxHashMap<u32, (u32, u32)>,
    cell: OpenCell,
}

#[derive(Default)]
struct OpenCell {
    text: String,
    span: u32,
    vertical: Vertical,
}

#[derive(Default, PartialEq)]
enum Vertical {
    #[default]
    None,
    Begins,
    GoesOn,
}

struct Document<'a, 'b> {
    builder: &'a mut WorkbookBuilder<'b>,
    tables: Vec<OpenTable>,
    done: Vec<(usize, Sheet, Vec<Merge>)>,
    begun: usize,
    paragraphs: Vec<String>,
    paragraph: String,
    in_text: bool,
    in_fallback: u32,
}

pub(crate) fn read(path: &Path, bytes: &[u8], limits: &Limits) -> Result<Workbook> {
    let remarks = packed::inspect(path, bytes, limits, "", &[])?.remarks;
    let damaged =
        |error: zip::result::ZipError| TableError::Damaged { path: path.to_owned(), problem: error.to_string() };
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let content = archive.by_name("word/document.xml").map_err(damaged)?;
    let mut builder = WorkbookBuilder::new(path, limits);
    builder.workbook.remarks = remarks;
    let mut document = Document {
        builder: &mut builder,
        tables: Vec::new(),
        done: Vec::new(),
        begun: 0,
        paragraphs: Vec::new(),
        paragraph: String::new(),
        in_text: false,
        in_fallback: 0,
    };
    pieces(path, BufReader::new(content), |piece| match piece {
        Piece::Open(element) => {
            document.open(element);
            Ok(())
        }
        Piece::Text(text) => {
            if document.in_text && document.in_fallback == 0 {
                document.write(text);
            }
            Ok(())
        }
        Piece::Close(name) => document.close(name),
    })?;
    // Paragraphs behind the last table, or all of a document without one.
    let preamble = std::mem::take(&mut document.paragraphs);
    let rest = Sheet { name: "正文".into(), preamble, ..Sheet::default() };
    let mut done = std::mem::take(&mut document.done);
    done.sort_by_key(|(order, ..)| *order);
    for (_, sheet, merges) in done {
        builder.finish(sheet, &merges)?;
    }
    builder.finish(rest, &[])?;
    Ok(builder.workbook())
}

impl Document<'_, '_> {
    fn name(&self, order: usize, depth: usize) -> String {
        format!("表格{order}{}", if depth == 0 { "" } else { "（嵌套）" })
    }

    fn write(&mut self, text: &str) {
        match self.tables.last_mut() {
            Some(table) => table.cell.text.push_str(text),
            None => self.paragraph.push_str(text),
        }
    }

    fn open(&mut self, element: &BytesStart<'_>) {
        match element.local_name().as_ref() {
            // What a newer program shows stands in AlternateContent a second time for older ones.
            "Fallback" => self.in_fallback += 1,
            "tbl" => {
                self.begun += 1;
                let preamble = std::mem::take(&mut self.paragraphs);
                self.tables.push(OpenTable { order: self.begun, preamble, ..OpenTable::default() });
            }
            "t" => self.in_text = true,
            "tab" | "br" | "cr" if self.in_fallback == 0 => {
                let is_tab_stop = attribute(element, "pos").is_some();
                if !is_tab_stop {
                    self.write(if element.local_name().as_ref() == "tab" { " " } else { "\n" });
                }
            }
            "sym" => self.write(symbol(attribute(element, "char").as_deref().unwrap_or_default())),
            // The box of an old form field; `checked` comes behind it where it is ticked.
            "checkBox" => self.write("□"),
            "checked" | "default" => {
                let off = matches!(attribute(element, "val").as_deref(), Some("0" | "false"));
                if let Some(table) = self.tables.last_mut()
                    && !off
                    && table.cell.text.ends_with('□')
                {
                    table.cell.text.pop();
                    table.cell.text.push('☑');
                }
            }
            name => {
                if let Some(table) = self.tables.last_mut() {
                    table.open(name, element);
                }
            }
        }
    }

    fn close(&mut self, name: &str) -> Result<()> {
        match name {
            "Fallback" => self.in_fallback = self.in_fallback.saturating_sub(1),
            "t" => self.in_text = false,
            "p" => match self.tables.last_mut() {
                Some(table) => table.cell.text.push('\n'),
                None => {
                    let paragraph = std::mem::take(&mut self.paragraph);
                    if !paragraph.trim().is_empty() {
                        self.paragraphs.push(self.builder.text(paragraph.trim())?);
                    }
                }
            },
            "tc" => {
                if let Some(table) = self.tables.last_mut() {
                    table.close_cell();
                }
            }
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    for (column, text) in std::mem::take(&mut table.cells) {
                        self.builder.push(&mut table.rows, table.row, column, &text)?;
                    }
                }
            }
            "tbl" => {
                if let Some(mut table) = self.tables.pop() {
                    table.end_merges();
                    let name = self.name(table.order, self.tables.len());
                    let within = self.tables.last().map(|outer| Within {
                        sheet: self.name(outer.order, self.tables.len() - 1),
                        row: outer.row,
                        column: outer.column,
                    });
                    let sheet = Sheet { name, preamble: table.preamble, rows: table.rows, within };
                    self.done.push((table.order, sheet, table.merges));
                }
            }
            _ => {}
        }
        Ok(())
    }
}

impl OpenTable {
    fn open(&mut self, name: &str, element: &BytesStart<'_>) {
        match name {
            "tr" => {
                self.row += 1;
                self.column = 0;
            }
            "gridBefore" => self.column = number(element, "val", MAX_SPAN).unwrap_or_default(),
            "tc" => self.cell = OpenCell { span: 1, ..OpenCell::default() },
            "gridSpan" => self.cell.span = number(element, "val", MAX_SPAN).unwrap_or(1).max(1),
            "vMerge" => {
                let begins = attribute(element, "val").as_deref() == Some("restart");
                self.cell.vertical = if begins { Vertical::Begins } else { Vertical::GoesOn };
            }
            _ => {}
        }
    }

    fn close_cell(&mut self) {
        let cell = std::mem::take(&mut self.cell);
        let (first, last) = (self.column, self.column + cell.span.max(1) - 1);
        self.column = last + 1;
        if cell.vertical != Vertical::GoesOn {
            if let Some((top, right)) = self.running.remove(&first) {
                self.merges.push(Merge { rows: (top, self.row - 1), columns: (first, right) });
            }
            if cell.vertical == Vertical::Begins {
                self.running.insert(first, (self.row, last));
            } else if last > first {
                self.merges.push(Merge { rows: (self.row, self.row), columns: (first, last) });
            }
            self.cells.push((first, cell.text));
        }
    }

    fn end_merges(&mut self) {
        let mut running: Vec<_> = self.running.drain().collect();
        running.sort_unstable();
        for (first, (top, right)) in running {
            self.merges.push(Merge { rows: (top, self.row), columns: (first, right) });
        }
    }
}

/// The boxes and ticks of the symbol fonts.
fn symbol(code: &str) -> &'static str {
    match code.to_uppercase().as_str() {
        "F052" | "F0FE" | "2611" | "F054" | "F053" => "☑",
        "F0FC" | "F050" => "√",
        "F0A8" | "F06F" | "F0A3" | "F071" | "2610" => "□",
        _ => "",
    }
}
