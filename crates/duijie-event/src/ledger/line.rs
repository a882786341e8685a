use super::Ledger;
use crate::EventError;
use jiff::civil::Date;
use rusqlite::types::Type;
use rusqlite::{Connection, Row};
use serde::{Deserialize, Serialize};

/// Where a meeting has led.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LedgerState {
    /// 已对接.
    #[default]
    Met,
    /// 达成意向.
    Intention,
    /// 已签约.
    Contract,
    /// 已转化: delivered.
    Delivered,
    /// 无意向: declined by one of them.
    Declined,
    /// 已终止: ended without result.
    Ended,
}

impl LedgerState {
    /// All states.
    pub const ALL: [Self; 6] =
        [Self::Met, Self::Intention, Self::Contract, Self::Delivered, Self::Declined, Self::Ended];

    /// The word in the file.
    pub fn word(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Intention => "intention",
            Self::Contract => "contract",
            Self::Delivered => "delivered",
            Self::Declined => "declined",
            Self::Ended => "ended",
        }
    }

    /// The word that an official reads.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Met => "已对接",
            Self::Intention => "达成意向",
            Self::Contract => "已签约",
            Self::Delivered => "已转化",
            Self::Declined => "无意向",
            Self::Ended => "已终止",
        }
    }

    /// The state of a word of the file, or of those that tables use.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word.trim() {
            "met" | "已对接" | "已启动" => Self::Met,
            "intention" | "达成意向" | "洽谈中" => Self::Intention,
            "contract" | "已签约" | "解决中" => Self::Contract,
            "delivered" | "已转化" | "已完成" | "已转化应用" | "已解决" => Self::Delivered,
            "declined" | "无意向" => Self::Declined,
            "ended" | "已终止" | "技术储备" => Self::Ended,
            _ => return None,
        })
    }

    /// States that may follow. The same state may always follow, as a note of progress; what was
    /// declined or ended may be taken up again.
    pub fn next(self) -> &'static [Self] {
        match self {
            Self::Met => &[Self::Met, Self::Intention, Self::Contract, Self::Declined, Self::Ended],
            Self::Intention => &[Self::Intention, Self::Contract, Self::Declined, Self::Ended],
            Self::Contract => &[Self::Contract, Self::Delivered, Self::Ended],
            Self::Delivered => &[Self::Delivered],
            Self::Declined => &[Self::Declined, Self::Intention],
            Self::Ended => &[Self::Ended, Self::Intention],
        }
    }
}

/// A line to be added: a meeting that was held.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NewLine {
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

/// A step to be added to a line.
#[derive(Clone, Debug, PartialEq)]
pub struct NewStep {
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

impl NewStep {
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
    /// The event.
    pub event: String,
    /// Id of the demand.
    pub demand: String,
    /// Its title.
    pub title: String,
    /// Its enterprise.
    pub enterprise: Option<String>,
    /// Id of the institution.
    pub institution: String,
    /// Its name.
    pub institution_name: String,
    /// Name of the chain.
    pub chain: Option<String>,
    /// Name of the sub-industry.
    pub sub_industry: Option<String>,
    /// The day they met.
    pub met_on: Date,
    /// Unit and offices responsible.
    pub responsible: String,
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
    /// What comes next, after the last step.
    pub next_step: Option<String>,
    /// Until when, after the last step.
    pub due: Option<Date>,
}

/// A step of a line's history.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LedgerStep {
    /// The state from then on.
    pub state: LedgerState,
    /// The day it came about.
    pub on: Date,
    /// Who said so.
    pub who: String,
    /// Why, or what happened.
    pub why: String,
    /// In 万元.
    pub amount: Option<f64>,
    /// In 万元.
    pub fund_need: Option<f64>,
    /// The team behind it.
    pub team: Option<String>,
    /// What comes next.
    pub next_step: Option<String>,
    /// Until when.
    pub due: Option<Date>,
    /// When it was written down, in UTC.
    pub recorded_at: String,
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

    /// All steps of a line, the first being the meeting.
    ///
    /// # Errors
    ///
    /// [`EventError::UnknownLine`] or [`EventError::Ledger`].
    pub fn history(&self, line: i64) -> Result<Vec<LedgerStep>, EventError> {
        let query = "SELECT state, on_date, who, why, amount, fund_need, team, next_step, due, recorded_at \
                     FROM step WHERE line = ?1 ORDER BY id";
        let mut statement = self.connection.prepare(query).map_err(self.failed())?;
        let rows = statement.query_map([line], |row| {
            Ok(LedgerStep {
                state: state(row, 0)?,
                on: date(row, 1)?,
                who: row.get(2)?,
                why: row.get(3)?,
                amount: row.get(4)?,
                fund_need: row.get(5)?,
                team: row.get(6)?,
                next_step: row.get(7)?,
                due: optional_date(row, 8)?,
                recorded_at: row.get(9)?,
            })
        });
        let steps: Vec<LedgerStep> = rows.and_then(|rows| rows.collect::<Result<_, _>>()).map_err(self.failed())?;
        if steps.is_empty() { Err(EventError::UnknownLine { line }) } else { Ok(steps) }
    }
}

/// All lines, as one reading of the database.
pub(super) fn read_lines(connection: &Connection) -> rusqlite::Result<Vec<LedgerLine>> {
    let query = "SELECT line.id, event, demand, title, enterprise, institution, institution_name, chain, \
                 sub_industry, met_on, responsible, state, on_date, why, amount, fund_need, team, next_step, due \
                 FROM line JOIN step ON step.line = line.id ORDER BY line.id, step.id";
    let mut lines: Vec<LedgerLine> = Vec::new();
    let mut statement = connection.prepare(query)?;
    for row in statement.query_map([], line)? {
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
        self.state = next.state;
        self.since = next.since;
        self.progress = next.progress;
        self.amount = next.amount.or(self.amount);
        self.fund_need = next.fund_need.or(self.fund_need);
        self.team = next.team.or_else(|| self.team.take());
        self.next_step = next.next_step;
        self.due = next.due;
    }
}

fn furthest(reached: LedgerState, state: LedgerState) -> LedgerState {
    match state {
        LedgerState::Declined | LedgerState::Ended => reached,
        state => reached.max(state),
    }
}

fn line(row: &Row<'_>) -> rusqlite::Result<LedgerLine> {
    let state = state(row, 11)?;
    Ok(LedgerLine {
        line: row.get(0)?,
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
        state,
        reached: furthest(LedgerState::Met, state),
        since: date(row, 12)?,
        progress: row.get(13)?,
        amount: row.get(14)?,
        fund_need: row.get(15)?,
        team: row.get(16)?,
        next_step: row.get(17)?,
        due: optional_date(row, 18)?,
    })
}

pub(super) fn state(row: &Row<'_>, column: usize) -> rusqlite::Result<LedgerState> {
    let word: String = row.get(column)?;
    LedgerState::from_word(&word).ok_or_else(|| {
        rusqlite::Error::FromSqlConversionFailure(column, Type::Text, format!("{word:?} is no state").into())
    })
}

fn date(row: &Row<'_>, column: usize) -> rusqlite::Result<Date> {
    optional_date(row, column)?.ok_or(rusqlite::Error::InvalidColumnType(column, "date".into(), Type::Null))
}

fn optional_date(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Date>> {
    let text: Option<String> = row.get(column)?;
    let parsed = text.map(|text| text.parse::<Date>()).transpose();
    parsed.map_err(|error| rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(error)))
}
