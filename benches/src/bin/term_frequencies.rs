//! How common the wordings of the term base are: `term_frequencies PARAGRAPHS [--least SHARE]`.
//!
//! The paragraphs (`{id, text}`, JSON Lines, plain or .gz) are searched for every wording of the built-in term base,
//! the longest at each place. Printed are those that stand in at least this share of the paragraphs, the commonest
//! first, with what they are wordings of: one that many texts of all sciences have tells little by itself.
#![allow(clippy::print_stdout)] // what it prints is its result

use anyhow::{Result, ensure};
use clap::Parser;
use duijie_benches::{Record, records};
use duijie_text::{TermBase, TermSpotter};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// How common the wordings of the term base are
#[derive(Parser)]
struct Arguments {
    /// Texts to look for them in
    paragraphs: PathBuf,
    /// Wordings that stand in at least this share of the texts
    #[arg(long, default_value_t = 0.005)]
    least: f64,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let spotter = TermSpotter::new(TermBase::standard());
    let mut frequencies: BTreeMap<&str, usize> = BTreeMap::new();
    let mut texts = 0;
    for record in records(&arguments.paragraphs)? {
        let Record { text, .. } = record?;
        let spotted: BTreeSet<&str> = spotter.spot(&text).into_iter().map(|spotted| spotted.form).collect();
        spotted.into_iter().for_each(|form| *frequencies.entry(form).or_default() += 1);
        texts += 1;
    }
    ensure!(texts > 0, "{} holds no text", arguments.paragraphs.display());
    let least = arguments.least * texts as f64;
    let mut common: Vec<(&str, usize)> = frequencies.into_iter().filter(|(_, count)| *count as f64 >= least).collect();
    common.sort_by_key(|(form, count)| (std::cmp::Reverse(*count), *form));
    println!("| wording | texts | of them | wording of |");
    println!("|:--|--:|--:|:--|");
    for (form, count) in common {
        let owners = spotter.concepts_of(form, None).into_iter().map(|(concept, relation)| {
            let concept = spotter.terms().concept(concept);
            let place = concept.sub_industry.as_deref().unwrap_or("shared");
            format!("{} ({place}, {})", concept.name, relation.column())
        });
        let owners: Vec<String> = owners.collect();
        let shown = owners.iter().take(3).cloned().collect::<Vec<_>>().join("; ");
        let more = if owners.len() > 3 { format!(" and {} more", owners.len() - 3) } else { String::new() };
        println!("| {form} | {count} | {:.1} % | {shown}{more} |", 100.0 * count as f64 / texts as f64);
    }
    Ok(())
}
