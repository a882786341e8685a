use crate::sheet::Origin;
use crate::write::without_form;
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
    /// The owner is the same and so is the text, or nearly; the titles are others.
    Text,
}

impl Likeness {
    /// What the official reads.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::TitleAndOwner => "名称、单位相同",
            Self::Title => "名称相同，单位不同或未填",
            Self::SimilarTitle => "单位相同，名称相近",
            Self::Text => "单位相同，内容相同或相近，名称不同",
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
    let mut by_text: FxHashMap<(&str, &str), &Keys<'_>> = FxHashMap::default();
    for keys in &sorted {
        let Some(owner) = &keys.owner else { continue };
        let others = by_owner.entry(owner).or_default();
        // One of each title speaks for all.
        if others.last().is_none_or(|last| last.title != keys.title) {
            others.push(keys);
        }
        let body = records[keys.at].body.trim();
        if body.len() >= SHORTEST_TEXT
            && let Some(before) = by_text.insert((owner, body), keys)
            && before.title != keys.title
        {
            found.add(before.at, keys.at, Likeness::Text);
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
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::path::PathBuf;
    use std::sync::Arc;

    fn origin(file: &str, row: u32) -> Origin {
        Origin { file: Arc::new(PathBuf::from(file)), sheet: "".into(), row, column: None }
    }

    proptest! {
        #[test]
        fn the_pairs_do_not_depend_on_the_order_of_records(
            said in prop::collection::vec(("[甲乙]{2,3}", prop::option::of("[甲乙]"), "[甲乙]{10,11}"), 0..12),
            order in any::<prop::sample::Index>(),
        ) {
            let origins: Vec<Origin> = (0..said.len() as u32).map(|row| origin(&format!("{}.csv", row % 3), row)).collect();
            let ids: Vec<String> = (0..said.len()).map(|at| at.to_string()).collect();
            let mut records: Vec<Compared<'_>> = said
                .iter()
                .zip(&origins)
                .zip(&ids)
                .map(|(((title, owner, body), origin), id)| Compared { id, title, owner: owner.as_deref(), body, origin })
                .collect();
            let pairs = find(&records);
            let turn = if records.is_empty() { 0 } else { order.index(records.len()) };
            records.rotate_left(turn);
            prop_assert_eq!(&find(&records), &pairs);
            records.reverse();
            prop_assert_eq!(&find(&records), &pairs);
        }
    }

    #[test]
    fn likeness_is_told_by_title_and_owner() {
        let origins: Vec<Origin> = (1..=4).map(|row| origin("a.csv", row)).collect();
        let said = [
            ("主轴热变形补偿技术研究", "甲"),
            ("主轴热变形补偿技术研究", "甲"),
            ("主轴热变形补偿技术研究", "乙"),
            ("主轴热变形补偿技术研究项目", "乙"),
        ];
        let records: Vec<Compared<'_>> = said
            .iter()
            .zip(&origins)
            .map(|((title, owner), origin)| Compared { id: title, title, owner: Some(owner), body: "", origin })
            .collect();
        let found: Vec<(u32, u32, Likeness)> =
            find(&records).iter().map(|pair| (pair.first_origin.row, pair.second_origin.row, pair.likeness)).collect();
        // 乙 stands before 甲.
        assert_eq!(found.len(), 3);
        assert!(found.contains(&(1, 2, Likeness::TitleAndOwner)) && found.contains(&(3, 4, Likeness::SimilarTitle)));
        assert!(found.iter().any(|(first, second, likeness)| (*first, *second, *likeness) == (1, 3, Likeness::Title)));
    }

    #[test]
    fn one_text_of_one_enterprise_is_proposed_under_whatever_title() {
        let text = "滚珠丝杠连续运行两千小时后预紧力下降，反向间隙超差，每月更换一次，影响交付。";
        let edited = text.replace("两千", "2000");
        let other = "丝杠毛坯淬火后弯曲，校直时开裂，成品率只有七成，希望找到变形小的热处理办法。";
        let said = [
            ("丝杠寿命提升", "烟台华锐重工集团有限公司", text),
            ("滚珠丝杠的寿命提升", "烟台华锐重工集团", text),
            ("丝杠寿命的提升技术", "烟台华锐重工（集团）有限公司", edited.as_str()),
            ("丝杠变形", "烟台华锐重工集团", other),
            ("丝杠寿命", "威海某厂", text),
        ];
        let origins: Vec<Origin> = (0..said.len() as u32).map(|row| origin("a.csv", row)).collect();
        let records: Vec<Compared<'_>> = said
            .iter()
            .zip(&origins)
            .map(|((title, owner, body), origin)| Compared { id: title, title, owner: Some(owner), body, origin })
            .collect();
        let mut found: Vec<(u32, u32)> = find(&records)
            .iter()
            .inspect(|pair| assert_eq!(pair.likeness, Likeness::Text))
            .map(|pair| (pair.first_origin.row, pair.second_origin.row))
            .collect();
        found.sort_unstable();
        assert_eq!(found, [(0, 1), (0, 2), (1, 2)]);
    }
}
