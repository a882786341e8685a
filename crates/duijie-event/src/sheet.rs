use serde::Serialize;

/// A table as an official reads it: any writer of xlsx, docx or csv can print it.
///
/// Every row has as many cells as the header.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Sheet {
    /// What it shows; short enough for the tab of a workbook.
    pub title: String,
    /// Names of the columns.
    pub header: Vec<String>,
    /// Cells, row by row.
    pub rows: Vec<Vec<String>>,
}

impl Sheet {
    pub(crate) fn new(title: &str, header: &[&str]) -> Self {
        Self { title: title.into(), header: header.iter().map(|name| (*name).into()).collect(), rows: Vec::new() }
    }

    pub(crate) fn push(&mut self, row: Vec<String>) {
        debug_assert_eq!(row.len(), self.header.len(), "{}", self.title);
        self.rows.push(row);
    }
}
