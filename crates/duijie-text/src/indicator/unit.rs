//! Units: read from text, converted by dimension.

use super::dimension::Dimension;
use super::unit_table::{Atom, Form, UnitTable};
use crate::{Nfkc, Normalizer};

/// A unit of measurement as it stands in a text, with its way to the base units.
///
/// ```
/// use duijie_text::Unit;
///
/// let (mpa, kgf) = (Unit::parse("MPa").unwrap(), Unit::parse("kgf/mm²").unwrap());
/// assert_eq!(mpa.dimension(), kgf.dimension());
/// assert!((kgf.convert(10.0, &mpa).unwrap() - 98.0665).abs() < 1e-9);
/// assert_eq!(Unit::parse("吨/年").unwrap().convert(730.0, &Unit::parse("t/d").unwrap()), Some(2.0));
/// assert_eq!(Unit::parse("5G"), None);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    symbol: String,
    factor: f64,
    shift: f64,
    dimension: Dimension,
    form: UnitForm,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum UnitForm {
    Measure,
    Counting,
}

impl Unit {
    /// Reads a unit, simple (`MPa`, `小时`) or compound (`W/(m·K)`, `元/吨`, `mg·cm⁻²`); `None` if any
    /// of the text is not known as one.
    ///
    /// Letter case decides where it can (`mW`, `MW`) and is forgiven elsewhere (`Mpa`, `KW`), but
    /// not for single letters: `5G` and `3D` are no quantities.
    pub fn parse(text: &str) -> Option<Self> {
        let text = Nfkc.normalize(text.trim()).text;
        let lone_letter = text.len() == 1;
        let mut cursor = Cursor { text: &text, at: 0, case: if lone_letter { Case::Exact } else { Case::Forgiven } };
        let mut unit = cursor.compound()?;
        (cursor.at == text.len()).then(|| {
            unit.symbol = text.into_owned();
            unit
        })
    }

    /// The unit of plain numbers.
    pub fn one() -> Self {
        Self {
            symbol: String::new(),
            factor: 1.0,
            shift: 0.0,
            dimension: Dimension::default(),
            form: UnitForm::Measure,
        }
    }

    /// The unit spelled just so in the table, also one that is read only below a stroke or of a scale.
    pub(super) fn named(spelling: &str) -> Option<Self> {
        UnitTable::standard().exact(spelling).map(|atom| Self { symbol: spelling.to_owned(), ..Self::atom(atom) })
    }

    /// This unit by another: `吨/年`; `/℃` of one.
    pub(super) fn per(&self, below: &Self) -> Self {
        let mut unit = self.clone();
        unit.multiply(below, -1);
        unit.symbol = format!("{}/{}", self.symbol, below.symbol);
        unit
    }

    /// `倍` of an increase: two times more is an increase by 2, and 200 %.
    pub(super) fn times_more(&self) -> Self {
        Self { symbol: self.symbol.clone(), ..Self::one() }
    }

    /// The bytes that a unit takes at the start of normalised (lower-case) text.
    pub(super) fn len_at_start(text: &str) -> Option<usize> {
        let mut cursor = Cursor { text, at: 0, case: Case::Forgiven };
        cursor.compound().map(|_| cursor.at)
    }

    /// How the text writes it, full width and superscripts made plain: `mm2`, `°C`; empty for one.
    pub fn symbol(&self) -> &str {
        &self.symbol
    }

    /// What it measures.
    pub fn dimension(&self) -> &Dimension {
        &self.dimension
    }

    /// Whether it only counts things: `个`, `次`, but not `个/m²`.
    pub fn is_counting(&self) -> bool {
        self.form == UnitForm::Counting
    }

    /// `value` of this unit in base units.
    pub fn to_base(&self, value: f64) -> f64 {
        value * self.factor + self.shift
    }

    /// `base` in this unit; the inverse of [`to_base`](Self::to_base).
    pub fn from_base(&self, base: f64) -> f64 {
        (base - self.shift) / self.factor
    }

    /// A difference of `value` in base units: 5 ℃ warmer is 5 K warmer.
    pub fn difference_to_base(&self, value: f64) -> f64 {
        value * self.factor
    }

    /// `value` of this unit in another, to twelve digits; `None` if they measure different things.
    pub fn convert(&self, value: f64, into: &Unit) -> Option<f64> {
        // Decimal factors are not exact in binary: 500 nm should be 0.5 μm and not a little more.
        (self.dimension == into.dimension).then(|| twelve_digits(into.from_base(self.to_base(value))))
    }

    fn atom(atom: &Atom) -> Self {
        Self {
            symbol: String::new(),
            factor: atom.factor,
            shift: atom.shift,
            dimension: atom.dimension.clone(),
            form: if atom.form == Form::Counting { UnitForm::Counting } else { UnitForm::Measure },
        }
    }

    /// Whether so much of this unit is said of a stretch, time or amount of another: `3mm/10m`, `2%/1000h`. Behind
    /// others a number below a stroke is a value of its own: `220V/50Hz`, `150℃/1000h`, `10mm/5mm`.
    fn is_counted_over(&self, other: &Self) -> bool {
        let above = self.dimension.is_made_of(&["m", "kg", "rad", "r", "次", "个", "元", "kgce"])
            || self.dimension == *UnitTable::standard().exact("N").map_or(&self.dimension, |newton| &newton.dimension);
        let below = ["m", "s", "kg"].into_iter().any(|base| (1..=3).any(|power| other.dimension.is_only(base, power)));
        above && below && (self.dimension != other.dimension || self.factor != other.factor)
    }

