//! What the coach proposes, writes and measures.

mod common;
mod proposals;
mod term_file;
mod trial;
