//! Every error of the engine as the Python exception of `duijie/errors.py` that says what the user did wrong.

use duijie::Error;
use duijie_tables::TableError;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;

/// What went wrong, by the name of its exception class.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    Access,
    Input,
    MissingColumn,
    Catalogue,
    Profile,
    NoIndex,
    NotAnIndex,
    IndexFormat,
    IndexDamaged,
    IndexLocked,
    IndexWrite,
    UnknownId,
    Threads,
    Evaluation,
}

impl Kind {
    fn class(self) -> &'static str {
        match self {
            Self::Access => "FileAccessError",
            Self::Input => "InputError",
            Self::MissingColumn => "MissingColumnError",
            Self::Catalogue => "CatalogueError",
            Self::Profile => "ProfileError",
            Self::NoIndex => "NoIndexError",
            Self::NotAnIndex => "NotAnIndexError",
            Self::IndexFormat => "IndexFormatError",
            Self::IndexDamaged => "IndexDamagedError",
            Self::IndexLocked => "IndexLockedError",
            Self::IndexWrite => "IndexWriteError",
            Self::UnknownId => "UnknownIdError",
            Self::Threads => "ThreadsError",
            Self::Evaluation => "EvaluationError",
        }
    }

    /// The exception with this message.
    pub(crate) fn error(self, message: impl Into<String>) -> PyErr {
        let message = message.into();
        Python::attach(|py| {
            let class = py.import("duijie.errors").and_then(|errors| errors.getattr(self.class()));
            match class.and_then(|class| class.call1((message,))) {
                Ok(error) => PyErr::from_value(error),
                Err(error) => error,
            }
        })
    }
}

/// An error of the engine as a Python exception.
pub(crate) fn engine_error(error: Error) -> PyErr {
    let kind = match &error {
        Error::Read { .. } | Error::Write { .. } => Kind::Access,
        Error::Record { .. }
        | Error::FileKind { .. }
        | Error::BadRecord { .. }
        | Error::VectorCount { .. }
        | Error::Vectors(_) => Kind::Input,
        Error::Catalogue { .. } => Kind::Catalogue,
        Error::Profile { .. } => Kind::Profile,
        Error::NoIndex { .. } => Kind::NoIndex,
        Error::NotAnIndex { .. } => Kind::NotAnIndex,
        Error::IndexFormat { .. } | Error::IndexLexicon { .. } => Kind::IndexFormat,
        Error::IndexDamaged { .. } => Kind::IndexDamaged,
        Error::IndexLocked { .. } => Kind::IndexLocked,
        Error::IndexWrite { .. } => Kind::IndexWrite,
        Error::UnknownId { .. } => Kind::UnknownId,
        Error::Threads { .. } => Kind::Threads,
        // Cancelling is how Ctrl-C stops a batch; whoever cancels raises KeyboardInterrupt.
        other => return PyRuntimeError::new_err(other.to_string()),
    };
    kind.error(error.to_string())
}

/// An error of reading tables as a Python exception.
pub(crate) fn table_error(error: TableError) -> PyErr {
    let kind = match error {
        TableError::Core(error) => return engine_error(error),
        TableError::Read { .. } | TableError::NoFiles { .. } => Kind::Access,
        TableError::UnmatchedColumns { .. } => Kind::MissingColumn,
        _ => Kind::Input,
    };
    kind.error(error.to_string())
}
