use crate::error::{Kind, engine_error, table_error};
use crate::source::{Frame, Source, said_at};
use duijie::{Catalogue, FieldMap, Institution, Institutions, RecordReader, Strictness};
use duijie_tables::{TableError, TitledTable, read_titled_table};
use pyo3::prelude::*;
use serde_json::Value;
use std::path::Path;
use std::sync::Arc;

/// Institutions, found by any of their names.
#[pyclass(frozen, module = "duijie._duijie")]
pub(crate) struct InstitutionList(pub(crate) Arc<Institutions>);

#[pymethods]
impl InstitutionList {
    fn __len__(&self) -> usize {
        self.0.len()
    }

    /// Nothing changes in it, so that a copy is itself.
    fn __copy__(list: Py<Self>) -> Py<Self> {
        list
    }

    #[pyo3(signature = (memo))]
    fn __deepcopy__(list: Py<Self>, memo: &Bound<'_, PyAny>) -> Py<Self> {
        let _ = memo;
        list
    }

    /// What `to_json` gave.
    #[staticmethod]
    fn from_json(text: &str) -> PyResult<Self> {
        let records = serde_json::from_str(text).map_err(|error| Kind::Input.error(error.to_string()))?;
        Ok(Self(Arc::new(Institutions::new(records).map_err(engine_error)?)))
    }

    #[pyo3(signature = () -> "tuple[object, ...]")]
    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
        Ok((py.get_type::<Self>().getattr("from_json")?, (self.to_json()?,)))
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

/// Reads institutions from a frame, rows or files; `columns` maps fields to column names.
#[pyfunction]
#[pyo3(signature = (source, columns))]
pub(crate) fn read_institutions(
    source: &Bound<'_, PyAny>,
    columns: Vec<(String, String)>,
) -> PyResult<InstitutionList> {
    let records = match Source::of(source)? {
        Source::Files(paths) => {
            let read = paths.iter().map(|path| of_file(path, &columns)).collect::<PyResult<Vec<_>>>()?;
            read.into_iter().flatten().collect()
        }
        Source::Frame(frame) => of_frame(frame, &columns)?,
    };
    Ok(InstitutionList(Arc::new(Institutions::new(records).map_err(engine_error)?)))
}

/// Record files by their rules, any other by the first table whose head names institutions.
fn of_file(path: &Path, columns: &[(String, String)]) -> PyResult<Vec<Institution>> {
    let ending = path.extension().map_or(String::new(), |ending| ending.to_string_lossy().to_lowercase());
    let mut refused = None;
    if matches!(ending.as_str(), "jsonl" | "ndjson" | "csv") && columns.is_empty() {
        let catalogue = Catalogue::default();
        let reader = RecordReader::new(&catalogue, Strictness::Strict);
        match reader.institutions(&[path.to_owned()]) {
            Ok(intake) => return Ok(intake.records),
            Err(error) if ending == "csv" => refused = Some(engine_error(error)),
            Err(error) => return Err(engine_error(error)),
        }
    }
    let (_, known) = ALIASES[1];
    let named = columns.iter().find(|(field, _)| field == "name").map(|(_, column)| column.as_str());
    for head in named.into_iter().chain(known.iter().copied()).chain(["name"]) {
        match read_titled_table(path, &[head]) {
            Ok(table) => return of_frame(frame_of(path, table), columns),
            Err(TableError::NoSuchTable { .. }) => {}
            Err(error) => return Err(table_error(error)),
        }
    }
    Err(refused.unwrap_or_else(|| {
        Kind::MissingColumn.error(format!(
            "{} has no table with a column for the name of institutions, such as {}; name it with columns={{\"name\": …}}",
            path.display(),
            known.join("、")
        ))
    }))
}

fn frame_of(path: &Path, table: TitledTable) -> Frame {
    let cell = |row: &Vec<String>, at: usize| match row.get(at) {
        Some(text) if !text.is_empty() => Value::from(text.as_str()),
        _ => Value::Null,
    };
    let headed = table.header.iter().enumerate().filter(|(_, header)| !header.is_empty());
    let columns = headed.map(|(at, header)| (header.clone(), table.rows.iter().map(|row| cell(row, at)).collect()));
    Frame { name: path.display().to_string(), columns: columns.collect(), rows: table.rows.len() }
}

/// The institutions of a frame, whose columns are named as lists of institutions name them.
fn of_frame(mut frame: Frame, columns: &[(String, String)]) -> PyResult<Vec<Institution>> {
    if frame.rows == 0 {
        return Ok(Vec::new());
    }
    frame.check_named(columns)?;
    let (name, seen) = (frame.name.clone(), frame.seen());
    let named = |field: &str| columns.iter().find(|(known, _)| known == field).map(|(_, column)| column.clone());
    for (field, aliases) in ALIASES {
        let headers: Vec<&String> = frame.columns.iter().map(|(header, _)| header).collect();
        let is_there = headers.iter().any(|header| *header == field);
        let alias = || aliases.iter().find(|alias| headers.iter().any(|header| header == *alias));
        let found = named(field).or_else(|| if is_there { None } else { alias().map(|alias| (*alias).to_owned()) });
        if let Some(found) = found
            && let Some((header, _)) = frame.columns.iter_mut().find(|(header, _)| *header == found)
        {
            *header = field.to_owned();
        }
    }
    if let Some(missing) = ["id", "name"].iter().find(|field| !frame.columns.iter().any(|(name, _)| name == **field)) {
        return Err(Kind::MissingColumn.error(format!(
            "{name} has no column for the {missing}; it has: {seen}. Name it with columns={{{missing:?}: …}}"
        )));
    }
    let record = |(row, fields): (usize, FieldMap)| {
        Institution::try_from(fields)
            .map_err(|problem| Kind::Input.error(format!("{}: {problem}", said_at(&name, row))))
    };
    frame.into_rows().into_iter().map(with_list_of_aliases).enumerate().map(record).collect()
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
