//! The ledger as the official table, out and in.

use super::cells::{Read, Rows};
use super::line::{LedgerLine, LedgerStep, read_lines};
use super::refusal::LedgerRefusal;
use super::state::LedgerState;
use super::wanted::WantedCell;
use super::write::{append, follow, insert};
use super::{Ledger, Recorded, failure};
use crate::{EventError, Sheet};
use rusqlite::Transaction;
use rustc_hash::FxHashSet;

/// Columns of the official table, in order. 记录版本 is the number of the last step of a line.
pub const LEDGER_COLUMNS: [&str; 20] = [
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
    TEAM,
    "下一步",
    "截止日期",
    "记录版本",
];

/// The column of the team (对接专班, 服务团队) that looks after a meeting.
pub(super) const TEAM: &str = "服务团队";
/// What the column is called elsewhere.
pub(super) const TEAM_ALIASES: [&str; 4] = ["对接专班", "工作专班", "对接团队", "团队"];

/// What is looked at most of each line, few columns wide.
pub fn ledger_overview_sheet(lines: &[LedgerLine]) -> Sheet {
    let mut sheet =
        Sheet::new("产学研对接工作台账", &["序号", "项目名称", "需求单位", "供给单位", "状态", "状态日期", "截止日期"]);
    for line in lines {
        sheet.push(vec![
            line.line.to_string(),
            line.meeting.title.clone(),
            line.meeting.enterprise.clone().unwrap_or_default(),
            line.meeting.institution_name.clone(),
            line.state.chinese().to_owned(),
            line.since.to_string(),
            line.due.map_or_else(String::new, |due| due.to_string()),
        ]);
    }
    sheet
}

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
    /// Only 对接活动, 需求编号, 项目名称, 供给单位编号, 对接时间 and 转化状态 must be filled in. A row
    /// is of the line of its 序号, or of that of its meeting; one whose 记录版本 the line has gone
    /// beyond is refused, and so are edits that no step can make. A blank 项目进展及对接情况 says
    /// nothing new.
    ///
    /// # Errors
    ///
    /// [`EventError::LedgerColumn`], [`EventError::LedgerRow`], [`EventError::Refused`],
    /// [`EventError::StepNotAllowed`], [`EventError::Blank`] or [`EventError::Ledger`].
    pub fn import(&mut self, sheet: &Sheet, who: &str, why: &str) -> Result<Recorded, EventError> {
        let rows = Rows::new(sheet)?;
        let path = self.path.clone();
        self.write(|transaction| {
            let lines = read_lines(transaction).map_err(|source| failure(&path, source))?;
            let mut seen = FxHashSet::default();
            let mut recorded = Recorded::default();
            for at in 0..sheet.rows.len() {
                let read = rows.read(at, who, why)?;
                let meeting = &read.meeting;
                if !seen.insert((meeting.event.clone(), meeting.demand.clone(), meeting.institution.clone())) {
                    return Err(rows.wrong(at, "供给单位编号", WantedCell::NotAbove));
                }
                let Some(now) = rows.known(at, meeting, &lines)? else {
                    add(transaction, &rows, at, &read, why)?;
                    recorded.added += 1;
                    continue;
                };
                recorded.known += 1;
                if let Some(step) = changed(&rows, at, now, read)? {
                    follow(transaction, now, &step).map_err(|error| match error {
                        EventError::Refused(problem) => {
                            LedgerRefusal::Row { row: Rows::number(at), problem: Box::new(problem) }.into()
                        }
                        other => other,
                    })?;
                    recorded.steps += 1;
                }
            }
            Ok(recorded)
        })
    }
}

