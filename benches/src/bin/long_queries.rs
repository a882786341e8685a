//! Long queries over many documents: builds an impact index, answers every query, and says what it cost.
//!
//! `cargo run --release -p duijie-benches --bin long_queries -- --docs F --queries F --pretokenized --top 100 --threads 1 --out run.trec`
//!
//! With `--pretokenized` the files are token files: a document or query a line, tokens split by one
//! space, ids are line numbers from 0; an empty line is a document without terms. Without it they are JSON
//! lines of `{id, text}`, plain or .gz, cut by duijie-text; blank lines are passed over, and an id that is empty,
//! has white space or stands there twice is refused with its line. One field, BM25 with Lucene's idf, k1 1.2,
//! b 0.75, each distinct query term once.
//!
//! Prints one JSON line: `index_seconds` is from opening the file to the searchable index (with
//! cutting, where the files are JSON lines), `ms_per_query` is the wall-clock time of looking up,
//! weighting and answering all queries, divided by their number, in the fastest of `--rounds` rounds.
//! `--postings` says on standard error, as another JSON line, how many postings a query's terms have in the
//! mean, in all and by how common the terms are.
//!
//! The run appears under its name once it is complete.

#![allow(clippy::print_stdout, clippy::print_stderr)] // what it prints is its result

use std::collections::HashSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::thread::available_parallelism;
use std::time::Instant;

use anyhow::{Context, ensure};
use clap::Parser;
use clap::builder::RangedU64ValueParser;
use duijie::AtomicFile;
use duijie_benches::{identified_records, lines, peak_rss_mb};
use duijie_impact::{Bm25f, Hit, ImpactBuilder, ImpactIndex, Query, Scope, TermId, lucene_idf};
use duijie_text::Analyzer;
use rayon::prelude::*;

#[derive(Debug, Parser)]
#[command(about = "Answers long queries over many documents and says what it cost")]
struct Arguments {
    /// Documents: token file or JSON lines
    #[arg(long)]
    docs: PathBuf,
    /// Queries, in the same form
    #[arg(long)]
    queries: PathBuf,
    /// The files are token files
    #[arg(long)]
    pretokenized: bool,
    /// Hits per query
    #[arg(long, default_value_t = 100)]
    top: usize,
    /// Threads for cutting and searching, at most four for each that the machine has
    #[arg(long, default_value_t = 1, value_parser = threads())]
    threads: usize,
    /// Answer the queries one by one instead of as a batch
    #[arg(long)]
    one_by_one: bool,
    /// How often to answer all queries; the fastest round counts
    #[arg(long, default_value_t = 1, value_parser = RangedU64ValueParser::<usize>::new().range(1..))]
    rounds: usize,
    /// Say on standard error how many postings the queries' terms have
    #[arg(long)]
    postings: bool,
    /// The TREC run to write
    #[arg(long)]
    out: Option<PathBuf>,
}

/// More threads than these only wait for each other.
fn threads() -> RangedU64ValueParser<usize> {
    RangedU64ValueParser::new().range(1..=4 * available_parallelism().map_or(1, usize::from) as u64)
}

/// A text with its id, cut into terms.
struct Cut {
    id: String,
    /// Terms split by one space.
    terms: String,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    // Before the long work, so that a wrong name is told at once.
    let out = arguments.out.as_deref().map(|path| create(path, &arguments)).transpose()?;
    rayon::ThreadPoolBuilder::new().num_threads(arguments.threads).build_global()?;
    let analyzer = (!arguments.pretokenized).then(Analyzer::standard);

    let started = Instant::now();
    let mut builder = ImpactBuilder::new(Bm25f::single_field(1.2, 0.75))?;
    let mut ids = Vec::new();
    each_text(&arguments.docs, analyzer.as_ref(), |cut| {
        builder.add_document(|document| {
            cut.terms.split(' ').filter(|term| !term.is_empty()).for_each(|term| document.add(0, term))
        });
        if analyzer.is_some() {
            ids.push(cut.id);
        }
    })?;
    let index = builder.finish();
    let index_seconds = started.elapsed().as_secs_f64();

    let mut queries = Vec::new();
    each_text(&arguments.queries, analyzer.as_ref(), |cut| queries.push(cut))?;
    let mut hits: Vec<Vec<Hit>> = Vec::new();
    let mut ms_per_query = f64::INFINITY;
    for _ in 0..arguments.rounds {
        let started = Instant::now();
        hits = answer(&index, &queries, &arguments)?;
        ms_per_query = ms_per_query.min(started.elapsed().as_secs_f64() * 1e3 / queries.len().max(1) as f64);
    }

    if let (Some(out), Some(path)) = (out, &arguments.out) {
        write_run(out, &queries, &hits, &ids).with_context(|| format!("writing {}", path.display()))?;
    }
    if arguments.postings {
        eprintln!("{}", postings(&index, &queries));
    }
    let report = serde_json::json!({
        "docs": index.len(),
        "queries": queries.len(),
        "index_seconds": index_seconds,
        "ms_per_query": ms_per_query,
        "peak_rss_mb": peak_rss_mb(),
    });
    println!("{report}");
    Ok(())
}

