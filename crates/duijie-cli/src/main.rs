//! `duijie`: the operator's command. Arguments, progress and exit codes; what it does lives in the libraries.
//!
//! Exit status: 0 ok, 1 failed, 2 wrong usage. Messages go to standard error.

mod asked;
mod audience;
mod batch;
mod commands;
mod documents;
mod input;
mod progress;
mod ranked;
mod record_files;
mod render;

use clap::Parser;
use std::io::Write;
use std::process::ExitCode;

/// Matches enterprises' technical demands with the achievements of universities and institutes.
#[derive(Parser)]
#[command(name = "duijie", version, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: commands::Command,
}

fn main() -> ExitCode {
    match commands::run(Arguments::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "duijie: {}", message(&error));
            ExitCode::FAILURE
        }
    }
}

/// An error and its causes, each said once: ours quote theirs already.
fn message(error: &anyhow::Error) -> String {
    error.chain().skip(1).map(ToString::to_string).fold(error.to_string(), |message, cause| {
        if message.contains(&cause) { message } else { format!("{message}: {cause}") }
    })
}

/// Whether whoever read our output (`| head`) has seen enough.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let kind = |cause: &(dyn std::error::Error + 'static)| {
        let io = cause.downcast_ref::<std::io::Error>().map(std::io::Error::kind);
        // serde_json keeps an io::Error to itself and names only its kind.
        io.or_else(|| cause.downcast_ref::<serde_json::Error>()?.io_error_kind())
    };
    error.chain().any(|cause| kind(cause) == Some(std::io::ErrorKind::BrokenPipe))
}