/// Adds the line of a meeting that the ledger does not know.
fn add(transaction: &Transaction<'_>, rows: &Rows<'_>, at: usize, read: &Read, why: &str) -> Result<(), EventError> {
    let (meeting, step) = (&read.meeting, &read.step);
    if step.on < meeting.met_on {
        return Err(rows.wrong(at, "状态日期", WantedCell::SinceMeeting));
    }
    if step.due.is_some_and(|due| due < step.on) {
        return Err(rows.wrong(at, "截止日期", WantedCell::SinceStep));
    }
    if step.state == LedgerState::Met && step.on == meeting.met_on {
        return insert(transaction, meeting, step).map(drop);
    }
    let id = insert(transaction, meeting, &LedgerStep::new(LedgerState::Met, meeting.met_on, &step.who, why))?;
    append(transaction, id, step)
}

/// The step that a row asks for, if it says other than the ledger.
fn changed(rows: &Rows<'_>, at: usize, now: &LedgerLine, read: Read) -> Result<Option<LedgerStep>, EventError> {
    let Read { meeting, mut step } = read;
    let same_state = now.state == step.state;
    let blank = |column: &str| rows.cell(at, column).is_none();
    let edited_text =
        |column: &str, known: &str| rows.has(column) && rows.cell(at, column).unwrap_or("") != known.trim();
    let cleared = |column: &str, is_known: bool| is_known && rows.has(column) && blank(column);
    let known = &now.meeting;
    let text = |known: &Option<String>| known.clone().unwrap_or_default();
    let fixed = [
        ("项目名称", edited_text("项目名称", &known.title)),
        ("所属产业链", edited_text("所属产业链", &text(&known.chain))),
        ("细分行业", edited_text("细分行业", &text(&known.sub_industry))),
        ("需求单位", edited_text("需求单位", &text(&known.enterprise))),
        // A blank name stands for the id, which is compared already.
        ("供给单位", !blank("供给单位") && edited_text("供给单位", &known.institution_name)),
        ("对接时间", meeting.met_on != known.met_on),
        ("责任单位", edited_text("责任单位", &known.responsible)),
        ("转化金额（万元）", cleared("转化金额（万元）", now.amount.is_some())),
        ("基金需求（万元）", cleared("基金需求（万元）", now.fund_need.is_some())),
        (TEAM, cleared(TEAM, now.team.is_some())),
        // A new state has its own next step and date, or none.
        ("下一步", same_state && cleared("下一步", now.next_step.is_some())),
        ("截止日期", same_state && cleared("截止日期", now.due.is_some())),
    ];
    let dated = !blank("状态日期");
    let same = same_state
        && (!dated || now.since == step.on)
        && (blank("项目进展及对接情况") || now.progress.trim() == step.why)
        && (step.amount.is_none() || now.amount == step.amount)
        && (step.fund_need.is_none() || now.fund_need == step.fund_need)
        && (step.team.is_none() || now.team.as_deref().map(str::trim) == step.team.as_deref())
        && (step.next_step.is_none() || now.next_step.as_deref().map(str::trim) == step.next_step.as_deref())
        && (step.due.is_none() || now.due == step.due);
    let columns: Vec<&str> = fixed.into_iter().filter(|(_, edited)| *edited).map(|(column, _)| column).collect();
    if same && columns.is_empty() {
        return Ok(None);
    }
    let (row, line) = (Rows::number(at), now.line);
    if let Some(found) = rows.version(at)?.filter(|version| *version < now.steps) {
        return Err(LedgerRefusal::Older { row, line, found, now: now.steps }.into());
    }
    if !columns.is_empty() {
        return Err(LedgerRefusal::Fixed { row, line, columns: columns.join("、") }.into());
    }
    if !dated {
        return Err(rows.wrong(at, "状态日期", WantedCell::DayOfChange));
    }
    // What the line keeps anyway is not set anew: its date may have passed.
    if same_state && step.due == now.due {
        step.due = None;
    }
    Ok(Some(step))
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
        line.team.unwrap_or_default(),
        line.next_step.unwrap_or_default(),
        line.due.map_or(String::new(), |due| due.to_string()),
        line.steps.to_string(),
    ]
}
