//! Which field a column means: by its header, by a mapping given, or by what stands in it.

mod aliases;
mod assign;
mod content;
mod label;

pub use aliases::Aliases;

pub(crate) use aliases::{Meaning, RecordKind};
pub(crate) use assign::{Assignment, How, assign};
pub(crate) use label::{label_key, without_numbering};
