//! Adding lines and steps; nothing is ever changed.

use super::line::{LedgerLine, LedgerMeeting, LedgerStep, read_line};
use super::refusal::LedgerRefusal;
use super::state::LedgerState;
use super::{Ledger, failure};
use crate::{EventError, SavedPlan, TaskList};
use duijie::{Catalogue, Demand, DemandMatch, Institutions};
use jiff::civil::Date;
use rusqlite::Error::FromSqlConversionFailure;
use rusqlite::types::Type;
use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, params};
use rustc_hash::FxHashSet;
use std::path::Path;
use std::sync::Arc;

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
}

impl Ledger {
    /// Adds a meeting and answers the number of its line; the meeting is its first step.
    ///
    /// # Errors
    ///
    /// [`EventError::Blank`] without who or why, [`EventError::Ledger`].
    pub fn add(&mut self, line: &LedgerMeeting, who: &str, why: &str) -> Result<i64, EventError> {
        let step = LedgerStep::new(LedgerState::Met, line.met_on, who, why);
        self.write(|transaction| insert(transaction, line, &step))
    }

    /// Adds a step to a line.
    ///
    /// # Errors
    ///
    /// [`EventError::UnknownLine`], [`EventError::StepNotAllowed`] if the state of the line does not
    /// lead there, [`EventError::Refused`] if the dates do not follow each other,
    /// [`EventError::Blank`] without who or why, [`EventError::Ledger`].
    pub fn step(&mut self, line: i64, step: &LedgerStep) -> Result<(), EventError> {
        check(step)?;
        let path = self.path.clone();
        self.write(|transaction| {
            let now = read_line(transaction, line).map_err(|source| failure(&path, source))?;
            follow(transaction, &now.ok_or(EventError::UnknownLine { line })?, step)
        })
    }

