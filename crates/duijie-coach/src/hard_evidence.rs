use duijie::{Achievement, Demand};
use duijie_eval::{Qrels, Run};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// A grade-3 answer below this Jaccard coefficient of character pairs shares next to no words with its demand.
const LOW_OVERLAP: f64 = 0.04;
/// The grade of an achievement that solves the demand.
const SOLVES: i32 = 3;

/// The answers that plain text search cannot find: they solve the demand in other words.
pub(crate) struct HardEvidence {
    /// By demand that has some.
    answers: BTreeMap<String, Vec<String>>,
}

impl HardEvidence {
    pub(crate) fn new(demands: &[Demand], achievements: &[Achievement], qrels: &Qrels) -> Self {
        let demands: FxHashMap<&str, &Demand> = demands.iter().map(|demand| (demand.id.as_str(), demand)).collect();
        let offered: FxHashMap<&str, &Achievement> = achievements.iter().map(|one| (one.id.as_str(), one)).collect();
        let mut answers: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (demand, achievement, _) in qrels.iter().filter(|(_, _, grade)| *grade >= SOLVES) {
            if let (Some(asked), Some(answer)) = (demands.get(demand), offered.get(achievement))
                && overlap(&asked.text(), &answer.text()) < LOW_OVERLAP
            {
                answers.entry(demand.to_owned()).or_default().push(achievement.to_owned());
            }
        }
        Self { answers }
    }

    /// For each demand that has such answers 1 if one is among its first `depth`, else 0.
    pub(crate) fn found(&self, run: &Run, depth: usize) -> Vec<f64> {
        let is_found = |demand: &str, answers: &[String]| {
            run.ranking(demand).iter().take(depth).any(|ranked| answers.contains(&ranked.id))
        };
        self.answers.iter().map(|(demand, answers)| f64::from(u8::from(is_found(demand, answers)))).collect()
    }
}

/// Jaccard coefficient of the pairs of adjacent characters of two texts.
fn overlap(a: &str, b: &str) -> f64 {
    let pairs = |text: &str| -> FxHashSet<(char, char)> { text.chars().zip(text.chars().skip(1)).collect() };
    let (a, b) = (pairs(a), pairs(b));
    let shared = a.intersection(&b).count();
    shared as f64 / (a.len() + b.len() - shared).max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlap_is_one_for_the_same_text_and_none_for_other_words() {
        assert_eq!(overlap("延迟裂纹", "延迟裂纹"), 1.0);
        assert_eq!(overlap("延迟裂纹", "扩散氢"), 0.0);
        assert_eq!(overlap("abc", "abd"), 1.0 / 3.0);
    }

    #[test]
    fn an_answer_in_other_words_counts_where_it_is_ranked_high_enough() {
        let demands = [Demand { id: "D1".into(), title: "焊后隔天开裂".into(), ..Default::default() }];
        let answers = [("A1", "扩散氢逸出控制"), ("A2", "焊后隔天开裂的对策")];
        let answers =
            answers.map(|(id, title)| Achievement { id: id.into(), title: title.into(), ..Default::default() });
        let mut qrels = Qrels::new();
        answers.iter().for_each(|answer| qrels.insert("D1", &answer.id, 3).unwrap());
        let hard = HardEvidence::new(&demands, &answers, &qrels);
        let mut run = Run::new("test").unwrap();
        run.push_order("D1", ["A2", "A1"]).unwrap();
        assert_eq!((hard.found(&run, 1), hard.found(&run, 2)), (vec![0.0], vec![1.0]));
    }
}
