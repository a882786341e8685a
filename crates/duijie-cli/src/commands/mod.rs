//! One file a command.

mod calendar;
mod catalogue;
mod coach;
mod consortium;
#[cfg(feature = "encoder")]
mod encode;
mod eval;
mod explain;
mod gaps;
mod handbook;
mod import;
mod index;
mod judge;
mod ledger;
mod lists;
mod matching;
mod outreach;
mod plan;
mod showcase;

use anyhow::Result;

/// The commands.
#[derive(clap::Subcommand)]
pub(crate) enum Command {
    Import(import::Import),
    Index(index::Index),
    #[cfg(feature = "encoder")]
    Encode(encode::Encode),
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
    Lists(lists::Lists),
    Handbook(handbook::WriteHandbook),
    #[command(subcommand)]
    Judge(judge::Judge),
    Catalogue(catalogue::ShowCatalogue),
}

pub(crate) fn run(command: Command) -> Result<()> {
    match command {
        Command::Import(command) => command.run(),
        Command::Index(command) => command.run(),
        #[cfg(feature = "encoder")]
        Command::Encode(command) => command.run(),
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
        Command::Lists(command) => command.run(),
        Command::Handbook(command) => command.run(),
        Command::Judge(command) => command.run(),
        Command::Catalogue(command) => command.run(),
    }
}
