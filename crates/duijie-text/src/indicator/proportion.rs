//! Shares of something else: `功耗≤额定功率的3%`, `成本为进口产品的60%`.

use super::property;
use super::quantity::Comparator;
use super::wording;
use super::words::{Word, Words};
use std::ops::Range;

/// What a share is of has a short name.
const LONGEST_CHARS: usize = 10;

/// Wholes that may stand right before the share, no 的 between: `功耗为额定功率3%`.
const WHOLES: [&str; 12] =
    ["功率", "量程", "总量", "总重", "总数", "总额", "产值", "理论值", "设计值", "标称值", "额定值", "初始值"];
/// What ends so is a share itself and not what one is of: `氧化铝含量30%`.
const SHARES: [&str; 10] = ["率", "含量", "浓度", "占比", "比例", "纯度", "精度", "误差", "湿度", "选择性"];
/// Shares that only look like those.
const NO_SHARES: [&str; 3] = ["功率", "频率", "速率"];
/// Say that a share follows.
const OF: [&str; 2] = ["相当于", "占"];

/// A property that is given as a share of another thing.
#[derive(Clone, Debug)]
pub(super) struct Proportion {
    pub(super) name: Range<usize>,
    /// What the share is of.
    pub(super) whole: Range<usize>,
    pub(super) bound: Option<Comparator>,
    pub(super) reach: Option<Comparator>,
}

/// What stands between the name and the whole.
enum Link {
    /// A bound: what follows it and is no number must be the whole.
    Bound(Comparator),
    /// 占.
    Of,
    /// 为, 达到: a name of its own may follow.
    Is(Option<Comparator>),
}

impl Proportion {
    /// Reads `text` from `window` to `end`, where the words right before a share begin; `of` says that 的 is among
    /// them.
    pub(super) fn of(text: &str, window: usize, end: usize, of: bool) -> Option<Self> {
        let rest = &text[window..end];
        let clause = rest
            .rfind(|c: char| !is_inside(c))
            .map_or(0, |at| at + rest[at..].chars().next().map_or(0, char::len_utf8));
        let places = rest[clause..].char_indices().rev().map(|(at, _)| clause + at);
        places.take(LONGEST_CHARS).find_map(|at| {
            let whole = rest[at..].trim();
            let (link, len) = Link::at_end(rest[..at].trim_end())?;
            let is_share = SHARES.iter().any(|share| whole.ends_with(share))
                && !NO_SHARES.iter().any(|other| whole.ends_with(other));
            let surely = !matches!(link, Link::Is(_)) || of || WHOLES.iter().any(|known| whole.ends_with(known));
            // 占空比 is a name.
            let is_name = whole.chars().nth(1).is_some()
                && !whole.starts_with("空比")
                && !whole.starts_with(|c: char| c.is_ascii_digit());
            if is_share || !surely || !is_name {
                return None;
            }
            let before = &rest[..rest[..at].trim_end().len() - len];
            let name = property::before(&before[..wording::before(before).rest_len])?;
            let start = window + at + (rest[at..].len() - rest[at..].trim_start().len());
            let (bound, reach) = match link {
                Link::Bound(bound) => (Some(bound), None),
                Link::Is(reach) => (None, reach),
                Link::Of => (None, None),
            };
            Some(Self { name: window + name.start..window + name.end, whole: start..start + whole.len(), bound, reach })
        })
    }
}

impl Link {
    fn at_end(text: &str) -> Option<(Self, usize)> {
        if let Some(word) = OF.into_iter().find(|word| text.ends_with(word)) {
            return Some((Self::Of, word.len()));
        }
        let (word, len) = Words::standard().at_end(text)?;
        let word_text = &text[text.len() - len..];
        let long = word_text.chars().nth(1).is_some();
        let link = match word {
            // 高于对照组的85% compares with the 85 % of another.
            Word::Bound(bound @ (Comparator::AtLeast | Comparator::AtMost)) if long => Self::Bound(bound),
            Word::Symbol(bound) if bound != Comparator::Equal && bound != Comparator::About => Self::Bound(bound),
            Word::Reach(reach) if long => Self::Is(Some(reach)),
            Word::Filler if ["为", "是", "仅为", "只有", "等于"].contains(&word_text) => Self::Is(None),
            _ => return None,
        };
        Some((link, len))
    }
}

/// Whether a character may stand between the name and the share.
fn is_inside(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, ' ' | '≥' | '≤' | '>' | '<' | '=' | '-' | '/' | '(' | ')')
}
