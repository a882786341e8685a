use crate::sheet::Origin;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

/// Everything that can go wrong with a whole file, by what the user can do about it.
///
/// What is wrong with a single row or cell is no error but a [`crate::Problem`] of the import.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TableError {
    /// A file or folder could not be read.
    #[error("cannot read {}: {source}", path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// What the operating system said.
        source: Arc<io::Error>,
    },
    /// A path or pattern that leads to no file.
    #[error("{} leads to no table file; give a file, a folder or a pattern such as 征集表/*.docx", path.display())]
    NoFiles {
        /// The path or pattern.
        path: PathBuf,
    },
    /// A word-processor file of before 2007.
    #[error("{} is a Word 97-2003 file (.doc); open it in Word or WPS and save it as .docx", path.display())]
    LegacyWord {
        /// The file.
        path: PathBuf,
    },
    /// A PDF.
    #[error("{} is a PDF, whose tables cannot be read reliably; ask the sender for the .docx or .xlsx", path.display())]
    Pdf {
        /// The file.
        path: PathBuf,
    },
    /// A picture.
    #[error("{} is a picture; ask the sender for the .docx or .xlsx", path.display())]
    Picture {
        /// The file.
        path: PathBuf,
    },
    /// A file with a password.
    #[error("{} is protected by a password; open it and save it without one", path.display())]
    Password {
        /// The file.
        path: PathBuf,
    },
    /// Content that is none of the formats read here.
    #[error("{} is none of xlsx, xls, ods, docx, csv, html and jsonl; save it as .xlsx or .docx", path.display())]
    UnknownKind {
        /// The file.
        path: PathBuf,
    },
    /// A file that is cut short or damaged.
    #[error("{} is damaged ({problem}); open it, save it again, and read that", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What the reader met.
        problem: String,
    },
    /// A file that would take more memory than is allowed.
    #[error("{} has more than {limit} {of}; split it, or raise the limit if you trust the sender", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// What there is too much of: `bytes unpacked`, `cells` ….
        of: &'static str,
        /// How much is allowed.
        limit: u64,
    },
    /// A row of a table is no usable record.
    #[error("{origin}{}: {problem}", header.as_ref().map_or(String::new(), |header| format!(" ({header})")))]
    Row {
        /// File, sheet, and row or cell.
        origin: Origin,
        /// The header of the column, where one is meant.
        header: Option<String>,
        /// What is wrong with it.
        problem: Box<duijie::RecordProblem>,
    },
    /// A file without a single cell.
    #[error("{} is empty: it holds no cell; ask the sender for the table that was filled in", path.display())]
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// A mapping of columns that names columns which no table has.
    #[error("the mapping names {columns}, which no table has; the columns are {seen}")]
    UnmatchedColumns {
        /// The columns of the mapping.
        columns: String,
        /// The columns there are, by letter and header.
        seen: String,
    },
    /// A file without anything that heads or labels values.
    #[error(
        "{}: no head of columns and no labels of a form were found; if there are some, `duijie import --columns` can \
         be told what they mean",
        path.display()
    )]
    NoTable {
        /// The file.
        path: PathBuf,
    },
    /// A settings file (aliases, audiences, mapping) that is not usable.
    #[error("{} is no usable settings file: {problem}", path.display())]
    Settings {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
    /// A field in a declaration of audiences that there is not.
    #[error("{}, line {line}: {field:?} is no field of {of}; known fields, the nearest first: {known}", path.display())]
    UnknownDisclosure {
        /// The file.
        path: PathBuf,
        /// Line, from 1.
        line: usize,
        /// `demands`, `achievements`, `matches` or `what can be masked`.
        of: &'static str,
        /// The field given.
        field: String,
        /// The fields there are.
        known: String,
    },
    /// A field that a declaration of audiences names twice.
    #[error("{}, line {line}: {field:?} is declared twice among {of}; leave one of them out", path.display())]
    RepeatedDisclosure {
        /// The file.
        path: PathBuf,
        /// Line of the second, from 1.
        line: usize,
        /// `demands`, `achievements`, `matches` or `what can be masked`.
        of: &'static str,
        /// The field.
        field: String,
    },
    /// A field name in a dictionary of aliases that no record has.
    #[error("{}: aliases are given for the field {field:?}; known fields: {known}", path.display())]
    UnknownAliasField {
        /// The file.
        path: PathBuf,
        /// The field given.
        field: String,
        /// The fields there are.
        known: String,
    },
    /// A field name in a mapping that no record has.
    #[error("the mapping of column {column:?} names the field {field:?}; known fields: {known}")]
    UnknownField {
        /// The column of the mapping.
        column: String,
        /// The field given.
        field: String,
        /// The fields there are.
        known: String,
    },
    /// A judging workbook with a grade that is none of the four.
    #[error("{}: sheet {sheet:?}, row {row}: {found:?} is no grade; give 强相关, 较强相关, 弱相关 or 无相关", path.display())]
    Grade {
        /// The workbook.
        path: PathBuf,
        /// The judge's sheet.
        sheet: String,
        /// Row, from 1.
        row: u32,
        /// What stands there.
        found: String,
    },
    /// A judging workbook in which a judge graded a pair twice, and differently.
    #[error(
        "{}: sheet {sheet:?}: rows {first} and {row} grade the same pair differently; keep one of them",
        path.display()
    )]
    GradedTwice {
        /// The workbook.
        path: PathBuf,
        /// The judge's sheet.
        sheet: String,
        /// The earlier row, from 1.
        first: u32,
        /// The later row.
        row: u32,
    },
    /// A workbook that was not written as a judging workbook, or whose key columns were changed.
    #[error("{} is no judging workbook: {problem}; judge in the workbook as it was written", path.display())]
    JudgingWorkbook {
        /// The workbook.
        path: PathBuf,
        /// What is missing.
        problem: String,
    },
    /// A file without a table that has the columns looked for.
    #[error("{} has no table with the columns {columns}; keep its head as it was written", path.display())]
    NoSuchTable {
        /// The file.
        path: PathBuf,
        /// The columns looked for.
        columns: String,
    },
    /// A document could not be put together.
    #[error("cannot write {}: {problem}", path.display())]
    Compose {
        /// The document.
        path: PathBuf,
        /// What the writing library said.
        problem: String,
    },
    /// A match that names a demand which was not handed in.
    #[error("the matches name the demand {demand:?}, which is not among the demands; hand in the demands matched")]
    UnknownDemand {
        /// Id of the demand.
        demand: String,
    },
    /// An error of the core: a file that cannot be written, an unknown id.
    #[error(transparent)]
    Core(#[from] duijie::Error),
}

/// The result of anything that can fail here.
pub type Result<T, E = TableError> = std::result::Result<T, E>;
