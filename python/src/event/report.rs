use crate::columns::{Cell, Columns, Holds};
use crate::error::{Kind, engine_error, table_error};
use crate::table::Table;
use arrow_array::RecordBatch;
use duijie::AtomicFile;
use duijie_event::Sheet;
use duijie_tables::{TitledTable, write_tables_docx, write_tables_xlsx};
use pyo3::prelude::*;
use serde::Serialize;
use serde_json::Value;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

/// What was found about an event: tables by name, the whole as JSON, and documents of it.
#[pyclass(frozen, module = "duijie._duijie")]
pub(crate) struct Report {
    title: String,
    json: String,
    tables: Vec<(&'static str, RecordBatch)>,
    sheets: Vec<TitledTable>,
}

/// A table to be made of a list of objects.
pub(super) struct Rows<'v> {
    pub(super) name: &'static str,
    pub(super) columns: &'static [(&'static str, Holds)],
    pub(super) rows: Vec<&'v Value>,
}

impl<'v> Rows<'v> {
    /// The list at `name` of the value.
    pub(super) fn of(value: &'v Value, name: &'static str, columns: &'static [(&'static str, Holds)]) -> Self {
        Self {
            name,
            columns,
            rows: value.get(name).and_then(Value::as_array).map_or_else(Vec::new, |l| l.iter().collect()),
        }
    }
}

/// A value as JSON.
pub(super) fn json(value: &impl Serialize) -> PyResult<Value> {
    serde_json::to_value(value).map_err(|error| Kind::Input.error(error.to_string()))
}

impl Report {
    pub(super) fn new(title: &str, value: &Value, rows: Vec<Rows<'_>>, sheets: Vec<Sheet>) -> Self {
        let table = |sheet: Sheet| TitledTable {
            title: sheet.title,
            header: sheet.header,
            rows: sheet.rows,
            scales: Vec::new(),
        };
        Self {
            title: title.to_owned(),
            json: value.to_string(),
            tables: rows.into_iter().map(|rows| (rows.name, batch(&rows))).collect(),
            sheets: sheets.into_iter().map(table).collect(),
        }
    }
}

fn batch(rows: &Rows<'_>) -> RecordBatch {
    let mut columns = Columns::new(rows.columns);
    for row in &rows.rows {
        let texts: Vec<Option<String>> = rows.columns.iter().map(|(name, _)| row.get(*name).and_then(text)).collect();
        columns.push_row(rows.columns.iter().zip(&texts).map(|((name, holds), text)| {
            let value = row.get(*name);
            match holds {
                Holds::Count => Cell::Count(value.and_then(Value::as_u64).and_then(|count| u32::try_from(count).ok())),
                Holds::Number => Cell::Number(value.and_then(Value::as_f64)),
                Holds::Text | Holds::Spans => Cell::Text(text.as_deref()),
            }
        }));
    }
    columns.finish().0
}

/// A value as one text: lists are joined, objects by what they say of themselves.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Array(values) => Some(values.iter().filter_map(text).collect::<Vec<_>>().join("；")),
        Value::Object(fields) => {
            let named = ["demand", "institution", "reason", "on"].iter().find_map(|name| fields.get(*name));
            named.and_then(text).or_else(|| Some(value.to_string()))
        }
        other => Some(other.to_string()),
    }
}

#[pymethods]
impl Report {
    #[getter]
    fn title(&self) -> String {
        self.title.clone()
    }

    /// Everything found, as JSON.
    fn to_json(&self) -> String {
        self.json.clone()
    }

    /// The tables by name.
    fn tables(&self) -> Vec<(String, Table)> {
        self.tables.iter().map(|(name, batch)| ((*name).to_owned(), Table(batch.clone()))).collect()
    }

    /// The tables that officials read: title, header and rows of each.
    fn sheets(&self) -> Vec<(String, Vec<String>, Vec<Vec<String>>)> {
        self.sheets.iter().map(|sheet| (sheet.title.clone(), sheet.header.clone(), sheet.rows.clone())).collect()
    }

    /// Writes .xlsx, .docx or .json, by the ending.
    fn save(&self, py: Python<'_>, path: PathBuf) -> PyResult<()> {
        py.detach(|| match path.extension().and_then(|ending| ending.to_str()) {
            Some("xlsx") => write_tables_xlsx(&path, &self.sheets).map_err(table_error),
            Some("docx") => write_tables_docx(&path, &self.title, &self.sheets).map_err(table_error),
            Some("json") => {
                let mut file = AtomicFile::create(&path).map_err(engine_error)?;
                let write =
                    |source| engine_error(duijie::Error::Write { path: path.clone(), source: Arc::new(source) });
                file.write_all(self.json.as_bytes()).map_err(write)?;
                file.commit().map_err(engine_error)
            }
            _ => Err(Kind::Input.error(format!("{}: end the name in .xlsx, .docx or .json", path.display()))),
        })
    }
}
