//! Answers that share almost no words with their demand.

use super::collection::Collection;
use duijie_eval::Run;
use std::collections::{BTreeMap, BTreeSet};

/// An answer of grade 3 is hard if the character bigrams of the two texts overlap by less (Jaccard index).
const OVERLAP: f64 = 0.04;
const GRADE: i32 = 3;

/// For each demand that has any, its hard answers.
pub(super) struct HardAnswers(BTreeMap<String, Vec<String>>);

impl HardAnswers {
    pub(super) fn of(collection: &Collection) -> Self {
        let texts =
            collection.achievements.iter().map(|achievement| (achievement.id.as_str(), bigrams(&achievement.text())));
        let texts: BTreeMap<&str, BTreeSet<(char, char)>> = texts.collect();
        let mut hard = BTreeMap::new();
        for demand in &collection.demands {
            let asked = bigrams(&demand.text());
            let answers = collection.qrels.judged(&demand.id).filter(|(id, grade)| {
                *grade == GRADE && texts.get(id).is_some_and(|offered| jaccard(&asked, offered) < OVERLAP)
            });
            let answers: Vec<String> = answers.map(|(id, _)| id.to_owned()).collect();
            if !answers.is_empty() {
                hard.insert(demand.id.clone(), answers);
            }
        }
        Self(hard)
    }

    /// Number of demands that have hard answers.
    pub(super) fn demands(&self) -> usize {
        self.0.len()
    }

    /// Whether a hard answer is among the first ten; `None` if the demand has none.
    pub(super) fn found(&self, run: &Run, demand: &str) -> Option<bool> {
        let answers = self.0.get(demand)?;
        Some(answers.iter().any(|answer| run.rank(demand, answer).is_some_and(|rank| rank <= 10)))
    }

    /// hard@10: the share of the demands with hard answers that have one of them among the first ten.
    pub(super) fn share(&self, run: &Run) -> f64 {
        let found = self.0.keys().filter(|demand| self.found(run, demand) == Some(true)).count();
        found as f64 / self.0.len().max(1) as f64
    }
}

/// Pairs of neighbouring characters, blanks left out.
fn bigrams(text: &str) -> BTreeSet<(char, char)> {
    let characters: Vec<char> = text.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    characters.windows(2).map(|pair| (pair[0], pair[1])).collect()
}

fn jaccard(a: &BTreeSet<(char, char)>, b: &BTreeSet<(char, char)>) -> f64 {
    let shared = a.intersection(b).count();
    shared as f64 / (a.len() + b.len() - shared).max(1) as f64
}
