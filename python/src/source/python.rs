//! Lists of dicts as columns of values.

use super::arrow::number;
use super::{Frame, said_at};
use crate::error::Kind;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyMapping, PyString, PyTuple};
use serde_json::{Map, Value};
use std::collections::HashMap;

/// Rows between two looks at whether someone pressed Ctrl-C; other threads run then.
const ROWS: usize = 256;

/// Reads a list of dicts, which messages call `name`.
pub(super) fn frame(source: &Bound<'_, PyAny>, name: &str) -> PyResult<Frame> {
    let py = source.py();
    let mut columns: Vec<(String, Vec<Value>)> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut rows = 0;
    for row in source.try_iter()? {
        if rows % ROWS == 0 {
            py.check_signals()?;
            py.detach(|| {});
        }
        let row = row?;
        let row = row.cast::<PyDict>().map_err(|_| {
            Kind::Input.error(format!("{} should be a dict, found {}", said_at(name, rows), class(&row)))
        })?;
        for (key, value) in row {
            let column = key.str()?.to_string();
            let at = *known.entry(column.clone()).or_insert_with(|| {
                columns.push((column.clone(), Vec::new()));
                columns.len() - 1
            });
            let cells = &mut columns[at].1;
            cells.resize(rows, Value::Null);
            cells.push(json(&value, DEPTH).map_err(|found| {
                let place = said_at(name, rows);
                Kind::Input
                    .error(format!("{place}, column {column:?}: no record field can take a value of type {found}"))
            })?);
        }
        rows += 1;
    }
    for (_, cells) in &mut columns {
        cells.resize(rows, Value::Null);
    }
    Ok(Frame { name: name.to_owned(), columns, rows })
}

fn class(value: &Bound<'_, PyAny>) -> String {
    value.get_type().name().map_or_else(|_| "?".to_owned(), |name| name.to_string())
}

/// Lists and dicts within each other; one that holds itself has no end.
const DEPTH: usize = 32;

/// A value as JSON; the name of its type if it has no form there, or is nested deeper than `depth`.
///
/// Dates are ISO texts; what pandas calls missing is null, and numpy's numbers and arrays are what they hold.
fn json(value: &Bound<'_, PyAny>, depth: usize) -> Result<Value, String> {
    let Some(inner) = depth.checked_sub(1) else {
        return Err(format!("{} nested more than {DEPTH} deep", class(value)));
    };
    if value.is_none() {
        Ok(Value::Null)
    } else if let Ok(text) = value.cast::<PyString>() {
        Ok(Value::from(text.to_string_lossy()))
    } else if value.is_instance_of::<PyBool>() {
        Ok(Value::from(value.is_truthy().unwrap_or_default()))
    } else if value.is_instance_of::<PyInt>() || value.is_instance_of::<PyFloat>() {
        plain_number(value)
    } else if value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>() {
        let entries = value.try_iter().map_err(|_| class(value))?;
        entries.map(|entry| json(&entry.map_err(|_| class(value))?, inner)).collect::<Result<_, _>>().map(Value::Array)
    } else if let Ok(mapping) = value.cast::<PyMapping>() {
        let items = mapping.items().map_err(|_| class(value))?;
        let mut object = Map::new();
        for item in items {
            let (key, entry): (String, Bound<'_, PyAny>) = item.extract().map_err(|_| class(value))?;
            object.insert(key, json(&entry, inner)?);
        }
        Ok(Value::Object(object))
    } else if matches!(class(value).as_str(), "NaTType" | "NAType") {
        Ok(Value::Null)
    } else if let Ok(date) = value.call_method0("isoformat") {
        let text = date.to_string();
        Ok(Value::from(text.strip_suffix("T00:00:00").unwrap_or(&text)))
    } else if let Ok(plain) = value.call_method0("tolist") {
        json(&plain, inner)
    } else {
        plain_number(value)
    }
}

/// Whatever is a number to Python: an int, a float, a Decimal, a Fraction.
fn plain_number(value: &Bound<'_, PyAny>) -> Result<Value, String> {
    if let Ok(whole) = value.extract::<i64>() {
        return Ok(Value::from(whole));
    }
    value.extract::<f64>().map(|float| number(Some(float))).map_err(|_| class(value))
}
