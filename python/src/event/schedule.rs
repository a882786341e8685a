use super::report::{Report, Rows, json};
use super::{day, event_error};
use crate::catalogue::Catalogue;
use crate::columns::Holds::{self, Count, Text};
use crate::error::Kind;
use duijie_event::Schedule;
use pyo3::prelude::*;
use serde_json::{Value, json};
use std::path::PathBuf;

const EVENTS: &[(&str, Holds)] = &[
    ("no", Count),
    ("chain", Text),
    ("date", Text),
    ("day", Text),
    ("in_window", Text),
    ("lead_offices", Text),
    ("supporting_offices", Text),
];
const TASKS: &[(&str, Holds)] = &[
    ("event", Count),
    ("chain", Text),
    ("no", Count),
    ("content", Text),
    ("responsible", Text),
    ("with", Text),
    ("phase", Text),
    ("due", Text),
    ("state", Text),
    ("done", Text),
];

fn schedule(path: Option<&PathBuf>) -> PyResult<Schedule> {
    Ok(path.map(|path| Schedule::load(path)).transpose().map_err(event_error)?.unwrap_or_default())
}

/// Events and tasks; and the whole as an iCalendar file.
#[pyfunction]
#[pyo3(signature = (catalogue, *, schedule_path, event, today))]
pub(crate) fn calendar(
    catalogue: &Catalogue,
    schedule_path: Option<PathBuf>,
    event: Option<u32>,
    today: Option<&str>,
) -> PyResult<(Report, String)> {
    let mut found =
        duijie_event::calendar(&catalogue.0, &schedule(schedule_path.as_ref())?, day(today)?).map_err(event_error)?;
    if let Some(event) = event {
        known(catalogue, event)?;
        found.events.retain(|other| other.no == event);
    }
    let events = json(&found.events)?;
    let mut tasks: Vec<Value> = Vec::new();
    for event in &found.events {
        for task in &event.tasks {
            let mut row = json(task)?;
            row["event"] = json!(event.no);
            row["chain"] = json!(event.chain);
            tasks.push(row);
        }
    }
    let value = json!({ "today": found.today.to_string(), "events": events, "tasks": tasks });
    let rows = vec![Rows::of(&value, "events", EVENTS), Rows::of(&value, "tasks", TASKS)];
    let report = Report::new("产学研精准对接活动日程", &value, rows, found.sheets());
    Ok((report, found.ics().map_err(event_error)?))
}

fn known(catalogue: &Catalogue, event: u32) -> PyResult<()> {
    match catalogue.0.event(event) {
        Some(_) => Ok(()),
        None => Err(Kind::UnknownId.error(format!("catalogue {} has no event {event}", catalogue.0.version))),
    }
}

/// Puts an event on a day, in the schedule file.
#[pyfunction]
#[pyo3(signature = (catalogue, schedule_path, event, to, *, who, reason, on))]
pub(crate) fn calendar_move(
    catalogue: &Catalogue,
    schedule_path: PathBuf,
    event: u32,
    to: &str,
    who: &str,
    reason: &str,
    on: Option<&str>,
) -> PyResult<()> {
    known(catalogue, event)?;
    let mut schedule = schedule(Some(&schedule_path))?;
    schedule.move_event(event, day(Some(to))?, who, reason, day(on)?).map_err(event_error)?;
    schedule.save(&schedule_path).map_err(event_error)
}

/// Ticks off a task of an event, in the schedule file.
#[pyfunction]
#[pyo3(signature = (catalogue, schedule_path, event, task, *, who, note, on))]
pub(crate) fn calendar_done(
    catalogue: &Catalogue,
    schedule_path: PathBuf,
    event: u32,
    task: u32,
    who: &str,
    note: &str,
    on: Option<&str>,
) -> PyResult<()> {
    known(catalogue, event)?;
    let mut schedule = schedule(Some(&schedule_path))?;
    schedule.tick_off(event, task, who, note, day(on)?).map_err(event_error)?;
    schedule.save(&schedule_path).map_err(event_error)
}
