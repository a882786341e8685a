//! Dimensions: what units measure.

use std::fmt;

/// What kind of quantity a unit measures: its powers of base units, `kg·m^-1·s^-2`.
///
/// Two units convert into each other exactly when their dimensions are equal. Percentages and ppm
/// are plain numbers, as is `kg/t`. Scales that do not convert (HRC, dB) are dimensions of their own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Dimension {
    /// Base unit and power, in order of the base unit; no power is zero.
    powers: Vec<(&'static str, i8)>,
}

impl Dimension {
    /// Whether quantities of this dimension are plain numbers.
    pub fn is_one(&self) -> bool {
        self.powers.is_empty()
    }

    /// Reads `kg m^-1 s^-2`.
    pub(super) fn of_base_units(text: &'static str) -> Option<Self> {
        let mut dimension = Self::default();
        for factor in text.split_whitespace() {
            let (base, power) = match factor.split_once('^') {
                Some((base, power)) => (base, power.parse().ok()?),
                None => (factor, 1),
            };
            dimension.multiply_base(base, power);
        }
        Some(dimension)
    }

    pub(super) fn is(&self, base: &str) -> bool {
        self.powers == [(base, 1)]
    }

    pub(super) fn is_power(&self, base: &str, power: i8) -> bool {
        self.powers.contains(&(base, power))
    }

    /// Whether it is a power of one base unit.
    pub(super) fn is_only(&self, base: &str, power: i8) -> bool {
        self.powers == [(base, power)]
    }

    /// Whether it has powers of no other base units.
    pub(super) fn is_made_of(&self, bases: &[&str]) -> bool {
        self.powers.iter().all(|(base, _)| bases.contains(base))
    }

    pub(super) fn multiply(&mut self, other: &Self, power: i8) {
        for &(base, inner) in &other.powers {
            self.multiply_base(base, inner.saturating_mul(power));
        }
    }

    fn multiply_base(&mut self, base: &'static str, power: i8) {
        match self.powers.binary_search_by_key(&base, |&(base, _)| base) {
            Ok(at) => {
                self.powers[at].1 = self.powers[at].1.saturating_add(power);
                if self.powers[at].1 == 0 {
                    self.powers.remove(at);
                }
            }
            Err(_) if power == 0 => {}
            Err(at) => self.powers.insert(at, (base, power)),
        }
    }
}

impl fmt::Display for Dimension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_one() {
            return f.write_str("1");
        }
        for (at, &(base, power)) in self.powers.iter().enumerate() {
            let dot = if at > 0 { "·" } else { "" };
            match power {
                1 => write!(f, "{dot}{base}")?,
                power => write!(f, "{dot}{base}^{power}")?,
            }
        }
        Ok(())
    }
}
