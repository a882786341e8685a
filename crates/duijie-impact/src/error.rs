use std::io;
use std::path::PathBuf;
use std::sync::Arc;

/// What can go wrong with an impact index, with the path and one sentence of advice.
#[derive(Debug, Clone, thiserror::Error)]
pub enum ImpactError {
    /// A parameter of [`Bm25f`](crate::Bm25f) is outside its domain.
    #[error("the BM25F parameter {parameter} is {value}: give {expected}")]
    Model {
        /// Which parameter, for example `k1` or `fields[2].b`.
        parameter: String,
        /// The value that was given.
        value: f32,
        /// The values that are allowed.
        expected: &'static str,
    },
    /// The number of reference lengths is not the number of fields.
    #[error("{given} reference lengths for {fields} fields: give one average length for each field")]
    ReferenceLengths {
        /// Lengths given.
        given: usize,
        /// Fields of the model.
        fields: usize,
    },
    /// A query weight is negative, not a number, or above 1e30.
    #[error("the weight of query term {position} is {weight}: give a number from 0 to 1e30")]
    QueryWeight {
        /// Place of the term in the query, from 0.
        position: usize,
        /// The weight that was given.
        weight: f32,
    },
    /// The operating system could not read or write the file.
    #[error("{}: {source}; check that the folder exists, is writable and has room", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: Arc<io::Error>,
    },
    /// The file is not an impact index.
    #[error("{}: not an impact index; give the file that `ImpactIndex::write_to` wrote", path.display())]
    NotAnImpactIndex {
        /// The file.
        path: PathBuf,
    },
    /// The file was written by another version of this library.
    #[error("{}: written in format {found}, this library reads format {expected}; build the index again", path.display())]
    OtherVersion {
        /// The file.
        path: PathBuf,
        /// The format of the file.
        found: u32,
        /// The format that this library reads and writes.
        expected: u32,
    },
    /// The file is shorter or longer than its header says.
    #[error("{}: {found} bytes instead of {expected}; it was cut off while copying or writing, build the index again", path.display())]
    Truncated {
        /// The file.
        path: PathBuf,
        /// Bytes that the header announces.
        expected: u64,
        /// Bytes that are there.
        found: u64,
    },
    /// The checksum or the structure of the file is wrong.
    #[error("{}: damaged ({what}); build the index again", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What does not fit.
        what: &'static str,
    },
}
