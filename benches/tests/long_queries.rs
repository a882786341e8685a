//! What `long_queries` prints, writes and refuses.

use std::path::Path;
use std::process::{Command, Output};

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_long_queries")).current_dir(folder).args(arguments).output().unwrap()
}

const TOKENS: [&str; 5] = ["--docs", "docs", "--queries", "queries", "--pretokenized"];

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("docs"), "碳纤维 预浸料\n\n碳纤维 复合 材料 碳纤维\n海参 育苗\n").unwrap();
    std::fs::write(folder.path().join("queries"), "碳纤维 材料 碳纤维\n海带\n\n育苗\n").unwrap();
    folder
}

fn error(output: &Output) -> String {
    assert!(!output.status.success(), "it was not refused");
    assert!(output.stdout.is_empty(), "what is refused prints no figures");
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn one_line_of_five_figures_and_a_run_by_line_numbers() {
    let folder = folder();
    let output = run(folder.path(), &[&TOKENS[..], &["--top", "1", "--rounds", "2", "--out", "run"]].concat());
    assert!(output.status.success(), "{output:?}");
    let report: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(&output.stdout).unwrap();
    let mut keys: Vec<&str> = report.keys().map(String::as_str).collect();
    keys.sort_unstable();
    assert_eq!(keys, ["docs", "index_seconds", "ms_per_query", "peak_rss_mb", "queries"]);
    assert_eq!((&report["docs"], &report["queries"]), (&4.into(), &4.into()), "empty lines are documents and queries");
    let run = std::fs::read_to_string(folder.path().join("run")).unwrap();
    let found: Vec<String> = run.lines().map(|line| line.split(' ').take(4).collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(found, ["0 Q0 2 1", "3 Q0 3 1"]);
    let left = std::fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(left, 3, "nothing is left aside");
}

#[test]
fn postings_are_counted_apart_from_the_figures() {
    let folder = folder();
    let output = run(folder.path(), &[&TOKENS[..], &["--postings"]].concat());
    let counts: serde_json::Value = serde_json::from_slice(&output.stderr).unwrap();
    // 碳纤维 is in two documents, 材料 and 育苗 in one each; four queries.
    assert_eq!(counts["a_query"], serde_json::json!({ "terms": 0.75, "postings": 1.0 }));
    assert_eq!(counts["by_how_common"]["in 1/8 or more"], counts["a_query"]);
    assert_eq!(String::from_utf8(output.stdout).unwrap().lines().count(), 1);
}

#[test]
fn what_cannot_be_done_is_said_before_the_work() {
    let folder = folder();
    for threads in ["0", "100000", "two"] {
        let error = error(&run(folder.path(), &[&TOKENS[..], &["--threads", threads]].concat()));
        assert!(error.contains("--threads") && error.contains(threads), "{error}");
    }
    // The documents are missing too: were they read first, the error would name them.
    let tokens = ["--docs", "missing", "--queries", "queries", "--pretokenized", "--out"];
    for (out, named) in [(".", "is a folder"), ("no/such/run", "no/such/run"), ("queries", "replace an input")] {
        let error = error(&run(folder.path(), &[&tokens[..], &[out]].concat()));
        assert!(error.contains(named) && !error.contains("missing"), "{error}");
    }
    let error = error(&run(folder.path(), &[&tokens[..], &["run"]].concat()));
    assert!(error.contains("missing"), "{error}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2, "a run that failed leaves nothing");
}

#[test]
fn json_lines_are_read_like_record_files() {
    let folder = folder();
    let path = folder.path().join("docs.jsonl");
    let line = |id: &str| format!("{{\"id\": \"{id}\", \"text\": \"碳纤维预浸料\"}}\n");
    let arguments = ["--docs", "docs.jsonl", "--queries", "docs.jsonl", "--out", "run"];
    std::fs::write(&path, format!("\n{}\n{}", line("甲"), line("乙"))).unwrap();
    assert!(run(folder.path(), &arguments).status.success());
    assert_eq!(std::fs::read_to_string(folder.path().join("run")).unwrap().lines().count(), 4);
    for (id, said) in [("甲", "stands on line 1 already"), ("甲 乙", "white space"), ("", "is empty")] {
        std::fs::write(&path, [line("甲"), line(id)].concat()).unwrap();
        let error = error(&run(folder.path(), &arguments));
        assert!(error.contains("docs.jsonl, line 2") && error.contains(said), "{error}");
    }
}
