use super::{Problem, ProblemKind};
use crate::layout::{Column, Item, ItemState, ItemValue, Layout, Table};
use crate::sheet::Origin;
use crate::values::without_personal_ids;
use duijie::{FieldMap, RecordProblem};
use rustc_hash::FxHashMap;
use serde_json::Value;

/// Cuts identity numbers out of the fields of a record, and answers the fields that held any.
pub(crate) fn without_ids(fields: &mut FieldMap) -> Vec<String> {
    let held = fields.iter_mut().filter_map(|(name, value)| cut_ids(value).then(|| name.clone())).collect();
    // A field that was nothing else is blank now.
    fields.retain(|_, value| !value.is_null());
    held
}

/// Whether `value` held an identity number. A text or number that was nothing else becomes null.
fn cut_ids(value: &mut Value) -> bool {
    match value {
        Value::Array(entries) => {
            let held = entries.iter_mut().fold(false, |held, entry| cut_ids(entry) | held);
            entries.retain(|entry| !held || !entry.is_null());
            held
        }
        Value::Object(fields) => fields.values_mut().fold(false, |held, entry| cut_ids(entry) | held),
        Value::String(_) | Value::Number(_) => {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            let Some(clean) = without_personal_ids(&text) else { return false };
            let blank = clean.trim().is_empty() || value.is_number();
            *value = if blank { Value::Null } else { Value::from(clean) };
            true
        }
        Value::Null | Value::Bool(_) => false,
    }
}

/// Objects, of a JSONL file or handed in.
pub(crate) struct Objects {
    /// Those in the form of records: row and fields.
    pub(crate) records: Vec<(u32, FieldMap)>,
    /// The others, whose keys are headers.
    pub(crate) table: Table,
    pub(crate) rejected: Vec<Problem>,
    pub(crate) rows: usize,
}

impl Objects {
    fn new() -> Self {
        let table = Table::of(Layout::Objects, Vec::new(), Vec::new());
        Self { records: Vec::new(), table, rejected: Vec::new(), rows: 0 }
    }

    /// The objects of `rows`, numbered from 1. Under a mapping every key is a header.
    pub(crate) fn of_rows(rows: Vec<FieldMap>, mapping: &[(String, String)]) -> Self {
        let mut objects = Self::new();
        let mut known = FxHashMap::default();
        for (fields, row) in rows.into_iter().zip(1_u32..) {
            objects.rows += 1;
            if fields.contains_key("title") && mapping.is_empty() {
                objects.records.push((row, fields));
            } else {
                objects.push_item(row, fields, &mut known);
            }
        }
        objects
    }

    /// The objects of a JSONL file, likewise.
    pub(crate) fn of_lines(bytes: &[u8], origin: &Origin, mapping: &[(String, String)]) -> Self {
        let mut objects = Self::new();
        let mut known = FxHashMap::default();
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        for (line, row) in bytes.split(|byte| *byte == b'\n').zip(1_u32..) {
            if line.trim_ascii().is_empty() {
                continue;
            }
            objects.rows += 1;
            match serde_json::from_slice::<FieldMap>(line) {
                Err(error) => {
                    let origin = Origin { row, column: None, ..origin.clone() };
                    let kind = ProblemKind::Unusable(RecordProblem::Json(error.to_string()));
                    objects.rejected.push(Problem { origin, header: None, kind });
                }
                Ok(fields) if fields.contains_key("title") && mapping.is_empty() => objects.records.push((row, fields)),
                Ok(fields) => objects.push_item(row, fields, &mut known),
            }
        }
        objects
    }

    /// Takes an object whose keys are headers; `known` holds the columns met so far.
    fn push_item(&mut self, row: u32, fields: FieldMap, known: &mut FxHashMap<String, usize>) {
        let mut values = Vec::new();
        for (header, value) in fields {
            let next = known.len();
            let column = *known.entry(header.clone()).or_insert(next);
            if column == next {
                self.table.columns.push(Column::headed(vec![header], None));
            }
            let text = match value {
                Value::String(text) => text,
                Value::Null => continue,
                Value::Array(entries) => {
                    let texts = entries.iter().map(|entry| entry.as_str().map_or(entry.to_string(), str::to_owned));
                    texts.collect::<Vec<_>>().join("；")
                }
                other => other.to_string(),
            };
            values.push(ItemValue { column, text, place: (row, 0) });
        }
        let item = Item { sheet: None, row, state: ItemState::Shown, values, context: Vec::new().into() };
        self.table.items.push(item);
    }
}
