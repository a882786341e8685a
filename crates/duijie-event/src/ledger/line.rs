use super::Ledger;
use super::state::LedgerState;
use crate::EventError;
use jiff::civil::Date;
use rusqlite::types::Type;
use rusqlite::{Connection, Row};
use serde::Serialize;

/// A meeting that was held.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct LedgerMeeting {
    /// The event, by the name it goes by in the ledger.
    pub event: String,
    /// Id of the demand.
    pub demand: String,
    /// Its title.
    pub title: String,
    /// Its enterprise.
    pub enterprise: Option<String>,
    /// Id of the institution.
    pub institution: String,
    /// Its name; the id where it is blank.
    pub institution_name: String,
    /// Name of the chain.
    pub chain: Option<String>,
    /// Name of the sub-industry.
    pub sub_industry: Option<String>,
    /// The day they met.
    pub met_on: Date,
    /// Unit and offices responsible.
    pub responsible: String,
}

/// A step of a line: what came about, and who says so.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LedgerStep {
    /// The state from now on.
    pub state: LedgerState,
    /// The day it came about.
    pub on: Date,
    /// Who says so.
    pub who: String,
    /// Why, or what happened.
    pub why: String,
    /// 合同（转化）金额, in 万元.
    pub amount: Option<f64>,
    /// Funds asked for, in 万元.
    pub fund_need: Option<f64>,
    /// The team behind it.
    pub team: Option<String>,
    /// What comes next.
    pub next_step: Option<String>,
    /// Until when.
    pub due: Option<Date>,
}

impl LedgerStep {
    /// A step without amounts, team or due date.
    pub fn new(state: LedgerState, on: Date, who: &str, why: &str) -> Self {
        Self {
            state,
            on,
            who: who.to_owned(),
            why: why.to_owned(),
            amount: None,
            fund_need: None,
            team: None,
            next_step: None,
            due: None,
        }
    }
}

/// A line as it stands: the meeting, and what its steps add up to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LedgerLine {
    /// Its number.
    pub line: i64,
    /// The meeting that it is of.
    #[serde(flatten)]
    pub meeting: LedgerMeeting,
    /// State of the last step.
    pub state: LedgerState,
    /// The furthest of met, intention, contract, delivered that it ever reached.
    pub reached: LedgerState,
    /// The day of the last step.
    pub since: Date,
    /// What the last step says.
    pub progress: String,
    /// The last amount given, in 万元.
    pub amount: Option<f64>,
    /// The last need of funds given, in 万元.
    pub fund_need: Option<f64>,
    /// The last team given.
    pub team: Option<String>,
    /// What comes next; a step that leaves the state as it is and gives nothing keeps it.
    pub next_step: Option<String>,
    /// Until when; kept like the next step.
    pub due: Option<Date>,
    /// How many steps it has: what was read earlier with fewer is out of date.
    pub steps: usize,
    /// Nothing was noted of it since a plan had it last.
    #[serde(skip)]
    pub(super) as_planned: bool,
}

impl Ledger {
    /// All lines, in the order they were added.
    ///
    /// # Errors
    ///
    /// [`EventError::Ledger`].
    pub fn lines(&self) -> Result<Vec<LedgerLine>, EventError> {
        read_lines(&self.connection).map_err(self.failed())
    }
}

/// All lines, as one reading of the database.
pub(super) fn read_lines(connection: &Connection) -> rusqlite::Result<Vec<LedgerLine>> {
    read_some(connection, None)
}

/// A line, if the ledger has it.
pub(super) fn read_line(connection: &Connection, number: i64) -> rusqlite::Result<Option<LedgerLine>> {
    Ok(read_some(connection, Some(number))?.pop())
}

fn read_some(connection: &Connection, number: Option<i64>) -> rusqlite::Result<Vec<LedgerLine>> {
    let query = "SELECT line.id, event, demand, title, enterprise, institution, institution_name, chain, \
                 sub_industry, met_on, responsible, state, on_date, why, amount, fund_need, team, next_step, due \
                 FROM line JOIN step ON step.line = line.id WHERE ?1 IS NULL OR line.id = ?1 \
                 ORDER BY line.id, step.id";
    let mut lines: Vec<LedgerLine> = Vec::new();
    let mut statement = connection.prepare(query)?;
    for row in statement.query_map([number], line)? {
        let row = row?;
        match lines.last_mut() {
            Some(last) if last.line == row.line => last.go_on(row),
            _ => lines.push(row),
        }
    }
    Ok(lines)
}

impl LedgerLine {
    /// Takes up the next step of the same line.
    fn go_on(&mut self, next: Self) {
        self.reached = furthest(self.reached, next.state);
        self.steps += 1;
        self.as_planned = matches!(
            (self.state, next.state),
            (_, LedgerState::Superseded) | (LedgerState::Superseded, LedgerState::Met)
        );
        if self.state == next.state {
            self.next_step = next.next_step.or_else(|| self.next_step.take());
            self.due = next.due.or(self.due);
        } else {
            self.next_step = next.next_step;
            self.due = next.due;
        }
        self.state = next.state;
        self.since = next.since;
        self.progress = next.progress;
        self.amount = next.amount.or(self.amount);
        self.fund_need = next.fund_need.or(self.fund_need);
        self.team = next.team.or_else(|| self.team.take());
    }
}

fn furthest(reached: LedgerState, state: LedgerState) -> LedgerState {
    match state {
        LedgerState::Declined | LedgerState::Ended | LedgerState::Superseded => reached,
        state => reached.max(state),
    }
}

fn line(row: &Row<'_>) -> rusqlite::Result<LedgerLine> {
    let state = state(row, 11)?;
    Ok(LedgerLine {
        line: row.get(0)?,
        meeting: LedgerMeeting {
            event: row.get(1)?,
            demand: row.get(2)?,
            title: row.get(3)?,
            enterprise: row.get(4)?,
            institution: row.get(5)?,
            institution_name: row.get(6)?,
            chain: row.get(7)?,
            sub_industry: row.get(8)?,
            met_on: date(row, 9)?,
            responsible: row.get(10)?,
        },
        state,
        reached: furthest(LedgerState::Met, state),
        since: date(row, 12)?,
        progress: row.get(13)?,
        amount: row.get(14)?,
        fund_need: row.get(15)?,
        team: row.get(16)?,
        next_step: row.get(17)?,
        due: optional_date(row, 18)?,
        steps: 1,
        as_planned: state == LedgerState::Met,
    })
}

pub(super) fn state(row: &Row<'_>, column: usize) -> rusqlite::Result<LedgerState> {
    let word: String = row.get(column)?;
    LedgerState::from_word(&word).ok_or_else(|| {
        rusqlite::Error::FromSqlConversionFailure(column, Type::Text, format!("{word:?} is no state").into())
    })
}

pub(super) fn date(row: &Row<'_>, column: usize) -> rusqlite::Result<Date> {
    optional_date(row, column)?.ok_or(rusqlite::Error::InvalidColumnType(column, "date".into(), Type::Null))
}

pub(super) fn optional_date(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Date>> {
    let text: Option<String> = row.get(column)?;
    let parsed = text.map(|text| text.parse::<Date>()).transpose();
    parsed.map_err(|error| rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(error)))
}
