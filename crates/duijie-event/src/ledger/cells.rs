//! The cells of a ledger table that was handed in.

use super::line::{LedgerLine, LedgerMeeting, LedgerStep};
use super::refusal::LedgerRefusal;
use super::state::LedgerState;
use super::table::{LEDGER_COLUMNS, TEAM, TEAM_ALIASES};
use super::wanted::WantedCell;
use crate::{EventError, Sheet};
use duijie_text::{Normalizer, StandardNormalizer};
use jiff::civil::Date;

pub(super) struct Rows<'a> {
    sheet: &'a Sheet,
    /// Where each of [`LEDGER_COLUMNS`] stands.
    columns: [Option<usize>; LEDGER_COLUMNS.len()],
}

pub(super) struct Read {
    pub(super) meeting: LedgerMeeting,
    pub(super) step: LedgerStep,
}

/// Columns that a row cannot do without.
const NEEDED: [&str; 6] = ["对接活动", "需求编号", "项目名称", "供给单位编号", "对接时间", "转化状态"];

impl<'a> Rows<'a> {
    pub(super) fn new(sheet: &'a Sheet) -> Result<Self, EventError> {
        let named = |name: &str| sheet.header.iter().position(|column| column.trim() == name);
        let columns = LEDGER_COLUMNS.map(|name| match name {
            TEAM => named(name).or_else(|| TEAM_ALIASES.iter().find_map(|alias| named(alias))),
            _ => named(name),
        });
        let missing = LEDGER_COLUMNS.iter().zip(&columns).find(|(name, at)| at.is_none() && NEEDED.contains(*name));
        match missing {
            Some((column, _)) => Err(EventError::LedgerColumn { column, expected: LEDGER_COLUMNS.join("、") }),
            None => Ok(Self { sheet, columns }),
        }
    }

    fn place(&self, column: &str) -> Option<usize> {
        self.columns[LEDGER_COLUMNS.iter().position(|name| *name == column)?]
    }

    /// Whether the table has the column; one that it lacks changes nothing.
    pub(super) fn has(&self, column: &str) -> bool {
        self.place(column).is_some()
    }

