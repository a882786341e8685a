//! What is due, and what meetings have led to.

use super::Ledger;
use super::line::LedgerLine;
use super::state::LedgerState;
use crate::{EventError, Sheet};
use jiff::Span;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;

/// Lines whose next step is due.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DueList {
    /// Due before today, the longest overdue first.
    pub overdue: Vec<LedgerLine>,
    /// Due from today on within the days asked for, the nearest first.
    pub due: Vec<LedgerLine>,
    /// Open lines without a due date.
    pub undated: Vec<LedgerLine>,
}

/// What to count by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ConversionBy {
    /// Chain.
    Chain,
    /// Sub-industry.
    SubIndustry,
    /// Institution.
    Institution,
    /// Event.
    Event,
}

/// How many meetings have come how far.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Conversion {
    /// The chain, sub-industry, institution or event.
    pub name: String,
    /// Meetings.
    pub meetings: usize,
    /// Of these, came to an intention or further.
    pub intentions: usize,
    /// Of these, came to a contract or further.
    pub contracts: usize,
    /// Of these, were delivered.
    pub delivered: usize,
    /// Declined or ended.
    pub ended: usize,
    /// Contracts and deliveries added up, in 万元.
    pub amount: f64,
}

impl Conversion {
    /// Share of the meetings that came to a contract.
    pub fn contract_rate(&self) -> f64 {
        if self.meetings == 0 { 0.0 } else { self.contracts as f64 / self.meetings as f64 }
    }
}

impl LedgerLine {
    /// Whether something is still to come of it.
    pub fn is_open(&self) -> bool {
        matches!(self.state, LedgerState::Met | LedgerState::Intention | LedgerState::Contract)
    }
}

impl Ledger {
    /// Open lines that are overdue on `today` or due within `days` after it.
    ///
    /// # Errors
    ///
    /// [`EventError::DateRange`] or [`EventError::Ledger`].
    pub fn due(&self, today: Date, days: u16) -> Result<DueList, EventError> {
        let last = today
            .checked_add(Span::new().days(i64::from(days)))
            .map_err(|error| EventError::DateRange { date: today.to_string(), problem: error.to_string() })?;
        let mut list = DueList { overdue: Vec::new(), due: Vec::new(), undated: Vec::new() };
        for line in self.lines()?.into_iter().filter(LedgerLine::is_open) {
            match line.due {
                None => list.undated.push(line),
                Some(due) if due < today => list.overdue.push(line),
                Some(due) if due <= last => list.due.push(line),
                Some(_) => {}
            }
        }
        list.overdue.sort_by_key(|line| (line.due, line.line));
        list.due.sort_by_key(|line| (line.due, line.line));
        Ok(list)
    }

    /// Counts by chain, sub-industry, institution or event, in the order of the names; meetings that another plan
    /// superseded count nowhere.
    ///
    /// # Errors
    ///
    /// [`EventError::Ledger`].
    pub fn conversions(&self, by: ConversionBy) -> Result<Vec<Conversion>, EventError> {
        let mut counts: BTreeMap<String, Conversion> = BTreeMap::new();
        for line in self.lines()?.into_iter().filter(|line| line.state != LedgerState::Superseded) {
            let unknown = || "未注明".to_owned();
            let name = match by {
                ConversionBy::Chain => line.meeting.chain.clone().unwrap_or_else(unknown),
                ConversionBy::SubIndustry => line.meeting.sub_industry.clone().unwrap_or_else(unknown),
                ConversionBy::Institution => line.meeting.institution_name.clone(),
                ConversionBy::Event => line.meeting.event.clone(),
            };
            let count = counts.entry(name.clone()).or_insert_with(|| Conversion { name, ..Conversion::default() });
            count.meetings += 1;
            count.intentions += usize::from(line.reached >= LedgerState::Intention);
            count.contracts += usize::from(line.reached >= LedgerState::Contract);
            count.delivered += usize::from(line.reached >= LedgerState::Delivered);
            count.ended += usize::from(matches!(line.state, LedgerState::Declined | LedgerState::Ended));
            if line.reached >= LedgerState::Contract {
                count.amount += line.amount.unwrap_or(0.0);
            }
        }
        Ok(counts.into_values().collect())
    }
}

impl DueList {
    /// The list as a table.
    pub fn sheet(&self) -> Sheet {
        let mut sheet = Sheet::new(
            "到期与逾期事项",
            &["情况", "编号", "截止日期", "下一步", "需求", "企业", "单位", "状态", "责任单位"],
        );
        let parts = [("逾期", &self.overdue), ("到期", &self.due), ("未定期限", &self.undated)];
        for (word, line) in parts.into_iter().flat_map(|(word, lines)| lines.iter().map(move |line| (word, line))) {
            sheet.push(vec![
                word.to_owned(),
                line.line.to_string(),
                line.due.map_or_else(|| "未定".to_owned(), |due| due.to_string()),
                line.next_step.clone().unwrap_or_default(),
                line.meeting.title.clone(),
                line.meeting.enterprise.clone().unwrap_or_default(),
                line.meeting.institution_name.clone(),
                line.state.chinese().to_owned(),
                line.meeting.responsible.clone(),
            ]);
        }
        sheet
    }
}

/// Counts as a table.
pub fn conversion_sheet(by: ConversionBy, rows: &[Conversion]) -> Sheet {
    let first = match by {
        ConversionBy::Chain => "产业链",
        ConversionBy::SubIndustry => "细分行业",
        ConversionBy::Institution => "单位",
        ConversionBy::Event => "活动",
    };
    let mut sheet = Sheet::new(
        &format!("对接成效（按{first}）"),
        &[first, "对接数", "达成意向", "签约", "转化", "终止", "签约率", "金额（万元）"],
    );
    for row in rows {
        sheet.push(vec![
            row.name.clone(),
            row.meetings.to_string(),
            row.intentions.to_string(),
            row.contracts.to_string(),
            row.delivered.to_string(),
            row.ended.to_string(),
            format!("{:.0}%", row.contract_rate() * 100.0),
            row.amount.to_string(),
        ]);
    }
    sheet
}
