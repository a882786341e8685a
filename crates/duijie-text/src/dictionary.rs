use crate::TextError;
use jieba_rs::Jieba;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

/// The words that Chinese text is cut by: jieba's general dictionary and technical words on top.
///
/// Words are given simplified and in lower case, as the normaliser leaves text. A technical word
/// gets, unless its frequency is given, the frequency that makes jieba keep it together.
///
/// ```
/// use duijie_text::{Dictionary, Segmenter, TechnicalSegmenter};
///
/// let mut dictionary = Dictionary::standard();
/// dictionary.add_word("气凝胶毡");
/// let segmenter = TechnicalSegmenter::new(dictionary);
/// assert!(segmenter.segment("气凝胶毡铺设").iter().any(|token| token.text == "气凝胶毡"));
/// ```
#[derive(Clone)]
pub struct Dictionary {
    jieba: Jieba,
}

const TECHNICAL_WORDS: &str = include_str!("../data/technical_words.txt");

impl Dictionary {
    /// jieba's general dictionary alone.
    pub fn general() -> Self {
        Self { jieba: Jieba::new() }
    }

    /// The general dictionary and this crate's technical words (`data/technical_words.txt`).
    pub fn standard() -> Self {
        let mut dictionary = Self::general();
        for (line, text) in TECHNICAL_WORDS.lines().enumerate() {
            if let Err(problem) = dictionary.add_line(text) {
                unreachable!("data/technical_words.txt:{}: {problem}", line + 1);
            }
        }
        dictionary
    }

    /// Adds the words of a file: `word`, `word frequency` or `word frequency tag` a line, in UTF-8;
    /// empty lines and lines that begin with `#` are passed over. Answers how many words it held.
    ///
    /// # Errors
    ///
    /// [`TextError::Read`] if the file cannot be read, [`TextError::DictionaryLine`] naming the
    /// first line that is not of the form; no word of the file is added then.
    pub fn load(&mut self, path: &Path) -> Result<usize, TextError> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| TextError::Read { path: path.to_owned(), source: Arc::new(source) })?;
        let mut extended = self.clone();
        let mut words = 0;
        for (line, text) in text.lines().enumerate() {
            words += extended.add_line(text).map_err(|problem| TextError::DictionaryLine {
                path: path.to_owned(),
                line: line + 1,
                problem,
            })?;
        }
        *self = extended;
        Ok(words)
    }

    /// Adds one word, kept together from now on. A blank word adds nothing.
    pub fn add_word(&mut self, word: &str) {
        self.jieba.add_word(word.trim(), None, None);
    }

    /// Whether the dictionary has `word`.
    pub fn contains(&self, word: &str) -> bool {
        self.jieba.has_word(word)
    }

    /// The words that `text` is made of, without gaps, each with the part of speech that the dictionary gives it:
    /// `n`, `nz`, `v` … as jieba tags them, and `x` for what it does not have.
    ///
    /// ```
    /// let dictionary = duijie_text::Dictionary::general();
    /// assert_eq!(dictionary.tagged("采用海天"), [("采用", "v"), ("海天", "nz")]);
    /// ```
    pub fn tagged<'a>(&'a self, text: &'a str) -> Vec<(&'a str, &'a str)> {
        self.jieba.tag(text, false).into_iter().map(|tagged| (tagged.word, tagged.tag)).collect()
    }

    pub(crate) fn jieba(&self) -> &Jieba {
        &self.jieba
    }

    /// Adds a line of a dictionary file; answers how many words it held, or what is wrong with it.
    fn add_line(&mut self, line: &str) -> Result<usize, String> {
        let line = line.trim_start_matches('\u{feff}').trim();
        if line.starts_with('#') {
            return Ok(0);
        }
        let mut fields = line.split_whitespace();
        let Some(word) = fields.next() else { return Ok(0) };
        let frequency = match fields.next() {
            Some(field) => {
                Some(field.parse::<usize>().map_err(|_| format!("the frequency {field:?} is not a whole number"))?)
            }
            None => None,
        };
        let tag = fields.next();
        if let Some(extra) = fields.next() {
            return Err(format!("{extra:?} follows the tag"));
        }
        self.jieba.add_word(word, frequency, tag);
        Ok(1)
    }
}

impl Default for Dictionary {
    fn default() -> Self {
        Self::standard()
    }
}

impl fmt::Debug for Dictionary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Dictionary").field(&self.jieba).finish()
    }
}
