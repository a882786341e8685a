use crate::error::{Kind, engine_error};
use crate::source::Source;
use duijie::{Catalogue, FieldMap, Institution, Institutions, RecordReader, Strictness};
use pyo3::prelude::*;
use serde_json::Value;
use std::sync::Arc;

/// Institutions, found by any of their names.
#[pyclass(frozen, module = "duijie._duijie")]
pub(crate) struct InstitutionList(pub(crate) Arc<Institutions>);

#[pymethods]
impl InstitutionList {
    fn __len__(&self) -> usize {
        self.0.len()
    }

    /// The records as one JSON array.
    fn to_json(&self) -> PyResult<String> {
        let records: Vec<&Institution> = self.0.iter().collect();
        serde_json::to_string(&records).map_err(|error| Kind::Input.error(error.to_string()))
    }
}

/// What lists of institutions call their columns.
const ALIASES: [(&str, &[&str]); 6] = [
    ("id", &["编号", "机构编号", "单位编号"]),
    ("name", &["名称", "单位名称", "机构名称", "高校名称", "院所名称", "高校院所", "学校名称", "全称"]),
    ("aliases", &["简称", "别名", "曾用名"]),
    ("kind", &["类型", "类别", "单位类型", "单位性质"]),
    ("province", &["省", "省份", "所在省"]),
    ("city", &["市", "城市", "地市", "所在市", "所在城市"]),
];

/// Reads institutions from a frame, rows, or .jsonl and .csv files; `columns` maps fields to column names.
#[pyfunction]
#[pyo3(signature = (source, columns))]
pub(crate) fn read_institutions(
    source: &Bound<'_, PyAny>,
    columns: Vec<(String, String)>,
) -> PyResult<InstitutionList> {
    let records = match Source::of(source)? {
        Source::Files(paths) => {
            let catalogue = Catalogue::default();
            let reader = RecordReader::new(&catalogue, Strictness::Strict);
            reader.institutions(&paths).map_err(engine_error)?.records
        }
        Source::Frame(frame) if frame.rows == 0 => Vec::new(),
        Source::Frame(mut frame) => {
            frame.check_named(&columns)?;
            let (name, seen) = (frame.name.clone(), frame.seen());
            let named =
                |field: &str| columns.iter().find(|(known, _)| known == field).map(|(_, column)| column.clone());
            for (field, aliases) in ALIASES {
                let headers: Vec<&String> = frame.columns.iter().map(|(header, _)| header).collect();
                let is_there = headers.iter().any(|header| *header == field);
                let alias = || aliases.iter().find(|alias| headers.iter().any(|header| header == *alias));
                let found =
                    named(field).or_else(|| if is_there { None } else { alias().map(|alias| (*alias).to_owned()) });
                if let Some(found) = found
                    && let Some((header, _)) = frame.columns.iter_mut().find(|(header, _)| *header == found)
                {
                    *header = field.to_owned();
                }
            }
            if let Some(missing) =
                ["id", "name"].iter().find(|field| !frame.columns.iter().any(|(name, _)| name == **field))
            {
                return Err(Kind::MissingColumn.error(format!(
                    "{name} has no column for the {missing}; it has: {seen}. Name it with columns={{{missing:?}: …}}"
                )));
            }
            let record = |(row, fields): (usize, FieldMap)| {
                Institution::try_from(fields)
                    .map_err(|problem| Kind::Input.error(format!("{name}, row {row} (the first is 0): {problem}")))
            };
            frame.into_rows().into_iter().map(with_list_of_aliases).enumerate().map(record).collect::<PyResult<_>>()?
        }
    };
    Ok(InstitutionList(Arc::new(Institutions::new(records).map_err(engine_error)?)))
}

/// Several aliases in one cell as a list.
fn with_list_of_aliases(mut fields: FieldMap) -> FieldMap {
    if let Some(Value::String(text)) = fields.get("aliases") {
        let names = text.split(['；', ';', '、', '，', ',']).map(str::trim).filter(|name| !name.is_empty());
        let names = names.map(Value::from).collect();
        fields.insert("aliases".to_owned(), Value::Array(names));
    }
    fields
}
