use crate::columns::{Columns, Holds};
use crate::error::Kind;
use crate::long_work::long_work;
use crate::source::{Frame, Source, said_at};
use crate::table::Table;
use duijie_eval::{Measure, Qrels, Randomisation, Report, Run, compare};
use pyo3::prelude::*;
use serde_json::Value;
use std::sync::atomic::Ordering;

/// Names of the columns for demand, document and value, in the forms that evaluation tools use.
const DEMAND: [&str; 3] = ["query_id", "qid", "demand"];
const DOCUMENT: [&str; 4] = ["doc_id", "docno", "achievement", "institution"];
const GRADE: [&str; 3] = ["relevance", "label", "grade"];
const SCORE: [&str; 1] = ["score"];

const MEANS: [(&str, Holds); 10] = [
    ("run", Holds::Text),
    ("measure", Holds::Text),
    ("mean", Holds::Number),
    ("baseline", Holds::Text),
    ("difference", Holds::Number),
    ("wins", Holds::Count),
    ("ties", Holds::Count),
    ("losses", Holds::Count),
    ("p_t_test", Holds::Number),
    ("p_randomisation", Holds::Number),
];

const VALUES: [(&str, Holds); 4] =
    [("run", Holds::Text), ("query_id", Holds::Text), ("measure", Holds::Text), ("value", Holds::Number)];

/// Scores runs; a table of means, compared with the run named `baseline`, and one of a value a demand.
#[pyfunction]
#[pyo3(signature = (runs, qrels, measures, *, baseline, unit))]
pub(crate) fn evaluate(
    py: Python<'_>,
    runs: Vec<(String, Bound<'_, PyAny>)>,
    qrels: &Bound<'_, PyAny>,
    measures: Vec<String>,
    baseline: Option<String>,
    unit: Option<String>,
) -> PyResult<(Table, Table)> {
    let measures = measures.iter().map(|name| name.parse().map_err(failed)).collect::<PyResult<Vec<Measure>>>()?;
    let qrels = Source::of(qrels)?;
    let runs = runs.into_iter().map(|(name, run)| Ok((name, Source::of(&run)?))).collect::<PyResult<Vec<_>>>()?;
    long_work(py, None, move |watch| {
        let qrels = judgments(qrels)?;
        let mut reports: Vec<(String, Report)> = Vec::new();
        for (name, source) in runs {
            if watch.cancel.load(Ordering::Relaxed) {
                return Err(failed("interrupted"));
            }
            let run = ranking(&name, source, unit.as_deref())?;
            reports.push((name, duijie_eval::evaluate(&run, &qrels, &measures)));
        }
        tables(&reports, baseline.as_deref())
    })
}

fn failed(error: impl ToString) -> PyErr {
    Kind::Evaluation.error(error.to_string())
}

fn judgments(source: Source) -> PyResult<Qrels> {
    let frame = match source {
        Source::Files(paths) => {
            let [path] = paths.as_slice() else { return Err(failed("give one file of qrels")) };
            return Qrels::from_path(path).map_err(failed);
        }
        Source::Frame(frame) => frame,
    };
    let (demands, documents, grades) = (column(&frame, &DEMAND)?, column(&frame, &DOCUMENT)?, column(&frame, &GRADE)?);
    let mut qrels = Qrels::new();
    for row in 0..frame.rows {
        let grade = grades[row].as_i64().and_then(|grade| i32::try_from(grade).ok());
        let grade = grade.ok_or_else(|| no_number(&frame, row, "a whole number as grade", &grades[row]))?;
        qrels.insert(&id(&frame, row, &demands[row])?, &id(&frame, row, &documents[row])?, grade).map_err(failed)?;
    }
    Ok(qrels)
}

/// A run by falling scores; among equal ones the rows stand as they came.
fn ranking(name: &str, source: Source, unit: Option<&str>) -> PyResult<Run> {
    let frame = match source {
        Source::Files(paths) => {
            let [path] = paths.as_slice() else { return Err(failed("give one file a run")) };
            return Run::from_path(path).map_err(failed);
        }
        Source::Frame(frame) => frame,
    };
    let documents = match unit {
        Some(unit) => column(&frame, &["doc_id", "docno", unit])?,
        None => column(&frame, &DOCUMENT)?,
    };
    let (demands, scores) = (column(&frame, &DEMAND)?, column(&frame, &SCORE)?);
    let mut rankings: Vec<(String, Vec<(String, f64)>)> = Vec::new();
    let mut places = std::collections::HashMap::new();
    for row in 0..frame.rows {
        let demand = id(&frame, row, &demands[row])?;
        let score = scores[row].as_f64().ok_or_else(|| no_number(&frame, row, "a number as score", &scores[row]))?;
        let place = *places.entry(demand.clone()).or_insert_with(|| {
            rankings.push((demand, Vec::new()));
            rankings.len() - 1
        });
        rankings[place].1.push((id(&frame, row, &documents[row])?, score));
    }
    let tag: String = name.chars().map(|c| if c.is_whitespace() || c.is_control() { '_' } else { c }).collect();
    let mut run = Run::new(&tag).map_err(failed)?;
    for (demand, mut documents) in rankings {
        documents.sort_by(|a, b| b.1.total_cmp(&a.1));
        run.push_ranking(&demand, documents).map_err(failed)?;
    }
    Ok(run)
}

/// The first column of the frame that bears one of the names.
fn column<'f>(frame: &'f Frame, names: &[&str]) -> PyResult<&'f [Value]> {
    let found = names.iter().find_map(|name| frame.columns.iter().find(|(known, _)| known == name));
    found.map(|(_, values)| values.as_slice()).ok_or_else(|| {
        Kind::MissingColumn.error(format!(
            "{} has none of the columns {}; it has: {}",
            frame.name,
            names.join(", "),
            frame.seen()
        ))
    })
}

