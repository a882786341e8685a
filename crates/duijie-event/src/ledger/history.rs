//! Every step of a line.

use super::Ledger;
use super::line::{LedgerStep, date, optional_date, state};
use crate::{EventError, Sheet};
use rusqlite::Row;
use serde::Serialize;

/// A step as the history has it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RecordedStep {
    /// The step.
    #[serde(flatten)]
    pub step: LedgerStep,
    /// When it was written down, in UTC.
    pub recorded_at: String,
}

impl Ledger {
    /// All steps of a line, the first being the meeting.
    ///
    /// # Errors
    ///
    /// [`EventError::UnknownLine`] or [`EventError::Ledger`].
    pub fn history(&self, line: i64) -> Result<Vec<RecordedStep>, EventError> {
        let query = "SELECT state, on_date, who, why, amount, fund_need, team, next_step, due, recorded_at \
                     FROM step WHERE line = ?1 ORDER BY id";
        let mut statement = self.connection.prepare(query).map_err(self.failed())?;
        let rows = statement.query_map([line], |row| Ok(RecordedStep { step: step(row)?, recorded_at: row.get(9)? }));
        let steps: Vec<RecordedStep> = rows.and_then(|rows| rows.collect::<Result<_, _>>()).map_err(self.failed())?;
        if steps.is_empty() { Err(EventError::UnknownLine { line }) } else { Ok(steps) }
    }
}

/// The history of a line as a table.
pub fn history_sheet(line: i64, steps: &[RecordedStep]) -> Sheet {
    let mut sheet = Sheet::new(
        &format!("第{line}项进展记录"),
        &[
            "日期",
            "状态",
            "经办人",
            "情况",
            "金额（万元）",
            "基金需求（万元）",
            "团队",
            "下一步",
            "截止日期",
            "记录时间",
        ],
    );
    let number = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
    for RecordedStep { step, recorded_at } in steps {
        sheet.push(vec![
            step.on.to_string(),
            step.state.chinese().to_owned(),
            step.who.clone(),
            step.why.clone(),
            number(step.amount),
            number(step.fund_need),
            step.team.clone().unwrap_or_default(),
            step.next_step.clone().unwrap_or_default(),
            step.due.map_or_else(String::new, |due| due.to_string()),
            recorded_at.clone(),
        ]);
    }
    sheet
}

fn step(row: &Row<'_>) -> rusqlite::Result<LedgerStep> {
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
    })
}
