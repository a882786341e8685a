//! A first pass over the records of an .xls workbook: what its size is, and what it hides.

use super::Limits;
use super::builder::Merge;
use crate::{Result, TableError};
use rustc_hash::FxHashSet;
use std::io::{Cursor, Read};
use std::path::Path;

/// What calamine does not tell about one sheet of an .xls file, or cannot be trusted with.
#[derive(Default)]
pub(crate) struct Substream {
    pub(crate) hidden_rows: FxHashSet<u32>,
    pub(crate) hidden_columns: Vec<(u32, u32)>,
    pub(crate) merges: Vec<Merge>,
    rows: (u32, u32),
    columns: (u32, u32),
    filled: bool,
}

// Record numbers of [MS-XLS].
const BOF: u16 = 0x0809;
const FILE_PASS: u16 = 0x002F;
const COL_INFO: u16 = 0x007D;
const ROW: u16 = 0x0208;
const MERGE_CELLS: u16 = 0x00E5;
/// Records that begin with row and column of a cell.
const CELLS: [u16; 11] = [0x06, 0x7E, 0x203, 0x27E, 0xFD, 0x204, 0xBD, 0x205, 0x201, 0xBE, 0xD6];

/// The substreams of a workbook, the globals first, then the sheets in their order.
///
/// The reader behind lays every sheet out as a full rectangle, so that two cells far apart would
/// take all memory: the rectangles are measured here first.
pub(crate) fn substreams(path: &Path, bytes: &[u8], limits: &Limits) -> Result<Vec<Substream>> {
    let damaged = |problem: String| TableError::Damaged { path: path.to_owned(), problem };
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|error| damaged(error.to_string()))?;
    let name = if file.is_stream("/Workbook") { "/Workbook" } else { "/Book" };
    let mut stream = file.open_stream(name).map_err(|error| damaged(error.to_string()))?;
    let mut records = Vec::new();
    stream.read_to_end(&mut records).map_err(|error| damaged(error.to_string()))?;
    let mut found: Vec<Substream> = Vec::new();
    let mut rest = &records[..];
    while let Some((head, body)) = rest.split_first_chunk::<4>() {
        let (kind, length) =
            (u16::from_le_bytes([head[0], head[1]]), usize::from(u16::from_le_bytes([head[2], head[3]])));
        let Some((body, after)) = body.split_at_checked(length) else { break };
        rest = after;
        if kind == FILE_PASS {
            return Err(TableError::Password { path: path.to_owned() });
        }
        if kind == BOF {
            found.push(Substream::default());
        }
        if let Some(sheet) = found.last_mut() {
            sheet.note(kind, body);
        }
    }
    let area: u64 = found.iter().map(Substream::area).sum();
    if area > limits.cells {
        return Err(TableError::TooLarge { path: path.to_owned(), of: "cells", limit: limits.cells });
    }
    Ok(found)
}

impl Substream {
    fn note(&mut self, kind: u16, body: &[u8]) {
        let word = |at: usize| body.get(at..at + 2).map(|pair| u32::from(u16::from_le_bytes([pair[0], pair[1]])));
        match kind {
            ROW => {
                if let (Some(row), Some(options)) = (word(0), word(12))
                    && options & 0x20 != 0
                {
                    self.hidden_rows.insert(row + 1);
                }
            }
            COL_INFO => {
                if let (Some(from), Some(to), Some(options)) = (word(0), word(2), word(8))
                    && options & 1 != 0
                {
                    self.hidden_columns.push((from, to));
                }
            }
            MERGE_CELLS => {
                for at in (2..body.len()).step_by(8) {
                    if let (Some(top), Some(bottom), Some(left), Some(right)) =
                        (word(at), word(at + 2), word(at + 4), word(at + 6))
                    {
                        self.merges.push(Merge { rows: (top + 1, bottom + 1), columns: (left, right) });
                    }
                }
            }
            kind if CELLS.contains(&kind) => {
                if let (Some(row), Some(column)) = (word(0), word(2)) {
                    // MULRK and MULBLANK end with their last column.
                    let last = if matches!(kind, 0xBD | 0xBE) { word(body.len().saturating_sub(2)) } else { None };
                    self.cover(row, column);
                    self.cover(row, last.unwrap_or(column));
                }
            }
            _ => {}
        }
    }

    fn cover(&mut self, row: u32, column: u32) {
        if !self.filled {
            (self.rows, self.columns, self.filled) = ((row, row), (column, column), true);
        }
        self.rows = (self.rows.0.min(row), self.rows.1.max(row));
        self.columns = (self.columns.0.min(column), self.columns.1.max(column));
    }

    fn area(&self) -> u64 {
        let side = |(from, to): (u32, u32)| u64::from(to - from + 1);
        if self.filled { side(self.rows) * side(self.columns) } else { 0 }
    }
}
