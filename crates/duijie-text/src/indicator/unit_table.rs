//! The units of `data/indicator_units.txt`.

use super::dimension::Dimension;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

const LINES: &str = include_str!("../../data/indicator_units.txt");

/// How a unit may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Behind any number.
    Plain,
    /// Counts things; alone it needs a sign that the number is meant as a quantity.
    Counting,
    /// Only behind a stroke.
    Per,
}

/// A unit that is not made of others in the text, prefix included.
#[derive(Clone, Debug)]
pub(super) struct Atom {
    pub(super) factor: f64,
    /// What to add to a value in base units; only temperatures are shifted.
    pub(super) shift: f64,
    pub(super) dimension: Dimension,
    pub(super) form: Form,
}

/// The atoms by their spelling, exact and without letter case.
pub(super) struct UnitTable {
    exact: FxHashMap<String, usize>,
    any_case: FxHashMap<String, usize>,
    atoms: Vec<Atom>,
    longest: usize,
}

static TABLE: LazyLock<UnitTable> = LazyLock::new(|| match UnitTable::read(LINES) {
    Ok(table) => table,
    Err(problem) => unreachable!("data/indicator_units.txt: {problem}"),
});

/// SI prefixes: letter, Chinese name, factor.
const PREFIXES: [(&str, &str, f64); 14] = [
    ("E", "艾", 1e18),
    ("P", "拍", 1e15),
    ("T", "太", 1e12),
    ("G", "吉", 1e9),
    ("M", "兆", 1e6),
    ("k", "千", 1e3),
    ("h", "百", 1e2),
    ("d", "分", 1e-1),
    ("c", "厘", 1e-2),
    ("m", "毫", 1e-3),
    ("μ", "微", 1e-6),
    ("u", "微", 1e-6),
    ("n", "纳", 1e-9),
    ("p", "皮", 1e-12),
];
const FEMTO: (&str, &str, f64) = ("f", "飞", 1e-15);

impl UnitTable {
    pub(super) fn standard() -> &'static Self {
        &TABLE
    }

    /// The atom spelled just so.
    pub(super) fn exact(&self, spelling: &str) -> Option<&Atom> {
        self.exact.get(spelling).map(|&at| &self.atoms[at])
    }

    /// The likeliest atom of the spelling, its letter case set aside.
    pub(super) fn any_case(&self, spelling: &str) -> Option<&Atom> {
        self.any_case.get(&spelling.to_lowercase()).map(|&at| &self.atoms[at])
    }

    /// Length in characters of the longest spelling.
    pub(super) fn longest(&self) -> usize {
        self.longest
    }

    pub(super) fn read(lines: &'static str) -> Result<Self, String> {
        let mut table =
            Self { exact: FxHashMap::default(), any_case: FxHashMap::default(), atoms: Vec::new(), longest: 0 };
        for (number, line) in lines.lines().enumerate() {
            if !line.trim().is_empty() && !line.starts_with('#') {
                table.add_line(line).map_err(|problem| format!("line {}: {problem}", number + 1))?;
            }
        }
        Ok(table)
    }

    fn add_line(&mut self, line: &'static str) -> Result<(), String> {
        let fields: Vec<&str> = line.split('|').map(str::trim).collect();
        let [spellings, factor, base, form] = fields[..] else {
            return Err(format!("{} fields instead of 4", fields.len()));
        };
        let factor: f64 = factor.parse().map_err(|_| format!("the factor {factor:?} is not a number"))?;
        let dimension = Dimension::of_base_units(base).ok_or_else(|| format!("cannot read base units {base:?}"))?;
        let (form, prefixes) = match form {
            "counting" => (Form::Counting, ""),
            "per" => (Form::Per, ""),
            prefixes => (Form::Plain, prefixes),
        };
        for spelling in spellings.split_whitespace() {
            let shift = match spelling {
                "°C" | "摄氏度" => 273.15,
                "°F" | "华氏度" => 459.67 * factor,
                _ => 0.0,
            };
            self.add(spelling.to_owned(), Atom { factor, shift, dimension: dimension.clone(), form })?;
        }
        for prefix in prefixes.split_whitespace() {
            let &(letter, name, power) = PREFIXES
                .iter()
                .chain([&FEMTO])
                .find(|&&(letter, ..)| letter == prefix)
                .ok_or_else(|| format!("unknown prefix {prefix:?}"))?;
            for spelling in spellings.split_whitespace() {
                let chinese = spelling.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
                if chinese && letter == "u" {
                    continue;
                }
                let prefixed = format!("{}{spelling}", if chinese { name } else { letter });
                let atom = Atom { factor: factor * power, shift: 0.0, dimension: dimension.clone(), form };
                self.add(prefixed, atom)?;
            }
        }
        Ok(())
    }

    fn add(&mut self, spelling: String, atom: Atom) -> Result<(), String> {
        self.longest = self.longest.max(spelling.chars().count());
        self.any_case.entry(spelling.to_lowercase()).or_insert(self.atoms.len());
        if self.exact.contains_key(&spelling) {
            return Err(format!("{spelling:?} is spelled twice"));
        }
        self.exact.insert(spelling, self.atoms.len());
        self.atoms.push(atom);
        Ok(())
    }

    #[cfg(test)]
    pub(super) fn spellings(&self) -> impl Iterator<Item = &str> {
        self.exact.keys().map(String::as_str)
    }
}
