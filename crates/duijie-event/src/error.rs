use crate::{LedgerState, WantedCell};
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

/// Everything a caller can do wrong, by what can be done about it.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EventError {
    /// A file could not be read.
    #[error("cannot read {}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: Arc<io::Error>,
    },
    /// An event file is no event file.
    #[error("{} is no usable event file: {problem}", path.display())]
    EventFile {
        /// The file.
        path: PathBuf,
        /// Line, field and what is wrong with it.
        problem: String,
    },
    /// One limit is given twice, at the top and under `[limits]`.
    #[error("{}: {field} is given both at the top and under [limits]; keep one", path.display())]
    GivenTwice {
        /// The file.
        path: PathBuf,
        /// The field.
        field: &'static str,
    },
    /// A number that an event cannot have.
    #[error("{}: {field} should be {expected}, found {found}", path.display())]
    EventNumber {
        /// The file.
        path: PathBuf,
        /// The field.
        field: &'static str,
        /// What it should be.
        expected: &'static str,
        /// What it is.
        found: f64,
    },
    /// Two slots or tables of one name.
    #[error("{}: {field} has {label:?} twice; give each a name of its own", path.display())]
    LabelTwice {
        /// The file.
        path: PathBuf,
        /// `slots` or `tables`.
        field: &'static str,
        /// The name.
        label: String,
    },
    /// A city of a tour that no demand is in.
    #[error("[tour] cities names {city:?}, where no demand of the event is; they are in {known}")]
    UnknownCity {
        /// The city given.
        city: String,
        /// Cities that there are.
        known: String,
    },
    /// A lead enterprise of the event file that no demand is of.
    #[error("[priority] lead_enterprises names {name:?}, which no demand is of; their enterprises are {known}")]
    UnknownLeadEnterprise {
        /// The name given.
        name: String,
        /// Enterprises that there are.
        known: String,
    },
    /// A lead enterprise of a consortium that is not known.
    #[error("the lead enterprise {name:?} has no demand and is not listed; enterprises of the chain are {known}")]
    UnknownLead {
        /// The name given.
        name: String,
        /// Enterprises of the chain.
        known: String,
    },
    /// A line of a file of a chain's enterprises is not usable.
    #[error("{}, line {line}: {problem}; give name, chain, sub_industry, chain_position (上游, 中游, 下游, 链主)", path.display())]
    ChainEnterprise {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        problem: String,
    },
    /// An event that the catalogue does not know.
    #[error("there is no event or chain {name:?} in catalogue {version}; give its number or a chain's name")]
    UnknownEvent {
        /// What was given.
        name: String,
        /// The catalogue's version.
        version: String,
    },
    /// A rule that names nothing.
    #[error("[[{section}]] number {number} names nothing; give demand, enterprise or institution")]
    EmptyRule {
        /// `forbid`, `require` or `exceptions`.
        section: &'static str,
        /// Which one, from 1.
        number: usize,
    },
    /// A `[[require]]` that does not name one pair.
    #[error("[[require]] number {number} needs both demand and institution")]
    RequireNeedsPair {
        /// Which one, from 1.
        number: usize,
    },
    /// An exception for a demand and an institution at once.
    #[error("[[exceptions]] number {number} names a demand and an institution; make two of it")]
    ExceptionOfTwo {
        /// Which one, from 1.
        number: usize,
    },
    /// A least number of meetings for an institution.
    #[error(
        "[[exceptions]] number {number} has min, which an institution cannot have; give it max, or [[require]] its meetings"
    )]
    MinimumOfInstitution {
        /// Which one, from 1.
        number: usize,
    },
    /// A demand of a rule that is not among the demands.
    #[error("[[{section}]] number {number} names the demand {demand:?}, which is not among the demands of the event")]
    UnknownDemand {
        /// `forbid`, `require` or `exceptions`.
        section: &'static str,
        /// Which one, from 1.
        number: usize,
        /// The id given.
        demand: String,
    },
    /// An enterprise of a rule that none of the demands names.
    #[error("[[{section}]] number {number} names the enterprise {enterprise:?}, which no demand is of")]
    UnknownEnterprise {
        /// `forbid` or `require`.
        section: &'static str,
        /// Which one, from 1.
        number: usize,
        /// The name given.
        enterprise: String,
    },
    /// An institution of a rule that is not known.
    #[error("[[{section}]] number {number}: {problem}")]
    UnknownInstitution {
        /// `forbid`, `require`, `exceptions`, `absent`.
        section: &'static str,
        /// Which one, from 1.
        number: usize,
        /// Which name, and why it is not known.
        problem: duijie::RecordProblem,
    },
    /// Rankings of achievements where rankings of institutions are needed.
    #[error("the ranking of {demand:?} is of achievements; match with the unit institution")]
    NotInstitutions {
        /// The demand.
        demand: String,
    },
    /// A demand without a ranking.
    #[error("the demand {demand:?} has no ranking; match it first")]
    NoRanking {
        /// The demand.
        demand: String,
    },
    /// A plan was asked to change that holds no meetings.
    #[error("the plan to change is {status}; make a plan that holds first")]
    NothingToChange {
        /// Its status.
        status: &'static str,
    },
    /// A plan file is not usable.
    #[error("{} is no plan: {problem}; give the .json that duijie plan wrote", path.display())]
    PlanFile {
        /// The file.
        path: PathBuf,
        /// Field and what is wrong with it.
        problem: String,
    },
    /// Somebody absent whom the event does not know.
    #[error("{name:?} is no demand, enterprise or institution of the event; give an id or a full name")]
    UnknownAbsent {
        /// The name given.
        name: String,
    },
    /// A meeting of a plan that does not belong to the event.
    #[error(
        "the plan's meeting of {demand:?} with {institution:?} is not of this event; give the event it was made for"
    )]
    ForeignMeeting {
        /// Its demand.
        demand: String,
        /// Its institution.
        institution: String,
    },
    /// The solver met numbers it could not handle.
    #[error("the solver gave up: {problem}. Bring the scores and priorities nearer together")]
    Solver {
        /// What it said.
        problem: String,
    },
    /// The ledger could not be opened, read or written.
    #[error("the ledger {} failed: {source}. What was committed before is intact", path.display())]
    Ledger {
        /// The ledger.
        path: PathBuf,
        /// What SQLite said.
        source: Arc<rusqlite::Error>,
    },
    /// A file that is something else than a ledger.
    #[error("{} is no ledger; give a file that was made by recording an event or importing a table", path.display())]
    NotALedger {
        /// The file.
        path: PathBuf,
    },
    /// A ledger of another version.
    #[error("{} is a ledger of format {found}, this program reads {expected}; use the version that wrote it", path.display())]
    LedgerFormat {
        /// The file.
        path: PathBuf,
        /// The format found.
        found: i64,
        /// The format read and written here.
        expected: i64,
    },
    /// A ledger line that does not exist.
    #[error("the ledger has no line {line}")]
    UnknownLine {
        /// The number given.
        line: i64,
    },
    /// A step that the state of a line does not allow.
    #[error("line {line} is {}; it cannot become {}. Allowed next: {}", from.word(), to.word(), from.next_words())]
    StepNotAllowed {
        /// The line.
        line: i64,
        /// Its state; [`LedgerState::next`] says which may follow.
        from: LedgerState,
        /// The state asked for.
        to: LedgerState,
    },
    /// A row of an imported ledger table is not usable.
    #[error("row {row} of the ledger table: {column} should be {}, found {found:?}", expected.english())]
    LedgerRow {
        /// Row, the header being row 1.
        row: usize,
        /// The column.
        column: &'static str,
        /// What it should be.
        expected: WantedCell,
        /// What it is.
        found: String,
    },
    /// A column of an imported ledger table is missing.
    #[error("the ledger table has no column {column}; its columns should be {expected}")]
    LedgerColumn {
        /// The column.
        column: &'static str,
        /// All of them.
        expected: String,
    },
    /// Who or why was left blank.
    #[error("{field} is blank; say {field}, since the history keeps it for good")]
    Blank {
        /// `who` or `why`.
        field: &'static str,
    },
    /// A schedule file is not usable.
    #[error("{} is no usable schedule: {problem}", path.display())]
    Schedule {
        /// The file.
        path: PathBuf,
        /// Field and what is wrong with it.
        problem: String,
    },
    /// A task number that Annex 2 does not have.
    #[error("there is no task {no}; Annex 2 has 1 to {last}")]
    UnknownTask {
        /// The number given.
        no: u32,
        /// The last number.
        last: u32,
    },
    /// A date that the calendar cannot count to.
    #[error("the date {date} is outside the calendar: {problem}")]
    DateRange {
        /// The date.
        date: String,
        /// What is wrong.
        problem: String,
    },
    /// Something that the ledger does not take in.
    #[error(transparent)]
    Refused(#[from] crate::LedgerRefusal),
    /// Own province of no institution.
    #[error("no institution is of the province {name:?}; the institutions' provinces are {known}")]
    UnknownProvince {
        /// What was given.
        name: String,
        /// Provinces that there are.
        known: String,
    },
    /// An error of the matching library.
    #[error(transparent)]
    Matching(#[from] duijie::Error),
}
