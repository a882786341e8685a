//! The ledger as the official table, out and in.

use super::line::{LedgerLine, LedgerMeeting, LedgerStep, read_lines};
use super::state::LedgerState;
use super::write::{append, insert};
use super::{Ledger, Recorded, failure};
use crate::{EventError, Sheet};
use jiff::civil::Date;
use rusqlite::{OptionalExtension, params};
use rustc_hash::FxHashSet;

/// Columns of the official table, in order.
pub const LEDGER_COLUMNS: [&str; 18] = [
    "序号",
    "对接活动",
    "需求编号",
    "项目名称",
    "所属产业链",
    "细分行业",
    "需求单位",
    "供给单位编号",
    "供给单位",
    "对接时间",
    "转化状态",
    "状态日期",
    "项目进展及对接情况",
    "转化金额（万元）",
    "基金需求（万元）",
    "责任单位",
    "下一步",
    "截止日期",
];

impl Ledger {
    /// All lines as the official table.
    ///
    /// # Errors
    ///
    /// [`EventError::Ledger`].
    pub fn sheet(&self) -> Result<Sheet, EventError> {
        let mut sheet = Sheet::new("产学研对接工作台账", &LEDGER_COLUMNS);
        for line in self.lines()? {
            sheet.push(row(line));
        }
        Ok(sheet)
    }

    /// Takes in the official table: unknown meetings become lines, and where state or progress
    /// differ from the ledger a step is added. All rows or none.
    ///
    /// Only 对接活动, 需求编号, 项目名称, 供给单位编号, 对接时间 and 转化状态 must be filled in; dates
    /// are of the form 2024-03-20.
    ///
    /// # Errors
    ///
    /// [`EventError::LedgerColumn`], [`EventError::LedgerRow`], [`EventError::StepNotAllowed`],
    /// [`EventError::Blank`] or [`EventError::Ledger`].
    pub fn import(&mut self, sheet: &Sheet, who: &str, why: &str) -> Result<Recorded, EventError> {
        let rows = Rows::new(sheet)?;
        let path = self.path.clone();
        self.write(|transaction| {
            let lines = read_lines(transaction).map_err(|source| failure(&path, source))?;
            let mut seen: FxHashSet<i64> = FxHashSet::default();
            let mut recorded = Recorded { added: 0, known: 0, unsolved: 0 };
            for at in 0..sheet.rows.len() {
                let read = rows.read(at, who, why)?;
                let known = "SELECT id FROM line WHERE event = ?1 AND demand = ?2 AND institution = ?3";
                let key = params![read.line.event, read.line.demand, read.line.institution];
                let found: Option<i64> = transaction
                    .query_row(known, key, |row| row.get(0))
                    .optional()
                    .map_err(|source| failure(&path, source))?;
                let Some(id) = found else {
                    let met = LedgerStep::new(LedgerState::Met, read.line.met_on, who, why);
                    let id = insert(transaction, &read.line, &met)?;
                    recorded.added += 1;
                    seen.insert(id);
                    append(transaction, id, &read.step).map_err(|source| failure(&path, source))?;
                    continue;
                };
                if !seen.insert(id) {
                    return Err(rows.wrong(at, "供给单位编号", "of a meeting that no row above has"));
                }
                recorded.known += 1;
                let Some(now) = lines.iter().find(|line| line.line == id) else { continue };
                if same(now, &read.step) {
                    continue;
                }
                if !now.state.next().contains(&read.step.state) {
                    let allowed: Vec<&str> = now.state.next().iter().map(|state| state.word()).collect();
                    return Err(EventError::StepNotAllowed {
                        line: id,
                        from: now.state.word(),
                        to: read.step.state.word(),
                        allowed: allowed.join(", "),
                    });
                }
                append(transaction, id, &read.step).map_err(|source| failure(&path, source))?;
            }
            Ok(recorded)
        })
    }
}

/// Whether the row says what the ledger knows.
fn same(now: &LedgerLine, step: &LedgerStep) -> bool {
    now.state == step.state
        && now.progress == step.why
        && (step.amount.is_none() || now.amount == step.amount)
        && (step.fund_need.is_none() || now.fund_need == step.fund_need)
        && now.next_step == step.next_step
        && now.due == step.due
}

