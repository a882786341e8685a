//! The calendar as an iCalendar file (RFC 5545).

use super::{EventCalendar, EventMove, TaskState, shift};
use crate::EventError;
use chrono::{DateTime, NaiveDate, Utc};
use icalendar::{Calendar, Component, Event, EventLike, Todo, TodoStatus};
use jiff::civil::Date;

/// What made the file, as RFC 5545 asks for it.
const PRODUCT: &str = "-//duijie//event calendar//ZH";

impl EventCalendar {
    /// The calendar as an iCalendar file: a whole-day event for each event, a to-do for each task.
    /// The same calendar gives the same bytes; an event that was moved keeps its UID and counts up its SEQUENCE,
    /// so that whoever has the calendar already sees it on its new day.
    ///
    /// # Errors
    ///
    /// [`EventError::DateRange`] for a date that the format cannot hold.
    pub fn ics(&self) -> Result<String, EventError> {
        let mut calendar = Calendar::empty();
        for (name, value) in [("VERSION", "2.0"), ("PRODID", PRODUCT), ("CALSCALE", "GREGORIAN")] {
            calendar.append_property((name, value));
        }
        calendar.name("产学研精准对接活动");
        let stamp = midnight(self.today)?;
        for event in &self.events {
            let moves: Vec<String> = event.moves.iter().map(EventMove::chinese).collect();
            let mut description =
                format!("牵头处室：{}\n配合处室：{}", event.lead_offices, event.supporting_offices.join("、"));
            if !moves.is_empty() {
                description.push_str(&format!("\n调整记录：{}", moves.join("；")));
            }
            // Whoever has the calendar already takes over what has a greater number.
            let sequence = u32::try_from(event.moves.len()).unwrap_or(u32::MAX);
            // The window tells the events of one year from those of another, and stays when they move.
            let uid = format!("{}-event-{}", event.window.from, event.no);
            let mut day = Event::new();
            day.uid(&format!("{uid}@duijie"))
                .timestamp(stamp)
                .sequence(sequence)
                .summary(&format!("第{}场 {}产学研精准对接", event.no, event.chain))
                .description(&description)
                .starts(naive(event.date)?)
                // The end is the first day that is no longer part of it.
                .ends(naive(shift(event.date, 1)?)?);
            if let Some(moved) = event.moves.last() {
                day.last_modified(midnight(moved.on)?);
            }
            calendar.push(day.done());
            for task in &event.tasks {
                let mut todo = Todo::new();
                todo.uid(&format!("{uid}-task-{}@duijie", task.no))
                    .timestamp(stamp)
                    .sequence(sequence + u32::from(task.done.is_some()))
                    .summary(&format!("第{}场 任务{}：{}", event.no, task.no, task.content))
                    .description(&format!("责任单位：{}", task.responsible))
                    .due(naive(task.due)?);
                match (&task.done, task.state) {
                    (Some(done), _) => {
                        todo.status(TodoStatus::Completed).percent_complete(100).completed(midnight(done.on)?);
                    }
                    (None, TaskState::Ahead) => {
                        todo.status(TodoStatus::NeedsAction);
                    }
                    (None, _) => {
                        todo.status(TodoStatus::NeedsAction).priority(1);
                    }
                }
                calendar.push(todo.done());
            }
        }
        Ok(folded(&calendar.done().to_string()))
    }
}

/// Longest line in octets, its leading blank included, its end excluded.
const LINE: usize = 75;

/// The same content lines folded as RFC 5545 asks for: the library's own lines are one octet longer after the first.
fn folded(ics: &str) -> String {
    let mut text = String::with_capacity(ics.len() + ics.len() / LINE);
    for line in ics.replace("\r\n ", "").split_terminator("\r\n") {
        let mut length = 0;
        for character in line.chars() {
            if length + character.len_utf8() > LINE {
                text.push_str("\r\n ");
                length = 1;
            }
            text.push(character);
            length += character.len_utf8();
        }
        text.push_str("\r\n");
    }
    text
}

fn naive(date: Date) -> Result<NaiveDate, EventError> {
    let (month, day) = (date.month().unsigned_abs(), date.day().unsigned_abs());
    let naive = NaiveDate::from_ymd_opt(i32::from(date.year()), u32::from(month), u32::from(day));
    naive.ok_or_else(|| EventError::DateRange { date: date.to_string(), problem: "iCalendar cannot hold it".into() })
}

fn midnight(date: Date) -> Result<DateTime<Utc>, EventError> {
    Ok(naive(date)?.and_hms_opt(0, 0, 0).unwrap_or_default().and_utc())
}
