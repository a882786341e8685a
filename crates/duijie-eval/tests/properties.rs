//! Properties that hold for every ranking.

use duijie_eval::{Measure, Qrels, Run, evaluate};
use proptest::collection::{btree_set, vec};
use proptest::prelude::*;

const BOUNDED: [&str; 9] = ["nDCG", "nDCG@5", "P@5", "R@5", "R(rel=2)@5", "AP", "AP(rel=2)@5", "RR", "RR(rel=2)@5"];

/// Grades of the documents 0, 1, … and the order in which a run has some of
/// them, together with documents that were never judged.
fn graded_order() -> impl Strategy<Value = (Vec<i32>, Vec<usize>)> {
    vec(-1..=4, 1..30).prop_flat_map(|grades| {
        let documents: Vec<usize> = (0..grades.len() + 5).collect();
        let length = 0..=documents.len();
        let order = (Just(documents).prop_shuffle(), length);
        let order = order.prop_map(|(documents, length)| documents[..length].to_vec());
        (Just(grades), order)
    })
}

fn qrels(grades: &[i32]) -> Qrels {
    let mut qrels = Qrels::new();
    for (document, &grade) in grades.iter().enumerate() {
        qrels.insert("d", &document.to_string(), grade).unwrap();
    }
    qrels
}

fn value(qrels: &Qrels, order: &[usize], name: &str) -> f64 {
    let mut run = Run::new("r").unwrap();
    run.push_order("d", order.iter().map(usize::to_string)).unwrap();
    let measure: Measure = name.parse().unwrap();
    evaluate(&run, qrels, &[measure]).mean(measure).unwrap()
}

/// DCG written down as the formula, with a cutoff that may lie past the end.
fn slow_dcg(grades: impl Iterator<Item = i32>, k: usize) -> f64 {
    let mut dcg = 0.0;
    for (i, grade) in (1..=k).zip(grades) {
        dcg += (2_f64.powi(grade.max(0)) - 1.0) / (i as f64 + 1.0).log2();
    }
    dcg
}

proptest! {
    #[test]
    fn values_lie_from_0_to_1((grades, order) in graded_order()) {
        let qrels = qrels(&grades);
        for name in BOUNDED {
            let value = value(&qrels, &order, name);
            prop_assert!((0.0..=1.0).contains(&value), "{} is {}", name, value);
        }
    }

    #[test]
    fn ndcg_agrees_with_the_formula((grades, order) in graded_order(), k in 1_usize..40) {
        let of_rank = order.iter().map(|&document| grades.get(document).copied().unwrap_or(0));
        let mut ideal = grades.clone();
        ideal.sort_unstable_by(|a, b| b.cmp(a));
        let ideal = slow_dcg(ideal.into_iter(), k);
        let expected = if ideal > 0.0 { slow_dcg(of_rank, k) / ideal } else { 0.0 };
        let found = value(&qrels(&grades), &order, &format!("nDCG@{k}"));
        prop_assert!((found - expected).abs() < 1e-12);
    }

    #[test]
    fn the_ideal_order_has_1(grades in vec(-1..=4, 1..30), k in 1_usize..40) {
        let mut order: Vec<usize> = (0..grades.len()).collect();
        order.sort_by_key(|&document| std::cmp::Reverse(grades[document]));
        let qrels = qrels(&grades);
        let best = if grades.iter().any(|&grade| grade > 0) { 1.0 } else { 0.0 };
        prop_assert_eq!(value(&qrels, &order, &format!("nDCG@{k}")), best);
        for name in ["nDCG", "AP", "RR", "R@30"] {
            prop_assert_eq!(value(&qrels, &order, name), best);
        }
    }

    #[test]
    fn the_order_below_k_does_not_matter_at_k((grades, order) in graded_order(), k in 1_usize..20) {
        let mut reversed = order.clone();
        if let Some(below) = reversed.get_mut(k..) {
            below.reverse();
        }
        let qrels = qrels(&grades);
        for head in ["nDCG", "P", "P(rel=2)", "R", "AP", "RR(rel=2)"] {
            let name = format!("{head}@{k}");
            prop_assert_eq!(value(&qrels, &order, &name), value(&qrels, &reversed, &name));
        }
    }

    #[test]
    fn writing_and_reading_a_run_gives_the_same_run(
        rankings in vec(vec(any::<f64>().prop_filter("finite", |score| score.is_finite()), 1..20), 1..6),
        ids in btree_set("[a-zA-Z0-9\u{4e00}-\u{4fff}_.-]{1,8}", 20),
    ) {
        let mut run = Run::new("标签").unwrap();
        for (index, mut scores) in rankings.into_iter().enumerate() {
            scores.sort_by(|a, b| b.total_cmp(a));
            scores.dedup();
            run.push_ranking(&format!("d{index}"), ids.iter().zip(scores)).unwrap();
        }
        let mut written = Vec::new();
        run.write_trec(&mut written).unwrap();
        prop_assert_eq!(Run::from_reader(&written[..], "written.run").unwrap(), run);
    }
}
