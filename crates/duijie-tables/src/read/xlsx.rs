//! Worksheets of .xlsx by calamine; what it does not tell (hidden rows and columns) from the XML.

use super::builder::{Merge, WorkbookBuilder, hide};
use super::xml::{Piece, attribute, number, pieces};
use super::{FaultKind, Limits, Workbook, kind::unpack, packed};
use crate::sheet::Sheet;
use crate::{Result, TableError};
use calamine::{DataRef, Reader, SheetVisible, Xlsx};
use rustc_hash::{FxHashMap, FxHashSet};
use std::io::{BufReader, Cursor};
use std::path::Path;

const MAX_COLUMNS: u32 = 16_384;

pub(crate) fn read(path: &Path, bytes: &[u8], limits: &Limits) -> Result<Workbook> {
    let inspected = packed::inspect(path, bytes, limits, "xl/worksheets/", &[b"mergeCell ", b"hidden=\""])?;
    let damaged = |error: calamine::XlsxError| match error {
        calamine::XlsxError::Password => TableError::Password { path: path.to_owned() },
        other => TableError::Damaged { path: path.to_owned(), problem: other.to_string() },
    };
    let mut xlsx = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let sheets: Vec<_> = xlsx.sheets_metadata().iter().map(|sheet| (sheet.name.clone(), sheet.visible)).collect();
    let parts = sheet_parts(path, bytes, limits)?;
    let mut builder = WorkbookBuilder::new(path, limits);
    builder.workbook.remarks = inspected.remarks;
    for (name, visible) in sheets {
        let mut rows = Vec::new();
        let mut cells = match xlsx.worksheet_cells_reader(&name) {
            Ok(cells) => cells,
            // A chart or a dialogue is a sheet without cells.
            Err(calamine::XlsxError::NotAWorksheet(_)) => continue,
            Err(error) => return Err(damaged(error)),
        };
        let mut unknown_errors = UnknownErrors::default();
        loop {
            let cell = match cells.next_cell_with_formula_metadata() {
                Ok(Some(cell)) => cell,
                Ok(None) => break,
                // Newer programs have error values (#SPILL!) that the library does not know; it goes on behind them.
                Err(calamine::XlsxError::CellError(text)) => {
                    unknown_errors.texts.push(text);
                    continue;
                }
                Err(error) => return Err(damaged(error)),
            };
            let (row, column) = cell.pos;
            unknown_errors.place(Some((row, column)), &mut builder);
            match cell.value {
                DataRef::Empty if cell.formula.is_some() => builder.fault(row + 1, column, FaultKind::NoResult),
                DataRef::Empty => {}
                DataRef::Error(error) => {
                    builder.fault(row + 1, column, FaultKind::ErrorValue(error.to_string()));
                }
                DataRef::Float(number) if !number.is_finite() => {
                    builder.fault(row + 1, column, FaultKind::ErrorValue(number.to_string()));
                }
                DataRef::SharedString(text) => builder.push(&mut rows, row + 1, column, text)?,
                value => builder.push(&mut rows, row + 1, column, text_of(value.into()))?,
            }
        }
        unknown_errors.place(None, &mut builder);
        let details = match parts.get(&name) {
            Some(part) if inspected.mentioning.contains(part) => sheet_details(path, bytes, part)?,
            _ => SheetDetails::default(),
        };
        let all_hidden = visible != SheetVisible::Visible;
        if all_hidden || !details.hidden_rows.is_empty() || !details.hidden_columns.is_empty() {
            hide(
                &mut rows,
                |row| all_hidden || details.hidden_rows.contains(&row),
                |column| details.hidden_columns.iter().any(|(from, to)| (*from..=*to).contains(&column)),
            );
        }
        builder.finish(Sheet { name, rows, ..Sheet::default() }, &details.merges)?;
    }
    Ok(builder.workbook())
}

/// Error values that came without their place: it follows from the cells around them.
#[derive(Default)]
struct UnknownErrors {
    texts: Vec<String>,
    /// Row and column, from 0, that the first of them has if no cell before it is blank.
    next: (u32, u32),
}

impl UnknownErrors {
    /// Notes those that stand before the cell at `found`, or at the end of the sheet.
    fn place(&mut self, found: Option<(u32, u32)>, builder: &mut WorkbookBuilder<'_>) {
        let count = self.texts.len() as u32;
        let (row, column) = match found {
            // They stand at the start of the row of the cell found, when that does not begin with it.
            Some((row, column)) if row > self.next.0 && column >= count => (row, column - count),
            _ => self.next,
        };
        for (text, at) in self.texts.drain(..).zip(0..) {
            builder.fault(row + 1, column + at, FaultKind::ErrorValue(text));
        }
        self.next = found.map_or(self.next, |(row, column)| (row, column + 1));
    }
}

