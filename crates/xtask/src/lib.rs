//! **How do I work here?** The project's own tasks, run as `cargo xtask NAME`.
//!
//! - `demo` matches the test collection from end to end, shows the rankings and leaves them as files.
//! - `test` checks everything that must hold, one named and timed step after the other.
//! - `python` does what `test` does for the Python package alone.
//! - `figures` measures the rankings of the test collection, or checks that they did not fall.
//! - `readme` brings the output shown in the READMEs up to date.
//!
//! Each is a [`Task`].
//!
//! ```no_run
//! xtask::Task::Demo.run()?;
//! # Ok::<(), anyhow::Error>(())
//! ```
#![allow(clippy::print_stdout)] // printing is what a task does

mod demo;
mod figures;
mod python;
mod readme;
mod steps;
mod task;
mod test;
mod test_counts;
mod workspace;

pub use task::Task;
