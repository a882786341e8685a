use crate::sheet::Origin;
use crate::write::{core, without_form};
use duijie_text::{Normalizer, StandardNormalizer};
use rustc_hash::{FxHashMap, FxHashSet};

/// Two records that may be one, for an official to decide.
#[derive(Clone, Debug, PartialEq)]
pub struct Duplicate {
    /// Id of the record that stands first, by file, sheet and row.
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
    /// The owner is the same, or may be by its spelling, and so is the text, or nearly; the titles are others.
    Text,
}

impl Likeness {
    /// What the official reads.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::TitleAndOwner => "名称、单位相同",
            Self::Title => "名称相同，单位不同或未填",
            Self::SimilarTitle => "单位相同，名称相近",
            Self::Text => "单位相同或写法相近，内容相同或相近，名称不同",
        }
    }
}

/// Records of one owner that are compared with each other; an owner of more is compared with those whose titles
/// stand near in order.
const MAX_COMPARED: usize = 200;

/// Shared pairs of characters among all, from which titles are called similar.
const SIMILAR: f64 = 0.75;

/// As much of the titles must be shared where the texts are nearly the same.
const RELATED: f64 = 0.2;

/// The part of a longer text that two share at their beginnings and ends, or in pairs of characters, from which
/// they are called nearly the same.
const SAME_TEXT: f64 = 0.85;

/// A shorter text, in bytes, says too little: 见附件.
const SHORTEST_TEXT: usize = 30;

/// A record as it is compared.
pub(crate) struct Compared<'a> {
    pub(crate) id: &'a str,
    pub(crate) title: &'a str,
    pub(crate) owner: Option<&'a str>,
    pub(crate) body: &'a str,
    pub(crate) origin: &'a Origin,
}

/// A record by what it is compared by. Its order is that of the texts and places, whichever file was read first.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Keys<'a> {
    title: String,
    owner: Option<String>,
    origin: &'a Origin,
    at: usize,
}

