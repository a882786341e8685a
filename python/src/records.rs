use crate::catalogue::Catalogue;
use crate::error::{Kind, table_error};
use crate::institutions::InstitutionList;
use crate::long_work::long_work;
use crate::source::{Source, said_at};
use duijie::{Achievement, Demand};
use duijie_tables::{
    Import, ImportReport, Options, Problem, ProblemKind, read_achievement_rows,
    read_achievements as read_achievement_files, read_demand_rows, read_demands as read_demand_files,
};
use pyo3::prelude::*;
use std::path::PathBuf;

/// Demands, and the account of their reading.
#[pyclass(frozen, module = "duijie._duijie")]
pub(crate) struct DemandList {
    pub(crate) records: Vec<Demand>,
    account: Account,
}

/// Achievements, and the account of their reading.
#[pyclass(frozen, module = "duijie._duijie")]
pub(crate) struct AchievementList {
    pub(crate) records: Vec<Achievement>,
    account: Account,
}

/// What the reading of records says of itself.
struct Account {
    /// What was not taken as it stands, a line each.
    problems: Vec<String>,
    /// The whole account in Chinese.
    text: String,
    /// What documents of it are written from; `None` in another process than the one that read.
    report: Option<ImportReport>,
    /// Where each record stands.
    origins: Vec<String>,
}

/// Reads demands from a frame, rows or files; `columns` maps record fields to column names.
#[pyfunction]
#[pyo3(signature = (source, catalogue, columns))]
pub(crate) fn read_demands(
    py: Python<'_>,
    source: &Bound<'_, PyAny>,
    catalogue: &Catalogue,
    columns: Vec<(String, String)>,
) -> PyResult<DemandList> {
    let (source, catalogue) = (Source::of(source)?, catalogue.0.clone());
    long_work(py, None, move |watch| {
        let options = Options { mapping: mapping(&columns)?, cancel: Some(&watch.cancel), ..Options::default() };
        let import = match source {
            Source::Files(paths) => read_demand_files(&paths, &catalogue, &options).map_err(table_error)?,
            Source::Frame(frame) => {
                frame.check_named(&columns)?;
                let (name, seen) = (frame.name.clone(), frame.seen());
                let import = read_demand_rows(&name, frame.into_rows(), &catalogue, &options).map_err(table_error)?;
                check_rows(&import, &name, &seen)?;
                import
            }
        };
        let account = account(&import)?;
        Ok(DemandList { records: import.records, account })
    })
}

/// Reads achievements of these institutions, as `read_demands` does demands.
#[pyfunction]
#[pyo3(signature = (source, catalogue, institutions, columns))]
pub(crate) fn read_achievements(
    py: Python<'_>,
    source: &Bound<'_, PyAny>,
    catalogue: &Catalogue,
    institutions: &InstitutionList,
    columns: Vec<(String, String)>,
) -> PyResult<AchievementList> {
    let (source, catalogue, institutions) = (Source::of(source)?, catalogue.0.clone(), institutions.0.clone());
    long_work(py, None, move |watch| {
        let options = Options { mapping: mapping(&columns)?, cancel: Some(&watch.cancel), ..Options::default() };
        let import = match source {
            Source::Files(paths) => {
                read_achievement_files(&paths, &catalogue, &institutions, &options).map_err(table_error)?
            }
            Source::Frame(frame) => {
                frame.check_named(&columns)?;
                let (name, seen) = (frame.name.clone(), frame.seen());
                let import = read_achievement_rows(&name, frame.into_rows(), &catalogue, &institutions, &options)
                    .map_err(table_error)?;
                check_rows(&import, &name, &seen)?;
                import
            }
        };
        let account = account(&import)?;
        Ok(AchievementList { records: import.records, account })
    })
}

/// The names that the tables' dictionary has for the fields of records, where they differ.
const DICTIONARY: [(&str, &str); 8] = [
    ("enterprise", "org"),
    ("institution", "org"),
    ("description", "problem"),
    ("indicators", "targets"),
    ("budget", "budget_wan"),
    ("price", "price_wan"),
    ("cooperation_modes", "mode"),
    ("sub_industry", "segment"),
];

/// (field, column) as the readers of tables want it: (column, name of the field in the dictionary).
fn mapping(columns: &[(String, String)]) -> PyResult<Vec<(String, String)>> {
    let name = |field: &str| {
        DICTIONARY.iter().find(|(ours, _)| *ours == field).map_or(field.to_owned(), |(_, name)| (*name).to_owned())
    };
    Ok(columns.iter().map(|(field, column)| (column.clone(), name(field))).collect())
}

