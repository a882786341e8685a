//! From files to records, with an account of everything that was met on the way.

mod account;
mod achievement;
mod cell;
mod collect;
mod demand;
mod draft;
mod duplicates;
mod filler;
mod items;
mod objects;
mod options;
mod owner;
mod problem;
mod reader;
mod record;
mod settle;
mod sources;
mod tables;

pub use account::{ColumnReading, Counts, FileReading, Import, SheetReading};
pub use collect::{Collected, collect_achievements, collect_demands};
pub use duplicates::{Duplicate, Likeness};
pub use options::{DoubtfulRows, Options, Progress};
pub use problem::{Guess, Problem, ProblemKind};
pub use sources::{read_achievement_rows, read_achievements, read_demand_rows, read_demands};
