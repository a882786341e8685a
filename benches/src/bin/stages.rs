//! What each part of the ranking costs: `stages PARAGRAPHS QUERIES [--limit N] [--rounds N]`.
//!
//! The paragraphs (`{id, text}`, JSON Lines, plain or .gz) become achievements of 97 institutions, their first
//! twenty characters the title; the queries become demands with an indicator; both are spread evenly over the
//! sub-industries. With `--vectors WIDTH` both have a random vector of that width, and a line says what it costs to
//! compare them. The same batch is then ranked by profiles that each add a part to the one before, in turn, so
//! that a noisy machine is noisy to all; printed are the medians and their ratios to words alone.
#![allow(clippy::print_stdout)] // what it prints is its result

use anyhow::Result;
use clap::Parser;
use duijie::{
    Achievement, BatchOptions, Catalogue, Demand, DemandVectors, IndexBuilder, Institutions, MatchOptions, Matcher,
    PartWeights, RankProfile, Vectors,
};
use duijie_benches::{Random, Record, Spread, records};
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
    /// Give achievements and demands random vectors of this width
    #[arg(long, value_name = "WIDTH")]
    vectors: Option<std::num::NonZeroUsize>,
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
    let (mut count, mut random) = (0, Random::seeded(7));
    while achievements.peek().is_some() {
        let chunk: Vec<Achievement> = achievements.by_ref().take(CHUNK).collect();
        count += chunk.len();
        match arguments.vectors {
            Some(width) => {
                let vectors = random_vectors(&mut random, chunk.len(), width.get())?;
                builder.add_all_encoded(chunk, &vectors)?;
            }
            None => builder.add_all(chunk)?,
        }
    }
    builder.commit()?;
    let matcher = builder.matcher()?;
    let demands: Vec<Demand> = records(&arguments.queries)?
        .enumerate()
        .map(|(number, query)| Ok(spread.demand(number, query?)))
        .collect::<Result<_>>()?;
    println!("{count} achievements indexed in {:.1} s; {} demands", start.elapsed().as_secs_f64(), demands.len());

    let vectors = match arguments.vectors {
        Some(width) => {
            let ids = demands.iter().map(|demand| demand.id.as_str());
            let vectors = DemandVectors::new(ids, random_vectors(&mut random, demands.len(), width.get())?)?;
            Some(Arc::new(vectors))
        }
        None => None,
    };
    let profiles = profiles(vectors.is_some());
    let mut seconds = vec![Vec::new(); profiles.len()];
    for _ in 0..arguments.rounds {
        for ((_, profile), seconds) in profiles.iter().zip(&mut seconds) {
            let vectors = vectors.clone().filter(|_| profile.parts.semantic > 0.0);
            let options = MatchOptions { profile: profile.clone(), vectors, ..MatchOptions::default() };
            seconds.push(batch(&matcher, &demands, &options, arguments.threads)?);
        }
    }
    let medians: Vec<f64> = seconds.into_iter().map(median).collect();
    println!("| ranked by | ms a demand | ratio to words |\n|:--|--:|--:|");
    for ((name, _), median) in profiles.iter().zip(&medians) {
        println!("| {name} | {:.2} | {:.2} |", median * 1e3 / demands.len() as f64, median / medians[0]);
    }
    Ok(())
}

/// Each adds a part to the one before, up to the default profile and, with vectors, the one for these.
fn profiles(with_vectors: bool) -> Vec<(&'static str, Arc<RankProfile>)> {
    let default = RankProfile::default();
    let words = PartWeights { concepts: 0.0, characters: 0.0, indicators: 0.0, ..default.parts };
    let steps = [
        ("words (and sub-industry, maturity)", words),
        ("+ indicators", PartWeights { indicators: default.parts.indicators, ..words }),
        ("+ characters", PartWeights { concepts: 0.0, ..default.parts }),
        ("+ concepts: the default profile", default.parts),
    ];
    let mut profiles: Vec<_> =
        steps.map(|(name, parts)| (name, Arc::new(RankProfile { parts, ..default.clone() }))).into();
    let semantic = RankProfile::built_in("with-vectors").filter(|_| with_vectors);
    profiles.extend(semantic.map(|profile| ("+ vectors: the profile with-vectors", Arc::new(profile))));
    profiles
}

fn random_vectors(random: &mut Random, rows: usize, width: usize) -> Result<Vectors> {
    // Around 0, as an encoder's values are.
    let values = (0..rows * width).map(|_| random.below(2001) as f32 / 1000.0 - 1.0);
    Ok(Vectors::new(rows, width, values.collect()).map_err(duijie::Error::from)?)
}

fn batch(matcher: &Matcher, demands: &[Demand], options: &MatchOptions, threads: usize) -> Result<f64> {
    let batch = BatchOptions { threads, ..BatchOptions::default() };
    let start = Instant::now();
    let mut ranked = 0;
    matcher.match_batch(demands, options, &batch, |matched| {
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
