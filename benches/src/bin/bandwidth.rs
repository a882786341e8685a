//! How fast this machine reads: `bandwidth [--threads N] [--seconds S]`.
//!
//! `cargo run --release -p duijie-benches --bin bandwidth`
//!
//! Sums up buffers of 1 to 64 MB as 64-bit numbers, from their first to their last, again and again. All
//! threads read the same buffer, each the whole of it, as searches read one index. Printed is a table of what is read
//! per second (10⁹ bytes, all threads together), the fastest of five runs: what the bytes that a query touches can
//! cost at least. Buffers that fit a cache come out of it; the largest are the memory's own speed.
#![allow(clippy::print_stdout)] // what it prints is its result

use clap::Parser;
use clap::builder::RangedU64ValueParser;
use std::hint::black_box;
use std::sync::Barrier;
use std::time::{Duration, Instant};

/// How fast this machine reads
#[derive(Parser)]
struct Arguments {
    /// Up to so many threads
    #[arg(long, default_value_t = 2, value_parser = RangedU64ValueParser::<usize>::new().range(1..=256))]
    threads: usize,
    /// How long each run lasts
    #[arg(long, default_value_t = 0.2)]
    seconds: f64,
}

const MB: [usize; 10] = [1, 2, 4, 6, 8, 12, 16, 24, 32, 64];
const RUNS: usize = 5;

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let duration = Duration::try_from_secs_f64(arguments.seconds)?;
    let heads: Vec<String> = (1..=arguments.threads).map(|threads| format!(" GB/s, threads {threads} |")).collect();
    println!("| MB |{}\n|--:|{}", heads.concat(), "--:|".repeat(arguments.threads));
    for mb in MB {
        let buffer: Vec<u64> = (0..mb * 1_000_000 / size_of::<u64>()).map(|number| number as u64).collect();
        let mut row = format!("| {mb} |");
        for threads in 1..=arguments.threads {
            let fastest = (0..RUNS).map(|_| bytes_per_second(&buffer, threads, duration)).fold(0.0, f64::max);
            row += &format!(" {:.1} |", fastest / 1e9);
        }
        println!("{row}");
    }
    Ok(())
}

/// Reads the whole buffer on every thread until `duration` is over.
fn bytes_per_second(buffer: &[u64], threads: usize, duration: Duration) -> f64 {
    let start_line = Barrier::new(threads);
    let rate = || {
        black_box(sum(buffer));
        start_line.wait();
        let start = Instant::now();
        let mut bytes = 0;
        while bytes == 0 || start.elapsed() < duration {
            black_box(sum(black_box(buffer)));
            bytes += size_of_val(buffer);
        }
        bytes as f64 / start.elapsed().as_secs_f64()
    };
    std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(rate)).collect();
        running.into_iter().map(|thread| thread.join().expect("adding does not panic")).sum()
    })
}

/// Many sums side by side, so that the additions do not wait for each other.
fn sum(buffer: &[u64]) -> u64 {
    const SIDE_BY_SIDE: usize = 32;
    let mut sums = [0u64; SIDE_BY_SIDE];
    let chunks = buffer.chunks_exact(SIDE_BY_SIDE);
    let rest = chunks.remainder().iter().fold(0, |sum: u64, more| sum.wrapping_add(*more));
    for chunk in chunks {
        for (sum, number) in sums.iter_mut().zip(chunk) {
            *sum = sum.wrapping_add(*number);
        }
    }
    sums.iter().fold(rest, |sum, more| sum.wrapping_add(*more))
}
