//! Topics: demands that judgments tie together.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use crate::qrels::Qrels;

/// Demands and achievements that judgments tie together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// The demands by id; at least one.
    pub demands: Vec<String>,
    /// The achievements judged for any of them, by id.
    pub achievements: Vec<String>,
}

/// The connected components of the graph whose nodes are demands and
/// achievements and whose edges are the judged pairs, whatever their grade.
///
/// Two demands that share a judged achievement thus lie in one topic, and
/// what is tuned on one topic has seen no judgment of another. Topics are
/// ordered by their first demand.
pub fn topics(qrels: &Qrels) -> Vec<Topic> {
    let demands: Vec<&str> = qrels.demands().collect();
    let mut roots: Vec<usize> = (0..demands.len()).collect();
    let mut first_demand: FxHashMap<&str, usize> = FxHashMap::default();
    for (index, demand) in demands.iter().enumerate() {
        for (achievement, _) in qrels.judged(demand) {
            let earlier = *first_demand.entry(achievement).or_insert(index);
            join(&mut roots, earlier, index);
        }
    }
    let mut members: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    for (index, demand) in demands.iter().enumerate() {
        members.entry(root(&mut roots, index)).or_default().push(demand);
    }
    members.into_values().map(|demands| topic(qrels, &demands)).collect()
}

fn topic(qrels: &Qrels, demands: &[&str]) -> Topic {
    let judged = demands.iter().flat_map(|demand| qrels.judged(demand));
    let achievements: BTreeSet<&str> = judged.map(|(achievement, _)| achievement).collect();
    Topic {
        demands: demands.iter().map(|&demand| demand.to_owned()).collect(),
        achievements: achievements.into_iter().map(str::to_owned).collect(),
    }
}

/// The smaller root becomes the root of both, so that a component's root is
/// its first demand.
fn join(roots: &mut [usize], a: usize, b: usize) {
    let (a, b) = (root(roots, a), root(roots, b));
    roots[a.max(b)] = a.min(b);
}

fn root(roots: &mut [usize], mut index: usize) -> usize {
    while roots[index] != index {
        roots[index] = roots[roots[index]];
        index = roots[index];
    }
    index
}