fn row(line: LedgerLine) -> Vec<String> {
    let number = |value: Option<f64>| value.map_or(String::new(), |value| value.to_string());
    let meeting = line.meeting;
    vec![
        line.line.to_string(),
        meeting.event,
        meeting.demand,
        meeting.title,
        meeting.chain.unwrap_or_default(),
        meeting.sub_industry.unwrap_or_default(),
        meeting.enterprise.unwrap_or_default(),
        meeting.institution,
        meeting.institution_name,
        meeting.met_on.to_string(),
        line.state.chinese().to_owned(),
        line.since.to_string(),
        line.progress,
        number(line.amount),
        number(line.fund_need),
        meeting.responsible,
        line.next_step.unwrap_or_default(),
        line.due.map_or(String::new(), |due| due.to_string()),
    ]
}

struct Rows<'a> {
    sheet: &'a Sheet,
    /// Where each of [`LEDGER_COLUMNS`] stands.
    columns: [Option<usize>; LEDGER_COLUMNS.len()],
}

struct Read {
    line: LedgerMeeting,
    step: LedgerStep,
}

/// Columns that a row cannot do without.
const NEEDED: [&str; 6] = ["对接活动", "需求编号", "项目名称", "供给单位编号", "对接时间", "转化状态"];

impl<'a> Rows<'a> {
    fn new(sheet: &'a Sheet) -> Result<Self, EventError> {
        let columns = LEDGER_COLUMNS.map(|name| sheet.header.iter().position(|column| column.trim() == name));
        let missing = LEDGER_COLUMNS.iter().zip(&columns).find(|(name, at)| at.is_none() && NEEDED.contains(*name));
        match missing {
            Some((column, _)) => Err(EventError::LedgerColumn { column, expected: LEDGER_COLUMNS.join("、") }),
            None => Ok(Self { sheet, columns }),
        }
    }

    /// The cell, unless blank.
    fn cell(&self, at: usize, column: &str) -> Option<&'a str> {
        let place = LEDGER_COLUMNS.iter().position(|name| *name == column)?;
        let cell = self.sheet.rows[at].get(self.columns[place]?)?.trim();
        Some(cell).filter(|cell| !cell.is_empty())
    }

    fn needed(&self, at: usize, column: &'static str) -> Result<String, EventError> {
        self.cell(at, column).map(String::from).ok_or_else(|| self.wrong(at, column, "filled in"))
    }

    fn wrong(&self, at: usize, column: &'static str, expected: &'static str) -> EventError {
        let found = self.cell(at, column).unwrap_or_default().to_owned();
        EventError::LedgerRow { row: at + 1, column, expected, found }
    }

    fn date(&self, at: usize, column: &'static str) -> Result<Option<Date>, EventError> {
        let parsed = self.cell(at, column).map(|cell| cell.parse::<Date>()).transpose();
        parsed.map_err(|_| self.wrong(at, column, "a date of the form 2024-03-20"))
    }

    fn amount(&self, at: usize, column: &'static str) -> Result<Option<f64>, EventError> {
        match self.cell(at, column).map(|cell| cell.replace([',', '，'], "").parse::<f64>()).transpose() {
            Ok(value) if value.is_none_or(|value| value.is_finite() && value >= 0.0) => Ok(value),
            _ => Err(self.wrong(at, column, "a number of 万元")),
        }
    }

    fn read(&self, at: usize, who: &str, why: &str) -> Result<Read, EventError> {
        let text = |column| self.cell(at, column).map(String::from);
        let met_on = self.date(at, "对接时间")?.ok_or_else(|| self.wrong(at, "对接时间", "filled in"))?;
        let state = LedgerState::from_word(&self.needed(at, "转化状态")?)
            .ok_or_else(|| self.wrong(at, "转化状态", "已对接, 达成意向, 已签约, 已转化, 无意向 or 已终止"))?;
        let line = LedgerMeeting {
            event: self.needed(at, "对接活动")?,
            demand: self.needed(at, "需求编号")?,
            title: self.needed(at, "项目名称")?,
            enterprise: text("需求单位"),
            institution: self.needed(at, "供给单位编号")?,
            institution_name: text("供给单位").unwrap_or_default(),
            chain: text("所属产业链"),
            sub_industry: text("细分行业"),
            met_on,
            responsible: text("责任单位").unwrap_or_default(),
        };
        let step = LedgerStep {
            state,
            on: self.date(at, "状态日期")?.unwrap_or(met_on),
            who: who.to_owned(),
            why: text("项目进展及对接情况").unwrap_or_else(|| why.to_owned()),
            amount: self.amount(at, "转化金额（万元）")?,
            fund_need: self.amount(at, "基金需求（万元）")?,
            team: None,
            next_step: text("下一步"),
            due: self.date(at, "截止日期")?,
        };
        Ok(Read { line, step })
    }
}
