//! Judging pairs of demands and achievements by hand, blind to the scores, and reading it back.

mod agreement;
mod pool;
mod workbook;

pub use agreement::{Disagreement, Judgements};
pub use pool::{Pair, pool, pool_rankings};
pub use workbook::{read_judging_workbook, write_judging_workbook};

/// How relevant an achievement is to a demand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// 无相关, 0.
    None,
    /// 弱相关, 1.
    Weak,
    /// 较强相关, 2.
    Fair,
    /// 强相关, 3.
    Strong,
}

impl Grade {
    /// All, worst first.
    pub const ALL: [Self; 4] = [Self::None, Self::Weak, Self::Fair, Self::Strong];

    /// The word in the workbook.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::None => "无相关",
            Self::Weak => "弱相关",
            Self::Fair => "较强相关",
            Self::Strong => "强相关",
        }
    }

    /// 0–3.
    pub fn number(self) -> u8 {
        self as u8
    }

    /// The grade of a word, or of a figure 0–3.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|grade| word == grade.chinese() || word == grade.number().to_string())
    }
}
