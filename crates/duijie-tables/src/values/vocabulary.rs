use duijie_text::{Normalizer, StandardNormalizer};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The words of `data/values.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Vocabulary {
    blank: Vec<String>,
    pub(super) unpriced: Vec<String>,
    open_modes: Vec<String>,
    pub(super) maturity_scale: Vec<Scale>,
    pub(super) maturity_unsure: BTreeMap<String, (u8, u8)>,
    levels: Levels,
    modes: BTreeMap<String, Vec<String>>,
    pub(super) compatible: BTreeMap<String, BTreeMap<String, f64>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Scale {
    pub(super) name: String,
    pub(super) marks: Vec<String>,
    pub(super) words: BTreeMap<String, (u8, u8)>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Levels {
    words: Vec<String>,
}

/// Bytes that a word for nothing has at most, with a mark or two behind it.
const LONGEST_BLANK: usize = 24;

static BUILT_IN: LazyLock<Vocabulary> =
    LazyLock::new(|| toml::from_str(include_str!("../../data/values.toml")).expect("data/values.toml is a vocabulary"));

impl Vocabulary {
    pub(crate) fn built_in() -> &'static Self {
        &BUILT_IN
    }

    /// Whether a cell says nothing.
    pub(crate) fn is_blank(&self, text: &str) -> bool {
        let is_stroke = |c| matches!(c, '/' | '-' | '—' | '\\' | '_' | ' ' | '\n');
        let text = text.trim();
        if text.len() > LONGEST_BLANK && !text.starts_with(is_stroke) {
            return false;
        }
        let text = text.trim_end_matches(['。', '.', '；', ';']);
        text.chars().all(is_stroke) || self.blank.iter().any(|blank| blank.eq_ignore_ascii_case(text)) || text == "\\n"
    }

    /// 国际领先 ….
    pub(crate) fn level(&self, text: &str) -> Option<&str> {
        self.levels.words.iter().map(String::as_str).find(|word| text.contains(word))
    }

    /// Whether a word in the place of a mode leaves the mode open: 面议.
    pub(crate) fn leaves_mode_open(&self, text: &str) -> bool {
        let text = text.trim().trim_end_matches(['。', '.']);
        self.open_modes.iter().any(|word| word == text)
    }

    /// The mode that a word spells.
    pub(crate) fn mode(&self, text: &str) -> Option<&str> {
        let normalized = StandardNormalizer.normalize(text.trim());
        let key = normalized.text.trim();
        let spells = |known: &str| known == key || key.strip_suffix("方式").is_some_and(|key| known == key);
        self.modes
            .iter()
            .find(|(mode, spellings)| spells(mode) || spellings.iter().any(|known| spells(known)))
            .map(|(mode, _)| mode.as_str())
    }
}
