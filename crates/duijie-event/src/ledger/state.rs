use serde::{Deserialize, Serialize};

/// Where a meeting has led.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LedgerState {
    /// 已对接.
    #[default]
    Met,
    /// 达成意向.
    Intention,
    /// 已签约.
    Contract,
    /// 已转化: delivered.
    Delivered,
    /// 无意向: declined by one of them.
    Declined,
    /// 已终止: ended without result.
    Ended,
    /// 已改排: a planned meeting that another plan of the event does without.
    Superseded,
}

impl LedgerState {
    /// All states.
    pub const ALL: [Self; 7] =
        [Self::Met, Self::Intention, Self::Contract, Self::Delivered, Self::Declined, Self::Ended, Self::Superseded];

    /// The word in the file.
    pub fn word(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Intention => "intention",
            Self::Contract => "contract",
            Self::Delivered => "delivered",
            Self::Declined => "declined",
            Self::Ended => "ended",
            Self::Superseded => "superseded",
        }
    }

    /// The word that an official reads.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Met => "已对接",
            Self::Intention => "达成意向",
            Self::Contract => "已签约",
            Self::Delivered => "已转化",
            Self::Declined => "无意向",
            Self::Ended => "已终止",
            Self::Superseded => "已改排",
        }
    }

    /// The state of a word of the file, or of those that tables use.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word.trim() {
            "met" | "已对接" | "已启动" => Self::Met,
            "intention" | "达成意向" | "洽谈中" => Self::Intention,
            "contract" | "已签约" | "解决中" => Self::Contract,
            "delivered" | "已转化" | "已完成" | "已转化应用" | "已解决" => Self::Delivered,
            "declined" | "无意向" => Self::Declined,
            "ended" | "已终止" | "技术储备" => Self::Ended,
            "superseded" | "已改排" => Self::Superseded,
            _ => return None,
        })
    }

    /// States that may follow. The same state may always follow, as a note of progress; what was
    /// declined or ended may be taken up again.
    pub fn next(self) -> &'static [Self] {
        match self {
            Self::Met => &[Self::Met, Self::Intention, Self::Contract, Self::Declined, Self::Ended, Self::Superseded],
            Self::Intention => &[Self::Intention, Self::Contract, Self::Declined, Self::Ended],
            Self::Contract => &[Self::Contract, Self::Delivered, Self::Ended],
            Self::Delivered => &[Self::Delivered],
            Self::Declined => &[Self::Declined, Self::Intention],
            Self::Ended => &[Self::Ended, Self::Intention],
            Self::Superseded => &[Self::Superseded, Self::Met],
        }
    }

    pub(crate) fn next_words(self) -> String {
        self.next().iter().map(|state| state.word()).collect::<Vec<_>>().join(", ")
    }
}
