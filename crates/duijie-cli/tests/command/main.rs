//! The command `duijie` as scripts see it: files, standard streams, exit codes; a file for each promise.

mod adding;
mod bad_input;
mod coaching;
mod event_documents;
mod events;
mod explain_and_eval;
#[cfg(unix)] // sends signals
mod interruption;
mod ledger;
mod official_tables;
mod output_forms;
mod overwriting;
mod planning;
mod programme;
mod run;
mod scale;
mod surveying;
mod varied;
mod vectors;
