use jiff::civil::Date;

/// What a ledger does not take in, by what can be done about it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LedgerRefusal {
    /// A step before the meeting of its line.
    #[error("line {line} met on {met_on}; a step cannot be on {on}, before it")]
    BeforeMeeting {
        /// The line.
        line: i64,
        /// The day of the step.
        on: Date,
        /// The day of the meeting.
        met_on: Date,
    },
    /// A step before the last step of its line.
    #[error("the last step of line {line} is of {last}; a step of {on} cannot follow it, date it {last} or later")]
    BeforeLastStep {
        /// The line.
        line: i64,
        /// The day of the step.
        on: Date,
        /// The day of the last step.
        last: Date,
    },
    /// A due date before the step that sets it.
    #[error("line {line}: what comes next is due on {due}, before the step of {on}; give a later day")]
    DueBeforeStep {
        /// The line.
        line: i64,
        /// The day of the step.
        on: Date,
        /// The due date.
        due: Date,
    },
    /// A row of an imported table cannot become a step.
    #[error("row {row} of the ledger table: {problem}")]
    Row {
        /// Row, the header being row 1.
        row: usize,
        /// What is wrong with it.
        problem: Box<LedgerRefusal>,
    },
    /// A row of an export that the ledger has gone beyond.
    #[error(
        "row {row} of the ledger table is version {found} of line {line}, which has {now} steps by now; \
         export the ledger again and edit that"
    )]
    Older {
        /// Row, the header being row 1.
        row: usize,
        /// The line.
        line: i64,
        /// 记录版本 of the row.
        found: usize,
        /// Steps of the line.
        now: usize,
    },
    /// Columns of a known line were edited that no step can change.
    #[error(
        "row {row} of the ledger table: {columns} of line {line} cannot be changed by an import; \
         put back what the export has, or leave the column out"
    )]
    Fixed {
        /// Row, the header being row 1.
        row: usize,
        /// The line.
        line: i64,
        /// The columns.
        columns: String,
    },
    /// A row with the number of a line that is of another meeting.
    #[error(
        "row {row} of the ledger table: 序号 {line} is a line of another meeting ({columns} differ); \
         put back what the export has, or leave 序号 blank for a new meeting"
    )]
    OtherMeeting {
        /// Row, the header being row 1.
        row: usize,
        /// The line.
        line: i64,
        /// The columns that differ.
        columns: String,
    },
    /// A plan with a demand that is not of the event.
    #[error("the plan's demand {demand:?} is not among the demands of {event}; give the plan that was made for it")]
    ForeignDemand {
        /// The event.
        event: String,
        /// The demand.
        demand: String,
    },
    /// An event was recorded already, from another plan.
    #[error(
        "{event} is recorded already, from a plan that differs in the meeting of {demand:?} with {institution:?}; \
         give that plan, say why this one replaces it, or add what was held besides with an import"
    )]
    OtherPlan {
        /// The event.
        event: String,
        /// Demand of the first meeting that one has and the other has not.
        demand: String,
        /// Its institution.
        institution: String,
    },
}

impl LedgerRefusal {
    /// What an official reads of it.
    pub fn chinese(&self) -> String {
        match self {
            Self::BeforeMeeting { line, on, met_on } => {
                format!("第{line}项于{met_on}对接，进展日期{on}不得早于对接时间")
            }
            Self::BeforeLastStep { line, on, last } => {
                format!("第{line}项最近一次进展为{last}，新进展的日期{on}不得早于它")
            }
            Self::DueBeforeStep { line, on, due } => {
                format!("第{line}项的截止日期{due}早于进展日期{on}，请改为更晚的日期")
            }
            Self::Row { row, problem } => format!("台账表第{row}行：{}", problem.chinese()),
            Self::Older { row, line, found, now } => {
                format!("台账表第{row}行：第{line}项的记录版本为{found}，台账中已有{now}步进展；请重新导出后再修改")
            }
            Self::Fixed { row, line, columns } => {
                format!("台账表第{row}行：第{line}项的{columns}不能通过导入修改；请恢复导出时的内容，或删去该列")
            }
            Self::OtherMeeting { row, line, columns } => format!(
                "台账表第{row}行：序号{line}是另一次对接（{columns}不同）；请恢复导出时的内容，新增对接请将序号留空"
            ),
            Self::ForeignDemand { event, demand } => {
                format!("方案中的需求{demand}不属于“{event}”；请使用该场活动的方案")
            }
            Self::OtherPlan { event, demand, institution } => format!(
                "“{event}”已按另一方案记入台账，与本方案在{demand}与{institution}的对接上不同；\
                 请使用该方案，或注明改用本方案的原因，或用导入补记"
            ),
        }
    }
}
