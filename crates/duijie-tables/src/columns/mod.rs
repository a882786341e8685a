//! Which field a column means: by its header, by a mapping given, or by what stands in it.

mod aliases;
mod assign;
mod content;
mod label;

pub use aliases::Aliases;

pub(crate) use aliases::{Meaning, RecordKind, is_heading};
pub(crate) use assign::{Assignment, How, assign, header_meaning, mapped_heads, names};
pub(crate) use content::is_organisation;
pub(crate) use label::{is_letters, label_key, without_numbering};