    fn multiply(&mut self, other: &Self, power: i8) {
        self.factor *= other.factor.powi(i32::from(power));
        self.shift = 0.0;
        self.dimension.multiply(&other.dimension, power);
        self.form = UnitForm::Measure;
    }
}

fn twelve_digits(value: f64) -> f64 {
    format!("{value:.11e}").parse().unwrap_or(value)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    Exact,
    Forgiven,
}

/// Reads a compound unit from left to right.
struct Cursor<'t> {
    text: &'t str,
    at: usize,
    case: Case,
}

impl Cursor<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    /// `factor (·factor | /factor | /(compound))*`; behind a stroke, products stay below it:
    /// `W/m·K` is meant as `W/(m·K)`.
    fn compound(&mut self) -> Option<Unit> {
        let mut unit = self.factor(false)?;
        let mut below = false;
        loop {
            let before = self.at;
            let Some(joint) = self.rest().chars().next().filter(|c| "·.*⋅•/".contains(*c)) else { break };
            self.at += joint.len_utf8();
            below |= joint == '/';
            let many = if joint == '/' { self.many() } else { Many::One };
            let factor =
                if joint == '/' && self.rest().starts_with('(') { self.bracketed() } else { self.factor(below) };
            let fits = |factor: &Unit| !matches!(many, Many::Digits(_)) || unit.is_counted_over(factor);
            let Some(mut factor) = factor.filter(fits) else {
                self.at = before;
                break;
            };
            let many = many.value();
            factor.factor *= many;
            unit.multiply(&factor, if below { -1 } else { 1 });
        }
        Some(unit)
    }

    /// `L/100km`, `元/万m³`, `mm/10m`: how many of the unit below the stroke.
    fn many(&mut self) -> Many {
        const WORDS: [(&str, f64); 2] = [("万", 1e4), ("亿", 1e8)];
        if let Some((name, many)) = WORDS.into_iter().find(|(name, _)| self.rest().starts_with(name)) {
            self.at += name.len();
            return Many::Word(many);
        }
        let digits = self.rest().bytes().take_while(u8::is_ascii_digit).count();
        match self.rest()[..digits].parse() {
            Ok(many) if (1..=MOST_DIGITS).contains(&digits) && many > 0.0 => {
                self.at += digits;
                Many::Digits(many)
            }
            _ => Many::One,
        }
    }

    fn bracketed(&mut self) -> Option<Unit> {
        self.at += 1;
        let unit = self.compound()?;
        self.rest().starts_with(')').then(|| {
            self.at += 1;
            unit
        })
    }

    /// The longest atom here, with its power.
    fn factor(&mut self, below: bool) -> Option<Unit> {
        let table = UnitTable::standard();
        let rest = &self.text[self.at..];
        let mut ends: Vec<usize> =
            rest.char_indices().take(table.longest()).map(|(start, c)| start + c.len_utf8()).collect();
        while let Some(end) = ends.pop() {
            let spelling = &rest[..end];
            let found = table.exact(spelling).or_else(|| match self.case {
                Case::Exact => None,
                Case::Forgiven => table.any_case(spelling),
            });
            let Some(atom) = found.filter(|atom| below || atom.form != Form::Per) else { continue };
            let after = &rest[end..];
            let (power, power_len) = power(after);
            let boundary = after[power_len..].chars().next();
            let runs_on = boundary.is_some_and(|c| c.is_ascii_digit() || (power_len > 0 && c == '.'))
                || (spelling.ends_with(is_letter) && power_len == 0 && boundary.is_some_and(is_letter));
            if runs_on {
                continue;
            }
            self.at += end + power_len;
            let mut unit = Unit::atom(atom);
            if power != 1 {
                let single = unit.clone();
                unit.multiply(&single, power - 1);
            }
            return Some(unit);
        }
        None
    }
}

/// How many of the unit below a stroke.
#[derive(Clone, Copy)]
enum Many {
    One,
    Word(f64),
    Digits(f64),
}

impl Many {
    fn value(self) -> f64 {
        match self {
            Self::One => 1.0,
            Self::Word(many) | Self::Digits(many) => many,
        }
    }
}

/// Digits of the longest number below a stroke: `/10000h`.
const MOST_DIGITS: usize = 5;

fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || ('α'..='ω').contains(&c) || ('Α'..='Ω').contains(&c)
}

/// The power that `text` begins with and its length in bytes: `2`, `^3`, `-1`, `^-2`.
fn power(text: &str) -> (i8, usize) {
    let mut len = usize::from(text.starts_with('^'));
    let negative = text[len..].chars().next().filter(|c| matches!(c, '-' | '−'));
    len += negative.map_or(0, char::len_utf8);
    let digit = text[len..].bytes().next().filter(|b| (b'1'..=b'4').contains(b));
    let Some(digit) = digit else { return (1, 0) };
    let after = text[len + 1..].chars().next();
    // `2m-3m` is a range, `t-1炉` a name.
    if negative.is_some() && after.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '%' | '°')) {
        return (1, 0);
    }
    let digit = (digit - b'0') as i8;
    (if negative.is_some() { -digit } else { digit }, len + 1)
}
