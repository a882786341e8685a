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
        self.words.contains(word)
    }

    /// The stop words, in no particular order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(Box::as_ref)
    }

    fn extend_from(&mut self, text: &str) {
        let lines = text.lines().map(|line| line.trim_start_matches('\u{feff}').trim());
        self.words.extend(lines.filter(|line| !line.is_empty() && !line.starts_with('#')).map(Box::from));
    }
}
