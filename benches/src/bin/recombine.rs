//! Makes any number of documents out of a corpus: random runs of it, joined, with a fixed seed.
//!
//! `cargo run --release -p duijie-benches --bin recombine -- --input paragraphs.tokens --unit tokens --documents 1000000 --out million.tokens`
//!
//! A document is as long as a random line of the corpus, and consists of runs of 20 to 100 tokens
//! (or 40 to 200 characters of JSON-lines texts), each out of a random line. So the documents have the
//! corpus's lengths and term frequencies, but neighbours are not alike: the worst case for skipping blocks.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

use clap::{Parser, ValueEnum};
use duijie_benches::{Random, Record};

#[derive(Debug, Parser)]
#[command(about = "Makes any number of documents by joining random runs of a corpus")]
struct Arguments {
    /// The corpus: JSON lines of {id, text}, plain or .gz, or a token file
    #[arg(long)]
    input: PathBuf,
    /// What the lines of the corpus are
    #[arg(long, value_enum)]
    unit: Unit,
    /// How many documents to make
    #[arg(long)]
    documents: usize,
    /// Determines everything that is random
    #[arg(long, default_value_t = 20_261_122)]
    seed: u64,
    /// The file to write, of the same form
    #[arg(long)]
    out: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, ValueEnum)]
enum Unit {
    /// JSON lines, cut between characters
    Texts,
    /// Token files, cut between tokens
    Tokens,
}

/// Lines and where their units (characters or tokens) start, in bytes, with the end last.
struct Line {
    text: String,
    starts: Vec<u32>,
}

impl Line {
    fn new(text: String, unit: Unit) -> Self {
        let mut starts: Vec<u32> = match unit {
            Unit::Texts => text.char_indices().map(|(at, _)| at as u32).collect(),
            Unit::Tokens if text.is_empty() => Vec::new(),
            Unit::Tokens => std::iter::once(0).chain(text.match_indices(' ').map(|(at, _)| at as u32 + 1)).collect(),
        };
        starts.push(text.len() as u32);
        Self { text, starts }
    }

    fn len(&self) -> usize {
        self.starts.len() - 1
    }
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let unit = arguments.unit;
    let lines: Vec<Line> = match unit {
        Unit::Texts => duijie_benches::records(&arguments.input)?
            .map(|record| Ok(Line::new(record?.text, unit)))
            .collect::<anyhow::Result<_>>()?,
        Unit::Tokens => duijie_benches::lines(&arguments.input)?
            .map(|line| Ok(Line::new(line?, unit)))
            .collect::<anyhow::Result<_>>()?,
    };
    let shortest = if unit == Unit::Texts { 40 } else { 20 };
    let mut random = Random::seeded(arguments.seed);
    let mut out = BufWriter::with_capacity(1 << 20, File::create(&arguments.out)?);
    let mut text = String::new();
    for number in 0..arguments.documents {
        text.clear();
        let mut missing = lines[random.below(lines.len())].len();
        while missing > 0 {
            let line = &lines[random.below(lines.len())];
            let start = random.below(line.len());
            let run = (shortest + random.below(4 * shortest + 1)).min(missing).min(line.len() - start);
            let bytes = line.starts[start] as usize..line.starts[start + run] as usize;
            if unit == Unit::Tokens && !text.is_empty() && !text.ends_with(' ') {
                text.push(' ');
            }
            text.push_str(&line.text[bytes]);
            missing -= run;
        }
        match unit {
            Unit::Texts => {
                serde_json::to_writer(&mut out, &Record { id: format!("r{number}"), text: text.clone() })?;
                writeln!(out)?;
            }
            Unit::Tokens => writeln!(out, "{}", text.trim_end())?,
        }
    }
    Ok(out.flush()?)
}
