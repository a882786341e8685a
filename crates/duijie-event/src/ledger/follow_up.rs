//! Lists for the follow-up tasks 12–16 of Annex 2.

use super::line::LedgerLine;
use super::state::LedgerState;
use super::{ConversionBy, Ledger};
use crate::{EventError, Sheet, TaskList};
use serde::Serialize;

/// The list of one task.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FollowUp {
    /// Number of the task.
    pub task: u32,
    /// What the task is.
    pub content: String,
    /// Units and offices responsible.
    pub responsible: String,
    /// Who or what is proposed.
    pub sheet: Sheet,
}

impl Ledger {
    /// The lists of tasks 12 (teams for 评先树优), 13 (projects for 省技术创新项目), 14 (institutions
    /// to be rewarded), 15 (needs of funds) and 16 (cases).
    ///
    /// # Errors
    ///
    /// [`EventError::Ledger`].
    pub fn follow_ups(&self) -> Result<Vec<FollowUp>, EventError> {
        let lines = self.lines()?;
        let tasks = TaskList::default();
        let mut lists = Vec::new();
        for task in tasks.tasks.iter().filter(|task| (12..=16).contains(&task.no)) {
            let sheet = match task.no {
                12 => teams(&lines),
                13 => projects(&lines),
                14 => rewards(self)?,
                15 => funds(&lines),
                _ => cases(&lines),
            };
            lists.push(FollowUp {
                task: task.no,
                content: task.content.clone(),
                responsible: task.responsible_text(None),
                sheet,
            });
        }
        Ok(lists)
    }
}

fn succeeded(lines: &[LedgerLine]) -> impl Iterator<Item = &LedgerLine> {
    let running = |line: &&LedgerLine| matches!(line.state, LedgerState::Contract | LedgerState::Delivered);
    lines.iter().filter(running)
}

fn money(amount: Option<f64>) -> String {
    amount.map_or_else(|| "不详".to_owned(), |amount| amount.to_string())
}

fn teams(lines: &[LedgerLine]) -> Sheet {
    let mut sheet = Sheet::new("评先树优推荐团队", &["单位", "团队", "项目", "合作企业", "状态", "金额（万元）"]);
    for line in succeeded(lines) {
        sheet.push(vec![
            line.meeting.institution_name.clone(),
            line.team.clone().unwrap_or_else(|| "待补充".to_owned()),
            line.meeting.title.clone(),
            line.meeting.enterprise.clone().unwrap_or_default(),
            line.state.chinese().to_owned(),
            money(line.amount),
        ]);
    }
    sheet
}

fn projects(lines: &[LedgerLine]) -> Sheet {
    let mut sheet = Sheet::new(
        "省技术创新项目推荐",
        &["项目", "产业链", "细分行业", "企业", "合作单位", "状态", "金额（万元）", "对接活动"],
    );
    for line in succeeded(lines) {
        sheet.push(vec![
            line.meeting.title.clone(),
            line.meeting.chain.clone().unwrap_or_default(),
            line.meeting.sub_industry.clone().unwrap_or_default(),
            line.meeting.enterprise.clone().unwrap_or_default(),
            line.meeting.institution_name.clone(),
            line.state.chinese().to_owned(),
            money(line.amount),
            line.meeting.event.clone(),
        ]);
    }
    sheet
}

fn rewards(ledger: &Ledger) -> Result<Sheet, EventError> {
    let mut rows = ledger.conversions(ConversionBy::Institution)?;
    rows.retain(|row| row.contracts > 0);
    rows.sort_by(|a, b| b.contracts.cmp(&a.contracts).then(b.amount.total_cmp(&a.amount)).then(a.name.cmp(&b.name)));
    let mut sheet = super::conversion_sheet(ConversionBy::Institution, &rows);
    sheet.title = "建议奖励单位".to_owned();
    Ok(sheet)
}

fn funds(lines: &[LedgerLine]) -> Sheet {
    let mut sheet = Sheet::new(
        "基金需求清单",
        &["项目", "企业", "合作单位", "状态", "基金需求（万元）", "合同金额（万元）", "责任单位"],
    );
    for line in lines.iter().filter(|line| line.fund_need.is_some_and(|need| need > 0.0)) {
        sheet.push(vec![
            line.meeting.title.clone(),
            line.meeting.enterprise.clone().unwrap_or_default(),
            line.meeting.institution_name.clone(),
            line.state.chinese().to_owned(),
            money(line.fund_need),
            money(line.amount),
            line.meeting.responsible.clone(),
        ]);
    }
    sheet
}

fn cases(lines: &[LedgerLine]) -> Sheet {
    let mut sheet = Sheet::new("典型案例候选", &["案例", "产业链", "企业", "合作单位", "金额（万元）", "进展"]);
    for line in lines.iter().filter(|line| line.state == LedgerState::Delivered) {
        sheet.push(vec![
            line.meeting.title.clone(),
            line.meeting.chain.clone().unwrap_or_default(),
            line.meeting.enterprise.clone().unwrap_or_default(),
            line.meeting.institution_name.clone(),
            money(line.amount),
            line.progress.clone(),
        ]);
    }
    sheet
}
