//! What an event leaves behind: its meetings, the demands that met nobody, the rankings.

use super::line::{LedgerLine, LedgerMeeting, LedgerStep, read_line, read_lines};
use super::refusal::LedgerRefusal;
use super::state::LedgerState;
use super::write::{follow, insert};
use super::{Ledger, failure};
use crate::{EventError, Meeting, SavedPlan, TaskList};
use duijie::{Catalogue, Demand, DemandMatch, Institutions};
use jiff::civil::Date;
use rusqlite::Error::FromSqlConversionFailure;
use rusqlite::types::Type;
use rusqlite::{OptionalExtension, Transaction, params};
use rustc_hash::FxHashSet;
use std::path::Path;
use std::sync::Arc;

/// The task of Annex 2 that keeps the ledger.
const LEDGER_TASK: u32 = 15;

/// What an event leaves behind.
#[derive(Clone, Copy)]
pub struct EventRecord<'a> {
    /// What the event is called in the ledger: `第8场 工程机械`.
    pub event: &'a str,
    /// The day of the meetings.
    pub date: Date,
    /// The meetings that were held, and the demands that met nobody.
    pub plan: &'a SavedPlan,
    /// Rankings at that time, kept so that later ones can be compared.
    pub matches: &'a [DemandMatch],
    /// The demands.
    pub demands: &'a [Demand],
    /// The institutions.
    pub institutions: &'a Institutions,
    /// Names chains and sub-industries, and their offices.
    pub catalogue: &'a Catalogue,
    /// Who records it.
    pub who: &'a str,
    /// Why this plan takes the place of the one that the event was recorded from, if it does.
    pub replaces: Option<&'a str>,
}

/// What was recorded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Recorded {
    /// New lines.
    pub added: usize,
    /// Meetings that the ledger had already.
    pub known: usize,
    /// Steps added to lines that the ledger had already.
    pub steps: usize,
    /// Demands that met nobody.
    pub unsolved: usize,
    /// Meetings of the plan recorded before that this one does without; a step says why.
    pub superseded: usize,
    /// Such meetings that something was noted of already, so that they stay.
    pub kept: usize,
}

impl Ledger {
    /// Records all meetings of an event at once, with the demands that met nobody and the rankings;
    /// recording an event twice adds nothing.
    ///
    /// A plan that was mended after it was recorded is recorded again with the reason why it
    /// [`replaces`](EventRecord::replaces) that one: new meetings become lines, and those of the
    /// earlier plan that it does without are superseded, unless something was noted of them since.
    ///
    /// # Errors
    ///
    /// [`EventError::Blank`] without who, [`LedgerRefusal::OtherPlan`] for another plan that does
    /// not say why it replaces the one recorded, [`EventError::Ledger`]; nothing is recorded then.
    pub fn record_event(&mut self, record: &EventRecord<'_>) -> Result<Recorded, EventError> {
        let earlier = self.earlier_demands(record.event)?;
        let path = self.path.clone();
        self.write(|transaction| {
            let mut writer =
                EventWriter { record, earlier: &earlier, transaction, path: &path, recorded: Recorded::default() };
            writer.meetings()?;
            writer.unsolved()?;
            writer.demands()?;
            writer.rankings()?;
            Ok(writer.recorded)
        })
    }

    /// Demands that a plan of the event may have besides those of its files: carried over, or recorded
    /// with the event before.
    fn earlier_demands(&self, event: &str) -> Result<Vec<Demand>, EventError> {
        let mut demands: Vec<Demand> = self.carried_over()?.into_iter().filter_map(|carried| carried.record).collect();
        let query = "SELECT record FROM record WHERE event = ?1 ORDER BY rowid";
        let mut statement = self.connection.prepare(query).map_err(self.failed())?;
        let read = |row: &rusqlite::Row<'_>| {
            let broken = |error| FromSqlConversionFailure(0, Type::Text, Box::new(error));
            serde_json::from_str(&row.get::<_, String>(0)?).map_err(broken)
        };
        let recorded: rusqlite::Result<Vec<Demand>> = statement.query_map([event], read).and_then(Iterator::collect);
        demands.extend(recorded.map_err(self.failed())?);
        Ok(demands)
    }
}

