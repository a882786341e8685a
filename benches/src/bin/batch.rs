//! How long the engine alone takes for a batch: `batch INDEX DEMANDS TOP ROUNDS` prints seconds a round.
//!
//! The other half of `benches/python_overhead.py`, which runs it beside the same batch from Python.
#![allow(clippy::print_stdout)] // what it prints is its result

use anyhow::{Context, Result};
use duijie::{BatchOptions, MatchOptions, Matcher, RecordReader, Strictness};
use std::path::PathBuf;
use std::time::Instant;

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let mut next = |what: &str| arguments.next().with_context(|| format!("give {what}"));
    let (index, demands) = (PathBuf::from(next("the index")?), PathBuf::from(next("the demands")?));
    let (top, rounds): (usize, usize) = (next("how many to rank")?.parse()?, next("how many rounds")?.parse()?);
    let matcher = Matcher::open(&index)?;
    let catalogue = matcher.catalogue();
    let demands = RecordReader::new(&catalogue, Strictness::Strict).demands(&[demands])?.records;
    let options = MatchOptions { top, ..MatchOptions::default() };
    for _ in 0..rounds {
        let start = Instant::now();
        let mut ranked = 0;
        matcher.match_batch(&demands, &options, &BatchOptions::default(), |matched| {
            ranked += matched.ranking.entries().len();
            Ok(())
        })?;
        println!("{:.4}", start.elapsed().as_secs_f64());
        anyhow::ensure!(ranked > 0, "nothing was ranked");
    }
    Ok(())
}
