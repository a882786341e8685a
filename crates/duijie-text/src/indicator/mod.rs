//! Indicators: the quantities of demands and achievements, and whether the one meets the other.
//!
//! A demand asks in numbers (`屈服强度≥960MPa，能耗降低30%以上`), an achievement claims in numbers
//! (`抗拉强度达0.98GPa，能耗由3.5kWh/t降至2.1kWh/t`). [`read_quantities`] reads both into
//! [`Quantity`]: *property*, [`Comparator`], [`Amount`] and [`Unit`]. [`judge`] compares them.
//!
//! Reading goes from the number outwards. A number is taken with its range or tolerance, its
//! magnitude (万, ×10⁵) and its unit; then the words before it and behind it are peeled off one by
//! one (`可达到`, `不低于`, `降低至`; `以上`, `左右`), and what noun is left next to them is the
//! property. What peeling meets decides the comparator and whether the value is the property itself
//! or a change of it:
//!
//! ```
//! use duijie_text::{Amount, Change, Comparator, read_quantities};
//!
//! let read = read_quantities("疲劳寿命达到18万次，KV₂(-40℃)≥27J，单位能耗较传统工艺降低30%以上");
//! let said: Vec<_> = read.iter().map(|q| (q.property.as_deref().unwrap(), q.comparator, q.change)).collect();
//! assert_eq!(said, [
//!     ("疲劳寿命", Comparator::AtLeast, None),
//!     ("kv2(-40°c)", Comparator::AtLeast, None),
//!     ("单位能耗", Comparator::AtLeast, Some(Change::ReducedBy)),
//! ]);
//! assert_eq!(read[0].amount, Amount::One(180_000.0));
//! assert_eq!(read[2].amount_in_base(), Amount::One(0.3));
//! ```
//!
//! Judging is careful rather than eager: it compares only what has the same property and the same
//! [`Dimension`], and where it cannot tell it says [`Judgement::NotStated`], which counts neither
//! way. A change can be met by a pair of values as well as by a percentage:
//!
//! ```
//! use duijie_text::{Judgement, judge, read_quantities};
//!
//! let asked = read_quantities("能耗降低30%以上");
//! let offered = read_quantities("吨钢能耗由3.5GJ/t降至2.1GJ/t");
//! assert_eq!(judge(&asked[0], &offered, |_, _| false), Judgement::Met(&offered[0]));
//! ```
//!
//! Units, wordings and the classes of properties are data: `data/indicator_units.txt`,
//! `data/indicator_wording.txt`, `data/indicator_properties.txt`, `data/indicator_scales.txt`.

mod ask;
mod chinese;
mod condition;
mod dimension;
mod grade;
mod judge;
mod listed;
mod measure;
mod number;
mod property;
mod property_class;
mod property_name;
mod proportion;
mod quantity;
mod rated;
mod reader;
mod scale;
mod sequel;
mod standing;
mod stated;
mod surroundings;
mod two_sided;
mod unit;
mod unit_table;
mod wording;
mod words;

pub use dimension::Dimension;
pub use judge::{Judgement, judge};
pub use quantity::{Amount, Change, Comparator, Ends, Quantity, Standing};
pub use reader::read_quantities;
pub use unit::Unit;

#[cfg(test)]
mod conformance;
#[cfg(test)]
mod judged;
#[cfg(test)]
mod listed_and_judged;
#[cfg(test)]
mod phrases;
