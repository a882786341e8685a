//! One file a command.

mod catalogue;
mod coach;
mod eval;
mod explain;
mod index;
mod matching;

use anyhow::Result;

/// The commands.
#[derive(clap::Subcommand)]
pub(crate) enum Command {
    Index(index::Index),
    Match(matching::Match),
    Explain(explain::Explain),
    Eval(eval::Eval),
    Coach(coach::Coach),
    Catalogue(catalogue::ShowCatalogue),
}

pub(crate) fn run(command: Command) -> Result<()> {
    match command {
        Command::Index(command) => command.run(),
        Command::Match(command) => command.run(),
        Command::Explain(command) => command.run(),
        Command::Eval(command) => command.run(),
        Command::Coach(command) => command.run(),
        Command::Catalogue(command) => command.run(),
    }
}
