/// What a cell of an imported ledger table should hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WantedCell {
    /// Anything.
    Filled,
    /// The day of the change, since the row changes a line.
    DayOfChange,
    /// A date.
    Date,
    /// An amount in 万元.
    Amount,
    /// A whole number as the export has it, or nothing.
    Count,
    /// A state of a meeting.
    State,
    /// An institution that no row above has for the same event and demand.
    NotAbove,
    /// A day that does not come before the meeting.
    SinceMeeting,
    /// A day that does not come before the step.
    SinceStep,
}

impl WantedCell {
    pub(crate) fn english(self) -> &'static str {
        match self {
            Self::Filled => "filled in",
            Self::DayOfChange => "filled in, since the row changes a line",
            Self::Date => "a date such as 2024-03-20, 2024/3/20 or 2024年3月20日",
            Self::Amount => "a number of 万元",
            Self::Count => "a whole number as the export has it, or blank",
            Self::State => "已对接, 达成意向, 已签约, 已转化, 无意向, 已终止 or 已改排",
            Self::NotAbove => "of a meeting that no row above has",
            Self::SinceMeeting => "on or after 对接时间",
            Self::SinceStep => "on or after 状态日期",
        }
    }

    pub(crate) fn chinese(self) -> &'static str {
        match self {
            Self::Filled => "须填写",
            Self::DayOfChange => "须填写：本行有改动，要注明日期",
            Self::Date => "应为日期，如2024-03-20、2024/3/20或2024年3月20日",
            Self::Amount => "应为以万元计的数字",
            Self::Count => "应与导出时相同（整数），或留空",
            Self::State => "应为已对接、达成意向、已签约、已转化、无意向、已终止或已改排",
            Self::NotAbove => "与上面某行重复：同一活动、同一需求、同一供给单位只能有一行",
            Self::SinceMeeting => "不得早于对接时间",
            Self::SinceStep => "不得早于状态日期",
        }
    }
}
