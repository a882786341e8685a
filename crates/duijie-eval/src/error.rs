//! Everything a caller can do wrong, a variant each.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use thiserror::Error;

use crate::measure_name::KNOWN_FORMS;
use crate::qrels::MAX_GRADE;

/// A TREC file could not be read or written.
#[derive(Debug, Clone, Error)]
pub enum TrecError {
    /// The file could not be opened, or reading it broke off.
    #[error("cannot read {}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: Arc<io::Error>,
    },
    /// The file could not be created, or writing it broke off.
    #[error("cannot write the TREC file")]
    Write {
        /// What the system said.
        source: Arc<io::Error>,
    },
    /// A line is not UTF-8.
    #[error("{}:{line}: not UTF-8; convert the file first", path.display())]
    NotUtf8 {
        /// The file.
        path: PathBuf,
        /// The line, counted from 1.
        line: usize,
    },
    /// A line has too few or too many fields.
    #[error("{}:{line}: {found} fields instead of `{form}`", path.display())]
    FieldCount {
        /// The file.
        path: PathBuf,
        /// The line, counted from 1.
        line: usize,
        /// The fields that a line of this format has.
        form: &'static str,
        /// How many fields the line has.
        found: usize,
    },
    /// A field that must be a number is none.
    #[error("{}:{line}: the {field} `{text}` is not {expected}", path.display())]
    NotANumber {
        /// The file.
        path: PathBuf,
        /// The line, counted from 1.
        line: usize,
        /// Which field: `grade`, `rank` or `score`.
        field: &'static str,
        /// What sort of number belongs there.
        expected: &'static str,
        /// What stands there instead.
        text: String,
    },
    /// A line of a qrels file is well formed but cannot be taken.
    #[error("{}:{line}: {problem}", path.display())]
    Judgment {
        /// The file.
        path: PathBuf,
        /// The line, counted from 1.
        line: usize,
        /// Why not.
        problem: JudgmentError,
    },
    /// A line of a run file is well formed but cannot be taken.
    #[error("{}:{line}: {problem}", path.display())]
    Ranking {
        /// The file.
        path: PathBuf,
        /// The line, counted from 1.
        line: usize,
        /// Why not.
        problem: RankingError,
    },
    /// The run must not be written as it is.
    #[error("the run cannot be written: {0}")]
    NotWritable(RankingError),
}

/// A judgment cannot join the [`Qrels`](crate::Qrels).
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum JudgmentError {
    /// The pair has a grade already.
    #[error("`{document}` is judged a second time for demand `{demand}`")]
    Duplicate {
        /// The demand.
        demand: String,
        /// The document.
        document: String,
    },
    /// The grade is beyond [`MAX_GRADE`].
    #[error("grade {grade} is above the highest allowed, {MAX_GRADE}")]
    GradeTooHigh {
        /// The grade.
        grade: i32,
    },
    /// The id is empty or has white space or control characters inside.
    #[error("`{id}` is no TREC id: it must not be empty nor hold white space or control characters")]
    BadId {
        /// The id.
        id: String,
    },
}

