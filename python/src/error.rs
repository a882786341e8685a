//! Every error of the engine as the Python exception of `duijie/errors.py` that says what the user did wrong.

use duijie::Error;
use duijie_tables::TableError;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use std::io::{self, ErrorKind};
use std::path::Path;

/// What went wrong, by the name of its exception class.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    Access,
    MissingFile,
    Input,
    MissingColumn,
    Catalogue,
    Profile,
    TermFile,
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
            Self::MissingFile => "MissingFileError",
            Self::Input => "InputError",
            Self::MissingColumn => "MissingColumnError",
            Self::Catalogue => "CatalogueError",
            Self::Profile => "ProfileError",
            Self::TermFile => "TermFileError",
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
        self.made(|class| class.call1((message.into(),)))
    }

    /// The exception of a file or folder; with the number that the operating system gave, where it gave one.
    fn error_at(self, message: String, path: &Path, source: Option<&io::Error>) -> PyErr {
        let number = source.and_then(io::Error::raw_os_error);
        self.made(|class| class.call1((message, number, path.display().to_string())))
    }

    fn made(self, make: impl for<'py> FnOnce(Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>>) -> PyErr {
        Python::attach(|py| {
            let class = py.import("duijie.errors").and_then(|errors| errors.getattr(self.class()));
            match class.and_then(make) {
                Ok(error) => PyErr::from_value(error),
                Err(error) => error,
            }
        })
    }
}

/// An error of the engine as a Python exception.
pub(crate) fn engine_error(error: Error) -> PyErr {
    let message = error.to_string();
    let kind = match &error {
        Error::Read { path, source } | Error::Write { path, source } => return access_error(message, path, source),
        Error::NoIndex { path } => return Kind::NoIndex.error_at(message, path, None),
        Error::NotAnIndex { path } => return Kind::NotAnIndex.error_at(message, path, None),
        Error::IndexFormat { path, .. } | Error::IndexLexicon { path } => {
            return Kind::IndexFormat.error_at(message, path, None);
        }
        Error::IndexDamaged { path, .. } => return Kind::IndexDamaged.error_at(message, path, None),
        Error::IndexLocked { path } => return Kind::IndexLocked.error_at(message, path, None),
        Error::IndexWrite { path, .. } => return Kind::IndexWrite.error_at(message, path, None),
        Error::Record { .. }
        | Error::FileKind { .. }
        | Error::BadRecord { .. }
        | Error::VectorCount { .. }
        | Error::Vectors(_)
        | Error::NoVectors { .. }
        | Error::OtherEncoder { .. }
        | Error::UnknownProvince { .. }
        | Error::NoMaturity { .. } => Kind::Input,
        Error::Catalogue { .. } => Kind::Catalogue,
        Error::Profile { .. } => Kind::Profile,
        Error::Terms(_) | Error::TermFileName { .. } => Kind::TermFile,
        Error::UnknownId { .. } => Kind::UnknownId,
        Error::Threads { .. } => Kind::Threads,
        // Cancelling is how Ctrl-C stops a batch; whoever cancels raises KeyboardInterrupt.
        _ => return PyRuntimeError::new_err(message),
    };
    kind.error(message)
}

/// An error of reading tables as a Python exception.
pub(crate) fn table_error(error: TableError) -> PyErr {
    let message = error.to_string();
    match error {
        TableError::Core(error) => engine_error(error),
        TableError::Read { path, source } => access_error(message, &path, &source),
        TableError::NoFiles { path } => Kind::MissingFile.error_at(message, &path, None),
        TableError::UnmatchedColumns { .. } => Kind::MissingColumn.error(message),
        _ => Kind::Input.error(message),
    }
}

/// An error of a file as a Python exception.
pub(crate) fn access_error(message: String, path: &Path, source: &io::Error) -> PyErr {
    let kind = if source.kind() == ErrorKind::NotFound { Kind::MissingFile } else { Kind::Access };
    kind.error_at(message, path, Some(source))
}
