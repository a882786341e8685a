//! What an official reads of what a ledger does not take in.

use crate::EventError;

impl EventError {
    /// What an official reads of an error of the ledger and its tables; `None` for others.
    pub fn chinese(&self) -> Option<String> {
        Some(match self {
            Self::LedgerRow { row, column, expected, found } => {
                let found = if found.is_empty() { "（空）".to_owned() } else { format!("“{found}”") };
                format!("台账表第{row}行：{column}{}，现为{found}", expected.chinese())
            }
            Self::LedgerColumn { column, expected } => format!("台账表缺少“{column}”一列；应有的列为：{expected}"),
            Self::StepNotAllowed { line, from, to } => {
                let allowed: Vec<&str> = from.next().iter().map(|state| state.chinese()).collect();
                let (from, to, allowed) = (from.chinese(), to.chinese(), allowed.join("、"));
                format!("第{line}项现为“{from}”，不能改为“{to}”；可改为{allowed}")
            }
            Self::Blank { field } => {
                let field = if *field == "who" { "经办人" } else { "情况说明" };
                format!("{field}不能为空，台账将长期保存")
            }
            Self::Refused(refusal) => refusal.chinese(),
            Self::NotALedger { path } => format!("{}不是工作台账文件", path.display()),
            _ => return None,
        })
    }
}
