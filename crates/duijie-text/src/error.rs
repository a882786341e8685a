use std::path::PathBuf;
use std::sync::Arc;

/// What can go wrong when text resources are loaded.
///
/// Normalising and segmenting themselves never fail: any `&str` has terms, if only none.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TextError {
    /// A dictionary or stop-word file could not be read.
    #[error("cannot read {}: {source}. Check that the file exists and is readable UTF-8 text", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: Arc<std::io::Error>,
    },
    /// A term file is text of no encoding that is read.
    #[error(
        "{} is neither UTF-8 nor GB18030 text, which is what spreadsheet programs save; save it as text parted by tabs, in Unicode (UTF-8)",
        path.display()
    )]
    Encoding {
        /// The file.
        path: PathBuf,
    },
    /// A line of a term file is not usable.
    #[error("{}:{line}: {problem}", path.display())]
    TermLine {
        /// The file.
        path: PathBuf,
        /// Line number, from 1.
        line: usize,
        /// What is wrong with the line.
        problem: crate::TermFileProblem,
    },
    /// A dictionary line is not `word`, `word frequency` or `word frequency tag`.
    #[error("{}:{line}: {problem}. Write a word a line, optionally followed by its frequency", path.display())]
    DictionaryLine {
        /// The file.
        path: PathBuf,
        /// Line number, from 1.
        line: usize,
        /// What is wrong with the line.
        problem: String,
    },
}
