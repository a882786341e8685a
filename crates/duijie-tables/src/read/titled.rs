//! A table of known columns, read back from whatever it was saved as.

use super::{FileKind, Limits, file_bytes, read_workbook};
use crate::sheet::{Row, Sheet};
use crate::write::{TitledTable, cell_text};
use crate::{Result, TableError};
use std::path::Path;

/// Reads the first table of a file whose head has all of `columns`, wherever they stand; what stands
/// above the head is passed over.
///
/// # Errors
///
/// [`TableError::NoSuchTable`] if no table has these columns, and whatever reading meets.
pub fn read_titled_table(path: &Path, columns: &[&str]) -> Result<TitledTable> {
    let limits = Limits::default();
    let bytes = file_bytes(path, &limits)?;
    let kind = FileKind::of(path, &bytes)?;
    let workbook = read_workbook(path, &bytes, kind, &limits)?;
    let found = workbook.sheets.iter().find_map(|sheet| Some((sheet, head(sheet, columns)?)));
    let (sheet, head) =
        found.ok_or_else(|| TableError::NoSuchTable { path: path.to_owned(), columns: columns.join("、") })?;
    let last = sheet.rows[head].cells.iter().map(|cell| cell.column).max().unwrap_or(0);
    let text = |cell: &str| if kind == FileKind::Delimited { cell_text(cell).to_owned() } else { cell.to_owned() };
    let cells = |row: &Row| (0..=last).map(|column| text(row.text(column).unwrap_or_default().trim())).collect();
    Ok(TitledTable {
        title: sheet.name.clone(),
        header: cells(&sheet.rows[head]),
        rows: sheet.rows[head + 1..].iter().map(cells).collect(),
        scales: Vec::new(),
    })
}

fn head(sheet: &Sheet, columns: &[&str]) -> Option<usize> {
    let has_all = |row: &Row| columns.iter().all(|column| row.cells.iter().any(|cell| cell.text.trim() == *column));
    sheet.rows.iter().position(has_all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::{write_table_csv, write_tables_docx, write_tables_xlsx};

    #[test]
    fn what_was_written_is_read_back() {
        let table = TitledTable {
            title: "台账".into(),
            header: ["序号", "项目名称", "金额（万元）"].map(String::from).to_vec(),
            rows: vec![
                ["1", "低氢焊接", "120.5"].map(String::from).to_vec(),
                ["2", "=主轴", "-"].map(String::from).to_vec(),
            ],
            scales: Vec::new(),
        };
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        write_tables_xlsx(&path("a.xlsx"), std::slice::from_ref(&table)).unwrap();
        write_tables_docx(&path("a.docx"), "标题", std::slice::from_ref(&table)).unwrap();
        write_table_csv(&mut std::fs::File::create(path("a.csv")).unwrap(), &table).unwrap();
        for name in ["a.xlsx", "a.docx", "a.csv"] {
            let read = read_titled_table(&path(name), &["项目名称", "序号"]).unwrap();
            assert_eq!((&read.header, &read.rows), (&table.header, &table.rows), "{name}");
        }
        let missing = read_titled_table(&path("a.xlsx"), &["责任单位"]);
        assert!(matches!(missing, Err(TableError::NoSuchTable { .. })));
    }
}