/// Fails where rows of a frame are no records: a program hands them in and can be told to mend them.
fn check_rows<T>(import: &Import<T>, name: &str, seen: &str) -> PyResult<()> {
    let rejected = |problem: &&Problem| problem.kind.rejects();
    let Some(first) = import.problems.iter().find(rejected) else { return Ok(()) };
    let columns = import.files.iter().flat_map(|file| &file.sheets).flat_map(|sheet| &sheet.columns);
    let is_headed = |field: &str| columns.clone().any(|column| column.field == field);
    if first.kind == ProblemKind::NoTitle && !is_headed("title") {
        return Err(Kind::MissingColumn.error(format!(
            "{name} has no column for the title, under any name that the official tables use; \
             it has: {seen}. Name it with columns={{\"title\": …}}"
        )));
    }
    let what = match &first.kind {
        ProblemKind::Unusable(problem) => problem.to_string(),
        ProblemKind::NoTitle => "the field \"title\" is missing or blank".to_owned(),
        other => other.to_string(),
    };
    let place = said_at(name, first.origin.row.saturating_sub(1) as usize);
    let others = import.problems.iter().filter(rejected).count() - 1;
    let others = if others > 0 { format!(" ({others} more rows have problems)") } else { String::new() };
    Err(Kind::Input.error(format!("{place}: {what}{others}")))
}

/// The account of a reading; fails with the first file that could not be read.
fn account<T>(import: &Import<T>) -> PyResult<Account> {
    if let Some(error) = import.files.iter().find_map(|file| file.error.clone()) {
        return Err(table_error(error));
    }
    let line = |problem: &Problem| {
        let header = problem.header.as_ref().map_or(String::new(), |header| format!("〔{header}〕"));
        format!("{}{header}：{}", problem.origin, problem.kind)
    };
    let report = import.report();
    Ok(Account {
        problems: import.problems.iter().map(line).collect(),
        text: report.to_string(),
        report: Some(report),
        origins: import.origins.iter().map(ToString::to_string).collect(),
    })
}

/// Records as JSON; text, problems and origins of their account.
type Restored = (String, (String, Vec<String>, Vec<String>));

macro_rules! list_methods {
    ($list:ident) => {
        #[pymethods]
        impl $list {
            fn __len__(&self) -> usize {
                self.records.len()
            }

            /// What an encoder should read of each record.
            fn texts(&self) -> Vec<String> {
                self.records.iter().map(|record| record.text()).collect()
            }

            /// The records as one JSON array.
            fn to_json(&self) -> PyResult<String> {
                serde_json::to_string(&self.records).map_err(|error| Kind::Input.error(error.to_string()))
            }

            #[getter]
            fn problems(&self) -> Vec<String> {
                self.account.problems.clone()
            }

            #[getter]
            fn origins(&self) -> Vec<String> {
                self.account.origins.clone()
            }

            /// The report as a web page; `None` where it was not read in this process.
            fn report_html(&self) -> Option<String> {
                self.account.report.as_ref().map(ImportReport::to_html)
            }

            /// Writes the report as a web page (.html) or a workbook (.xlsx).
            fn write_report(&self, path: PathBuf) -> PyResult<()> {
                let Some(report) = &self.account.report else {
                    return Err(Kind::Input.error(
                        "records that were pickled have the text of their account alone; read them again to write it",
                    ));
                };
                match path.extension().and_then(|ending| ending.to_str()) {
                    Some("html" | "htm") => report.write_html(&path).map_err(table_error),
                    Some("xlsx") => report.write_xlsx(&path).map_err(table_error),
                    _ => Err(Kind::Input.error(format!("{}: a report is written as .html or .xlsx", path.display()))),
                }
            }

            #[getter]
            fn report(&self) -> String {
                self.account.text.clone()
            }

            /// What `__reduce__` gave.
            #[staticmethod]
            fn restored(json: &str, account: (String, Vec<String>, Vec<String>)) -> PyResult<Self> {
                let records = serde_json::from_str(json).map_err(|error| Kind::Input.error(error.to_string()))?;
                let (text, problems, origins) = account;
                Ok(Self { records, account: Account { problems, text, report: None, origins } })
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

            #[pyo3(signature = () -> "tuple[object, ...]")]
            fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, Restored)> {
                let account = (self.account.text.clone(), self.account.problems.clone(), self.account.origins.clone());
                Ok((py.get_type::<Self>().getattr("restored")?, (self.to_json()?, account)))
            }
        }
    };
}

list_methods!(DemandList);
list_methods!(AchievementList);
