use crate::TextError;
use rustc_hash::FxHashSet;
use std::path::Path;
use std::sync::Arc;

/// Words that every demand and every achievement uses: 项目背景, 主要内容, 联系方式, 的.
///
/// A stop phrase of several words (关键技术研究及应用) is a word of the segmenter's dictionary too (see
/// [`crate::Analyzer::new`]), so that it is met whole.
#[derive(Clone, Debug, Default)]
pub struct StopWords {
    words: FxHashSet<Box<str>>,
    beginnings: Beginnings,
}

/// Which words there may be, by their first two characters: hardly any word of a text is a stop word, and
/// most are turned away here without being hashed whole.
#[derive(Clone, Debug)]
struct Beginnings {
    bits: [u64; 64],
}

const GENRE: &str = include_str!("../data/stop_words.txt");

impl StopWords {
    /// No stop words.
    pub fn none() -> Self {
        Self::default()
    }

    /// The stop words of the genre (`data/stop_words.txt`).
    pub fn standard() -> Self {
        let mut stop_words = Self::none();
        stop_words.extend_from(GENRE);
        stop_words
    }

    /// Adds the words of a file, one a line; empty lines and lines that begin with `#` are passed over.
    ///
    /// # Errors
    ///
    /// [`TextError::Read`] if the file cannot be read as UTF-8 text.
    pub fn load(&mut self, path: &Path) -> Result<(), TextError> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| TextError::Read { path: path.to_owned(), source: Arc::new(source) })?;
        self.extend_from(&text);
        Ok(())
    }

    /// Whether `word`, normalised, is a stop word.
    pub fn contains(&self, word: &str) -> bool {
        self.beginnings.may_have(word) && self.words.contains(word)
    }

    /// The stop words, in no particular order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(Box::as_ref)
    }

    fn extend_from(&mut self, text: &str) {
        let lines = text.lines().map(|line| line.trim_start_matches('\u{feff}').trim());
        for word in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
            self.beginnings.add(word);
            self.words.insert(word.into());
        }
    }
}

impl Beginnings {
    fn add(&mut self, word: &str) {
        let (block, bit) = Self::place(word);
        self.bits[block] |= bit;
    }

    fn may_have(&self, word: &str) -> bool {
        let (block, bit) = Self::place(word);
        self.bits[block] & bit != 0
    }

    /// The bit of a word: its first six bytes, or three where it is shorter, hashed by multiplication.
    fn place(word: &str) -> (usize, u64) {
        let beginning = match *word.as_bytes() {
            [a, b, c, d, e, f, ..] => u64::from_le_bytes([a, b, c, d, e, f, 0, 0]),
            [a, b, c, ..] => u64::from_le_bytes([a, b, c, 0, 0, 0, 0, 0]),
            [a, ..] => u64::from(a),
            [] => 0,
        };
        let hash = beginning.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 52;
        ((hash >> 6) as usize, 1 << (hash & 63))
    }
}

impl Default for Beginnings {
    fn default() -> Self {
        Self { bits: [0; 64] }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stop_word_is_known_and_no_other() {
        let stop_words = StopWords::standard();
        for word in stop_words.iter() {
            assert!(stop_words.contains(word), "{word}");
            assert!(!stop_words.contains(&format!("{word}裂纹")), "{word}");
        }
        assert!(!stop_words.contains("裂纹") && !stop_words.contains(""));
        assert!(!StopWords::none().contains("的"));
    }
}
