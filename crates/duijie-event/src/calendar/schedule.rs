use crate::EventError;
use crate::tasks::TaskList;
use duijie::AtomicFile;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

/// What was decided about the events: their days, with every reason, and what is done.
///
/// A JSON file; moves and done tasks are only ever added.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Schedule {
    /// Days that were set or moved, the last of an event holding.
    pub moves: Vec<EventMove>,
    /// Tasks that were done.
    pub done: Vec<TaskDone>,
    /// Days from the event to a task, by its number, where they differ from the usual.
    pub days: BTreeMap<u32, i64>,
}

/// An event was put on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventMove {
    /// Number of the event.
    pub event: u32,
    /// The day before, if one had been set.
    pub from: Option<Date>,
    /// The day.
    pub to: Date,
    /// Who decided it.
    pub who: String,
    /// Why.
    pub reason: String,
    /// When it was decided.
    pub on: Date,
}

impl EventMove {
    /// The move as an official reads it.
    pub fn chinese(&self) -> String {
        let from = self.from.map_or_else(String::new, |from| format!("由{from}"));
        format!("{}{}{from}定于{}：{}", self.on, self.who, self.to, self.reason)
    }
}

/// A task was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TaskDone {
    /// Number of the event.
    pub event: u32,
    /// Number of the task in Annex 2.
    pub task: u32,
    /// Who says so.
    pub who: String,
    /// The day.
    pub on: Date,
    /// What was done.
    pub note: String,
}

impl Schedule {
    /// Loads a schedule; a file that is not there is an empty one.
    ///
    /// # Errors
    ///
    /// [`EventError::Read`] or [`EventError::Schedule`].
    pub fn load(path: &Path) -> Result<Self, EventError> {
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(source) => return Err(EventError::Read { path: path.to_owned(), source: Arc::new(source) }),
        };
        serde_json::from_str(&text)
            .map_err(|error| EventError::Schedule { path: path.to_owned(), problem: error.to_string() })
    }

    /// Writes the schedule; the file is whole or as it was.
    ///
    /// # Errors
    ///
    /// [`duijie::Error::Write`] as [`EventError::Matching`].
    pub fn save(&self, path: &Path) -> Result<(), EventError> {
        let text = serde_json::to_string_pretty(self)
            .map_err(|error| EventError::Schedule { path: path.to_owned(), problem: error.to_string() })?;
        let mut file = AtomicFile::create(path)?;
        writeln!(file, "{text}")
            .map_err(|source| duijie::Error::Write { path: path.to_owned(), source: Arc::new(source) })?;
        Ok(file.commit()?)
    }

    /// Loads a schedule, changes it and writes it. Others who change it through this at the same time
    /// wait, so that no entry is lost; the lock is an empty file beside the schedule, which stays.
    ///
    /// # Errors
    ///
    /// Those of [`Schedule::load`], [`Schedule::save`] and of the change, and [`duijie::Error::Write`] as
    /// [`EventError::Matching`] if the lock cannot be taken.
    pub fn change<T>(path: &Path, change: impl FnOnce(&mut Self) -> Result<T, EventError>) -> Result<T, EventError> {
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(".lock");
        let beside = path.with_file_name(name);
        let failed = |source| duijie::Error::Write { path: beside.clone(), source: Arc::new(source) };
        let lock = File::options().create(true).truncate(false).write(true).open(&beside).map_err(failed)?;
        lock.lock().map_err(failed)?;
        let mut schedule = Self::load(path)?;
        let value = change(&mut schedule)?;
        schedule.save(path)?;
        Ok(value)
    }

    /// Puts an event on a day.
    ///
    /// # Errors
    ///
    /// [`EventError::Blank`] without who or why.
    pub fn move_event(&mut self, event: u32, to: Date, who: &str, reason: &str, on: Date) -> Result<(), EventError> {
        not_blank(&[("who", who), ("why", reason)])?;
        let from = self.moves.iter().rev().find(|moved| moved.event == event).map(|moved| moved.to);
        self.moves.push(EventMove { event, from, to, who: who.to_owned(), reason: reason.to_owned(), on });
        Ok(())
    }

    /// Ticks off a task of an event.
    ///
    /// # Errors
    ///
    /// [`EventError::UnknownTask`], or [`EventError::Blank`] without who.
    pub fn tick_off(&mut self, event: u32, task: u32, who: &str, note: &str, on: Date) -> Result<(), EventError> {
        not_blank(&[("who", who)])?;
        let tasks = TaskList::default();
        if tasks.task(task).is_none() {
            let last = tasks.tasks.last().map_or(0, |task| task.no);
            return Err(EventError::UnknownTask { no: task, last });
        }
        self.done.push(TaskDone { event, task, who: who.to_owned(), on, note: note.to_owned() });
        Ok(())
    }
}

fn not_blank(fields: &[(&'static str, &str)]) -> Result<(), EventError> {
    match fields.iter().find(|(_, text)| text.trim().is_empty()) {
        Some((field, _)) => Err(EventError::Blank { field }),
        None => Ok(()),
    }
}