/// A document cannot join a [`Run`](crate::Run), or the run cannot be written.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum RankingError {
    /// The document stands in the ranking already.
    #[error("`{document}` is ranked a second time for demand `{demand}`")]
    DuplicateDocument {
        /// The demand.
        demand: String,
        /// The document.
        document: String,
    },
    /// The demand has a ranking already.
    #[error("demand `{demand}` has a ranking already")]
    DuplicateDemand {
        /// The demand.
        demand: String,
    },
    /// The score is infinite or not a number.
    #[error("the score of `{document}` for demand `{demand}` is not finite")]
    ScoreNotFinite {
        /// The demand.
        demand: String,
        /// The document.
        document: String,
    },
    /// The score is above that of the document before.
    #[error("the score of `{document}` for demand `{demand}` rises from {before} to {score}")]
    ScoreRises {
        /// The demand.
        demand: String,
        /// The document with the higher score.
        document: String,
        /// The score of the document before it.
        before: f64,
        /// Its own score.
        score: f64,
    },
    /// Two documents share a score, so that another tool may swap them.
    #[error(
        "`{document}` for demand `{demand}` shares the score of the document before it; \
         written scores must fall strictly"
    )]
    ScoreTied {
        /// The demand.
        demand: String,
        /// The second of the two documents.
        document: String,
    },
    /// The rank is not the next one of its demand.
    #[error("demand `{demand}` has rank {found} where {expected} is due")]
    RankNotConsecutive {
        /// The demand.
        demand: String,
        /// The rank that is due: 1 more than the last.
        expected: u64,
        /// The rank in the file.
        found: u64,
    },
    /// The first rank of a demand is neither 0 nor 1.
    #[error("demand `{demand}` starts with rank {found}; ranks start at 1 (or 0)")]
    FirstRank {
        /// The demand.
        demand: String,
        /// The rank in the file.
        found: u64,
    },
    /// The file holds lines of several runs.
    #[error("the tag changes from `{before}` to `{found}`: a file holds one run")]
    TagChanges {
        /// The tag of the lines before.
        before: String,
        /// The tag of this line.
        found: String,
    },
    /// The id or tag is empty or has white space or control characters inside.
    #[error("`{id}` is no TREC id: it must not be empty nor hold white space or control characters")]
    BadId {
        /// The id or tag.
        id: String,
    },
}

/// A text does not name a [`Measure`](crate::Measure).
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ParseMeasureError {
    /// No measure has that name.
    #[error("unknown measure `{text}`; known forms: {KNOWN_FORMS}")]
    UnknownName {
        /// The whole text.
        text: String,
    },
    /// The part in brackets is not `(rel=r)`, or the measure takes none.
    #[error("`{text}` has parameters its measure does not take; known forms: {KNOWN_FORMS}")]
    BadParameters {
        /// The whole text.
        text: String,
    },
    /// The level after `rel=` is not an integer from 1 on.
    #[error("the level in `{text}` must be an integer from 1 on, as in `P(rel=2)@5`")]
    BadLevel {
        /// The whole text.
        text: String,
    },
    /// What follows `@` is not an integer from 1 on.
    #[error("the cutoff in `{text}` must be an integer from 1 on, as in `nDCG@10`")]
    BadCutoff {
        /// The whole text.
        text: String,
    },
    /// `P` and `R` make sense with a cutoff alone.
    #[error("`{text}` needs a cutoff, as in `P@5` or `R(rel=2)@10`")]
    MissingCutoff {
        /// The whole text.
        text: String,
    },
}

/// Two reports cannot be compared.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CompareError {
    /// A demand stands in one report alone: they come from different qrels.
    #[error("demand `{demand}` is in one report alone; evaluate both runs against the same qrels")]
    DifferentDemands {
        /// The first such demand.
        demand: String,
    },
    /// The reports have different measures.
    #[error("`{measure}` is in one report alone; evaluate both runs with the same measures")]
    DifferentMeasures {
        /// The first such measure, by name.
        measure: String,
    },
}

/// Topics cannot be dealt into folds.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FoldsError {
    /// Cross-validation needs something to hold out and something to keep.
    #[error("{folds} folds asked for; cross-validation needs at least 2")]
    TooFewFolds {
        /// The number asked for.
        folds: usize,
    },
    /// Some fold would stay empty.
    #[error("{topics} topics cannot fill {folds} folds; ask for fewer folds")]
    FewerTopicsThanFolds {
        /// How many topics there are.
        topics: usize,
        /// The number of folds asked for.
        folds: usize,
    },
}

/// A row does not fit its [`Table`](crate::Table).
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TableError {
    /// The row has too few or too many cells.
    #[error("row {row} has {found} cells where the header has {expected}")]
    CellCount {
        /// The row, counted from 1.
        row: usize,
        /// The number of columns.
        expected: usize,
        /// The number of cells given.
        found: usize,
    },
}
