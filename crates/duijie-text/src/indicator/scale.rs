//! Scales of `data/indicator_scales.txt`, written before their numbers: HRC60, IP67, V-0.

use super::measure::{Look, Measure};
use super::number::scaled;
use super::quantity::Amount;
use super::unit::Unit;
use super::words::Words;
use std::sync::LazyLock;

const LINES: &str = include_str!("../../data/indicator_scales.txt");

/// A scale, and what its numbers are of.
#[derive(Debug)]
pub(super) struct Scale {
    name: &'static str,
    unit: Unit,
    /// What is measured, where nothing else names it.
    pub(super) property: &'static str,
    least: f64,
    /// Whether the scale is a part of the property's name: 粗糙度Ra.
    names: bool,
}

static SCALES: LazyLock<Vec<Scale>> = LazyLock::new(|| match read(LINES) {
    Ok(scales) => scales,
    Err(problem) => unreachable!("data/indicator_scales.txt: {problem}"),
});

fn read(lines: &'static str) -> Result<Vec<Scale>, String> {
    let lines = lines.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let fields: Vec<&str> = line.split('|').map(str::trim).collect();
            let (fields, names) = match fields[..] {
                [name, unit, property, least] => ([name, unit, property, least], false),
                [name, unit, property, least, "named"] => ([name, unit, property, least], true),
                _ => return Err(format!("{line:?} is no scale")),
            };
            let [name, unit, property, least] = fields;
            let unit = Unit::named(unit).ok_or_else(|| format!("{unit:?} is no unit"))?;
            let least = least.parse().map_err(|_| format!("{least:?} is no number"))?;
            Ok(Scale { name, unit, property, least, names })
        })
        .collect()
}

impl Scale {
    /// The scale right before the number at `digit`, and where it starts.
    pub(super) fn before(text: &str, digit: usize) -> Option<(&'static Self, usize)> {
        let scale = ending(&text[..digit]).filter(|scale| !scale.names)?;
        Some((scale, digit - scale.name.len()))
    }

    /// The scale that the name of a property ends with, `hv` or `hv0.1`, and the length of the name before it.
    pub(super) fn at_end(property: &str) -> Option<(&'static Self, usize)> {
        let bare = property.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.').trim_end();
        let scale = ending(bare).filter(|scale| scale.least > 0.0 || scale.names)?;
        Some((scale, bare.len() - scale.name.len()))
    }

    /// A number behind the scale, as a quantity of it; `None` if it is none: `hv0.1≥1200`, `ipv6`.
    pub(super) fn measured(&'static self, measure: Measure, start: usize, text: &str) -> Option<Measure> {
        let fits = |value: f64| value >= self.least && (self.least > 0.0 || matches!(value, 0.0 | 1.0 | 2.0));
        let amount = match measure.amount {
            Amount::One(value) | Amount::Range { low: value, .. } => fits(value),
            Amount::Tolerance { nominal, .. } => nominal.is_some_and(fits),
            Amount::FromTo { .. } => false,
        };
        let rest = text[measure.span.end..].trim_start();
        let bounds = rest.starts_with('·') || Words::standard().symbol_at_start(rest).is_some();
        let plain = matches!(measure.unit.symbol(), "" | "级");
        let span = start..measure.span.end;
        (amount && plain && !bounds).then(|| Measure { unit: self.unit.clone(), look: Look::Quantity, span, ..measure })
    }

    /// The name of the property that a number without a unit has, and that number's unit.
    pub(super) fn of_bare(property: &str) -> Option<(String, Unit)> {
        let (scale, head) = Self::at_end(property)?;
        let head = property[..head].trim_end();
        let name = match head {
            _ if scale.names => property,
            "" => scale.property,
            head => head,
        };
        Some((name.to_owned(), scale.unit.clone()))
    }
}

/// 5N of a purity: 99.999 %.
pub(super) fn nines(property: &str, amount: Amount, unit: &Unit) -> Option<(Amount, Unit)> {
    let Amount::One(nines) = amount else { return None };
    let impurity = match nines.fract() {
        0.0 => scaled("1", 2 - nines as i32),
        0.5 => scaled("5", 1 - nines as i32),
        _ => return None,
    };
    let purity = unit.symbol() == "N" && property.ends_with("纯度") && (2.0..=13.0).contains(&nines);
    purity.then(|| Some((Amount::One(100.0 - impurity), Unit::parse("%")?))).flatten()
}

fn ending(text: &str) -> Option<&'static Scale> {
    let whole = |scale: &Scale| {
        let before = &text[..text.len() - scale.name.len()];
        let part = |c: char| c.is_ascii_alphanumeric() || "-·./*^".contains(c);
        // `cm2 v-1 s-1` is a unit.
        let before = if scale.name == "v-" { before.trim_end() } else { before };
        !before.ends_with(part)
    };
    SCALES.iter().find(|scale| text.ends_with(scale.name) && whole(scale))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_is_sound() {
        assert!(read(LINES).is_ok());
        assert!(read("hrc | HRC | 硬度").is_err());
        assert!(read("hrc | HHH | 硬度 | 1").is_err());
    }

    #[test]
    fn a_scale_is_a_word_of_its_own() {
        assert!(Scale::before("≥hrc60", "≥hrc".len()).is_some());
        assert!(Scale::before("nhb200", "nhb".len()).is_none());
        assert_eq!(Scale::at_end("硬度hv0.1").map(|(_, head)| head), Some("硬度".len()));
        assert!(Scale::at_end("强度").is_none());
    }
}
