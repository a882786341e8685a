use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

/// Where a record came from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Provenance {
    /// The file; `-` for standard input.
    pub path: Arc<PathBuf>,
    /// Line, from 1.
    pub line: u64,
}

impl fmt::Display for Provenance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.path.display(), self.line)
    }
}
