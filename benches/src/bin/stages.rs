//! What each part of the ranking costs: `stages PARAGRAPHS QUERIES [--limit N] [--rounds N]`.
//!
//! The paragraphs (`{id, text}`, JSON Lines, plain or .gz) become achievements of 97 institutions, their first
//! twenty characters the title; the queries become demands with an indicator; both are spread evenly over the
//! sub-industries. The same batch is then ranked by profiles that each add a part to the one before, in turn, so
//! that a noisy machine is noisy to all; printed are the medians and their ratios to words alone.
#![allow(clippy::print_stdout)] // what it prints is its result

use anyhow::Result;
use clap::Parser;
use duijie::{
    Achievement, BatchOptions, Catalogue, Demand, IndexBuilder, Institutions, MatchOptions, Matcher, PartWeights,
    RankProfile,
};
use duijie_benches::{Record, Spread, records};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

/// What each part of the ranking costs
#[derive(Parser)]
struct Arguments {
    /// Paragraphs that become achievements
    paragraphs: PathBuf,
    /// Queries that become demands
    queries: PathBuf,
    /// Take the first N paragraphs
    #[arg(long, default_value_t = usize::MAX, hide_default_value = true)]
    limit: usize,
    /// How often the batch is ranked by each profile
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// Threads
    #[arg(long, default_value_t = 1)]
    threads: usize,
}

/// Achievements that are added together.
const CHUNK: usize = 1024;

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let catalogue = Catalogue::default();
    let spread = Spread::over(&catalogue);

    let start = Instant::now();
    let mut builder = IndexBuilder::create_in_ram(catalogue.clone())?;
    builder.set_institutions(Institutions::new(spread.institutions())?)?;
    let paragraphs: Vec<Record> = records(&arguments.paragraphs)?.take(arguments.limit).collect::<Result<_>>()?;
    let mut achievements =
        paragraphs.into_iter().enumerate().map(|(number, text)| spread.achievement(number, text)).peekable();
    let mut count = 0;
    while achievements.peek().is_some() {
        let chunk: Vec<Achievement> = achievements.by_ref().take(CHUNK).collect();
        count += chunk.len();
        builder.add_all(chunk)?;
    }
    builder.commit()?;
    let matcher = builder.matcher()?;
    let demands: Vec<Demand> = records(&arguments.queries)?
        .enumerate()
        .map(|(number, query)| Ok(spread.demand(number, query?)))
        .collect::<Result<_>>()?;
    println!("{count} achievements indexed in {:.1} s; {} demands", start.elapsed().as_secs_f64(), demands.len());

    let profiles = profiles();
    let mut seconds = vec![Vec::new(); profiles.len()];
    for _ in 0..arguments.rounds {
        for ((_, profile), seconds) in profiles.iter().zip(&mut seconds) {
            seconds.push(batch(&matcher, &demands, profile, arguments.threads)?);
        }
    }
    let medians: Vec<f64> = seconds.into_iter().map(median).collect();
    println!("| ranked by | ms a demand | ratio to words |\n|:--|--:|--:|");
    for ((name, _), median) in profiles.iter().zip(&medians) {
        println!("| {name} | {:.2} | {:.2} |", median * 1e3 / demands.len() as f64, median / medians[0]);
    }
    Ok(())
}

/// Each adds a part to the one before; the last is the default profile.
fn profiles() -> Vec<(&'static str, Arc<RankProfile>)> {
    let default = RankProfile::default();
    let words = PartWeights { concepts: 0.0, characters: 0.0, indicators: 0.0, ..default.parts };
    let steps = [
        ("words (and sub-industry, maturity)", words),
        ("+ indicators", PartWeights { indicators: default.parts.indicators, ..words }),
        ("+ characters", PartWeights { concepts: 0.0, ..default.parts }),
        ("+ concepts: the default profile", default.parts),
    ];
    steps.map(|(name, parts)| (name, Arc::new(RankProfile { parts, ..default.clone() }))).into()
}

fn batch(matcher: &Matcher, demands: &[Demand], profile: &Arc<RankProfile>, threads: usize) -> Result<f64> {
    let options = MatchOptions { profile: profile.clone(), ..MatchOptions::default() };
    let batch = BatchOptions { threads, ..BatchOptions::default() };
    let start = Instant::now();
    let mut ranked = 0;
    matcher.match_batch(demands, &options, &batch, |matched| {
        ranked += matched.ranking.entries().len();
        Ok(())
    })?;
    anyhow::ensure!(ranked > 0, "nothing was ranked");
    Ok(start.elapsed().as_secs_f64())
}

fn median(mut seconds: Vec<f64>) -> f64 {
    seconds.sort_by(f64::total_cmp);
    seconds[seconds.len() / 2]
}