/// The pairs that may be one, in the order of places. They do not depend on the order of `records`.
pub(crate) fn find(records: &[Compared<'_>]) -> Vec<Duplicate> {
    let mut sorted: Vec<Keys<'_>> = records
        .iter()
        .enumerate()
        .map(|(at, record)| Keys {
            title: key(record.title),
            owner: record.owner.map(owner_key),
            origin: record.origin,
            at,
        })
        .collect();
    sorted.sort_unstable();
    let mut found = Found::default();
    // Of equal titles each is paired with the next: those of one owner stand together.
    for pair in sorted.windows(2).filter(|pair| pair[0].title == pair[1].title) {
        let same_owner = pair[0].owner.is_some() && pair[0].owner == pair[1].owner;
        found.add(pair[0].at, pair[1].at, if same_owner { Likeness::TitleAndOwner } else { Likeness::Title });
    }
    let mut by_owner: FxHashMap<&str, Vec<&Keys<'_>>> = FxHashMap::default();
    let mut by_text: FxHashMap<&str, Vec<&Keys<'_>>> = FxHashMap::default();
    for keys in &sorted {
        let Some(owner) = &keys.owner else { continue };
        let others = by_owner.entry(owner).or_default();
        // One of each title speaks for all.
        if others.last().is_none_or(|last| last.title != keys.title) {
            others.push(keys);
        }
        let body = records[keys.at].body.trim();
        if body.len() >= SHORTEST_TEXT {
            let alike = by_text.entry(body).or_default();
            for before in alike.iter().rev().take(MAX_COMPARED) {
                let of_one = before.owner.as_deref().is_some_and(|before| may_be_one(before, owner));
                if of_one && before.title != keys.title {
                    found.add(before.at, keys.at, Likeness::Text);
                }
            }
            alike.push(keys);
        }
    }
    for others in by_owner.values().filter(|others| others.len() > 1) {
        let pairs: Vec<Vec<(char, char)>> = others.iter().map(|keys| neighbours(&keys.title)).collect();
        for (at, second) in others.iter().enumerate() {
            for first in at.saturating_sub(MAX_COMPARED)..at {
                let likeness = similarity(&pairs[first], &pairs[at]);
                let texts = || [others[first].at, second.at].map(|at| records[at].body.trim());
                if likeness >= SIMILAR {
                    found.add(others[first].at, second.at, Likeness::SimilarTitle);
                } else if likeness >= RELATED && nearly_same(texts()) {
                    found.add(others[first].at, second.at, Likeness::Text);
                }
            }
        }
    }
    let mut duplicates: Vec<Duplicate> = found
        .pairs
        .into_iter()
        .map(|(one, other, likeness)| {
            let earlier = records[one].origin <= records[other].origin;
            let (first, second) =
                if earlier { (&records[one], &records[other]) } else { (&records[other], &records[one]) };
            Duplicate {
                first: first.id.to_owned(),
                second: second.id.to_owned(),
                first_origin: first.origin.clone(),
                second_origin: second.origin.clone(),
                likeness,
            }
        })
        .collect();
    duplicates.sort_by(|a, b| (&a.second_origin, &a.first_origin).cmp(&(&b.second_origin, &b.first_origin)));
    duplicates
}

/// Pairs of records, each once.
#[derive(Default)]
struct Found {
    met: FxHashSet<(usize, usize)>,
    pairs: Vec<(usize, usize, Likeness)>,
}

impl Found {
    fn add(&mut self, one: usize, other: usize, likeness: Likeness) {
        if self.met.insert((one.min(other), one.max(other))) {
            self.pairs.push((one, other, likeness));
        }
    }
}

/// An owner less the form of its enterprise: 烟台华锐重工集团有限公司 and 烟台华锐重工集团 are one.
fn owner_key(owner: &str) -> String {
    let whole = key(owner);
    let core = without_form(&whole);
    if core.chars().count() >= 2 { core.to_owned() } else { whole }
}

/// Whether two spellings may be of one enterprise: less place and form, one begins with the other.
fn may_be_one(a: &str, b: &str) -> bool {
    let (a, b) = (core(a), core(b));
    a == b || (a.chars().count().min(b.chars().count()) >= 2 && (a.starts_with(b) || b.starts_with(a)))
}

/// Whether one of two texts became the other by a change in one place, or by small ones.
fn nearly_same([a, b]: [&str; 2]) -> bool {
    let (longer, shorter) = (a.len().max(b.len()), a.len().min(b.len()));
    if shorter < SHORTEST_TEXT || (shorter as f64) < SAME_TEXT * longer as f64 {
        return false;
    }
    let begins = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    let ends = a.bytes().rev().zip(b.bytes().rev()).take_while(|(a, b)| a == b).count();
    let shared = (begins + ends).min(shorter) as f64 / longer as f64;
    shared >= SAME_TEXT || similarity(&neighbours(&key(a)), &neighbours(&key(b))) >= SAME_TEXT
}

fn key(text: &str) -> String {
    // The usual characters first: to ask of each whether it is a letter takes longer.
    let counts = |c: &char| ('\u{4e00}'..='\u{9fff}').contains(c) || c.is_alphanumeric();
    StandardNormalizer.normalize(text).text.chars().filter(counts).collect()
}

/// The pairs of neighbouring characters, each once, in order.
fn neighbours(text: &str) -> Vec<(char, char)> {
    let mut pairs: Vec<(char, char)> = text.chars().zip(text.chars().skip(1)).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Jaccard measure of two ordered sets.
fn similarity(a: &[(char, char)], b: &[(char, char)]) -> f64 {
    let (mut rest_a, mut rest_b, mut shared) = (a, b, 0_usize);
    while let (Some(first_a), Some(first_b)) = (rest_a.first(), rest_b.first()) {
        match first_a.cmp(first_b) {
            std::cmp::Ordering::Less => rest_a = &rest_a[1..],
            std::cmp::Ordering::Greater => rest_b = &rest_b[1..],
            std::cmp::Ordering::Equal => {
                shared += 1;
                (rest_a, rest_b) = (&rest_a[1..], &rest_b[1..]);
            }
        }
    }
    let all = a.len() + b.len() - shared;
    if all == 0 { 0.0 } else { shared as f64 / all as f64 }
}

#[cfg(test)]
mod tests;
