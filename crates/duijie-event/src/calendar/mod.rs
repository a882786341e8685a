//! When the events are, and what is to be done for each until when: Annex 1's windows and Annex
//! 2's tasks, counted from the day of the event.

mod export;
mod schedule;

pub use schedule::{EventMove, Schedule, TaskDone};

use crate::tasks::{TaskList, TaskPhase};
use crate::{EventError, Sheet};
use duijie::{Catalogue, Chain, EventWindow};
use jiff::Span;
use jiff::civil::{Date, Weekday};
use serde::Serialize;

/// Days from an event to each task of Annex 2, unless a schedule says otherwise. The document sets
/// none: what must be there on the day comes weeks before, what follows from it after.
const DAYS: [(u32, i64); 16] = [
    (1, -60),
    (2, -40),
    (3, -40),
    (4, -40),
    (5, -40),
    (6, 0),
    (7, 30),
    (8, -14),
    (9, 0),
    (10, 60),
    (11, 60),
    (12, 120),
    (13, 90),
    (14, 120),
    (15, 14),
    (16, 120),
];

/// A task not done is due soon from this many days before.
const SOON: i64 = 14;

/// The events in the order of their days.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EventCalendar {
    /// The day it was made for.
    pub today: Date,
    /// The events.
    pub events: Vec<CalendarEvent>,
}

/// An event and its tasks.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CalendarEvent {
    /// Its number.
    pub no: u32,
    /// Name of its chain.
    pub chain: String,
    /// The months that Annex 1 gives it.
    pub window: EventWindow,
    /// Its day.
    pub date: Date,
    /// Whether anybody has set the day; if not, it is a working day in the middle of the window's last month.
    pub day: DaySetting,
    /// Whether the day lies in the window.
    pub in_window: bool,
    /// 牵头处室.
    pub lead_offices: String,
    /// 配合处室.
    pub supporting_offices: Vec<String>,
    /// Why the day is what it is: all moves, the first first.
    pub moves: Vec<EventMove>,
    /// The tasks of Annex 2 in the order of their days.
    pub tasks: Vec<CalendarTask>,
}

/// Where an event's day comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DaySetting {
    /// Taken from the window.
    Proposed,
    /// Set, or moved to.
    Set,
}

/// A task of an event.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CalendarTask {
    /// Its number in Annex 2.
    pub no: u32,
    /// 工作内容.
    pub content: String,
    /// Units and offices responsible, those of the chain by name.
    pub responsible: String,
    /// 配合单位.
    pub with: Vec<String>,
    /// When in the course of the event.
    pub phase: TaskPhase,
    /// Until when; a weekend gives way to the Friday before it.
    pub due: Date,
    /// How it stands.
    pub state: TaskState,
    /// Who did it, and when.
    pub done: Option<TaskDone>,
}

/// How a task stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskState {
    /// Done.
    Done,
    /// Not done, and its day has passed.
    Overdue,
    /// Not done, and due within two weeks.
    DueSoon,
    /// Not done yet.
    Ahead,
}

impl TaskState {
    /// The word that an official reads.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Done => "已完成",
            Self::Overdue => "逾期",
            Self::DueSoon => "即将到期",
            Self::Ahead => "未到期",
        }
    }
}

/// The events of the catalogue as the schedule has them, with the tasks of each as a checklist.
///
/// ```
/// use duijie::Catalogue;
/// use duijie_event::{Schedule, TaskState, calendar};
///
/// let mut schedule = Schedule::default();
/// schedule.move_event(8, "2024-04-18".parse()?, "张三", "与行业展会同期举办", "2024-01-05".parse()?)?;
/// let calendar = calendar(&Catalogue::default(), &schedule, "2024-03-01".parse()?)?;
/// let event = calendar.events.iter().find(|event| event.no == 8).unwrap();
/// assert_eq!(event.date.to_string(), "2024-04-18");
/// assert_eq!(event.tasks[0].due.to_string(), "2024-02-16"); // sixty days before is a Sunday
/// assert_eq!(event.tasks[0].state, TaskState::Overdue);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// [`EventError::DateRange`] for a date outside the calendar.
pub fn calendar(catalogue: &Catalogue, schedule: &Schedule, today: Date) -> Result<EventCalendar, EventError> {
    let tasks = TaskList::default();
    let mut events =
        catalogue.chains.iter().map(|chain| event(chain, &tasks, schedule, today)).collect::<Result<Vec<_>, _>>()?;
    events.sort_by_key(|event| (event.date, event.no));
    Ok(EventCalendar { today, events })
}

