//! Comparing runs, on cases small enough to work out.

use duijie_eval::{
    CompareError, Measure, Qrels, Randomisation, Report, Run, compare, evaluate, paired_t_test, randomisation_test,
};

/// RR of four demands whose relevant document stands at the given ranks.
fn report(ranks: [usize; 4]) -> (Measure, Report) {
    let (mut qrels, mut run) = (Qrels::new(), Run::new("r").unwrap());
    for (demand, rank) in ["d1", "d2", "d3", "d4"].into_iter().zip(ranks) {
        qrels.insert(demand, "hit", 1).unwrap();
        let misses = (1..rank).map(|miss| format!("miss{miss}"));
        run.push_order(demand, misses.chain(["hit".to_owned()])).unwrap();
    }
    let rr = "RR".parse().unwrap();
    (rr, evaluate(&run, &qrels, &[rr]))
}

#[test]
fn wins_ties_and_losses_are_the_other_runs() {
    let (rr, baseline) = report([2, 2, 1, 4]);
    let (_, other) = report([1, 1, 1, 5]);
    let comparison = compare(&baseline, &other, Randomisation::default()).unwrap();
    let row = comparison.row(rr).unwrap();
    assert_eq!((row.wins, row.ties, row.losses), (2, 1, 1));
    assert!((row.mean_difference - 0.2375).abs() < 1e-12);
    // Of the 8 signings of 0.5, 0.5, -0.05 only ±(0.5, 0.5) with either sign
    // of 0.05 reach 0.95.
    assert_eq!(row.randomisation_p, 0.5);
    let markdown = comparison.to_table(4).to_markdown();
    assert!(markdown.contains("| RR | 0.5625 | 0.8000 | 0.2375 | 2 | 1 | 1 | "), "{markdown}");
}

#[test]
fn a_run_does_not_differ_from_itself() {
    let (_, same) = report([1, 2, 3, 4]);
    let comparison = compare(&same, &same, Randomisation::default()).unwrap();
    let row = &comparison.rows()[0];
    assert_eq!((row.wins, row.ties, row.losses), (0, 4, 0));
    assert_eq!((row.t_test.unwrap().p, row.randomisation_p), (1.0, 1.0));
}

#[test]
fn reports_over_other_demands_or_measures_are_refused() {
    let (rr, all) = report([1, 2, 3, 4]);
    let mut qrels = Qrels::new();
    for demand in ["d1", "d2", "d4", "d5"] {
        qrels.insert(demand, "hit", 1).unwrap();
    }
    let run = Run::new("none").unwrap();
    let others = evaluate(&run, &qrels, &[rr]);
    let demand = "d3".to_owned();
    let refused = compare(&all, &others, Randomisation::default());
    assert_eq!(refused, Err(CompareError::DifferentDemands { demand }));

    let more = evaluate(&run, &qrels, &[rr, "nDCG@10".parse().unwrap()]);
    let measure = "nDCG@10".to_owned();
    let refused = compare(&others, &more, Randomisation::default());
    assert_eq!(refused, Err(CompareError::DifferentMeasures { measure }));
}

#[test]
fn t_test_of_one_to_four() {
    // Mean 2.5, variance 5/3: t = 2.5 / sqrt(5/12).
    let test = paired_t_test(&[1.0, 2.0, 3.0, 4.0]).unwrap();
    assert!((test.t - 2.5 / (5.0_f64 / 12.0).sqrt()).abs() < 1e-12);
    assert_eq!(test.degrees_of_freedom, 3);
    assert!((test.p - 0.030_466_291_662_170_977).abs() < 1e-12, "{test:?}");
}

#[test]
fn t_test_without_spread_or_without_pairs() {
    assert_eq!(paired_t_test(&[]), None);
    assert_eq!(paired_t_test(&[0.3]), None);
    let shifted = paired_t_test(&[-0.1; 7]).unwrap();
    assert_eq!((shifted.t, shifted.p), (f64::NEG_INFINITY, 0.0));
}

#[test]
fn randomisation_is_exact_when_all_signings_fit() {
    let p =
        |differences: &[f64], permutations| randomisation_test(differences, Randomisation { permutations, seed: 0 });
    assert_eq!(p(&[], 100), 1.0);
    assert_eq!(p(&[0.0, 0.0], 0), 1.0);
    assert_eq!(p(&[0.1, 0.2, 0.3], 8), 0.25);
    assert_eq!(p(&[0.1, 0.0, 0.2, 0.3], 8), 0.25);
}

#[test]
fn drawn_p_is_never_zero_and_follows_the_seed() {
    let differences = [1.0; 100];
    let p = |seed| randomisation_test(&differences, Randomisation { permutations: 999, seed });
    assert_eq!(p(1), 0.001);
    let mixed: Vec<f64> = (0..100).map(|i| if i % 3 == 0 { -0.1 } else { 0.07 }).collect();
    let p = |seed| randomisation_test(&mixed, Randomisation { permutations: 999, seed });
    assert_eq!(p(1), p(1));
    assert_ne!(p(1), p(2));
}
