//! What stands in cells: money, periods, maturity, modes, lists; and what must not be kept.

mod city;
mod lettered;
mod maturity;
mod memo;
mod modes;
mod money;
mod numerals;
mod patents;
mod period;
mod personal;
mod plain;
mod text;
mod ticks;
mod vocabulary;

pub use modes::{Compatibility, mode_compatibility};

pub(crate) use city::city;
pub(crate) use lettered::{Lettered, lettered};
pub(crate) use maturity::{MaturityScale, Trl};
pub(crate) use memo::Memos;
pub(crate) use money::{Money, MoneyUnit, money};
pub(crate) use patents::{Patents, patents};
pub(crate) use period::{Period, period, year};
pub(crate) use personal::{has_personal_id, without_personal_ids};
pub(crate) use plain::{Plain, without};
pub(crate) use text::{keywords, list_items};
pub(crate) use ticks::{Tick, is_mark, tick, ticked};
pub(crate) use vocabulary::Vocabulary;
