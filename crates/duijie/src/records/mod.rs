//! What is matched: demands, achievements and the institutions that hold them.
//!
//! Only `id` and `title` (`name` for an institution) are required. **Unknown is not a mismatch**:
//! an absent budget, maturity or sub-industry is `None`, scores neutral and is shown as unknown.
//! A field that a record type does not know is kept in its `extra` and written out again.

mod achievement;
mod demand;
mod fields;
mod institution;
mod product;

pub use achievement::Achievement;
pub use demand::{Demand, DemandKind};
pub use institution::{Institution, InstitutionKind, short_province};
pub use product::Product;

pub(crate) use fields::Fields;

use serde_json::{Map, Value};

/// A JSON object as it stands in a file: field names and values, in order.
pub type FieldMap = Map<String, Value>;

/// What is wrong with one record, wherever it came from.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum RecordProblem {
    /// The line is no JSON object.
    #[error("not a JSON object ({0})")]
    Json(String),
    /// The line is not text in the file's encoding.
    #[error("not valid {encoding} text (byte {byte} of the line)")]
    Encoding {
        /// The encoding the file was read in.
        encoding: &'static str,
        /// The first offending byte, from 0.
        byte: usize,
    },
    /// A table row has more or fewer cells than its header.
    #[error("the row has {found} cells where the header has {expected}")]
    CellCount {
        /// Cells in the row.
        found: usize,
        /// Cells in the header.
        expected: usize,
    },
    /// The header of a table names a column twice: which of the two is meant is not for us to say.
    #[error("the header has the column {0:?} twice; rename or delete one of them")]
    DuplicateColumn(String),
    /// The object has a field twice: which of the two is meant is not for us to say.
    #[error("the field {0:?} comes twice; delete one of them")]
    DuplicateField(String),
    /// A quoted cell goes on to the end of the file.
    #[error("a quotation mark is opened and never closed: all rows behind it are in one cell")]
    UnclosedQuote,
    /// The header does not name the columns that every row needs.
    #[error(
        "the header has no column {missing:?}; its columns are {found}. Name them as the fields of the records, and \
         separate cells by commas"
    )]
    Header {
        /// The column that is missing.
        missing: &'static str,
        /// The columns that are there.
        found: String,
    },
    /// A required field is absent or blank.
    #[error("the field {0:?} is missing or blank")]
    Missing(&'static str),
    /// A field holds another type of value.
    #[error("the field {field:?} should be {expected}, found {found}")]
    Type {
        /// The field.
        field: String,
        /// What it should be.
        expected: &'static str,
        /// What it is, shortened.
        found: String,
    },
    /// A number outside its range.
    #[error("the field {field:?} should be between {min} and {max}, found {found}")]
    Range {
        /// The field.
        field: &'static str,
        /// Least value.
        min: i64,
        /// Greatest value.
        max: i64,
        /// The value.
        found: i64,
    },
    /// An id with blanks or control characters, which run files could not carry.
    #[error("the id {0:?} has a blank or control character")]
    Id(String),
    /// The id was met before.
    #[error("the id {id:?} was already used in {first}")]
    DuplicateId {
        /// The id.
        id: String,
        /// `file:line` of its first use.
        first: String,
    },
    /// A row that whoever sent its table had hidden.
    #[error("the row is hidden or filtered out; show it, or delete it")]
    Hidden,
    /// A row that says word for word what another of its file says.
    #[error("the row repeats {first}; delete one of them")]
    Repeated {
        /// Where the other one stands.
        first: String,
    },
    /// A chain that the catalogue does not know under any name.
    #[error("the chain {name:?} is not in catalogue {version}; known chains: {known}")]
    UnknownChain {
        /// The name given.
        name: String,
        /// The catalogue's version.
        version: String,
        /// The names it knows.
        known: String,
    },
    /// A sub-industry that the catalogue does not know under any name.
    #[error("the sub-industry {name:?} is not in catalogue {version}; known sub-industries: {known}")]
    UnknownSubIndustry {
        /// The name given.
        name: String,
        /// The catalogue's version.
        version: String,
        /// The names it knows.
        known: String,
    },
    /// Chain and sub-industry contradict each other.
    #[error("the sub-industry {sub_industry:?} does not belong to the chain {chain:?}")]
    ChainMismatch {
        /// The chain given.
        chain: String,
        /// The sub-industry given.
        sub_industry: String,
    },
    /// An institution that is not in the list of institutions.
    #[error("the institution {0:?} is not in the list of institutions, by id, name or alias; add it there")]
    UnknownInstitution(String),
    /// A name or alias that more than one institution bears.
    #[error("the institution {name:?} could be {first} or {second}; give its id")]
    AmbiguousInstitution {
        /// The name given.
        name: String,
        /// One institution that bears it.
        first: String,
        /// Another.
        second: String,
    },
}
