use super::{PairEvidence, TermPair, are_linked};
use crate::batch::{Batch, Record, Side};
use crate::one_sided::terms;
use crate::statistics::{ONE_IN_A_THOUSAND, log_likelihood_ratio};
use duijie_eval::{Qrels, Topic, topics};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// An achievement of this grade solves the demand or a part of it.
const RELEVANT: i32 = 2;
/// A pair that one or two topics speak for says more of those topics than of the terms.
const MIN_TOPICS: usize = 3;
/// Of the demands with the term at least this share must speak for the pair.
const MIN_SHARE: f64 = 0.5;

/// Records that belong together by a judgment: places of demand and achievement.
type Relevant = Vec<(usize, usize)>;

/// Pairs of a demand's and an achievement's term that meet in relevant pairs of records more often
/// than in all pairs, the most surprising first; each term is in its most surprising pair only.
pub(crate) fn judged_pairs(batch: &Batch, qrels: &Qrels, min_pairs: usize) -> Vec<TermPair> {
    let relevant = relevant(batch, qrels);
    let wanted = terms(batch);
    let names: Vec<Vec<&str>> = batch.records.iter().map(|record| names(record, &wanted)).collect();
    let mut spread: [FxHashMap<&str, usize>; 2] = Default::default();
    for (record, names) in batch.records.iter().zip(&names) {
        names.iter().for_each(|name| *spread[record.side as usize].entry(name).or_default() += 1);
    }
    let topics = topics(qrels);
    let of =
        |(at, topic): (usize, &Topic)| topic.demands.iter().map(move |demand| (demand.clone(), at)).collect::<Vec<_>>();
    let by_demand: FxHashMap<String, usize> = topics.iter().enumerate().flat_map(of).collect();
    let topic: Vec<Option<usize>> = batch.records.iter().map(|record| by_demand.get(&record.id).copied()).collect();
    let mut met: BTreeMap<(&str, &str), Relevant> = BTreeMap::new();
    for &(demand, achievement) in &relevant {
        for term in &names[demand] {
            for other in names[achievement].iter().filter(|other| *other != term) {
                met.entry((term, other)).or_default().push((demand, achievement));
            }
        }
    }
    let all = (batch.count(Side::Demand) * batch.count(Side::Achievement)) as f64;
    let mut pairs = Vec::new();
    for ((term, other), places) in met {
        let demands: FxHashSet<usize> = places.iter().map(|(demand, _)| *demand).collect();
        let together = (spread[0][term] * spread[1][other]) as f64;
        let (both, expected) = (places.len() as f64, together * relevant.len() as f64 / all);
        let surprise = log_likelihood_ratio(
            both,
            together - both,
            relevant.len() as f64 - both,
            all - together - relevant.len() as f64 + both,
        );
        let is_strong = both > expected && surprise >= ONE_IN_A_THOUSAND;
        // A term that both sides use needs no bridge.
        let is_gap = !spread[1].contains_key(term) || !spread[0].contains_key(other);
        let is_part = term.contains(other) || other.contains(term);
        let about: FxHashSet<_> = demands.iter().filter_map(|demand| topic[*demand]).collect();
        let is_steady = demands.len() as f64 >= MIN_SHARE * spread[0][term] as f64;
        // Two letters are an element or a unit.
        let is_short = |name: &str| name.is_ascii() && name.len() < 3;
        if is_short(term) || is_short(other) {
            continue;
        }
        if about.len() < MIN_TOPICS || !is_steady || places.len() < min_pairs || !is_strong || !is_gap || is_part {
            continue;
        }
        if are_linked(batch, term, other) {
            continue;
        }
        let evidence = PairEvidence::Judged { pairs: places.len(), expected, topics: about.len(), surprise };
        pairs.push((surprise, term, other, evidence, places[0]));
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
    let mut taken: FxHashSet<(Side, &str)> = FxHashSet::default();
    pairs.retain(|(_, term, other, ..)| {
        let is_new = !taken.contains(&(Side::Demand, *term)) && !taken.contains(&(Side::Achievement, *other));
        taken.extend([(Side::Demand, *term), (Side::Achievement, *other)]);
        is_new
    });
    let pair = |(_, term, other, evidence, (demand, achievement)): (f64, &str, &str, PairEvidence, (usize, usize))| {
        let places = [(demand, term), (achievement, other)];
        let samples = places.map(|(record, name)| batch.records[record].sample_of(name));
        TermPair { term: term.to_owned(), other: other.to_owned(), evidence, samples: samples.to_vec() }
    };
    pairs.into_iter().map(pair).collect()
}

fn relevant(batch: &Batch, qrels: &Qrels) -> Relevant {
    let place = |(at, record): (usize, &Record)| ((record.side, record.id.clone()), at);
    let places: FxHashMap<(Side, String), usize> = batch.records.iter().enumerate().map(place).collect();
    let find = |side, id: &str| places.get(&(side, id.to_owned())).copied();
    let judged = qrels.iter().filter(|(_, _, grade)| *grade >= RELEVANT);
    judged.filter_map(|(demand, one, _)| Some((find(Side::Demand, demand)?, find(Side::Achievement, one)?))).collect()
}

fn names<'a>(record: &'a Record, wanted: &FxHashSet<&str>) -> Vec<&'a str> {
    let mut names: Vec<&str> = record.names().filter(|name| wanted.contains(name)).collect();
    names.sort_unstable();
    names.dedup();
    names
}