/// A cell's text as an official would have typed it.
pub(crate) fn text_of(value: calamine::Data) -> String {
    use calamine::Data;
    match value {
        Data::DateTime(moment) if moment.is_datetime() => match moment.to_ymd_hms_milli() {
            (year, month, day, 0, 0, 0, _) => format!("{year}-{month:02}-{day:02}"),
            (year, month, day, hour, minute, ..) => format!("{year}-{month:02}-{day:02} {hour:02}:{minute:02}"),
        },
        Data::DateTime(duration) => number_text(duration.as_f64()),
        Data::DateTimeIso(text) => text.strip_suffix("T00:00:00").map(str::to_owned).unwrap_or(text),
        Data::Float(number) => number_text(number),
        Data::Bool(true) => "是".into(),
        Data::Bool(false) => "否".into(),
        Data::Empty | Data::Error(_) => String::new(),
        other => other.to_string(),
    }
}

/// A number as a sheet shows it: at most fifteen digits, so that 0.1+0.2 reads 0.3.
fn number_text(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e15 {
        return (number as i64).to_string();
    }
    let short: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    format!("{short}")
}

#[derive(Default)]
struct SheetDetails {
    merges: Vec<Merge>,
    hidden_rows: FxHashSet<u32>,
    hidden_columns: Vec<(u32, u32)>,
}

/// Which part of the zip holds which worksheet.
fn sheet_parts(path: &Path, bytes: &[u8], limits: &Limits) -> Result<FxHashMap<String, String>> {
    let mut targets = FxHashMap::default();
    let relations = unpack(path, bytes, "xl/_rels/workbook.xml.rels", limits.unpacked_bytes)?.unwrap_or_default();
    pieces(path, &relations[..], |piece| {
        if let Piece::Open(element) = piece
            && let (Some(id), Some(target)) = (attribute(element, "Id"), attribute(element, "Target"))
        {
            let part = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
            targets.insert(id, part);
        }
        Ok(())
    })?;
    let mut parts = FxHashMap::default();
    let workbook = unpack(path, bytes, "xl/workbook.xml", limits.unpacked_bytes)?.unwrap_or_default();
    pieces(path, &workbook[..], |piece| {
        if let Piece::Open(element) = piece
            && element.local_name().as_ref() == "sheet"
            && let (Some(name), Some(id)) = (attribute(element, "name"), attribute(element, "id"))
            && let Some(part) = targets.get(&id)
        {
            parts.insert(name, part.clone());
        }
        Ok(())
    })?;
    Ok(parts)
}

/// Merged cells, hidden rows and hidden columns of a worksheet.
fn sheet_details(path: &Path, bytes: &[u8], part: &str) -> Result<SheetDetails> {
    let mut details = SheetDetails::default();
    let damaged =
        |error: zip::result::ZipError| TableError::Damaged { path: path.to_owned(), problem: error.to_string() };
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let part = archive.by_name(part).map_err(damaged)?;
    pieces(path, BufReader::new(part), |piece| {
        let Piece::Open(element) = piece else { return Ok(()) };
        let hidden = || matches!(attribute(element, "hidden").as_deref(), Some("1" | "true"));
        match element.local_name().as_ref() {
            "row" if hidden() => details.hidden_rows.extend(number(element, "r", u32::MAX)),
            "col" if hidden() => {
                if let (Some(from), Some(to)) =
                    (number(element, "min", MAX_COLUMNS), number(element, "max", MAX_COLUMNS))
                {
                    details.hidden_columns.push((from.saturating_sub(1), to.saturating_sub(1)));
                }
            }
            "mergeCell" => details.merges.extend(attribute(element, "ref").and_then(|range| merge(&range))),
            _ => {}
        }
        Ok(())
    })?;
    Ok(details)
}

/// `B2:D4`.
fn merge(range: &str) -> Option<Merge> {
    let (from, to) = range.split_once(':')?;
    let ((row, column), (last_row, last_column)) = (cell_place(from)?, cell_place(to)?);
    (row <= last_row && column <= last_column)
        .then_some(Merge { rows: (row, last_row), columns: (column, last_column) })
}

/// Row from 1 and column from 0 of `B2`.
fn cell_place(name: &str) -> Option<(u32, u32)> {
    let name = name.replace('$', "");
    let digits = name.find(|c: char| c.is_ascii_digit())?;
    let mut column = 0_u32;
    for letter in name[..digits].bytes() {
        if !letter.is_ascii_uppercase() || column > MAX_COLUMNS {
            return None;
        }
        column = column * 26 + u32::from(letter - b'A') + 1;
    }
    Some((name[digits..].parse().ok()?, column.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::column_letters;

    #[test]
    fn cell_names_and_places_are_each_others_inverse() {
        for column in [0, 1, 25, 26, 27, 701, 702, 16_383] {
            assert_eq!(cell_place(&format!("{}7", column_letters(column))), Some((7, column)));
        }
        assert_eq!(cell_place("7"), None);
    }

    #[test]
    fn numbers_read_as_a_sheet_shows_them() {
        assert_eq!(number_text(0.1 + 0.2), "0.3");
        assert_eq!(number_text(120.0), "120");
        assert_eq!(number_text(13_812_345_678.0), "13812345678");
    }
}
