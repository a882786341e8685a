use super::grid::{Grid, GridColumn, GridRow};
use super::workbook::{Formats, save, sheet_name, write_grid};
use crate::Result;
use std::path::Path;

/// A plain sheet of a report.
pub(crate) struct Sheet {
    name: String,
    grid: Grid,
}

impl Sheet {
    pub(crate) fn new(name: &str, heads: &[(&str, u16)], lines: Vec<Vec<String>>) -> Self {
        let column = |(heading, width): &(&str, u16)| GridColumn {
            field: String::new(),
            heading: (*heading).to_owned(),
            width: *width,
        };
        let row = |cells| GridRow { cells, chain: String::new(), sub_industry: String::new() };
        let grid = Grid { columns: heads.iter().map(column).collect(), rows: lines.into_iter().map(row).collect() };
        Self { name: name.to_owned(), grid }
    }
}

/// Writes sheets, one after the other, into a workbook.
pub(crate) fn save_sheets(path: &Path, sheets: Vec<Sheet>) -> Result<()> {
    save(path, |workbook| {
        let formats = Formats::new();
        for sheet in &sheets {
            let made = workbook.add_worksheet().set_name(sheet_name(&sheet.name))?;
            write_grid(made, &sheet.name, &sheet.grid, &formats)?;
        }
        Ok(())
    })
}