/// Begins the run, which must not take the place of what it is made of.
fn create(path: &Path, arguments: &Arguments) -> anyhow::Result<AtomicFile> {
    ensure!(!path.is_dir(), "{} is a folder; give --out the name of a file", path.display());
    for input in [&arguments.docs, &arguments.queries] {
        let same = matches!((path.canonicalize(), input.canonicalize()), (Ok(out), Ok(input)) if out == input);
        ensure!(!same, "--out {} would replace an input; give it another name", path.display());
    }
    Ok(AtomicFile::create(path)?)
}

/// Looks up, weights and answers all queries.
fn answer(index: &ImpactIndex, queries: &[Cut], arguments: &Arguments) -> anyhow::Result<Vec<Vec<Hit>>> {
    let weighted: Vec<Query> = queries.iter().map(|cut| weigh(index, &cut.terms)).collect::<Result<_, _>>()?;
    if arguments.one_by_one {
        return Ok(weighted.iter().map(|query| index.search(query, &Scope::all(), arguments.top)).collect());
    }
    Ok(index.search_batch(&weighted, &Scope::all(), arguments.top, arguments.threads))
}

/// The distinct terms of `terms` that the index has, weighted by idf.
fn weigh(index: &ImpactIndex, terms: &str) -> Result<Query, duijie_impact::ImpactError> {
    let documents = u64::from(index.len());
    let weighted = |term| (term, lucene_idf(documents, index.document_frequency(term).into()));
    Query::new(distinct(index, terms).map(weighted))
}

fn distinct(index: &ImpactIndex, terms: &str) -> impl Iterator<Item = TermId> {
    let mut seen = HashSet::new();
    terms.split(' ').filter_map(move |term| index.term_id(term)).filter(move |term| seen.insert(*term))
}

/// Terms of a query that the index has, and their postings, in the mean of `queries`: in all, and of the
/// terms that are in at least one of so many documents and not in one of the next lower number.
fn postings(index: &ImpactIndex, queries: &[Cut]) -> serde_json::Value {
    const ONE_IN: [u32; 5] = [8, 24, 32, 128, 1024];
    let mut counts = [(0u64, 0u64); ONE_IN.len() + 1];
    for term in queries.iter().flat_map(|cut| distinct(index, &cut.terms)) {
        let frequency = index.document_frequency(term);
        let common = |&one_in: &u32| u64::from(frequency) * u64::from(one_in) >= u64::from(index.len());
        let (terms, postings) = &mut counts[ONE_IN.iter().position(common).unwrap_or(ONE_IN.len())];
        *terms += 1;
        *postings += u64::from(frequency);
    }
    let mean = |(terms, postings): (u64, u64)| {
        let mean = |sum: u64| sum as f64 / queries.len().max(1) as f64;
        serde_json::json!({ "terms": mean(terms), "postings": mean(postings) })
    };
    let name = |at: usize| ONE_IN.get(at).map_or("rarer".to_owned(), |one_in| format!("in 1/{one_in} or more"));
    let by: serde_json::Map<_, _> = counts.iter().enumerate().map(|(at, &count)| (name(at), mean(count))).collect();
    let all = counts.iter().fold((0, 0), |sum, count| (sum.0 + count.0, sum.1 + count.1));
    serde_json::json!({ "a_query": mean(all), "by_how_common": by })
}

/// Hands over every text of a file, cut by `analyzer` (on all threads of the pool) or as it is.
fn each_text(path: &Path, analyzer: Option<&Analyzer>, mut sink: impl FnMut(Cut)) -> anyhow::Result<()> {
    let Some(analyzer) = analyzer else {
        for (number, line) in lines(path)?.enumerate() {
            sink(Cut { id: number.to_string(), terms: line? });
        }
        return Ok(());
    };
    let mut records = identified_records(path)?;
    loop {
        let chunk = records.by_ref().take(4096).collect::<anyhow::Result<Vec<_>>>()?;
        if chunk.is_empty() {
            return Ok(());
        }
        let cut: Vec<Cut> =
            chunk.into_par_iter().map(|record| Cut { terms: terms(analyzer, &record.text), id: record.id }).collect();
        cut.into_iter().for_each(&mut sink);
    }
}

fn terms(analyzer: &Analyzer, text: &str) -> String {
    let mut terms = String::new();
    analyzer.each_term(text, &mut |term| {
        terms.extend(term.chars().map(|c| if c == ' ' { '_' } else { c }));
        terms.push(' ');
    });
    terms
}

/// Writes TREC run lines; documents without an id of their own are called by their number.
fn write_run(mut out: AtomicFile, queries: &[Cut], hits: &[Vec<Hit>], ids: &[String]) -> anyhow::Result<()> {
    for (query, hits) in queries.iter().zip(hits) {
        for (rank, hit) in hits.iter().enumerate() {
            let number = hit.document.to_string();
            let document = ids.get(hit.document as usize).unwrap_or(&number);
            writeln!(out, "{} Q0 {document} {} {} duijie-impact", query.id, rank + 1, hit.score)?;
        }
    }
    Ok(out.commit()?)
}
