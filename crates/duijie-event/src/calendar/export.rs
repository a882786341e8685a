//! The calendar as an iCalendar file (RFC 5545).

use super::{EventCalendar, EventMove, TaskState, shift};
use crate::EventError;
use chrono::{DateTime, NaiveDate, Utc};
use icalendar::{Calendar, Component, Event, EventLike, Todo, TodoStatus};
use jiff::civil::Date;

impl EventCalendar {
    /// The calendar as an iCalendar file: a whole-day event for each event, a to-do for each task.
    /// The same calendar gives the same bytes.
    ///
    /// # Errors
    ///
    /// [`EventError::DateRange`] for a date that the format cannot hold.
    pub fn ics(&self) -> Result<String, EventError> {
        let mut calendar = Calendar::new();
        calendar.name("产学研精准对接活动");
        let stamp = midnight(self.today)?;
        for event in &self.events {
            let moves: Vec<String> = event.moves.iter().map(EventMove::chinese).collect();
            let mut description =
                format!("牵头处室：{}\n配合处室：{}", event.lead_offices, event.supporting_offices.join("、"));
            if !moves.is_empty() {
                description.push_str(&format!("\n调整记录：{}", moves.join("；")));
            }
            calendar.push(
                Event::new()
                    .uid(&format!("event-{}@duijie", event.no))
                    .timestamp(stamp)
                    .summary(&format!("第{}场 {}产学研精准对接", event.no, event.chain))
                    .description(&description)
                    .starts(naive(event.date)?)
                    // The end is the first day that is no longer part of it.
                    .ends(naive(shift(event.date, 1)?)?)
                    .done(),
            );
            for task in &event.tasks {
                let mut todo = Todo::new();
                todo.uid(&format!("event-{}-task-{}@duijie", event.no, task.no))
                    .timestamp(stamp)
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
        Ok(calendar.done().to_string())
    }
}

fn naive(date: Date) -> Result<NaiveDate, EventError> {
    let (month, day) = (date.month().unsigned_abs(), date.day().unsigned_abs());
    let naive = NaiveDate::from_ymd_opt(i32::from(date.year()), u32::from(month), u32::from(day));
    naive.ok_or_else(|| EventError::DateRange { date: date.to_string(), problem: "iCalendar cannot hold it".into() })
}

fn midnight(date: Date) -> Result<DateTime<Utc>, EventError> {
    Ok(naive(date)?.and_hms_opt(0, 0, 0).unwrap_or_default().and_utc())
}
