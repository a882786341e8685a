//! What an indicator says.

use super::dimension::Dimension;
use super::property_class::is_difference;
use super::unit::Unit;
use std::ops::Range;

/// How the stated value bounds the property.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Comparator {
    /// ≥, 不低于, 以上; also 达到 and 提高到 with nothing else said.
    AtLeast,
    /// ≤, 不超过, 以内; also 控制在 and 降至 with nothing else said.
    AtMost,
    /// >, 超过, 高于.
    Above,
    /// <, 小于, 不足.
    Below,
    /// ≈, 约, 左右.
    About,
    /// 接近, 近: close to it, and not there.
    Near,
    /// The value and no more.
    Equal,
    /// ±: [`Amount::Tolerance`]; or bounded from both sides (`0.5mm≤厚度≤1mm`): [`Amount::Range`] with its [`Ends`].
    Within,
    /// From the one to the other: [`Amount::Range`].
    Between,
}

/// Which ends of a range belong to it: `0.5mm<厚度≤1mm` is without its lower end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Ends {
    /// Both; amounts that are no range have this too.
    #[default]
    Both,
    /// The upper end alone.
    High,
    /// The lower end alone.
    Low,
    /// Neither.
    Neither,
}

impl Ends {
    /// Of the range between a lower and an upper bound.
    pub(super) fn of(lower: Comparator, upper: Comparator) -> Self {
        match (lower == Comparator::Above, upper == Comparator::Below) {
            (false, false) => Self::Both,
            (true, false) => Self::High,
            (false, true) => Self::Low,
            (true, true) => Self::Neither,
        }
    }
}

/// Which way a relative indicator points: 降低30%, 提高2倍. Absolute indicators have none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Change {
    /// 降低, 减少, 缩短.
    ReducedBy,
    /// 提高, 增加, 延长.
    IncreasedBy,
}

/// Whose value it is, and whether it is one already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// The text says it of its own matter.
    Own,
    /// Of what it is held against: 进口件, 同类产品.
    Others,
    /// Not yet reached: 目标, 拟, 预期.
    Aim,
}

/// The numbers of a quantity, in the unit that its text uses; 万 and 亿 are multiplied in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Amount {
    /// `960`
    One(f64),
    /// `2.5～3.5`; `low <= high`.
    Range {
        /// The smaller end.
        low: f64,
        /// The greater end.
        high: f64,
    },
    /// `±0.01`, `10±0.5`; the deviation is not negative.
    Tolerance {
        /// The value deviated from, where the text gives it.
        nominal: Option<f64>,
        /// How far to either side.
        deviation: f64,
    },
    /// `由3.5%降至0.8%`: what was and what is.
    FromTo {
        /// Before.
        from: f64,
        /// After; the comparator is about this one.
        to: f64,
    },
}

impl Amount {
    /// The amount with its values and its differences each put through a conversion.
    pub(super) fn map(self, value: impl Fn(f64) -> f64, difference: impl Fn(f64) -> f64) -> Self {
        match self {
            Self::One(one) => Self::One(value(one)),
            Self::Range { low, high } => Self::Range { low: value(low), high: value(high) },
            Self::Tolerance { nominal, deviation } => {
                Self::Tolerance { nominal: nominal.map(value), deviation: difference(deviation) }
            }
            Self::FromTo { from, to } => Self::FromTo { from: value(from), to: value(to) },
        }
    }
}

/// A quantity read from a text: property, comparator, value and unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// What is measured, normalised as terms are: `屈服强度`, `kv2(-40°c)`. `None` if the text
    /// does not say it next to the number.
    pub property: Option<String>,
    /// How the value bounds the property.
    pub comparator: Comparator,
    /// Whether the value is a change of the property rather than the property itself.
    pub change: Option<Change>,
    /// Whose value it is.
    pub standing: Standing,
    /// The numbers, in [`unit`](Self::unit).
    pub amount: Amount,
    /// Which ends of the range belong to it.
    pub ends: Ends,
    /// The unit; [`Unit::one`] for plain numbers.
    pub unit: Unit,
    /// Numbers and unit in the original text, in bytes: `2.5～3.5mm`.
    pub span: Range<usize>,
    /// All that was read for it in the original text, property and comparator included, in bytes.
    pub phrase: Range<usize>,
}

impl Quantity {
    /// What the value measures; two quantities compare only if these are equal.
    pub fn dimension(&self) -> &Dimension {
        self.unit.dimension()
    }

    /// The numbers in base units: MPa and GPa both in Pa. Changes and tolerances of temperatures
    /// are differences, so no zero point is added to them.
    pub fn amount_in_base(&self) -> Amount {
        let difference = |value| self.unit.difference_to_base(value);
        if self.change.is_some() || self.property.as_deref().is_some_and(is_difference) {
            return self.amount.map(difference, difference);
        }
        self.amount.map(|value| self.unit.to_base(value), difference)
    }
}