/// An event on its way into the ledger.
struct EventWriter<'a> {
    record: &'a EventRecord<'a>,
    earlier: &'a [Demand],
    transaction: &'a Transaction<'a>,
    path: &'a Path,
    recorded: Recorded,
}

impl EventWriter<'_> {
    fn failed(&self) -> impl Fn(rusqlite::Error) -> EventError + '_ {
        |source| failure(self.path, source)
    }

    fn demand(&self, id: &str) -> Result<&Demand, EventError> {
        let found = self.record.demands.iter().chain(self.earlier).find(|demand| demand.id == id);
        let (event, demand) = (self.record.event.to_owned(), id.to_owned());
        found.ok_or(EventError::Refused(LedgerRefusal::ForeignDemand { event, demand }))
    }

    /// A line for every new meeting; a step for every one that the plan before had and this one has not.
    fn meetings(&mut self) -> Result<(), EventError> {
        let event = self.record.event;
        let exists = "SELECT EXISTS (SELECT 1 FROM record WHERE event = ?1)";
        let was_recorded: bool =
            self.transaction.query_row(exists, [event], |row| row.get(0)).map_err(self.failed())?;
        for meeting in &self.record.plan.meetings {
            let query = "SELECT id FROM line WHERE event = ?1 AND demand = ?2 AND institution = ?3";
            let key = params![event, meeting.demand, meeting.institution];
            let known: Option<i64> =
                self.transaction.query_row(query, key, |row| row.get(0)).optional().map_err(self.failed())?;
            let known = match known {
                Some(line) => read_line(self.transaction, line).map_err(self.failed())?,
                None => None,
            };
            let is_new = known.as_ref().is_none_or(|line| line.state == LedgerState::Superseded);
            if is_new && was_recorded && self.record.replaces.is_none() {
                return Err(self.other_plan(&meeting.demand, &meeting.institution));
            }
            match known {
                Some(line) if is_new => {
                    self.step(&line, LedgerState::Met)?;
                    self.recorded.added += 1;
                }
                Some(_) => self.recorded.known += 1,
                None => self.add(meeting)?,
            }
        }
        self.supersede()
    }

    fn add(&mut self, meeting: &Meeting) -> Result<(), EventError> {
        let record = self.record;
        let demand = self.demand(&meeting.demand)?;
        let chain = demand.chain.as_deref().and_then(|chain| record.catalogue.chain(chain));
        let sub = demand.sub_industry.as_deref();
        let sub = sub.and_then(|code| record.catalogue.sub_industry(code)).map(|(_, sub)| sub.name.clone());
        let institution = record.institutions.get(&meeting.institution);
        let tasks = TaskList::default();
        let line = LedgerMeeting {
            event: record.event.to_owned(),
            demand: meeting.demand.clone(),
            title: demand.title.clone(),
            enterprise: demand.enterprise.clone(),
            institution: meeting.institution.clone(),
            institution_name: institution.map_or(String::new(), |institution| institution.name.clone()),
            chain: chain.map(|chain| chain.name.clone()),
            sub_industry: sub,
            met_on: record.date,
            responsible: tasks.task(LEDGER_TASK).map_or(String::new(), |task| task.responsible_text(chain)),
        };
        let step = LedgerStep::new(LedgerState::Met, record.date, record.who, "现场对接");
        let id = insert(self.transaction, &line, &step)?;
        self.transaction.execute("INSERT INTO planned (line) VALUES (?1)", [id]).map_err(self.failed())?;
        self.recorded.added += 1;
        Ok(())
    }

    /// Says of every meeting of the plan before that this one does without that it is no longer planned.
    fn supersede(&mut self) -> Result<(), EventError> {
        let mut statement = self.transaction.prepare("SELECT line FROM planned").map_err(self.failed())?;
        let planned: FxHashSet<i64> =
            statement.query_map([], |row| row.get(0)).and_then(Iterator::collect).map_err(self.failed())?;
        let plan = self.record.plan;
        let in_plan: FxHashSet<(&str, &str)> =
            plan.meetings.iter().map(|meeting| (meeting.demand.as_str(), meeting.institution.as_str())).collect();
        let lines = read_lines(self.transaction).map_err(self.failed())?;
        let of_event = lines.iter().filter(|line| line.meeting.event == self.record.event);
        let replaced = of_event
            .filter(|line| planned.contains(&line.line) && line.state != LedgerState::Superseded)
            .filter(|line| !in_plan.contains(&(line.meeting.demand.as_str(), line.meeting.institution.as_str())));
        for line in replaced {
            // A plan that only leaves meetings out is another plan too.
            if line.as_planned && self.record.replaces.is_none() {
                return Err(self.other_plan(&line.meeting.demand, &line.meeting.institution));
            } else if line.as_planned {
                self.step(line, LedgerState::Superseded)?;
                self.recorded.superseded += 1;
            } else {
                self.recorded.kept += 1;
            }
        }
        Ok(())
    }

    fn other_plan(&self, demand: &str, institution: &str) -> EventError {
        let (event, demand, institution) = (self.record.event.to_owned(), demand.to_owned(), institution.to_owned());
        LedgerRefusal::OtherPlan { event, demand, institution }.into()
    }

    fn step(&self, line: &LedgerLine, state: LedgerState) -> Result<(), EventError> {
        let why = self.record.replaces.unwrap_or_default();
        let step = LedgerStep::new(state, self.record.date.max(line.since), self.record.who, why);
        follow(self.transaction, line, &step)
    }

    fn unsolved(&mut self) -> Result<(), EventError> {
        for unmet in &self.record.plan.unmet {
            self.demand(&unmet.demand)?;
            let row = params![self.record.event, unmet.demand, unmet.reason];
            let last = "SELECT reason FROM (SELECT event, demand, reason, 0 AS later FROM unsolved UNION ALL \
                        SELECT event, demand, reason, id FROM unsolved_later) \
                        WHERE event = ?1 AND demand = ?2 ORDER BY later DESC LIMIT 1";
            let last: Option<String> = self
                .transaction
                .query_row(last, params![self.record.event, unmet.demand], |row| row.get(0))
                .optional()
                .map_err(self.failed())?;
            let table = if last.is_none() { "unsolved" } else { "unsolved_later" };
            if last.as_ref() != Some(&unmet.reason) {
                let insert = format!("INSERT INTO {table} (event, demand, reason) VALUES (?1, ?2, ?3)");
                self.transaction.execute(&insert, row).map_err(self.failed())?;
            }
            self.recorded.unsolved += 1;
        }
        Ok(())
    }

    /// The demands as they were, so that those that met nobody can carry over.
    fn demands(&self) -> Result<(), EventError> {
        let plan = self.record.plan;
        let held = plan.meetings.iter().map(|meeting| &meeting.demand);
        let concerned: FxHashSet<&String> = held.chain(plan.unmet.iter().map(|unmet| &unmet.demand)).collect();
        let all = self.record.demands.iter().chain(self.earlier);
        for demand in all.filter(|demand| concerned.contains(&demand.id)) {
            let insert = "INSERT OR IGNORE INTO record (event, demand, record) VALUES (?1, ?2, ?3)";
            let text = serde_json::to_string(demand).map_err(|error| {
                let (path, source) = (self.path.to_owned(), Arc::new(error.into()));
                EventError::Matching(duijie::Error::Write { path, source })
            })?;
            self.transaction.execute(insert, params![self.record.event, demand.id, text]).map_err(self.failed())?;
        }
        Ok(())
    }

    fn rankings(&self) -> Result<(), EventError> {
        let insert = "INSERT OR IGNORE INTO ranking (event, demand, institution, rank, score) \
                      VALUES (?1, ?2, ?3, ?4, ?5)";
        let mut statement = self.transaction.prepare(insert).map_err(self.failed())?;
        for ranking in self.record.matches {
            for (at, (institution, score)) in ranking.ranking.entries().into_iter().enumerate() {
                let row = params![self.record.event, ranking.demand, institution, at as i64 + 1, score];
                statement.execute(row).map_err(self.failed())?;
            }
        }
        Ok(())
    }
}
