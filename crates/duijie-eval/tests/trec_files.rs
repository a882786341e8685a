//! What the readers take, and what they say about what they do not take.

use std::error::Error;

use duijie_eval::{JudgmentError, Qrels, RankingError, Run, TrecError};

fn qrels(text: &str) -> Result<Qrels, TrecError> {
    Qrels::from_reader(text.as_bytes(), "some/qrels.txt")
}

fn run(text: &str) -> Result<Run, TrecError> {
    Run::from_reader(text.as_bytes(), "some.run")
}

#[track_caller]
fn assert_message<T: std::fmt::Debug>(result: Result<T, TrecError>, expected: &str) {
    assert_eq!(result.unwrap_err().to_string(), expected);
}

#[test]
fn qrels_iterate_by_demand_then_document() {
    let qrels = qrels("\u{feff}d2 0 b 1\r\n\r\nd10\t0  z -1\nd2 Q0 a 3").unwrap();
    let all: Vec<_> = qrels.iter().collect();
    assert_eq!(all, [("d10", "z", -1), ("d2", "a", 3), ("d2", "b", 1)]);
    assert_eq!((qrels.grade("d2", "a"), qrels.grade("d2", "z"), qrels.grade("x", "a")), (3, 0, 0));
    let mut written = Vec::new();
    qrels.write_trec(&mut written).unwrap();
    assert_eq!(String::from_utf8(written).unwrap(), "d10 0 z -1\nd2 0 a 3\nd2 0 b 1\n");
}

#[test]
fn qrels_errors_name_file_and_line() {
    assert_message(qrels("d 0 a 1\n\nd 0 b\n"), "some/qrels.txt:3: 3 fields instead of `demand 0 document grade`");
    assert_message(qrels("d 0 a 1.5"), "some/qrels.txt:1: the grade `1.5` is not an integer");
    assert_message(qrels("d 0 a 1\nd 0 a 1\n"), "some/qrels.txt:2: `a` is judged a second time for demand `d`");
    assert_message(qrels("d 0 a 1001"), "some/qrels.txt:1: grade 1001 is above the highest allowed, 1000");
    let ideographic_space = qrels("d 0 a\u{3000}b 1").unwrap_err();
    let bad_id = JudgmentError::BadId { id: "a\u{3000}b".to_owned() };
    assert!(matches!(ideographic_space, TrecError::Judgment { problem, line: 1, .. } if problem == bad_id));
}

#[test]
fn bytes_that_are_not_utf8_are_reported_by_line() {
    let gbk = b"d 0 a 1\nd 0 \xb6\xd4 1\n";
    let error = Qrels::from_reader(&gbk[..], "gbk.txt").unwrap_err();
    assert_eq!(error.to_string(), "gbk.txt:2: not UTF-8; convert the file first");
}

#[test]
fn a_missing_file_is_named_and_the_cause_kept() {
    let error = Run::from_path("no/such/file.run").unwrap_err();
    assert_eq!(error.to_string(), "cannot read no/such/file.run");
    assert!(error.source().is_some());
}

#[test]
fn a_run_keeps_file_order_and_ties() {
    let text = "d2 Q0 b 0 2 t\nd1 Q0 x 1 5.5 t\nd2 Q0 a 1 2 t\n";
    let run = run(text).unwrap();
    assert_eq!(run.demands().collect::<Vec<_>>(), ["d2", "d1"]);
    let ids: Vec<&str> = run.ranking("d2").iter().map(|doc| doc.id.as_str()).collect();
    assert_eq!(ids, ["b", "a"]);
    assert_eq!((run.rank("d2", "a"), run.rank("d2", "x"), run.rank("d3", "a")), (Some(2), None, None));
    assert_eq!((run.tag(), run.ranking("d3")), ("t", &[][..]));
    let tied = run.write_trec(Vec::new()).unwrap_err();
    assert!(matches!(tied, TrecError::NotWritable(RankingError::ScoreTied { .. })));
}

#[test]
fn run_errors_name_file_and_line() {
    assert_message(run("d Q0 a 1 2.0"), "some.run:1: 5 fields instead of `demand Q0 document rank score tag`");
    assert_message(run("d Q0 a one 2 t"), "some.run:1: the rank `one` is not a whole number");
    assert_message(run("d Q0 a 1 2,0 t"), "some.run:1: the score `2,0` is not a number");
    assert_message(run("d Q0 a 1 NaN t"), "some.run:1: the score of `a` for demand `d` is not finite");
    assert_message(run("d Q0 a 1 2 t\nd Q0 a 2 1 t"), "some.run:2: `a` is ranked a second time for demand `d`");
    assert_message(
        run("d Q0 a 1 2 t\nd Q0 b 2 2.5 t"),
        "some.run:2: the score of `b` for demand `d` rises from 2 to 2.5",
    );
    assert_message(run("d Q0 a 1 2 t\nd Q0 b 3 1 t"), "some.run:2: demand `d` has rank 3 where 2 is due");
    assert_message(run("d Q0 a 2 2 t"), "some.run:1: demand `d` starts with rank 2; ranks start at 1 (or 0)");
    assert_message(
        run("d Q0 a 1 2 t\nd Q0 b 2 1 u"),
        "some.run:2: the tag changes from `t` to `u`: a file holds one run",
    );
}

#[test]
fn runs_from_memory_meet_the_same_checks_and_stay_whole() {
    let mut run = Run::new("memory").unwrap();
    let duplicate = run.push_order("d", ["a", "a"]).unwrap_err();
    assert!(matches!(duplicate, RankingError::DuplicateDocument { .. }));
    let rising = run.push_ranking("d", [("a", 1.0), ("b", 2.0)]).unwrap_err();
    assert!(matches!(rising, RankingError::ScoreRises { .. }));
    run.push_order("d", [""; 0]).unwrap();
    assert_eq!(run.demands().count(), 0);
    run.push_order("d", ["b", "a"]).unwrap();
    let again = run.push_order("d", ["c"]).unwrap_err();
    assert_eq!(again, RankingError::DuplicateDemand { demand: "d".to_owned() });
    for bad in ["", "a b", "a\u{3000}b", "a\n"] {
        let bad_id = RankingError::BadId { id: bad.to_owned() };
        assert_eq!(Run::new(bad).unwrap_err(), bad_id);
        assert_eq!(run.push_order("e", [bad]).unwrap_err(), bad_id);
    }
    let mut written = Vec::new();
    run.write_trec(&mut written).unwrap();
    assert_eq!(String::from_utf8(written).unwrap(), "d Q0 b 1 2 memory\nd Q0 a 2 1 memory\n");
}
