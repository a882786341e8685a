//! Reading records from JSONL and CSV files: nothing is lost silently.
//!
//! In strict reading the first bad row is an [`Error::Record`] with file and line. In lenient
//! reading bad rows are set aside as [`Reject`]s with their reason, and the rest goes on; rows
//! read = records + rejects, always.

mod csv;
mod jsonl;
mod reader;
mod reject;
mod source;

pub use reader::{Intake, RecordReader, Strictness};
pub use reject::{Reject, write_rejects};
pub use source::Provenance;

use crate::records::{FieldMap, RecordProblem};

/// One row of a file before it becomes a record.
pub(crate) struct Row {
    pub(crate) line: u64,
    /// The row as it stands in the file, for the reject file.
    pub(crate) raw: String,
    pub(crate) fields: Result<FieldMap, RecordProblem>,
}
