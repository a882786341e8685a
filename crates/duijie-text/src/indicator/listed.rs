//! Properties and then their values: `抗拉强度、屈服强度分别≥500MPa、400MPa`.

use super::property;
use super::quantity::{Change, Comparator, Quantity};
use std::ops::Range;

/// More properties than these have values of their own.
const MOST: usize = 6;

/// The properties that wait for their values, the first first.
#[derive(Clone, Debug)]
pub(super) struct Listed {
    names: Vec<String>,
    comparator: Comparator,
    change: Option<Change>,
    /// Where the value before ends.
    end: usize,
}

impl Listed {
    /// The list whose last property is `name`, if 分别 stands between it and the first value at `value`.
    pub(super) fn of(text: &str, window: usize, name: Range<usize>, value: usize) -> Option<Self> {
        if !text.get(name.end..value)?.contains("分别") {
            return None;
        }
        let mut names = vec![name];
        while names.len() < MOST
            && let Some(before) = names.last().and_then(|name| without_joint(text[window..name.start].trim_end()))
            && let Some(earlier) = property::before(before)
        {
            names.push(window + earlier.start..window + earlier.end);
        }
        let names: Vec<String> = names.into_iter().rev().map(|name| text[name].to_owned()).collect();
        (names.len() > 1).then_some(Self { names, comparator: Comparator::Equal, change: None, end: value })
    }

    /// Whether the value at `value`, before whose words `rest` stands, is the next of the list.
    pub(super) fn goes_on(&self, rest: &str, window: usize) -> bool {
        let rest = rest.trim();
        self.end == window && (rest.is_empty() || without_joint(rest).is_some_and(|before| before.trim().is_empty()))
    }

    /// Gives `quantity`, which ends at `end`, the next property, and answers what is left.
    pub(super) fn give(mut self, quantity: &mut Quantity, end: usize) -> Option<Self> {
        quantity.property = Some(self.names.remove(0));
        if quantity.comparator == Comparator::Equal {
            quantity.comparator = self.comparator;
        }
        quantity.change = quantity.change.or(self.change);
        let rest = Self { comparator: quantity.comparator, change: quantity.change, end, ..self };
        (!rest.names.is_empty()).then_some(rest)
    }
}

fn without_joint(text: &str) -> Option<&str> {
    ["以及", "、", "和", "与", "及", ","].iter().find_map(|joint| text.strip_suffix(joint))
}
