//! Adding lines and steps; nothing is ever changed.

use super::line::{LedgerLine, LedgerMeeting, LedgerStep, read_line};
use super::refusal::LedgerRefusal;
use super::state::LedgerState;
use super::{Ledger, failure};
use crate::EventError;
use rusqlite::{Transaction, TransactionBehavior, params};
use std::path::Path;

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
        return Err(EventError::StepNotAllowed { line, from: now.state, to: step.state });
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
