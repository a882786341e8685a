use crate::sheet::Origin;
use duijie_text::{Normalizer, StandardNormalizer};
use rustc_hash::{FxHashMap, FxHashSet};

/// Two records that may be one, for an official to decide.
#[derive(Clone, Debug, PartialEq)]
pub struct Duplicate {
    /// Id of the record met first.
    pub first: String,
    /// Id of the other.
    pub second: String,
    /// Where the first stands.
    pub first_origin: Origin,
    /// Where the other stands.
    pub second_origin: Origin,
    /// What is alike.
    pub likeness: Likeness,
}

/// How two records are alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Likeness {
    /// Title and owner are the same.
    TitleAndOwner,
    /// The title is the same, one owner or both are other or not known.
    Title,
    /// The owner is the same and the titles share most of their characters.
    SimilarTitle,
}

impl Likeness {
    /// What the official reads.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::TitleAndOwner => "名称、单位相同",
            Self::Title => "名称相同，单位不同或未填",
            Self::SimilarTitle => "单位相同，名称相近",
        }
    }
}

/// Records of one owner that are compared with each other; an owner of more is compared with his
/// neighbours only.
const MAX_COMPARED: usize = 200;

/// Shared pairs of characters among all, from which titles are called similar.
const SIMILAR: f64 = 0.75;

/// A record as it is compared.
pub(crate) struct Compared<'a> {
    pub(crate) id: &'a str,
    pub(crate) title: &'a str,
    pub(crate) owner: Option<&'a str>,
    pub(crate) origin: &'a Origin,
}

/// The pairs that may be one, in the order of their second.
pub(crate) fn find(records: &[Compared<'_>]) -> Vec<Duplicate> {
    let titles: Vec<String> = records.iter().map(|record| key(record.title)).collect();
    let pairs: Vec<Vec<(char, char)>> = titles.iter().map(|title| neighbours(title)).collect();
    let owners: Vec<Option<String>> = records.iter().map(|record| record.owner.map(key)).collect();
    let mut found: Vec<(usize, usize, Likeness)> = Vec::new();
    let mut paired: FxHashSet<(usize, usize)> = FxHashSet::default();
    let mut by_title: FxHashMap<&str, usize> = FxHashMap::default();
    for (at, title) in titles.iter().enumerate() {
        let first = *by_title.entry(title).or_insert(at);
        if first != at {
            let same_owner = owners[first].is_some() && owners[first] == owners[at];
            let likeness = if same_owner { Likeness::TitleAndOwner } else { Likeness::Title };
            paired.insert((first, at));
            found.push((first, at, likeness));
        }
    }
    let mut by_owner: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (at, owner) in owners.iter().enumerate() {
        let Some(owner) = owner else { continue };
        let before = by_owner.entry(owner).or_default();
        for &other in before.iter().rev().take(MAX_COMPARED) {
            if !paired.contains(&(other, at)) && similarity(&pairs[other], &pairs[at]) >= SIMILAR {
                found.push((other, at, Likeness::SimilarTitle));
            }
        }
        before.push(at);
    }
    found.sort_by_key(|(first, second, _)| (*second, *first));
    let duplicate = |(first, second, likeness): (usize, usize, Likeness)| Duplicate {
        first: records[first].id.to_owned(),
        second: records[second].id.to_owned(),
        first_origin: records[first].origin.clone(),
        second_origin: records[second].origin.clone(),
        likeness,
    };
    found.into_iter().map(duplicate).collect()
}

fn key(text: &str) -> String {
    StandardNormalizer.normalize(text).text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The pairs of neighbouring characters, sorted, each once.
fn neighbours(text: &str) -> Vec<(char, char)> {
    let mut pairs: Vec<(char, char)> = text.chars().zip(text.chars().skip(1)).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Jaccard measure of two sorted sets.
fn similarity(a: &[(char, char)], b: &[(char, char)]) -> f64 {
    let (few, many) = (a.len().min(b.len()), a.len().max(b.len()));
    // Sets share no more than the smaller one has.
    if few == 0 || (few as f64) < SIMILAR * many as f64 {
        return 0.0;
    }
    let (mut shared, mut rest) = (0, b);
    for pair in a {
        let behind = rest.partition_point(|other| other < pair);
        rest = &rest[behind..];
        shared += usize::from(rest.first() == Some(pair));
    }
    shared as f64 / (a.len() + b.len() - shared) as f64
}
