use super::Vocabulary;
use super::vocabulary::Scale;
use duijie_text::{Normalizer, StandardNormalizer};

/// An interval of technology readiness levels; `from <= to`, both 1–9.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Trl {
    pub(crate) from: u8,
    pub(crate) to: u8,
}

/// The scale that the maturity words of a column belong to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MaturityScale {
    scale: Option<&'static Scale>,
}

impl MaturityScale {
    /// The one scale whose marks occur among `words`; none if several do or none.
    pub(crate) fn of<'t>(words: impl Iterator<Item = &'t str> + Clone) -> Self {
        let scales = &Vocabulary::built_in().maturity_scale;
        let uses = |scale: &&Scale| words.clone().any(|word| scale.marks.iter().any(|mark| mark == word.trim()));
        let mut used = scales.iter().filter(uses);
        match (used.next(), used.next()) {
            (Some(scale), None) => Self { scale: Some(scale) },
            _ => Self { scale: None },
        }
    }

    /// Its name.
    pub(crate) fn name(&self) -> Option<&'static str> {
        self.scale.map(|scale| scale.name.as_str())
    }

    /// The levels that a word or a number means.
    pub(crate) fn read(&self, text: &str) -> Option<Trl> {
        if let Some(trl) = levels(text) {
            return Some(trl);
        }
        let word = text.trim();
        let of_scale = self.scale.and_then(|scale| scale.words.get(word));
        let known = of_scale.or_else(|| Vocabulary::built_in().maturity_word(word));
        known.map(|&(from, to)| Trl { from, to })
    }
}

impl Vocabulary {
    pub(crate) fn is_maturity_word(&self, text: &str) -> bool {
        self.maturity_word(text).is_some() || self.maturity_scale.iter().any(|scale| scale.words.contains_key(text))
    }

    fn maturity_word(&self, word: &str) -> Option<&(u8, u8)> {
        self.maturity_unsure.get(word).or_else(|| {
            // A word that only one scale has means the same without the others.
            let mut found = self.maturity_scale.iter().filter_map(|scale| scale.words.get(word));
            match (found.next(), found.next()) {
                (Some(interval), None) => Some(interval),
                (Some(first), Some(second)) if first == second => Some(first),
                _ => None,
            }
        })
    }
}

/// `TRL6`, `6`, `6级`, `TRL 4-6`, `第6级`.
fn levels(text: &str) -> Option<Trl> {
    let normalized = StandardNormalizer.normalize(text);
    let text: String = normalized.text.chars().filter(|c| !c.is_whitespace()).collect();
    let text = text.trim_start_matches("技术成熟度").trim_start_matches("第").trim_start_matches("trl");
    let text = text.trim_start_matches(['-', ':', '=']).trim_end_matches("级");
    let (from, to) = text.split_once(['-', '~', '至', '—', '～']).unwrap_or((text, text));
    let level = |text: &str| -> Option<u8> {
        let text = text.trim_start_matches("trl").trim_end_matches("级");
        let level: f64 = text.parse().ok()?;
        (level.fract() == 0.0 && (1.0..=9.0).contains(&level)).then_some(level as u8)
    };
    let (from, to) = (level(from)?, level(to)?);
    (from <= to).then_some(Trl { from, to })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_is_read_by_the_scale_of_its_column() {
        let read = |column: &[&str]| MaturityScale::of(column.iter().copied()).read("已有样品").unwrap();
        assert_eq!(read(&["正在研发", "已有样品", "通过中试"]), Trl { from: 4, to: 4 });
        assert_eq!(read(&["研发阶段", "中试", "已有样品"]), Trl { from: 7, to: 7 });
        assert_eq!(read(&["已有样品"]), Trl { from: 4, to: 7 });
    }

    #[test]
    fn numbers_are_levels() {
        let scale = MaturityScale::of(std::iter::empty());
        for text in ["6", "TRL6", "TRL 6", "ＴＲＬ６级", "第6级", "6.0"] {
            assert_eq!(scale.read(text), Some(Trl { from: 6, to: 6 }), "{text}");
        }
        assert_eq!(scale.read("TRL4-6"), Some(Trl { from: 4, to: 6 }));
        for text in ["0", "10", "6-4", "很高", "2.5"] {
            assert_eq!(scale.read(text), None, "{text}");
        }
    }
}