    /// The cell, unless blank.
    pub(super) fn cell(&self, at: usize, column: &str) -> Option<&'a str> {
        let cell = self.sheet.rows[at].get(self.place(column)?)?.trim();
        Some(cell).filter(|cell| !cell.is_empty())
    }

    fn needed(&self, at: usize, column: &'static str) -> Result<String, EventError> {
        self.cell(at, column).map(String::from).ok_or_else(|| self.wrong(at, column, WantedCell::Filled))
    }

    /// The row as a spreadsheet numbers it: the header is row 1.
    pub(super) fn number(at: usize) -> usize {
        at + 2
    }

    pub(super) fn wrong(&self, at: usize, column: &'static str, expected: WantedCell) -> EventError {
        let found = self.cell(at, column).unwrap_or_default().to_owned();
        EventError::LedgerRow { row: Self::number(at), column, expected, found }
    }

    fn date(&self, at: usize, column: &'static str) -> Result<Option<Date>, EventError> {
        let Some(cell) = self.cell(at, column) else { return Ok(None) };
        date(cell).map(Some).ok_or_else(|| self.wrong(at, column, WantedCell::Date))
    }

    fn amount(&self, at: usize, column: &'static str) -> Result<Option<f64>, EventError> {
        let Some(cell) = self.cell(at, column) else { return Ok(None) };
        amount(cell).map(Some).ok_or_else(|| self.wrong(at, column, WantedCell::Amount))
    }

    /// The 序号 or 记录版本 of a row.
    fn count<T: std::str::FromStr>(&self, at: usize, column: &'static str) -> Result<Option<T>, EventError> {
        let parsed = self.cell(at, column).map(str::parse).transpose();
        parsed.map_err(|_| self.wrong(at, column, WantedCell::Count))
    }

    /// How many steps the line had when the table was exported.
    pub(super) fn version(&self, at: usize) -> Result<Option<usize>, EventError> {
        self.count(at, "记录版本")
    }

    /// The line that a row is of: by its 序号, or by its meeting.
    pub(super) fn known<'l>(
        &self,
        at: usize,
        meeting: &LedgerMeeting,
        lines: &'l [LedgerLine],
    ) -> Result<Option<&'l LedgerLine>, EventError> {
        let differ = |line: &LedgerLine| {
            let (known, read) = (&line.meeting, meeting);
            let pairs = [
                ("对接活动", &known.event, &read.event),
                ("需求编号", &known.demand, &read.demand),
                ("供给单位编号", &known.institution, &read.institution),
            ];
            pairs
                .into_iter()
                .filter(|(_, known, read)| known.trim() != *read)
                .map(|(name, ..)| name)
                .collect::<Vec<_>>()
        };
        let number: Option<i64> = self.count(at, "序号")?;
        match number.and_then(|number| lines.iter().find(|line| line.line == number)) {
            None => Ok(lines.iter().find(|line| differ(line).is_empty())),
            Some(line) if differ(line).is_empty() => Ok(Some(line)),
            Some(line) => {
                let columns = differ(line).join("、");
                Err(LedgerRefusal::OtherMeeting { row: Self::number(at), line: line.line, columns }.into())
            }
        }
    }

    pub(super) fn read(&self, at: usize, who: &str, why: &str) -> Result<Read, EventError> {
        let text = |column| self.cell(at, column).map(String::from);
        let met_on = self.date(at, "对接时间")?.ok_or_else(|| self.wrong(at, "对接时间", WantedCell::Filled))?;
        let state = LedgerState::from_word(&self.needed(at, "转化状态")?)
            .ok_or_else(|| self.wrong(at, "转化状态", WantedCell::State))?;
        let meeting = LedgerMeeting {
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
            team: text(TEAM),
            next_step: text("下一步"),
            due: self.date(at, "截止日期")?,
        };
        Ok(Read { meeting, step })
    }
}

/// `2024-03-20`, `2024/3/20`, `2024.3.20` or `2024年3月20日`.
fn date(cell: &str) -> Option<Date> {
    let text = plain(cell);
    if let Ok(date) = text.parse() {
        return Some(date);
    }
    let text = text.trim_end_matches('日').replace(['年', '月', '/', '.'], "-");
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    // A year of two digits could be a day.
    if parts.next().is_some() || year < 1000 {
        return None;
    }
    Date::new(year, month, day).ok()
}

/// `130`, `1,300.5` or `130万元`.
fn amount(cell: &str) -> Option<f64> {
    let text = plain(cell).replace(',', "");
    let number = text.strip_suffix("万元").or_else(|| text.strip_suffix('万')).unwrap_or(&text);
    number.parse().ok().filter(|value: &f64| value.is_finite() && *value >= 0.0)
}

fn plain(cell: &str) -> String {
    let normalized = StandardNormalizer.normalize(cell);
    normalized.text.chars().filter(|c| !c.is_whitespace()).map(|c| if c == '，' { ',' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_amounts_are_read_as_officials_write_them() {
        let day = jiff::civil::date(2023, 6, 30);
        for text in ["2023-06-30", "2023/6/30", "2023年6月30日", "2023.6.30", "２０２３年6月30日"] {
            assert_eq!(date(text), Some(day), "{text}");
        }
        for text in ["6/30/2023", "23/6/30", "2023/13/1", "2023年6月", "六月"] {
            assert_eq!(date(text), None, "{text}");
        }
        for (text, value) in [("130万元", 130.0), ("1,300.5", 1300.5), ("130 万", 130.0), ("1，300", 1300.0)] {
            assert_eq!(amount(text), Some(value), "{text}");
        }
        for text in ["面议", "-1", "130元", "万元"] {
            assert_eq!(amount(text), None, "{text}");
        }
    }
}
