//! What the words around a number say of it: 不低于, ≥, 降低至, 以上.

use super::quantity::{Change, Comparator};
use super::words::{Word, Words};

/// What the words before a number say.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Before {
    pub(super) bound: Option<Comparator>,
    /// The bound where no other is given.
    pub(super) reach: Option<Comparator>,
    pub(super) change: Option<Change>,
    /// What they say in passing.
    pub(super) signs: Signs,
    /// Length of the text before all these words.
    pub(super) rest_len: usize,
}

/// Which kinds of words stood before the number.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Signs {
    /// 优于.
    pub(super) better: bool,
    /// ≥, =: the value is the property's own.
    pub(super) symbol: bool,
    /// 至: the value is what the property becomes.
    pub(super) to: bool,
    /// 由: the value is what the property was.
    pub(super) from: bool,
}

/// Reads the words at the end of `text`.
pub(super) fn before(text: &str) -> Before {
    let mut read = Before { rest_len: text.len(), ..Before::default() };
    let mut stripped = false;
    loop {
        let rest = text[..read.rest_len].trim_end_matches(' ');
        let found = Words::standard().at_end(rest);
        let Some((word, len)) = found.filter(|&(word, _)| stripped || word != Word::Auxiliary) else { break };
        read.rest_len = rest.len() - len;
        stripped = true;
        match word {
            Word::Bound(comparator) => read.bound = read.bound.or(Some(comparator)),
            Word::Symbol(Comparator::Equal) => read.signs.symbol |= read.bound.is_none() && rest.ends_with('='),
            Word::Symbol(comparator) => {
                read.bound = read.bound.or(Some(comparator));
                read.signs.symbol = true;
            }
            Word::Better => read.signs.better = true,
            Word::Reach(comparator) => {
                read.reach = read.reach.or(Some(comparator));
                // 达到 and 控制在 state a value; 提高到 and 降至 the end of a change.
                read.signs.to |= !rest.ends_with(['达', '在', '成']) && !rest.ends_with("达到");
            }
            Word::To => read.signs.to = true,
            Word::Change(change) => read.change = read.change.or(Some(change)),
            Word::From => {
                read.signs.from = true;
                break;
            }
            Word::Filler | Word::Auxiliary | Word::Whole => {}
        }
    }
    if read.signs.to
        && let Some(change) = read.change.take()
    {
        read.reach = read.reach.or(Some(direction(change)));
    }
    read
}

/// The bound of a value that a change leads to: `降低了…至` is at most that.
pub(super) fn direction(change: Change) -> Comparator {
    match change {
        Change::ReducedBy => Comparator::AtMost,
        Change::IncreasedBy => Comparator::AtLeast,
    }
}

/// The bound at the start of what follows the number, and its length in bytes.
pub(super) fn behind(text: &str) -> (Option<Comparator>, usize) {
    let rest = text.trim_start_matches(' ');
    match Words::standard().behind(rest) {
        Some((comparator, len)) => (Some(comparator), text.len() - rest.len() + len),
        None => (None, 0),
    }
}