fn event(chain: &Chain, tasks: &TaskList, schedule: &Schedule, today: Date) -> Result<CalendarEvent, EventError> {
    let moves: Vec<EventMove> = schedule.moves.iter().filter(|moved| moved.event == chain.no).cloned().collect();
    let (date, day) = match moves.last() {
        Some(moved) => (moved.to, DaySetting::Set),
        None => (proposed(chain)?, DaySetting::Proposed),
    };
    let (from, to) = (chain.event_window.from, chain.event_window.to);
    let month = (date.year(), date.month());
    let bound = |month: duijie::Month| (i16::try_from(month.year).unwrap_or(i16::MAX), month.month as i8);
    let mut listed = Vec::with_capacity(tasks.tasks.len());
    for task in &tasks.tasks {
        let default = DAYS.iter().find(|(no, _)| *no == task.no).map_or(0, |(_, days)| *days);
        let due = due_day(date, schedule.days.get(&task.no).copied().unwrap_or(default))?;
        let done = schedule.done.iter().rev().find(|done| done.event == chain.no && done.task == task.no).cloned();
        let soon = shift(today, SOON)?;
        let state = match &done {
            Some(_) => TaskState::Done,
            None if due < today => TaskState::Overdue,
            None if due <= soon => TaskState::DueSoon,
            None => TaskState::Ahead,
        };
        listed.push(CalendarTask {
            no: task.no,
            content: task.content.clone(),
            responsible: task.responsible_text(Some(chain)),
            with: task.with.clone(),
            phase: task.phase,
            due,
            state,
            done,
        });
    }
    listed.sort_by_key(|task| (task.due, task.no));
    Ok(CalendarEvent {
        no: chain.no,
        chain: chain.name.clone(),
        window: chain.event_window,
        date,
        day,
        in_window: (bound(from)..=bound(to)).contains(&month),
        lead_offices: chain.lead_offices.clone(),
        supporting_offices: chain.supporting_offices.clone(),
        moves,
        tasks: listed,
    })
}

/// The first working day from the 15th of the window's last month: clear of the holidays at its ends.
fn proposed(chain: &Chain) -> Result<Date, EventError> {
    let month = chain.event_window.to;
    let middle = i16::try_from(month.year).ok().and_then(|year| Date::new(year, month.month as i8, 15).ok());
    let middle = middle.ok_or_else(|| EventError::DateRange {
        date: month.to_string(),
        problem: "no month of the calendar".to_owned(),
    })?;
    match middle.weekday() {
        Weekday::Saturday => shift(middle, 2),
        Weekday::Sunday => shift(middle, 1),
        _ => Ok(middle),
    }
}

/// The day so many days after `date`; other than the event's own day, a weekend gives way.
fn due_day(date: Date, days: i64) -> Result<Date, EventError> {
    let day = shift(date, days)?;
    match day.weekday() {
        _ if days == 0 => Ok(day),
        Weekday::Saturday => shift(day, -1),
        Weekday::Sunday => shift(day, -2),
        _ => Ok(day),
    }
}

fn shift(date: Date, days: i64) -> Result<Date, EventError> {
    let out = |problem: String| EventError::DateRange { date: date.to_string(), problem };
    let span = Span::new().try_days(days).map_err(|error| out(error.to_string()))?;
    date.checked_add(span).map_err(|error| out(error.to_string()))
}

impl EventCalendar {
    /// The calendar as tables: the events, and the checklist of tasks.
    pub fn sheets(&self) -> Vec<Sheet> {
        let mut events = Sheet::new(
            "活动安排",
            &["场次", "产业链", "时间窗口", "日期", "日期来源", "牵头处室", "配合处室", "调整记录"],
        );
        let mut tasks = Sheet::new(
            "任务清单",
            &["场次", "产业链", "任务", "工作内容", "责任单位", "配合单位", "完成时限", "状态", "完成情况"],
        );
        for event in &self.events {
            let source = match (event.day, event.in_window) {
                (DaySetting::Proposed, _) => "按窗口建议",
                (DaySetting::Set, true) => "已确定",
                (DaySetting::Set, false) => "已确定（超出窗口）",
            };
            let moves: Vec<String> = event.moves.iter().map(EventMove::chinese).collect();
            events.push(vec![
                event.no.to_string(),
                event.chain.clone(),
                format!("{}至{}", event.window.from, event.window.to),
                event.date.to_string(),
                source.to_owned(),
                event.lead_offices.clone(),
                event.supporting_offices.join("、"),
                moves.join("；"),
            ]);
            for task in &event.tasks {
                let done = task.done.as_ref().map(|done| format!("{} {}：{}", done.on, done.who, done.note));
                tasks.push(vec![
                    event.no.to_string(),
                    event.chain.clone(),
                    task.no.to_string(),
                    task.content.clone(),
                    task.responsible.clone(),
                    task.with.join("、"),
                    task.due.to_string(),
                    task.state.chinese().to_owned(),
                    done.unwrap_or_default(),
                ]);
            }
        }
        vec![events, tasks]
    }
}
