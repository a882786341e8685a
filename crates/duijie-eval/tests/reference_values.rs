//! Agreement with `ir_measures`, `trec_eval` and SciPy on the committed
//! collection; `data/README.md` says how its values were made.

use std::path::{Path, PathBuf};

use duijie_eval::{Measure, Qrels, Randomisation, Report, Run, compare, evaluate};

const TOLERANCE: f64 = 1e-12;

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)
}

fn rows(name: &str) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(data(name)).unwrap();
    let fields = |line: &str| line.split('\t').map(str::to_owned).collect();
    text.lines().map(fields).collect()
}

fn measures() -> Vec<Measure> {
    let names = rows("comparison.tsv");
    names.iter().map(|row| row[0].parse().unwrap()).collect()
}

fn report(run: &str) -> Report {
    let qrels = Qrels::from_path(data("qrels.txt")).unwrap();
    let run = Run::from_path(data(run)).unwrap();
    evaluate(&run, &qrels, &measures())
}

#[test]
fn every_value_agrees_with_ir_measures() {
    let (baseline, other) = (report("baseline.run"), report("other.run"));
    let mut checked = 0;
    for row in rows("values.tsv") {
        let report = if row[1] == "baseline" { &baseline } else { &other };
        let value = report.value(row[0].parse().unwrap(), &row[2]).unwrap();
        let expected: f64 = row[3].parse().unwrap();
        assert!((value - expected).abs() < TOLERANCE, "{row:?}: {value}");
        checked += 1;
    }
    assert_eq!(checked, 2 * 14 * measures().len());
}

#[test]
fn demands_outside_the_mean_and_at_zero_are_named() {
    let report = report("baseline.run");
    assert_eq!(report.demands().len(), 14);
    assert_eq!(report.unanswered(), ["d09"]);
    assert_eq!(report.without_relevant(), ["d05"]);
    assert_eq!(report.ignored(), ["x99"]);
}

#[test]
fn differences_and_p_values_agree_with_scipy() {
    let randomisation = Randomisation { permutations: 1 << 14, seed: 0 };
    let comparison = compare(&report("baseline.run"), &report("other.run"), randomisation).unwrap();
    for (row, expected) in comparison.rows().iter().zip(rows("comparison.tsv")) {
        assert_eq!(row.measure.to_string(), expected[0]);
        let number = |column: usize| expected[column].parse::<f64>().unwrap();
        let t_test = row.t_test.unwrap();
        assert!((row.mean_difference - number(1)).abs() < TOLERANCE, "{expected:?}");
        assert!((t_test.t - number(2)).abs() < 1e-9, "{expected:?}: {t_test:?}");
        assert!((t_test.p - number(3)).abs() < 1e-9 * number(3), "{expected:?}: {t_test:?}");
        assert!((row.randomisation_p - number(4)).abs() < TOLERANCE, "{expected:?}: {row:?}");
    }
}

#[test]
fn drawn_sign_flips_come_near_the_exact_p() {
    let randomisation = Randomisation { permutations: 16_000, seed: 5 };
    let (baseline, other) = (report("baseline.run"), report("other.run"));
    let exact = Randomisation { permutations: 1 << 14, seed: 0 };
    let exact = compare(&baseline, &other, exact).unwrap();
    let drawn = compare(&baseline, &other, randomisation).unwrap();
    for (exact, drawn) in exact.rows().iter().zip(drawn.rows()) {
        assert!((exact.randomisation_p - drawn.randomisation_p).abs() < 0.01, "{drawn:?}");
    }
    assert_eq!(drawn, compare(&baseline, &other, randomisation).unwrap());
}
