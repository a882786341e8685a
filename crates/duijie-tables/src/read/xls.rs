//! Worksheets of .xls by calamine, once their size is known to be sane.

use super::builder::{WorkbookBuilder, hide};
use super::{FaultKind, Limits, Workbook, compound, xlsx::text_of};
use crate::sheet::Sheet;
use crate::{Result, TableError};
use calamine::{Data, Reader, SheetType, SheetVisible, Xls};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

pub(crate) fn read(path: &Path, bytes: &[u8], limits: &Limits) -> Result<Workbook> {
    let substreams = compound::substreams(path, bytes, limits)?;
    let damaged = |problem: String| TableError::Damaged { path: path.to_owned(), problem };
    // Offsets in a damaged .xls lead calamine outside its buffers, where it panics.
    let opened = catch_unwind(AssertUnwindSafe(|| Xls::new(Cursor::new(bytes))));
    let mut xls = match opened {
        Ok(Ok(xls)) => xls,
        Ok(Err(calamine::XlsError::Password)) => return Err(TableError::Password { path: path.to_owned() }),
        Ok(Err(error)) => return Err(damaged(error.to_string())),
        Err(_) => return Err(damaged("its records lead outside the file".into())),
    };
    let mut builder = WorkbookBuilder::new(path, limits);
    let sheets: Vec<_> = xls.sheets_metadata().to_vec();
    for (at, metadata) in sheets.into_iter().enumerate() {
        if metadata.typ != SheetType::WorkSheet {
            continue;
        }
        let range = xls.worksheet_range(&metadata.name).map_err(|error| damaged(error.to_string()))?;
        let (first_row, first_column) = range.start().unwrap_or_default();
        let mut rows = Vec::new();
        for (row, column, value) in range.used_cells() {
            let (row, column) = (first_row + row as u32 + 1, first_column + column as u32);
            match value {
                Data::Error(error) => builder.fault(row, column, FaultKind::ErrorValue(error.to_string())),
                Data::Float(number) if !number.is_finite() => {
                    builder.fault(row, column, FaultKind::ErrorValue(number.to_string()));
                }
                value => builder.push(&mut rows, row, column, text_of(value.clone()))?,
            }
        }
        let all_hidden = metadata.visible != SheetVisible::Visible;
        let nothing = compound::Substream::default();
        let details = substreams.get(at + 1).unwrap_or(&nothing);
        hide(
            &mut rows,
            |row| all_hidden || details.hidden_rows.contains(&row),
            |column| details.hidden_columns.iter().any(|(from, to)| (*from..=*to).contains(&column)),
        );
        builder.finish(Sheet { name: metadata.name, rows, ..Sheet::default() }, &details.merges)?;
    }
    Ok(builder.workbook())
}
