//! Lists of dicts as columns of values.

use super::Frame;
use super::arrow::number;
use crate::error::Kind;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyList, PyMapping, PyString, PyTuple};
use serde_json::{Map, Value};
use std::collections::HashMap;

pub(super) fn frame(source: &Bound<'_, PyAny>) -> PyResult<Frame> {
    let mut columns: Vec<(String, Vec<Value>)> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut rows = 0;
    for row in source.try_iter()? {
        let row = row?;
        let row = row.cast::<PyDict>().map_err(|_| {
            Kind::Input.error(format!("row {rows} (the first is 0) should be a dict, found {}", class(&row)))
        })?;
        for (key, value) in row {
            let name = key.str()?.to_string();
            let column = *known.entry(name.clone()).or_insert_with(|| {
                columns.push((name.clone(), Vec::new()));
                columns.len() - 1
            });
            let cells = &mut columns[column].1;
            cells.resize(rows, Value::Null);
            cells.push(json(&value, DEPTH).map_err(|found| {
                Kind::Input.error(format!(
                    "row {rows} (the first is 0), column {name:?}: no record field can take a value of type {found}"
                ))
            })?);
        }
        rows += 1;
    }
    for (_, cells) in &mut columns {
        cells.resize(rows, Value::Null);
    }
    Ok(Frame { name: "the list".to_owned(), columns, rows })
}

fn class(value: &Bound<'_, PyAny>) -> String {
    value.get_type().name().map_or_else(|_| "?".to_owned(), |name| name.to_string())
}

/// Lists and dicts within each other; one that holds itself has no end.
const DEPTH: usize = 32;

/// A value as JSON; the name of its type if it has no form there, or is nested deeper than `depth`.
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
    } else if let Ok(whole) = value.extract::<i64>() {
        Ok(Value::from(whole))
    } else if let Ok(float) = value.extract::<f64>() {
        Ok(number(Some(float)))
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
    } else {
        Err(class(value))
    }
}
