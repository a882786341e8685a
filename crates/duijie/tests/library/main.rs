//! The library as its users meet it, a file for each thing promised.

mod batch;
mod catalogue;
mod characters;
mod close_look;
mod commits;
mod common;
mod damage;
mod determinism;
mod explain;
mod filters;
mod input;
mod input_csv;
mod long_text;
mod passages;
mod profiles;
mod scores;
mod service;
mod stored;
mod vectors;
