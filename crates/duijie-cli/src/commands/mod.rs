//! One file a command.

mod catalogue;
mod coach;
mod eval;
mod explain;
mod handbook;
mod import;
mod index;
mod judge;
mod lists;
mod matching;

use anyhow::Result;

/// The commands.
#[derive(clap::Subcommand)]
pub(crate) enum Command {
    Import(import::Import),
    Index(index::Index),
    Match(matching::Match),
    Explain(explain::Explain),
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
        Command::Match(command) => command.run(),
        Command::Explain(command) => command.run(),
        Command::Eval(command) => command.run(),
        Command::Coach(command) => command.run(),
        Command::Lists(command) => command.run(),
        Command::Handbook(command) => command.run(),
        Command::Judge(command) => command.run(),
        Command::Catalogue(command) => command.run(),
    }
}
