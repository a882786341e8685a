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
        "{event} is recorded already, from a plan without the meeting of {demand:?} with {institution:?}; \
         give that plan, or add what was held besides with an import"
    )]
    OtherPlan {
        /// The event.
        event: String,
        /// Demand of the first meeting that is not recorded.
        demand: String,
        /// Its institution.
        institution: String,
    },
}
