//! Where records come from: files, rows of Python values, or Arrow columns from any library.

mod arrow;
mod python;

use crate::error::Kind;
use duijie::FieldMap;
use pyo3::prelude::*;
use serde_json::Value;
use std::path::PathBuf;

/// Fields of records that hold a text.
const TEXTS: [&str; 12] = [
    "id",
    "name",
    "title",
    "description",
    "summary",
    "enterprise",
    "institution",
    "province",
    "city",
    "chain",
    "sub_industry",
    "stage",
];

/// Where messages place a row.
pub(crate) fn said_at(name: &str, row: usize) -> String {
    format!("{name}, row {row} (the first is 0)")
}

/// What was handed in.
pub(crate) enum Source {
    Files(Vec<PathBuf>),
    Frame(Frame),
}

/// Columns of values, all of one length.
pub(crate) struct Frame {
    /// What messages call it: the class of the object handed in.
    pub(crate) name: String,
    pub(crate) columns: Vec<(String, Vec<Value>)>,
    pub(crate) rows: usize,
}

impl Source {
    /// Reads an object with the Arrow C stream interface, a list of dicts, or a list of paths.
    pub(crate) fn of(source: &Bound<'_, PyAny>) -> PyResult<Self> {
        if source.hasattr("__arrow_c_stream__")? {
            return Ok(Self::Frame(arrow::frame(source)?));
        }
        match source.extract::<Vec<PathBuf>>() {
            Ok(paths) if !paths.is_empty() => Ok(Self::Files(paths)),
            _ => Ok(Self::Frame(python::frame(source, "the list")?)),
        }
    }
}

impl Frame {
    /// The columns by name, for messages.
    pub(crate) fn seen(&self) -> String {
        self.columns.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ")
    }

    /// Fails if a name that the caller gave is no column of it.
    pub(crate) fn check_named(&self, mapping: &[(String, String)]) -> PyResult<()> {
        for (field, column) in mapping {
            if !self.columns.iter().any(|(name, _)| name == column) {
                return Err(Kind::MissingColumn.error(format!(
                    "there is no column {column:?}, which columns= names for {field:?}; {} has: {}",
                    self.name,
                    self.seen()
                )));
            }
        }
        Ok(())
    }

    /// A row as field names and values, after the other. Numbers in fields that are texts, such as ids, are texts,
    /// and blank texts are missing values.
    pub(crate) fn into_rows(self) -> Vec<FieldMap> {
        let mut rows: Vec<FieldMap> = (0..self.rows).map(|_| FieldMap::with_capacity(self.columns.len())).collect();
        for (name, values) in self.columns {
            let is_text = TEXTS.contains(&name.as_str());
            for (row, value) in rows.iter_mut().zip(values) {
                let value = match value {
                    Value::Number(number) if is_text => Value::from(number.to_string()),
                    Value::String(text) if text.trim().is_empty() => Value::Null,
                    other => other,
                };
                row.insert(name.clone(), value);
            }
        }
        rows
    }
}
