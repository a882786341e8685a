use crate::records::RecordProblem;
use duijie_text::TextError;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

/// Everything that can go wrong, by what the user can do about it.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file could not be read.
    #[error("cannot read {}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: Arc<io::Error>,
    },
    /// A file or folder could not be written.
    #[error("cannot write {}: {source}. Check that the folder exists, is writable and has room", path.display())]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// What the operating system said.
        source: Arc<io::Error>,
    },
    /// A record of a file is not usable.
    #[error("{}:{line}: {problem}", path.display())]
    Record {
        /// The file.
        path: PathBuf,
        /// Line, from 1.
        line: u64,
        /// What is wrong with it.
        problem: RecordProblem,
    },
    /// A file of a kind that is not read here.
    #[error("{}: files ending in {extension:?} are not read here; give .jsonl or .csv", path.display())]
    FileKind {
        /// The file.
        path: PathBuf,
        /// Its ending.
        extension: String,
    },
    /// A record made in memory is not usable.
    #[error("record {id:?}: {problem}")]
    BadRecord {
        /// Its id.
        id: String,
        /// What is wrong with it.
        problem: RecordProblem,
    },
    /// A catalogue file is not a catalogue.
    #[error("{} is no usable catalogue: {problem}", path.display())]
    Catalogue {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
    /// A rank profile is not usable.
    #[error("{} is no usable rank profile: {problem}", path.display())]
    Profile {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
    /// A term file is not usable.
    #[error(transparent)]
    Terms(TextError),
    /// The name of a term file says not whose terms it holds.
    #[error(
        "{}: a term file is named after the code of its sub-industry, or shared.tsv for the terms of all{}; \
         `duijie catalogue` lists the codes",
        path.display(),
        if near.is_empty() { String::new() } else { format!(" (is it {}?)", near.join(" or ")) }
    )]
    TermFileName {
        /// The file.
        path: PathBuf,
        /// Names that are like it.
        near: Vec<String>,
    },
    /// The folder holds no index.
    #[error("{} holds no duijie index; give the folder of one, or make it with `duijie index`", path.display())]
    NoIndex {
        /// The folder.
        path: PathBuf,
    },
    /// The folder holds something else, which an index must not overwrite.
    #[error("{} is not empty and holds no duijie index; give an empty or new folder", path.display())]
    NotAnIndex {
        /// The folder.
        path: PathBuf,
    },
    /// The index was written by another version of the format.
    #[error("{} has index format {found}, this program reads {expected}; build the index in a new folder", path.display())]
    IndexFormat {
        /// The folder.
        path: PathBuf,
        /// The format found.
        found: String,
        /// The format this version writes and reads.
        expected: u32,
    },
    /// The index was written with another term base than it is read with.
    #[error("the index in {} was built with other term files; build it again, or give the ones it was built with", path.display())]
    IndexLexicon {
        /// The folder.
        path: PathBuf,
    },
    /// A file of the index is missing, cut short or changed.
    #[error("the index in {} is damaged ({problem}); build it in a new folder or restore it from a copy", path.display())]
    IndexDamaged {
        /// The folder.
        path: PathBuf,
        /// What was found.
        problem: String,
    },
    /// Another writer is at work on the index.
    #[error("the index in {} is being written by another process; wait until it has finished", path.display())]
    IndexLocked {
        /// The folder.
        path: PathBuf,
    },
    /// The index could not be written; what was committed before is intact.
    #[error("writing the index in {} failed: {problem}. What was committed before is intact", path.display())]
    IndexWrite {
        /// The folder.
        path: PathBuf,
        /// What went wrong.
        problem: String,
    },
    /// An id that the index or the input does not have.
    #[error("there is no {kind} {id:?}")]
    UnknownId {
        /// `achievement`, `institution` or `demand`.
        kind: &'static str,
        /// The id.
        id: String,
    },
    /// Another number of vectors than of records.
    #[error("{vectors} vectors for {records} {kind}; give one row for each, in their order")]
    VectorCount {
        /// `achievements` or `demands`.
        kind: &'static str,
        /// Rows given.
        vectors: usize,
        /// Records given.
        records: usize,
    },
    /// Vectors that do not fit.
    #[error(transparent)]
    Vectors(#[from] duijie_encoder::EncoderError),
    /// Vectors of demands for an index that has none of achievements.
    #[error("the index in {} has no vectors; build it with those of the achievements, or give none of the demands", path.display())]
    NoVectors {
        /// The folder.
        path: PathBuf,
    },
    /// Vectors of two encoders, which cannot be compared.
    #[error(
        "the index has vectors of the encoder {index}, and these are of {found}: their cosines would mean nothing; \
         encode both sides with one model, pooling and prefixes"
    )]
    OtherEncoder {
        /// Fingerprint of the index's encoder.
        index: String,
        /// Fingerprint of the other.
        found: String,
    },
    /// A filter for a province that no institution of the index is in.
    #[error("no institution of the index is in the province {name:?}; those that are named: {known}")]
    UnknownProvince {
        /// The province asked for.
        name: String,
        /// The provinces of the institutions.
        known: String,
    },
    /// A filter for a readiness level that there is not.
    #[error("technology readiness levels are 1 to 9, found {found}")]
    NoMaturity {
        /// What was asked for.
        found: u8,
    },
    /// The machine could not start the threads asked for.
    #[error("cannot start the threads asked for: {problem}. Ask for fewer")]
    Threads {
        /// What the operating system said.
        problem: String,
    },
    /// The caller asked for the work to stop.
    #[error("cancelled")]
    Cancelled,
}

impl From<TextError> for Error {
    fn from(error: TextError) -> Self {
        match error {
            TextError::Read { path, source } => Self::Read { path, source },
            other => Self::Terms(other),
        }
    }
}

/// The result of anything that can fail here.
pub type Result<T, E = Error> = std::result::Result<T, E>;
