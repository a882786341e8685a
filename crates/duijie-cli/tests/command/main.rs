//! The command `duijie` as scripts see it: files, standard streams, exit codes; a file for each promise.

mod adding;
mod bad_input;
mod coaching;
mod events;
mod explain_and_eval;
#[cfg(unix)] // sends signals
mod interruption;
mod output_forms;
mod overwriting;
mod run;
mod scale;
mod varied;
mod vectors;
