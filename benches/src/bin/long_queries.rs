//! Long queries over many documents: builds an impact index, answers every query, and says what it cost.
//!
//! `cargo run --release -p duijie-benches --bin long_queries -- --docs F --queries F --pretokenized --top 100 --threads 1 --out run.trec`
//!
//! With `--pretokenized` the files are token files: a document or query a line, tokens split by one
//! space, ids are line numbers from 0. Without it they are JSON lines of `{id, text}`, plain or .gz, cut by
//! duijie-text. One field, BM25 with Lucene's idf, k1 1.2, b 0.75, each distinct query term once.
//! Prints one JSON line: `index_seconds` is from opening the file to the searchable index (with
//! cutting, where the files are JSON lines), `ms_per_query` is the wall-clock time of looking up,
//! weighting and answering all queries, divided by their number, in the fastest of `--rounds` rounds.

#![allow(clippy::print_stdout)]

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Parser;
use duijie_benches::{lines, peak_rss_mb, records};
use duijie_impact::{Bm25f, Hit, ImpactBuilder, ImpactIndex, Query, Scope, lucene_idf};
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
    /// Threads for cutting and searching
    #[arg(long, default_value_t = 1)]
    threads: usize,
    /// Answer the queries one by one instead of as a batch
    #[arg(long)]
    one_by_one: bool,
    /// How often to answer all queries; the fastest round counts
    #[arg(long, default_value_t = 1)]
    rounds: usize,
    /// The TREC run to write
    #[arg(long)]
    out: Option<PathBuf>,
}

/// A text with its id, cut into terms.
struct Cut {
    id: String,
    /// Terms split by one space.
    terms: String,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    rayon::ThreadPoolBuilder::new().num_threads(arguments.threads.max(1)).build_global()?;
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
    for _ in 0..arguments.rounds.max(1) {
        let started = Instant::now();
        hits = answer(&index, &queries, &arguments)?;
        ms_per_query = ms_per_query.min(started.elapsed().as_secs_f64() * 1e3 / queries.len().max(1) as f64);
    }

    if let Some(path) = &arguments.out {
        write_run(path, &queries, &hits, &ids)?;
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
    let mut seen = std::collections::HashSet::new();
    let distinct = terms.split(' ').filter_map(|term| index.term_id(term)).filter(|term| seen.insert(*term));
    let documents = u64::from(index.len());
    Query::new(distinct.map(|term| (term, lucene_idf(documents, index.document_frequency(term).into()))))
}

/// Hands over every text of a file, cut by `analyzer` (on all threads of the pool) or as it is.
fn each_text(path: &Path, analyzer: Option<&Analyzer>, mut sink: impl FnMut(Cut)) -> anyhow::Result<()> {
    let Some(analyzer) = analyzer else {
        for (number, line) in lines(path)?.enumerate() {
            sink(Cut { id: number.to_string(), terms: line? });
        }
        return Ok(());
    };
    let mut records = records(path)?;
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
fn write_run(path: &Path, queries: &[Cut], hits: &[Vec<Hit>], ids: &[String]) -> anyhow::Result<()> {
    let mut out = BufWriter::new(File::create(path)?);
    for (query, hits) in queries.iter().zip(hits) {
        for (rank, hit) in hits.iter().enumerate() {
            let number = hit.document.to_string();
            let document = ids.get(hit.document as usize).unwrap_or(&number);
            writeln!(out, "{} Q0 {document} {} {} duijie-impact", query.id, rank + 1, hit.score)?;
        }
    }
    Ok(out.flush()?)
}
