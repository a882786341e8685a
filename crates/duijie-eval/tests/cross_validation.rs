//! Topics, folds and institutions.

use std::collections::BTreeSet;

use duijie_eval::{Folds, FoldsError, Qrels, institution_qrels, topics};

fn qrels(pairs: &[(&str, &str, i32)]) -> Qrels {
    let mut qrels = Qrels::new();
    for (demand, achievement, grade) in pairs {
        qrels.insert(demand, achievement, *grade).unwrap();
    }
    qrels
}

#[test]
fn judged_pairs_of_any_grade_tie_demands_into_topics() {
    let pairs = [
        ("d1", "a1", 3),
        ("d4", "a4", 1),
        ("d4", "a1", 0),
        ("d2", "a2", 2),
        ("d3", "a3", 1),
        ("d5", "a3", 3),
        ("d3", "a4", 1),
    ];
    let topics = topics(&qrels(&pairs));
    let demands: Vec<_> = topics.iter().map(|topic| topic.demands.join(" ")).collect();
    let achievements: Vec<_> = topics.iter().map(|topic| topic.achievements.join(" ")).collect();
    assert_eq!(demands, ["d1 d3 d4 d5", "d2"]);
    assert_eq!(achievements, ["a1 a3 a4", "a2"]);
}

fn many_topics() -> Qrels {
    let mut qrels = Qrels::new();
    for topic in 0..33 {
        for demand in 0..=(topic % 3) {
            qrels.insert(&format!("d{topic}-{demand}"), &format!("a{topic}"), 1).unwrap();
        }
    }
    qrels
}

#[test]
fn folds_part_the_demands_evenly_without_splitting_topics() {
    let qrels = many_topics();
    let topics = topics(&qrels);
    for seed in 0..20 {
        let folds = Folds::by_topic(&topics, 5, seed).unwrap();
        assert_eq!(folds.count(), 5);
        let sizes: Vec<usize> = (0..5).map(|fold| folds.held_out(fold).len()).collect();
        assert!(sizes.iter().max().unwrap() - sizes.iter().min().unwrap() <= 1, "{sizes:?}");
        for topic in &topics {
            let holders: BTreeSet<_> = topic.demands.iter().map(|demand| folds.fold_of(demand)).collect();
            assert!(holders.len() == 1 && !holders.contains(&None));
        }
        for fold in 0..5 {
            let mut both = folds.training(fold);
            both.extend(folds.held_out(fold).iter().map(String::as_str));
            both.sort_unstable();
            assert!(both.into_iter().eq(qrels.demands()));
        }
        assert_eq!(folds.fold_of("stranger"), None);
    }
}

#[test]
fn folds_follow_the_seed_alone() {
    let topics = topics(&many_topics());
    let folds = |seed| Folds::by_topic(&topics, 5, seed).unwrap();
    assert_eq!(folds(1), folds(1));
    assert_ne!(folds(1), folds(2));
}

#[test]
fn folds_that_cannot_be_filled_are_refused() {
    let topics = topics(&qrels(&[("d1", "a1", 1), ("d2", "a2", 1)]));
    assert_eq!(Folds::by_topic(&topics, 1, 0), Err(FoldsError::TooFewFolds { folds: 1 }));
    assert_eq!(Folds::by_topic(&topics, 3, 0), Err(FoldsError::FewerTopicsThanFolds { topics: 2, folds: 3 }));
}

#[test]
fn an_institution_has_the_highest_grade_of_its_achievements() {
    let qrels = qrels(&[
        ("d1", "a1", 1),
        ("d1", "a2", 3),
        ("d1", "b1", 0),
        ("d1", "orphan", 3),
        ("d2", "orphan", 2),
        ("d3", "b1", -1),
    ]);
    let lifted = institution_qrels(&qrels, |achievement| match &achievement[..1] {
        "a" => Some("A"),
        "b" => Some("B"),
        _ => None,
    });
    let lifted = lifted.unwrap();
    let all: Vec<_> = lifted.iter().collect();
    assert_eq!(all, [("d1", "A", 3), ("d1", "B", 0), ("d3", "B", -1)]);
    assert!(institution_qrels(&qrels, |_| Some("two words")).is_err());
}
