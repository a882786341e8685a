//! An index as one file: written aside and renamed, checked, mapped.
//!
//! The file is a header of [`header::HEADER_BYTES`] (magic, format, length, fingerprint, and for each
//! section its place, length and CRC-32), then the sections, each at a multiple of 64 bytes: plain
//! little-endian arrays, just as the index holds them in memory. Opening maps the file, compares
//! every checksum, and then checks that the arrays fit each other, so that no later look-up can
//! leave them.

mod check;
mod column;
mod header;
mod read;
mod write;

pub(crate) use check::check;
pub(crate) use column::Column;
pub(crate) use read::open;
pub(crate) use write::write;
