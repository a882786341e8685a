//! `duijie ledger`: what became of every meeting.

mod entries;
mod looks;

use anyhow::{Result, ensure};
use duijie_event::Ledger;
use std::path::PathBuf;

/// Keep the ledger of what became of every meeting: append-only, shared by several at once
#[derive(clap::Args)]
pub(crate) struct LedgerCommand {
    #[command(subcommand)]
    action: Action,
}

#[derive(clap::Subcommand)]
enum Action {
    Record(entries::Record),
    Step(entries::Step),
    Import(entries::Import),
    Export(looks::Export),
    History(looks::History),
    Due(looks::Due),
    Conversion(looks::ConversionReport),
    FollowUp(looks::FollowUps),
    CarriedOver(looks::CarriedOver),
    Ranks(looks::Ranks),
}

impl LedgerCommand {
    pub(crate) fn run(self) -> Result<()> {
        match self.action {
            Action::Record(action) => action.run(),
            Action::Step(action) => action.run(),
            Action::Import(action) => action.run(),
            Action::Export(action) => action.run(),
            Action::History(action) => action.run(),
            Action::Due(action) => action.run(),
            Action::Conversion(action) => action.run(),
            Action::FollowUp(action) => action.run(),
            Action::CarriedOver(action) => action.run(),
            Action::Ranks(action) => action.run(),
        }
    }
}

/// Which ledger.
#[derive(clap::Args)]
struct LedgerFile {
    /// The ledger (an SQLite file)
    #[arg(long, value_name = "FILE")]
    ledger: PathBuf,
}

impl LedgerFile {
    /// The ledger, which is made if it is not there.
    fn open_or_create(&self) -> Result<Ledger> {
        Ok(Ledger::open(&self.ledger)?)
    }

    /// The ledger that is there.
    fn open(&self) -> Result<Ledger> {
        let path = self.ledger.display();
        ensure!(self.ledger.exists(), "there is no ledger {path}; duijie ledger record or import makes one");
        self.open_or_create()
    }
}
