//! The index on disk: tantivy holds the records, the impact index scores them.
//!
//! A commit is atomic (tantivy swaps its `meta.json`), so a reader sees all of it or nothing;
//! institutions and catalogue are documents of the same index and change with the same commit. A
//! [`Snapshot`] keeps what it opened, whatever a writer does meanwhile.

mod adding;
mod builder;
mod columns;
mod documents;
mod folder;
mod format;
#[cfg(test)]
mod full_disk;
mod impact;
mod quantities;
#[cfg(test)]
mod read_only;
mod schema;
mod serial;
mod snapshot;
mod stop;
mod undo;
mod vectors;
mod verify;
mod writer;

pub use builder::IndexBuilder;
pub use documents::Filter;
pub(crate) use documents::{DocumentTable, Place, UNKNOWN};
pub use impact::field_weights;
pub(crate) use schema::TextField;
pub(crate) use snapshot::{Snapshot, open_index};
pub(crate) use stop::Stop;
