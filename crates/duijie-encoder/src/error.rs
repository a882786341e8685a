use std::io;
use std::path::PathBuf;
use std::sync::Arc;

/// Everything that can go wrong here, by what the user can do about it.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EncoderError {
    /// A file could not be read.
    #[error("cannot read {}: {source}. Check that it exists and may be read", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: Arc<io::Error>,
    },
    /// A file could not be written.
    #[error("cannot write {}: {source}. Check that the folder exists, is writable and has room", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: Arc<io::Error>,
    },
    /// A matrix whose numbers do not fit.
    #[error("{values} values are not {rows} rows of {width}; give rows × width values, and a width of at least 1")]
    DataLength {
        /// Rows asked for.
        rows: usize,
        /// Width asked for.
        width: usize,
        /// Values given.
        values: usize,
    },
    /// A value that is not a number.
    #[error("row {row}, column {column} (from 0) is not finite; make that vector again")]
    NotFinite {
        /// The row, from 0.
        row: usize,
        /// The column, from 0.
        column: usize,
    },
    /// Vectors of different widths.
    #[error("the vectors are {found} wide where {expected} is expected; use one encoder for both sides")]
    Width {
        /// The width expected.
        expected: usize,
        /// The width found.
        found: usize,
    },
    /// A range of rows that the matrix does not have.
    #[error("rows {start}..{end} are not among the {rows} rows; give a range within them")]
    Rows {
        /// First row asked for.
        start: usize,
        /// End of the range.
        end: usize,
        /// Rows of the matrix.
        rows: usize,
    },
    /// The file is not `.npy`.
    #[error("{} is no .npy file ({problem}); write it with numpy.save", path.display())]
    NotNpy {
        /// The file.
        path: PathBuf,
        /// What was found.
        problem: String,
    },
    /// The array holds something other than float32.
    #[error("{} holds values of type {found}; save array.astype(\"float32\")", path.display())]
    NpyType {
        /// The file.
        path: PathBuf,
        /// numpy's name of the type.
        found: String,
    },
    /// The array is stored column by column.
    #[error("{} is in Fortran order; save numpy.ascontiguousarray(array)", path.display())]
    NpyOrder {
        /// The file.
        path: PathBuf,
    },
    /// The array is not a matrix.
    #[error("{} has shape {shape:?}; give a matrix (n, d), one row for each record", path.display())]
    NpyShape {
        /// The file.
        path: PathBuf,
        /// The shape found.
        shape: Vec<u64>,
    },
    /// The file is longer or shorter than its header says.
    #[error("{} has {found} bytes of values where its header says {expected}; copy or write it again", path.display())]
    NpyLength {
        /// The file.
        path: PathBuf,
        /// Bytes that the header announces.
        expected: u64,
        /// Bytes that are there.
        found: u64,
    },
    /// A value of the file is not a number.
    #[error("{}: row {row}, column {column} (from 0) is not finite; encode that record again", path.display())]
    NpyValue {
        /// The file.
        path: PathBuf,
        /// The row, from 0.
        row: usize,
        /// The column, from 0.
        column: usize,
    },
    /// The vectors of a file have another width than they must have.
    #[error("the vectors in {} are {found} wide, not {expected}; use one encoder for both sides", path.display())]
    FileWidth {
        /// The file.
        path: PathBuf,
        /// The width expected.
        expected: usize,
        /// The width found.
        found: usize,
    },
    /// Another number of rows than of records, and no ids to match them by.
    #[error(
        "{} has {rows} rows for {records} records; encode the same records, or put their ids beside it in {}",
        path.display(), path.with_extension("ids").display()
    )]
    RowCount {
        /// The `.npy` file.
        path: PathBuf,
        /// Its rows.
        rows: usize,
        /// The records to match.
        records: usize,
    },
    /// Another number of ids than of rows.
    #[error("{} has {ids} ids for the {rows} rows beside it; write both files again", path.display())]
    IdCount {
        /// The `.ids` file, or the `.npy` file to be written.
        path: PathBuf,
        /// The ids.
        ids: usize,
        /// The rows.
        rows: usize,
    },
    /// The `.ids` file is not UTF-8 text.
    #[error("{} is not UTF-8; write it as UTF-8 text, one id a line", path.display())]
    IdEncoding {
        /// The `.ids` file.
        path: PathBuf,
    },
    /// The `.encoder` file names no encoder.
    #[error(
        "{} names no encoder: it should hold the fingerprint of the one that made the vectors, letters and digits; \
         delete it if that is not known",
        path.display()
    )]
    Fingerprint {
        /// The `.encoder` file.
        path: PathBuf,
    },
    /// A line that holds no id, or an id that cannot stand in a line.
    #[error("{}:{line}: {id:?} is no id; give one id a line, without blanks around it", path.display())]
    IdBlank {
        /// The `.ids` file.
        path: PathBuf,
        /// Line, from 1.
        line: usize,
        /// What stands there.
        id: String,
    },
    /// An id that comes twice.
    #[error("{}:{line}: id {id:?} stands in line {first} already; remove one of the two rows", path.display())]
    IdTwice {
        /// The `.ids` file.
        path: PathBuf,
        /// Line of the second, from 1.
        line: usize,
        /// Line of the first.
        first: usize,
        /// The id.
        id: String,
    },
    /// A vector that belongs to no record.
    #[error("{}:{line}: there is no record {id:?}; encode the records that are given here", path.display())]
    IdUnknown {
        /// The `.ids` file.
        path: PathBuf,
        /// Line, from 1.
        line: usize,
        /// The id.
        id: String,
    },
    /// A record without a vector.
    #[error("{} has no vector for record {id:?}; encode the records that are given here", path.display())]
    IdMissing {
        /// The `.ids` file.
        path: PathBuf,
        /// The id of the record.
        id: String,
    },
    /// The same record asked for twice.
    #[error("record {id:?} is asked for twice; give each record once")]
    RecordTwice {
        /// The id of the record.
        id: String,
    },
    /// The file of a cache is damaged or something else.
    #[error("{} is no cache of encoded texts ({problem}); delete it, and the texts are encoded again", path.display())]
    Cache {
        /// The file.
        path: PathBuf,
        /// What was found.
        problem: String,
    },
    /// An encoder gave another number of rows, or another width, than it promised.
    #[error("encoder {name} gave {found:?} (rows, width) for {expected:?}; correct the encoder")]
    Contract {
        /// The encoder.
        name: String,
        /// Rows and width promised.
        expected: (usize, usize),
        /// Rows and width given.
        found: (usize, usize),
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
    /// A model folder, or a setting given for it, is not usable.
    #[cfg(feature = "model")]
    #[error(transparent)]
    Model(#[from] crate::ModelError),
}

/// The result of anything that can fail here.
pub type Result<T, E = EncoderError> = std::result::Result<T, E>;