/// Ids are texts; frames often hold them as numbers.
fn id(frame: &Frame, row: usize, value: &Value) -> PyResult<String> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Number(number) => Ok(number.to_string()),
        other => Err(no_number(frame, row, "an id", other)),
    }
}

fn no_number(frame: &Frame, row: usize, expected: &str, found: &Value) -> PyErr {
    Kind::Input.error(format!("{}: expected {expected}, found {found}", said_at(&frame.name, row)))
}

fn tables(reports: &[(String, Report)], baseline: Option<&str>) -> PyResult<(Table, Table)> {
    let base = match baseline {
        None => None,
        Some(name) => Some(reports.iter().find(|(known, _)| known == name).ok_or_else(|| {
            let known: Vec<&str> = reports.iter().map(|(name, _)| name.as_str()).collect();
            failed(format!("the baseline {name:?} is none of the runs {}", known.join(", ")))
        })?),
    };
    let (mut means, mut values) = (Columns::new(&MEANS), Columns::new(&VALUES));
    for (name, report) in reports {
        let comparison = match base.filter(|(known, _)| known != name) {
            Some((_, base)) => Some(compare(base, report, Randomisation::default()).map_err(failed)?),
            None => None,
        };
        for &measure in report.measures() {
            let row = comparison.as_ref().and_then(|comparison| comparison.row(measure));
            let count = |count: Option<usize>| crate::columns::Cell::Count(count.map(|count| count as u32));
            means.push([
                name.as_str().into(),
                measure.to_string().as_str().into(),
                report.mean(measure).into(),
                row.and(baseline).into(),
                row.map(|row| row.mean_difference).into(),
                count(row.map(|row| row.wins)),
                count(row.map(|row| row.ties)),
                count(row.map(|row| row.losses)),
                row.and_then(|row| row.t_test).map(|test| test.p).into(),
                row.map(|row| row.randomisation_p).into(),
            ]);
            for (demand, value) in report.demands().iter().zip(report.values(measure).unwrap_or_default()) {
                values.push([
                    name.as_str().into(),
                    demand.as_str().into(),
                    measure.to_string().as_str().into(),
                    value.into(),
                ]);
            }
        }
    }
    Ok((means.finish(), values.finish()))
}
