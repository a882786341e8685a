//! The collection made larger: records put together anew from the sentences of one sub-industry, by a seed.

use crate::run::fixture;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write;

fn records(name: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(fixture(name)).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Numbers by the linear congruences of Knuth's MMIX.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }
}

/// `count` records as JSONL: titles as they are, every sentence of the long text from some record
/// of the same sub-industry.
fn varied(file: &str, text_field: &str, count: usize, seed: u64) -> String {
    let originals = records(file);
    let mut sentences: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for record in &originals {
        let known = sentences.entry(record["sub_industry"].as_str().unwrap()).or_default();
        known.extend(record[text_field].as_str().unwrap().split_inclusive(['。', '；']));
    }
    let mut random = Random(seed);
    let mut out = String::new();
    for at in 0..count {
        let mut record = originals[at % originals.len()].clone();
        let pool = &sentences[record["sub_industry"].as_str().unwrap()];
        let text: String = (0..2 + random.below(4)).map(|_| pool[random.below(pool.len())]).collect();
        record["id"] = format!("{}-{at}", record["id"].as_str().unwrap()).into();
        record[text_field] = text.into();
        writeln!(out, "{record}").unwrap();
    }
    out
}

pub(crate) fn achievements(count: usize, seed: u64) -> String {
    varied("achievements.jsonl", "summary", count, seed)
}

pub(crate) fn demands(count: usize, seed: u64) -> String {
    varied("demands.jsonl", "description", count, seed)
}