    /// Records all meetings of an event at once, with the demands that met nobody and the rankings;
    /// recording an event twice adds nothing.
    ///
    /// # Errors
    ///
    /// [`EventError::Blank`] without who, [`EventError::Ledger`]; nothing is recorded then.
    pub fn record_event(&mut self, record: &EventRecord<'_>) -> Result<Recorded, EventError> {
        let path = self.path.clone();
        let ledger_task = TaskList::default();
        let ledger_task = ledger_task.task(LEDGER_TASK);
        let earlier = self.earlier_demands(record.event)?;
        let demand_of = |id: &str| {
            let found = record.demands.iter().chain(&earlier).find(|demand| demand.id == id);
            let (event, demand) = (record.event.to_owned(), id.to_owned());
            found.ok_or(EventError::Refused(LedgerRefusal::ForeignDemand { event, demand }))
        };
        self.write(|transaction| {
            let failed = |source| failure(&path, source);
            let mut recorded = Recorded::default();
            let was_recorded: bool = transaction
                .query_row("SELECT EXISTS (SELECT 1 FROM record WHERE event = ?1)", [record.event], |row| row.get(0))
                .map_err(failed)?;
            for meeting in &record.plan.meetings {
                let demand = demand_of(&meeting.demand)?;
                let chain = demand.chain.as_deref().and_then(|chain| record.catalogue.chain(chain));
                let sub = demand.sub_industry.as_deref();
                let sub = sub.and_then(|code| record.catalogue.sub_industry(code)).map(|(_, sub)| sub.name.clone());
                let institution = record.institutions.get(&meeting.institution);
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
                    responsible: ledger_task.map_or(String::new(), |task| task.responsible_text(chain)),
                };
                let known = "SELECT 1 FROM line WHERE event = ?1 AND demand = ?2 AND institution = ?3";
                let known = transaction
                    .query_row(known, params![line.event, line.demand, line.institution], |_| Ok(()))
                    .optional()
                    .map_err(failed)?;
                if known.is_some() {
                    recorded.known += 1;
                    continue;
                }
                if was_recorded {
                    let (event, demand, institution) = (line.event, line.demand, line.institution);
                    return Err(LedgerRefusal::OtherPlan { event, demand, institution }.into());
                }
                insert(transaction, &line, &LedgerStep::new(LedgerState::Met, record.date, record.who, "现场对接"))?;
                recorded.added += 1;
            }
            for unmet in &record.plan.unmet {
                demand_of(&unmet.demand)?;
                let insert = "INSERT OR IGNORE INTO unsolved (event, demand, reason) VALUES (?1, ?2, ?3)";
                transaction.execute(insert, params![record.event, unmet.demand, unmet.reason]).map_err(failed)?;
                recorded.unsolved += 1;
            }
            let held = record.plan.meetings.iter().map(|meeting| &meeting.demand);
            let concerned: FxHashSet<&String> =
                held.chain(record.plan.unmet.iter().map(|unmet| &unmet.demand)).collect();
            for demand in record.demands.iter().chain(&earlier).filter(|demand| concerned.contains(&demand.id)) {
                let insert = "INSERT OR IGNORE INTO record (event, demand, record) VALUES (?1, ?2, ?3)";
                let text = serde_json::to_string(demand).map_err(|error| {
                    EventError::Matching(duijie::Error::Write { path: path.clone(), source: Arc::new(error.into()) })
                })?;
                transaction.execute(insert, params![record.event, demand.id, text]).map_err(failed)?;
            }
            let insert = "INSERT OR IGNORE INTO ranking (event, demand, institution, rank, score) \
                          VALUES (?1, ?2, ?3, ?4, ?5)";
            let mut statement = transaction.prepare(insert).map_err(failed)?;
            for ranking in record.matches {
                for (at, (institution, score)) in ranking.ranking.entries().into_iter().enumerate() {
                    let row = params![record.event, ranking.demand, institution, at as i64 + 1, score];
                    statement.execute(row).map_err(failed)?;
                }
            }
            Ok(recorded)
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

    /// One transaction, on the disk when it returns; undone as a whole on an error.
    pub(super) fn write<T>(
        &mut self,
        change: impl FnOnce(&Transaction<'_>) -> Result<T, EventError>,
    ) -> Result<T, EventError> {
        let failed = self.failed();
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(&failed)?;
        let value = change(&transaction)?;
        transaction.commit().map_err(&failed)?;
        Ok(value)
    }
}

/// The task of Annex 2 that keeps the ledger.
const LEDGER_TASK: u32 = 15;

fn check(step: &LedgerStep) -> Result<(), EventError> {
    for (field, text) in [("who", &step.who), ("why", &step.why)] {
        if text.trim().is_empty() {
            return Err(EventError::Blank { field });
        }
    }
    Ok(())
}

pub(super) fn insert(
    transaction: &Transaction<'_>,
    line: &LedgerMeeting,
    first: &LedgerStep,
) -> Result<i64, EventError> {
    check(first)?;
    let failed = |source| failure(Path::new(transaction.path().unwrap_or_default()), source);
    let name = if line.institution_name.trim().is_empty() { &line.institution } else { &line.institution_name };
    let query = "INSERT INTO line (event, demand, title, enterprise, institution, institution_name, chain, \
                 sub_industry, met_on, responsible) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    let met_on = line.met_on.to_string();
    let row = params![
        line.event,
        line.demand,
        line.title,
        line.enterprise,
        line.institution,
        name,
        line.chain,
        line.sub_industry,
        met_on,
        line.responsible
    ];
    transaction.execute(query, row).map_err(failed)?;
    let id = transaction.last_insert_rowid();
    append(transaction, id, first)?;
    Ok(id)
}

/// Adds a step to a line that stands as `now`.
pub(super) fn follow(transaction: &Transaction<'_>, now: &LedgerLine, step: &LedgerStep) -> Result<(), EventError> {
    let (line, on) = (now.line, step.on);
    if !now.state.next().contains(&step.state) {
        let allowed: Vec<&str> = now.state.next().iter().map(|state| state.word()).collect();
        let (from, to) = (now.state.word(), step.state.word());
        return Err(EventError::StepNotAllowed { line, from, to, allowed: allowed.join(", ") });
    }
    let (met_on, last) = (now.meeting.met_on, now.since);
    if on < met_on {
        return Err(LedgerRefusal::BeforeMeeting { line, on, met_on }.into());
    }
    if on < last {
        return Err(LedgerRefusal::BeforeLastStep { line, on, last }.into());
    }
    if let Some(due) = step.due.filter(|due| *due < on) {
        return Err(LedgerRefusal::DueBeforeStep { line, on, due }.into());
    }
    append(transaction, line, step)
}

pub(super) fn append(transaction: &Transaction<'_>, line: i64, step: &LedgerStep) -> Result<(), EventError> {
    check(step)?;
    let query = "INSERT INTO step (line, state, on_date, who, why, amount, fund_need, team, next_step, due) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    let (on, due) = (step.on.to_string(), step.due.map(|due| due.to_string()));
    let row = params![
        line,
        step.state.word(),
        on,
        step.who,
        step.why,
        step.amount,
        step.fund_need,
        step.team,
        step.next_step,
        due
    ];
    let path = || Path::new(transaction.path().unwrap_or_default());
    transaction.execute(query, row).map(drop).map_err(|source| failure(path(), source))
}
