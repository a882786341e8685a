use crate::columns::Aliases;
use crate::layout::HiddenRows;
use crate::read::Limits;
use duijie::DemandKind;
use std::sync::atomic::{AtomicBool, Ordering};

/// How to read tables; the default suits what departments send.
#[derive(Clone, Default)]
pub struct Options<'a> {
    /// What headers mean.
    pub aliases: Aliases,
    /// Columns that mean a certain field whatever their header says: header or column letter, and
    /// the name of the field as in the alias dictionary.
    pub mapping: Vec<(String, String)>,
    /// Whether hidden rows and sheets count.
    pub hidden_rows: HiddenRows,
    /// Whether rows with names that are not known count.
    pub doubtful_rows: DoubtfulRows,
    /// What a file may take.
    pub limits: Limits,
    /// What the demands are, where their tables do not say.
    pub demand_kind: Option<DemandKind>,
    /// Called in the calling thread as files and rows are read.
    pub progress: Option<&'a dyn Fn(Progress)>,
    /// Set it from anywhere to stop the reading with [`duijie::Error::Cancelled`].
    pub cancel: Option<&'a AtomicBool>,
}

impl Options<'_> {
    pub(super) fn is_cancelled(&self) -> bool {
        self.cancel.is_some_and(|flag| flag.load(Ordering::Relaxed))
    }
}

/// What to do with rows whose chain, sub-industry or institution is not known, or whose id was met before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DoubtfulRows {
    /// Import them with what is known, keep the names, give new ids, and report it.
    #[default]
    Keep,
    /// Reject and report them, as the reading of record files does.
    Reject,
}

/// How far a reading is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Files that lie behind.
    pub files: usize,
    /// Files in all.
    pub all_files: usize,
    /// Items read so far, imported or not.
    pub items: usize,
}
