//! Values worked out by hand.

use duijie_eval::{Measure, Qrels, Report, Run, evaluate};

/// One demand: a and b grade 3 and 2, c grade 1, d grade 0, e grade −2.
fn qrels() -> Qrels {
    let mut qrels = Qrels::new();
    for (document, grade) in [("a", 3), ("b", 2), ("c", 1), ("d", 0), ("e", -2)] {
        qrels.insert("q", document, grade).unwrap();
    }
    qrels
}

fn scores(order: &[&str], names: &[&str]) -> Vec<f64> {
    let mut run = Run::new("hand").unwrap();
    run.push_order("q", order).unwrap();
    let measures: Vec<Measure> = names.iter().map(|name| name.parse().unwrap()).collect();
    let report = evaluate(&run, &qrels(), &measures);
    measures.iter().map(|&measure| report.value(measure, "q").unwrap()).collect()
}

fn assert_close(found: &[f64], expected: &[f64]) {
    let close = found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-12);
    assert!(close && found.len() == expected.len(), "{found:?} instead of {expected:?}");
}

#[test]
fn ndcg_has_exponential_gain_and_log2_discount() {
    let ideal_at_2 = 7.0 + 3.0 / 3_f64.log2();
    let ideal = ideal_at_2 + 1.0 / 2.0;
    let found = scores(&["e", "b", "unjudged", "a"], &["nDCG@1", "nDCG@2", "nDCG", "nDCG@10"]);
    let all = (3.0 / 3_f64.log2() + 7.0 / 5_f64.log2()) / ideal;
    assert_close(&found, &[0.0, 3.0 / 3_f64.log2() / ideal_at_2, all, all]);
}

#[test]
fn precision_divides_by_k_and_recall_by_what_there_is() {
    let names = ["P@2", "P@10", "P(rel=2)@2", "R@2", "R@10", "R(rel=2)@2", "R(rel=3)@2"];
    let found = scores(&["c", "b", "a"], &names);
    assert_close(&found, &[1.0, 0.3, 0.5, 2.0 / 3.0, 1.0, 0.5, 0.0]);
}

#[test]
fn average_precision_divides_by_all_relevant_also_when_cut() {
    let found = scores(&["d", "c", "b", "a"], &["AP", "AP@2", "AP(rel=2)", "AP(rel=2)@3"]);
    let all = (1.0 / 2.0 + 2.0 / 3.0 + 3.0 / 4.0) / 3.0;
    let level_2 = (1.0 / 3.0 + 2.0 / 4.0) / 2.0;
    assert_close(&found, &[all, 0.5 / 3.0, level_2, 1.0 / 3.0 / 2.0]);
}

#[test]
fn reciprocal_rank_looks_at_the_first_relevant_document() {
    let found = scores(&["d", "c", "b"], &["RR", "RR(rel=2)", "RR(rel=2)@2", "RR(rel=3)"]);
    assert_close(&found, &[0.5, 1.0 / 3.0, 0.0, 0.0]);
}

#[test]
fn equal_scores_keep_the_order_of_the_run() {
    let mut run = Run::new("tied").unwrap();
    run.push_ranking("q", [("a", 1.0), ("z", 1.0)]).unwrap();
    let rr: Measure = "RR".parse().unwrap();
    assert_eq!(evaluate(&run, &qrels(), &[rr]).mean(rr), Some(1.0));
}

#[test]
fn unanswered_demands_and_demands_without_relevant_documents_lower_the_mean() {
    let mut qrels = qrels();
    qrels.insert("nothing", "a", 0).unwrap();
    qrels.insert("unanswered", "a", 1).unwrap();
    let mut run = Run::new("some").unwrap();
    run.push_order("q", ["a", "b", "c"]).unwrap();
    run.push_order("nothing", ["a"]).unwrap();
    run.push_order("stranger", ["a"]).unwrap();
    let ndcg: Measure = "nDCG@10".parse().unwrap();
    let report = evaluate(&run, &qrels, &[ndcg, ndcg]);
    assert_eq!(report.measures(), [ndcg]);
    assert_eq!(report.values(ndcg).unwrap(), [0.0, 1.0, 0.0]);
    assert_eq!(report.mean(ndcg), Some(1.0 / 3.0));
    assert_eq!(report.unanswered(), ["unanswered"]);
    assert_eq!(report.without_relevant(), ["nothing"]);
    assert_eq!(report.ignored(), ["stranger"]);
}

#[test]
fn there_is_no_mean_over_no_demands_and_no_value_never_asked_for() {
    let (ndcg, rr): (Measure, Measure) = ("nDCG".parse().unwrap(), "RR".parse().unwrap());
    let run = Run::new("none").unwrap();
    assert_eq!(evaluate(&run, &Qrels::new(), &[ndcg]).mean(ndcg), None);
    let report = evaluate(&run, &qrels(), &[ndcg]);
    assert_eq!((report.mean(rr), report.values(rr)), (None, None));
    assert_eq!((report.value(rr, "q"), report.value(ndcg, "z")), (None, None));
}

#[test]
fn means_table_rounds_and_leaves_unknown_means_blank() {
    let [ndcg, rr]: [Measure; 2] = ["nDCG@10", "RR"].map(|name| name.parse().unwrap());
    let mut run = Run::new("one").unwrap();
    run.push_order("q", ["d", "e", "a"]).unwrap();
    let both = evaluate(&run, &qrels(), &[rr, ndcg]);
    let one = evaluate(&run, &qrels(), &[rr]);
    let table = Report::means_table(&[("a|b", &both), ("rr only", &one)], 3);
    let expected = "| run | RR | nDCG@10 |\n|:--|--:|--:|\n\
                    | a\\|b | 0.333 | 0.373 |\n| rr only | 0.333 |  |\n";
    assert_eq!(table.to_markdown(), expected);
}
