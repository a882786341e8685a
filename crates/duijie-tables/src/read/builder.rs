use super::fault::is_error_value;
use super::{CellFault, FaultKind, Limits, Remark, Workbook};
use crate::sheet::{Cell, Row, Sheet, Visibility};
use crate::{Result, TableError};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::path::Path;

/// Cells covered by one merged cell, first and last row (from 1) and column (from 0), all included.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Merge {
    pub(crate) rows: (u32, u32),
    pub(crate) columns: (u32, u32),
}

/// Faulty cells of one file that are named one by one.
const MAX_FAULTS: usize = 500;

/// Puts the sheets of one file together and keeps count of its cells.
pub(crate) struct WorkbookBuilder<'a> {
    path: &'a Path,
    limits: &'a Limits,
    cells: u64,
    cut: u64,
    /// Faulty cells of the sheet under way, and how many more there are in the file than are named.
    faults: Vec<CellFault>,
    more_faults: u64,
    /// Whether `�` stands for bytes that could not be read.
    pub(crate) has_broken_text: bool,
    pub(crate) workbook: Workbook,
}

impl<'a> WorkbookBuilder<'a> {
    pub(crate) fn new(path: &'a Path, limits: &'a Limits) -> Self {
        Self {
            path,
            limits,
            cells: 0,
            cut: 0,
            faults: Vec::new(),
            more_faults: 0,
            has_broken_text: false,
            workbook: Workbook::default(),
        }
    }

    /// Appends a cell to the last row of `rows`, or begins the row. Rows must come in order, and
    /// so must the cells of a row; blanks are left out, a cell out of order is damage.
    pub(crate) fn push<'t>(
        &mut self,
        rows: &mut Vec<Row>,
        number: u32,
        column: u32,
        text: impl Into<Cow<'t, str>>,
    ) -> Result<()> {
        let text = text.into();
        let trimmed = text.trim();
        if trimmed.is_empty() {
            return Ok(());
        }
        if is_error_value(trimmed) {
            self.count(1)?;
            self.fault(number, column, FaultKind::ErrorValue(trimmed.to_owned()));
            return Ok(());
        }
        if self.has_broken_text && trimmed.contains('\u{fffd}') {
            self.fault(number, column, FaultKind::BrokenText);
        }
        let text = if trimmed.len() == text.len() { self.text(text)? } else { self.text(trimmed)? };
        match rows.last().map(|row| row.number) {
            Some(last) if last == number => {}
            Some(last) if last > number => return Err(self.disorder()),
            last => {
                // Rows of a table are about equally long.
                let cells = Vec::with_capacity(last.map_or(8, |_| rows[rows.len() - 1].cells.len()));
                rows.push(Row { number, cells, ..Row::default() });
            }
        }
        let cells = &mut rows.last_mut().expect("a row was just pushed").cells;
        if cells.last().is_some_and(|last| last.column >= column) {
            return Err(self.disorder());
        }
        cells.push(Cell { column, text, ..Cell::default() });
        Ok(())
    }

    /// A text of the file, counted and cut where it is too long.
    pub(crate) fn text<'t>(&mut self, text: impl Into<Cow<'t, str>>) -> Result<String> {
        self.count(1)?;
        let text = text.into();
        if text.len() > self.limits.cell_chars
            && let Some((end, _)) = text.char_indices().nth(self.limits.cell_chars)
        {
            self.cut += 1;
            return Ok(text[..end].to_owned());
        }
        Ok(text.into_owned())
    }

    /// Notes a cell of the sheet under way that could not be read as it was meant.
    pub(crate) fn fault(&mut self, row: u32, column: u32, kind: FaultKind) {
        if self.faults.len() + self.workbook.faults.len() < MAX_FAULTS {
            self.faults.push(CellFault { sheet: String::new(), row, column, kind });
        } else {
            self.more_faults += 1;
        }
    }

    fn disorder(&self) -> TableError {
        TableError::Damaged { path: self.path.to_owned(), problem: "cells out of order".into() }
    }

    fn count(&mut self, cells: u64) -> Result<()> {
        self.cells += cells;
        if self.cells > self.limits.cells {
            return Err(TableError::TooLarge { path: self.path.to_owned(), of: "cells", limit: self.limits.cells });
        }
        Ok(())
    }

    /// Ends a sheet: merged cells are written into the rows and columns they cover, as far as the
    /// sheet holds anything.
    pub(crate) fn finish(&mut self, mut sheet: Sheet, merges: &[Merge]) -> Result<()> {
        let faults = self.faults.drain(..).map(|fault| CellFault { sheet: sheet.name.clone(), ..fault });
        self.workbook.faults.extend(faults);
        if sheet.rows.is_empty() && sheet.preamble.is_empty() {
            return Ok(());
        }
        let last_column = sheet.rows.iter().filter_map(|row| row.cells.last()).map(|cell| cell.column).max();
        let last_column = last_column.unwrap_or_default();
        let mut filled: FxHashMap<usize, Vec<Cell>> = FxHashMap::default();
        for merge in merges {
            let (top, left) = (merge.rows.0, merge.columns.0);
            let Ok(first) = sheet.rows.binary_search_by_key(&top, |row| row.number) else { continue };
            let Some(anchor) = sheet.rows[first].cell(left).cloned() else { continue };
            for (at, row) in sheet.rows.iter().enumerate().skip(first).take_while(|(_, r)| r.number <= merge.rows.1) {
                for column in left..=merge.columns.1.min(last_column.max(left)) {
                    if (row.number, column) != (top, left) && row.cell(column).is_none() {
                        self.count(1)?;
                        let covered = Cell { column, anchor: Some((top, left)), ..anchor.clone() };
                        filled.entry(at).or_default().push(covered);
                    }
                }
            }
        }
        for (at, cells) in filled {
            let row = &mut sheet.rows[at];
            row.cells.extend(cells);
            row.cells.sort_by_key(|cell| cell.column);
            row.cells.dedup_by_key(|cell| cell.column);
        }
        self.workbook.sheets.push(sheet);
        Ok(())
    }

    /// The workbook, with what is to be said about it.
    pub(crate) fn workbook(mut self) -> Workbook {
        if self.cut > 0 {
            self.workbook.remarks.push(Remark::CutCells { count: self.cut });
        }
        if self.more_faults > 0 {
            self.workbook.remarks.push(Remark::MoreFaults { count: self.more_faults });
        }
        self.workbook
    }
}

/// Marks rows and columns that their sender had hidden.
pub(crate) fn hide(rows: &mut [Row], hidden_row: impl Fn(u32) -> bool, hidden_column: impl Fn(u32) -> bool) {
    for row in rows {
        if hidden_row(row.number) {
            row.visibility = Visibility::Hidden;
        }
        for cell in &mut row.cells {
            if hidden_column(cell.column) {
                cell.visibility = Visibility::Hidden;
            }
        }
    }
}
