//! One file a command.

mod calendar;
mod catalogue;
mod coach;
mod consortium;
mod eval;
mod explain;
mod gaps;
mod index;
mod ledger;
mod matching;
mod outreach;
mod plan;
mod showcase;

use anyhow::Result;

/// The commands.
#[derive(clap::Subcommand)]
pub(crate) enum Command {
    Index(index::Index),
    Match(matching::Match),
    Explain(explain::Explain),
    Plan(plan::Plan),
    Gaps(gaps::Gaps),
    Outreach(outreach::Outreach),
    Consortium(consortium::Consortium),
    Showcase(showcase::Showcase),
    Ledger(ledger::LedgerCommand),
    Calendar(calendar::CalendarCommand),
    Eval(eval::Eval),
    Coach(coach::Coach),
    Catalogue(catalogue::ShowCatalogue),
}

pub(crate) fn run(command: Command) -> Result<()> {
    match command {
        Command::Index(command) => command.run(),
        Command::Match(command) => command.run(),
        Command::Explain(command) => command.run(),
        Command::Plan(command) => command.run(),
        Command::Gaps(command) => command.run(),
        Command::Outreach(command) => command.run(),
        Command::Consortium(command) => command.run(),
        Command::Showcase(command) => command.run(),
        Command::Ledger(command) => command.run(),
        Command::Calendar(command) => command.run(),
        Command::Eval(command) => command.run(),
        Command::Coach(command) => command.run(),
        Command::Catalogue(command) => command.run(),
    }
}
