//! What adding to a large index costs: `adding TEXTS FOLDER [--limit N]`.
//!
//! The texts (`{id, text}`, JSON Lines, plain or .gz) become achievements; all but the last 1,010 are indexed in
//! FOLDER, which must not exist yet, then ten and then a thousand are added. Timed, in this order: building and the
//! first opening, which derives the impact index; opening again, which maps it; adding and committing; opening after
//! it, which derives what is new. One line of JSON for each.
#![allow(clippy::print_stdout)] // what it prints is its result

use anyhow::{Result, ensure};
use clap::Parser;
use duijie::{Achievement, Catalogue, Demand, IndexBuilder, Institutions, MatchOptions, Matcher};
use duijie_benches::{Record, Spread, peak_rss_mb, records};
use serde_json::json;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// What adding to a large index costs
#[derive(Parser)]
struct Arguments {
    /// Texts that become achievements
    texts: PathBuf,
    /// The index to make
    folder: PathBuf,
    /// Take the first N texts
    #[arg(long, default_value_t = usize::MAX, hide_default_value = true)]
    limit: usize,
}

/// Achievements that are handed over together.
const CHUNK: usize = 1024;
/// What is added later.
const ADDITIONS: [usize; 2] = [10, 1000];

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    ensure!(!arguments.folder.exists(), "{} exists already", arguments.folder.display());
    let catalogue = Catalogue::default();
    let spread = Spread::over(&catalogue);
    let texts: Vec<Record> = records(&arguments.texts)?.take(arguments.limit).collect::<Result<_>>()?;
    let later: usize = ADDITIONS.iter().sum();
    ensure!(texts.len() > later, "{} texts are too few", texts.len());
    let first = texts.len() - later;
    let mut achievements = texts.into_iter().enumerate().map(|(number, text)| spread.achievement(number, text));

    let start = Instant::now();
    let mut builder = IndexBuilder::create_in_dir(&arguments.folder, catalogue)?;
    builder.set_institutions(Institutions::new(spread.institutions())?)?;
    add(&mut builder, achievements.by_ref().take(first))?;
    let built = start.elapsed();
    let opened = open(&arguments.folder)?;
    let again = open(&arguments.folder)?;
    println!(
        "{}",
        json!({ "achievements": first, "build_s": built.as_secs_f64(), "first_open_s": opened, "open_s": again })
    );
    for count in ADDITIONS {
        let start = Instant::now();
        add(&mut builder, achievements.by_ref().take(count))?;
        let added = start.elapsed().as_secs_f64();
        let opened = open(&arguments.folder)?;
        let again = open(&arguments.folder)?;
        println!("{}", json!({ "added": count, "add_s": added, "open_after_s": opened, "open_s": again }));
    }
    println!("{}", json!({ "peak_rss_mb": peak_rss_mb() }));
    Ok(())
}

fn add(builder: &mut IndexBuilder, mut achievements: impl Iterator<Item = Achievement>) -> Result<()> {
    loop {
        let chunk: Vec<Achievement> = achievements.by_ref().take(CHUNK).collect();
        if chunk.is_empty() {
            return Ok(builder.commit()?);
        }
        builder.add_all(chunk)?;
    }
}

/// Seconds until a matcher over the folder has answered once.
fn open(folder: &Path) -> Result<f64> {
    let start = Instant::now();
    let matcher = Matcher::open(folder)?;
    let demand =
        Demand { id: "D".into(), title: "高强度结构钢的低温冲击韧性".into(), ..Demand::default() };
    let matched = matcher.match_one(&demand, &MatchOptions::default())?;
    ensure!(!matched.ranking.entries().is_empty(), "nothing was found");
    Ok(start.elapsed().as_secs_f64())
}
