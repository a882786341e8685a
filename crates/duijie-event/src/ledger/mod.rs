//! 工作台账: what became of every meeting, in one SQLite file.
//!
//! The file is append-only: lines and steps are added and never changed or deleted, which the
//! database itself enforces. The state of a line is that of its last step. Every write is one
//! transaction that is on the disk before it returns; writers wait for each other.

mod answers;
mod cells;
mod feed;
mod follow_up;
mod history;
mod line;
mod ranks;
mod record;
mod refusal;
mod reports;
mod state;
mod table;
mod wanted;
mod write;

pub use feed::{CarriedOver, PastPairs, carried_over_sheet};
pub use follow_up::FollowUp;
pub use history::{RecordedStep, history_sheet};
pub use line::{LedgerLine, LedgerMeeting, LedgerStep};
pub use ranks::{Movement, RankMovement, movement_sheet};
pub use record::{EventRecord, Recorded};
pub use refusal::LedgerRefusal;
pub use reports::{Conversion, ConversionBy, DueList, conversion_sheet};
pub use state::LedgerState;
pub use table::{LEDGER_COLUMNS, ledger_overview_sheet};
pub use wanted::WantedCell;

use crate::EventError;
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// "DJLG", to tell a ledger from other databases.
const APPLICATION_ID: i64 = 0x444a_4c47;
/// Version of the tables.
const FORMAT: i64 = 1;
/// How long a writer waits for another.
const PATIENCE: Duration = Duration::from_secs(30);

/// An open ledger.
///
/// ```
/// use duijie_event::{Ledger, LedgerState, LedgerMeeting, LedgerStep};
///
/// let folder = tempfile::tempdir()?;
/// let mut ledger = Ledger::open(&folder.path().join("台账.sqlite"))?;
/// let line = ledger.add(
///     &LedgerMeeting { event: "第8场".into(), demand: "D1".into(), title: "吊臂焊后延迟裂纹".into(),
///                institution: "I01".into(), met_on: "2024-03-20".parse()?, ..Default::default() },
///     "张三", "现场对接",
/// )?;
/// let contract = LedgerStep { state: LedgerState::Contract, amount: Some(120.0),
///                          ..LedgerStep::new(LedgerState::Contract, "2024-05-06".parse()?, "李四", "签订技术开发合同") };
/// ledger.step(line, &contract)?;
/// assert_eq!(ledger.lines()?[0].state, LedgerState::Contract);
/// assert_eq!(ledger.history(line)?.len(), 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Ledger {
    path: PathBuf,
    connection: Connection,
}

const TABLES: &str = "
CREATE TABLE line (
    id INTEGER PRIMARY KEY,
    event TEXT NOT NULL,
    demand TEXT NOT NULL,
    title TEXT NOT NULL,
    enterprise TEXT,
    institution TEXT NOT NULL,
    institution_name TEXT NOT NULL,
    chain TEXT,
    sub_industry TEXT,
    met_on TEXT NOT NULL,
    responsible TEXT NOT NULL,
    UNIQUE (event, demand, institution)
) STRICT;
CREATE TABLE step (
    id INTEGER PRIMARY KEY,
    line INTEGER NOT NULL REFERENCES line (id),
    state TEXT NOT NULL,
    on_date TEXT NOT NULL,
    who TEXT NOT NULL,
    why TEXT NOT NULL,
    amount REAL,
    fund_need REAL,
    team TEXT,
    next_step TEXT,
    due TEXT,
    recorded_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
) STRICT;
CREATE INDEX step_of_line ON step (line, id);
CREATE TABLE unsolved (
    event TEXT NOT NULL,
    demand TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (event, demand)
) STRICT;
CREATE TABLE record (
    event TEXT NOT NULL,
    demand TEXT NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (event, demand)
) STRICT;
CREATE TABLE ranking (
    event TEXT NOT NULL,
    demand TEXT NOT NULL,
    institution TEXT NOT NULL,
    rank INTEGER NOT NULL,
    score REAL NOT NULL,
    PRIMARY KEY (event, demand, institution)
) STRICT;
";

/// What ledgers made earlier lack: which lines come from a plan, and reasons that a later plan gave for a demand
/// that met nobody already.
const LATER_TABLES: &str = "
CREATE TABLE IF NOT EXISTS planned (line INTEGER PRIMARY KEY REFERENCES line (id)) STRICT;
CREATE TABLE IF NOT EXISTS unsolved_later (
    id INTEGER PRIMARY KEY,
    event TEXT NOT NULL,
    demand TEXT NOT NULL,
    reason TEXT NOT NULL
) STRICT;
";

