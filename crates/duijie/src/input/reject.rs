use super::Provenance;
use crate::output::AtomicFile;
use crate::records::RecordProblem;
use crate::{Error, Result};
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

/// A row that lenient reading set aside.
#[derive(Clone, Debug, PartialEq)]
pub struct Reject {
    /// Where it stands.
    pub provenance: Provenance,
    /// Why it was set aside.
    pub problem: RecordProblem,
    /// The row as it stands in the file; bytes that are not text are shown as `�`.
    pub raw: String,
}

/// Writes rejects as JSONL: `{"file", "line", "reason", "row"}` each.
///
/// # Errors
///
/// [`Error::Write`]; a file that was there before is then as it was.
pub fn write_rejects(rejects: &[Reject], path: &Path) -> Result<()> {
    let mut file = AtomicFile::create(path)?;
    for reject in rejects {
        let line = serde_json::json!({
            "file": reject.provenance.path.display().to_string(),
            "line": reject.provenance.line,
            "reason": reject.problem.to_string(),
            "row": reject.raw,
        });
        writeln!(file, "{line}").map_err(|source| Error::Write { path: path.to_owned(), source: Arc::new(source) })?;
    }
    file.commit()
}
