//! Cuts JSON-lines `{id, text}` into token files: a document or query a line, tokens split by one space.
//!
//! `cargo run --release -p duijie-benches --bin tokenize -- --input paragraphs.jsonl.gz --out paragraphs.tokens`
//!
//! `--cutter jieba` takes jieba-rs's bare cut instead of duijie-text, and keeps every token with a
//! letter or digit, stop words too: more and commoner terms, as most peers are used with.
//!
//! Every library of a comparison reads these same files, so that only indexing and searching differ.
//! A space within a token (there are few) becomes `_`.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

use clap::{Parser, ValueEnum};
use duijie_text::Analyzer;
use jieba_rs::Jieba;

#[derive(Debug, Parser)]
#[command(about = "Cuts JSON-lines {id, text} into token files")]
struct Arguments {
    /// JSON lines of {id, text}, plain or .gz
    #[arg(long)]
    input: PathBuf,
    /// The token file to write
    #[arg(long)]
    out: PathBuf,
    /// Who cuts
    #[arg(long, value_enum, default_value = "duijie")]
    cutter: Cutter,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Cutter {
    /// duijie-text's standard analyzer
    Duijie,
    /// jieba-rs's bare cut with HMM
    Jieba,
}

/// Hands the terms of a text to a sink.
type EachTerm = Box<dyn Fn(&str, &mut dyn FnMut(&str))>;

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let each_term: EachTerm = match arguments.cutter {
        Cutter::Duijie => {
            let analyzer = Analyzer::standard();
            Box::new(move |text, sink| analyzer.each_term(text, sink))
        }
        Cutter::Jieba => {
            let jieba = Jieba::new();
            Box::new(move |text, sink| {
                let tokens = jieba.cut(text, true);
                tokens
                    .into_iter()
                    .map(|token| token.word)
                    .filter(|word| word.chars().any(char::is_alphanumeric))
                    .for_each(sink);
            })
        }
    };
    let mut out = BufWriter::new(File::create(&arguments.out)?);
    let mut line = String::new();
    for record in duijie_benches::records(&arguments.input)? {
        line.clear();
        each_term(&record?.text, &mut |term| {
            if !line.is_empty() {
                line.push(' ');
            }
            line.extend(term.chars().map(|c| if c.is_whitespace() { '_' } else { c }));
        });
        writeln!(out, "{line}")?;
    }
    Ok(out.flush()?)
}