impl Ledger {
    /// Opens the ledger of a file, which is made if it is not there.
    ///
    /// # Errors
    ///
    /// [`EventError::NotALedger`] if the file is something else, [`EventError::LedgerFormat`] if it is of
    /// another version, [`EventError::Ledger`] if it cannot be read or written.
    pub fn open(path: &Path) -> Result<Self, EventError> {
        let failed = |source: rusqlite::Error| match source.sqlite_error_code() {
            Some(rusqlite::ErrorCode::NotADatabase) => EventError::NotALedger { path: path.to_owned() },
            _ => failure(path, source),
        };
        let mut connection = Connection::open(path).map_err(failed)?;
        connection.busy_timeout(PATIENCE).map_err(failed)?;
        // A commit is on the disk when it returns. No write-ahead log, which shared folders cannot hold.
        connection.pragma_update(None, "synchronous", "FULL").map_err(failed)?;
        connection.pragma_update(None, "foreign_keys", true).map_err(failed)?;
        let transaction =
            connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).map_err(failed)?;
        let number = |name: &str| transaction.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
        let (application, format) =
            (number("application_id").map_err(failed)?, number("user_version").map_err(failed)?);
        let count = "SELECT count(*) FROM sqlite_schema";
        let is_new = transaction.query_row(count, [], |row| row.get::<_, i64>(0)).map_err(failed)? == 0;
        if is_new {
            transaction.execute_batch(TABLES).map_err(failed)?;
            transaction.pragma_update(None, "application_id", APPLICATION_ID).map_err(failed)?;
            transaction.pragma_update(None, "user_version", FORMAT).map_err(failed)?;
        } else if application != APPLICATION_ID {
            return Err(EventError::NotALedger { path: path.to_owned() });
        } else if format != FORMAT {
            return Err(EventError::LedgerFormat { path: path.to_owned(), found: format, expected: FORMAT });
        }
        transaction.execute_batch(LATER_TABLES).map_err(failed)?;
        for (table, key, answer) in TABLE_KEYS {
            transaction.execute_batch(&append_only(table, key, answer)).map_err(failed)?;
        }
        transaction.commit().map_err(failed)?;
        Ok(Self { path: path.to_owned(), connection })
    }

    fn failed(&self) -> impl Fn(rusqlite::Error) -> EventError + use<> {
        let path = self.path.clone();
        move |source| failure(&path, source)
    }
}

fn failure(path: &Path, source: rusqlite::Error) -> EventError {
    EventError::Ledger { path: path.to_owned(), source: Arc::new(source) }
}

/// What tells the rows of a table apart, and what a row that is there already does to a new one: steps
/// and lines refuse it; what an event left behind stays as it was recorded first.
const TABLE_KEYS: [(&str, &str, &str); 7] = [
    ("line", "event = NEW.event AND demand = NEW.demand AND institution = NEW.institution", REFUSE),
    ("step", "id = NEW.id", REFUSE),
    ("unsolved", "event = NEW.event AND demand = NEW.demand", KEEP),
    ("record", "event = NEW.event AND demand = NEW.demand", KEEP),
    ("ranking", "event = NEW.event AND demand = NEW.demand AND institution = NEW.institution", KEEP),
    ("planned", "line = NEW.line", REFUSE),
    ("unsolved_later", "id = NEW.id", REFUSE),
];
const REFUSE: &str = "RAISE(ABORT, 'the ledger is append-only')";
const KEEP: &str = "RAISE(IGNORE)";

/// Triggers that refuse to change, delete or replace rows.
fn append_only(table: &str, key: &str, answer: &str) -> String {
    let verbs = ["UPDATE", "DELETE"].map(|verb| {
        format!("CREATE TRIGGER IF NOT EXISTS {table}_no_{verb} BEFORE {verb} ON {table} BEGIN SELECT {REFUSE}; END;")
    });
    // A replacing insert deletes without asking the trigger for deletions.
    let replace = format!(
        "CREATE TRIGGER IF NOT EXISTS {table}_no_REPLACE BEFORE INSERT ON {table} \
         WHEN EXISTS (SELECT 1 FROM {table} WHERE rowid = NEW.rowid OR ({key})) BEGIN SELECT {answer}; END;"
    );
    verbs.concat() + &replace
}
