//! Matching in memory: `cargo run -p duijie --example embed`
#![allow(clippy::print_stdout)] // an example shows what it found

use duijie::{Catalogue, Demand, Institutions, MatchOptions, Matcher, Ranking, RecordReader, Strictness};
use std::path::Path;

fn main() -> duijie::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/collection");
    let catalogue = Catalogue::default();
    let reader = RecordReader::new(&catalogue, Strictness::Strict);
    let institutions = reader.institutions(&[folder.join("institutions.jsonl")])?.records;
    let known = Institutions::new(institutions.clone())?;
    let achievements = reader.achievements(&[folder.join("achievements.jsonl")], &known)?.records;

    let matcher = Matcher::from_records(catalogue, institutions, achievements)?;
    let demand = Demand { id: "D1".into(), title: "高强钢吊臂焊后延迟裂纹".into(), ..Demand::default() };
    let matched = matcher.match_one(&demand, &MatchOptions { top: 3, ..MatchOptions::default() })?;
    let Ranking::Institutions(institutions) = matched.ranking else { return Ok(()) };
    for entry in institutions {
        let name = &known.get(&entry.institution).expect("the index holds these institutions").name;
        let why = entry.evidence.iter().flat_map(|evidence| &evidence.passages).next();
        println!("{} {name} {:.3} {}", entry.rank, entry.score, why.map_or("", |passage| &passage.text));
    }
    Ok(())
}
