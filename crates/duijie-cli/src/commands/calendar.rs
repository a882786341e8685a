use crate::render::{ReportOutput, print, titled};
use anyhow::{Context, Result};
use duijie::{AtomicFile, Catalogue};
use duijie_event::{EventError, Schedule, calendar};
use jiff::civil::Date;
use std::io::Write;
use std::path::PathBuf;

/// Show the events and the sixteen tasks of each as a checklist, move an event, tick off a task
#[derive(clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct CalendarCommand {
    #[command(subcommand)]
    change: Option<Change>,
    #[command(flatten)]
    show: Show,
}

#[derive(clap::Args)]
struct Show {
    /// The schedule: days that were set, tasks that are done (JSON; `move` and `done` write it)
    #[arg(long, value_name = "FILE")]
    schedule: Option<PathBuf>,
    /// Only the event with this number
    #[arg(long, value_name = "N")]
    event: Option<u32>,
    /// The day that overdue and due soon count from [default: today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<Date>,
    /// The iCalendar file to write: events as days, tasks as to-dos
    #[arg(long, value_name = "FILE")]
    ics: Option<PathBuf>,
    /// Another catalogue than the built-in Annex 1
    #[arg(long, value_name = "FILE")]
    catalogue: Option<PathBuf>,
    #[command(flatten)]
    output: ReportOutput,
}

#[derive(clap::Subcommand)]
enum Change {
    /// Put an event on a day, with the reason, which is kept
    Move {
        /// The day
        #[arg(long, value_name = "YYYY-MM-DD")]
        to: Date,
        /// Why
        #[arg(long)]
        reason: String,
        #[command(flatten)]
        entry: Entry,
    },
    /// Tick off a task of an event
    Done {
        /// Number of the task in Annex 2
        #[arg(long, value_name = "N")]
        task: u32,
        /// What was done
        #[arg(long, default_value = "")]
        note: String,
        #[command(flatten)]
        entry: Entry,
    },
}

/// What is written into the schedule, by whom.
#[derive(clap::Args)]
struct Entry {
    /// The schedule, made if it is not there
    #[arg(long, value_name = "FILE")]
    schedule: PathBuf,
    /// Number of the event
    #[arg(long, value_name = "N")]
    event: u32,
    /// Who decided or did it
    #[arg(long)]
    who: String,
    /// The day it was decided or done [default: today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    on: Option<Date>,
    /// Another catalogue than the built-in Annex 1
    #[arg(long, value_name = "FILE")]
    catalogue: Option<PathBuf>,
}

fn today() -> Date {
    jiff::Zoned::now().date()
}

fn read_catalogue(path: Option<&PathBuf>) -> Result<Catalogue> {
    Ok(match path {
        Some(path) => Catalogue::load(path)?,
        None => Catalogue::default(),
    })
}

fn known(event: u32, catalogue: &Catalogue) -> Result<()> {
    let last = catalogue.chains.iter().map(|chain| chain.no).max().unwrap_or(0);
    let known = catalogue.event(event).map(drop);
    known.with_context(|| format!("catalogue {} has no event {event}; its events are 1 to {last}", catalogue.version))
}

impl CalendarCommand {
    pub(crate) fn run(self) -> Result<()> {
        match self.change {
            None => self.show.run(),
            Some(Change::Move { to, reason, entry }) => entry.add(|schedule, entry, on| {
                schedule.move_event(entry.event, to, &entry.who, &reason, on)?;
                Ok(format!("event {} is on {to}: {reason}", entry.event))
            }),
            Some(Change::Done { task, note, entry }) => entry.add(|schedule, entry, on| {
                schedule.tick_off(entry.event, task, &entry.who, &note, on)?;
                Ok(format!("task {task} of event {} is done", entry.event))
            }),
        }
    }
}

impl Entry {
    fn add(&self, change: impl FnOnce(&mut Schedule, &Self, Date) -> Result<String, EventError>) -> Result<()> {
        known(self.event, &read_catalogue(self.catalogue.as_ref())?)?;
        let on = self.on.unwrap_or_else(today);
        print(Schedule::change(&self.schedule, |schedule| change(schedule, self, on))?)
    }
}

impl Show {
    fn run(&self) -> Result<()> {
        self.output.check()?;
        let catalogue = read_catalogue(self.catalogue.as_ref())?;
        let schedule = self.schedule.as_deref().map(Schedule::load).transpose()?.unwrap_or_default();
        let mut found = calendar(&catalogue, &schedule, self.today.unwrap_or_else(today))?;
        if let Some(event) = self.event {
            known(event, &catalogue)?;
            found.events.retain(|other| other.no == event);
        }
        if let Some(path) = &self.ics {
            let mut file = AtomicFile::create(path)?;
            file.write_all(found.ics()?.as_bytes())?;
            file.commit()?;
        }
        self.output.write("产学研精准对接活动日程", &found, titled(found.sheets()))
    }
}
