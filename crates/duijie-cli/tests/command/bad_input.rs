//! What goes wrong is named with file and line; exit status 1 for failures, 2 for wrong usage.

use crate::arguments;
use crate::run::{duijie, file, fixture, index, names};
use serde_json::Value;

#[test]
fn wrong_usage_is_status_2() {
    let usages: [&[&str]; 8] = [
        &[],
        &["no-such-command"],
        &["match"],
        &["match", "--index", "x", "--demands", "y", "--unit", "village"],
        &["match", "--index", "x", "--demands", "y", "--event", "soon"],
        &["match", "--index", "x", "--demands", "y", "--today", "2023-01-01"],
        &["index", "--achievements", "a", "--out", "x"],
        &["eval", "--qrels", "q", "--run", "r", "--measures", "luck"],
    ];
    for usage in usages {
        let ran = duijie(usage).misused();
        assert!(ran.err.contains("Usage") || ran.err.contains("error:"), "{}", ran.err);
    }
    for asked in ["--help", "--version"] {
        assert!(!duijie([asked]).succeeded().out.is_empty());
    }
}

#[test]
fn a_bad_row_fails_with_file_and_line_and_leaves_no_output() {
    let folder = tempfile::tempdir().unwrap();
    let demands = file(folder.path(), "demands.jsonl", "{\"id\": \"D1\", \"title\": \"x\"}\n{\"id\": \"D2\", \"ti");
    let out = folder.path().join("matches.jsonl");
    let ran = duijie(arguments!["match", "--index", index(), "--demands", demands, "--out", out]);
    ran.failed(&format!("{}:2: not a JSON object", demands.display()));
    assert_eq!(names(folder.path()), ["demands.jsonl"]);
}

#[test]
fn lenient_reading_sets_bad_rows_aside_and_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let rows = "{\"id\": \"D1\", \"title\": \"焊接\"}\n{\"id\": \"D1\", \"title\": \"x\"}\n{\"id\": \"D3\", \"title\": \"x\", \"chain\": \"航天\"}\n";
    let demands = file(folder.path(), "demands.jsonl", rows);
    let rejects = folder.path().join("aside.jsonl");
    let ran = duijie(arguments!["match", "--index", index(), "--demands", demands, "--lenient", "--rejects", rejects])
        .succeeded();
    assert_eq!(ran.out.lines().count(), 1);
    assert!(ran.err.contains("demands: 3 rows read = 1 used + 2 set aside"), "{}", ran.err);
    let lines: Vec<Value> =
        std::fs::read_to_string(rejects).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.iter().map(|line| line["line"].as_u64().unwrap()).collect::<Vec<_>>(), [2, 3]);
    assert!(lines[0]["reason"].as_str().unwrap().contains("already used in"));
    assert!(lines[1]["reason"].as_str().unwrap().contains("航天"));
}

#[test]
fn missing_files_and_folders_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = folder.path().join("nowhere");
    let demands = fixture("demands.jsonl");
    duijie(arguments!["match", "--index", nowhere, "--demands", demands])
        .failed("holds no duijie index; give the folder of one");
    let missing = folder.path().join("missing.jsonl");
    duijie(arguments!["match", "--index", index(), "--demands", missing]).failed("cannot read").failed("missing.jsonl");
    let unknown = folder.path().join("matches.docx");
    duijie(arguments!["match", "--index", index(), "--demands", demands, "--out", unknown]).failed("give --format");
    duijie(arguments!["match", "--index", index(), "--demands", demands, "--chain", "航天"]).failed("航天");
}

#[test]
fn a_place_that_cannot_be_written_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let letter = file(folder.path(), "letter.txt", "keep me");
    let below = letter.join("out.jsonl");
    let (achievements, institutions, demands) =
        (fixture("achievements.jsonl"), fixture("institutions.jsonl"), fixture("demands.jsonl"));
    duijie(arguments!["match", "--index", index(), "--demands", demands, "--out", below])
        .failed("cannot write")
        .failed("letter.txt");
    let below = letter.join("index");
    duijie(arguments!["index", "--achievements", achievements, "--institutions", institutions, "--out", below])
        .failed("cannot write");
    duijie(arguments!["index", "--achievements", achievements, "--institutions", institutions, "--out", folder.path()])
        .failed("is not empty and holds no duijie index");
    assert_eq!(names(folder.path()), ["letter.txt"]);
}

#[test]
fn a_failed_index_leaves_the_one_that_was_there() {
    let folder = tempfile::tempdir().unwrap();
    crate::run::build(folder.path());
    let bad = tempfile::tempdir().unwrap();
    let achievements =
        file(bad.path(), "a.jsonl", "{\"id\": \"A1\", \"title\": \"x\", \"institution\": \"无名大学\"}\n");
    let ran = duijie(arguments![
        "index",
        "--achievements",
        achievements,
        "--institutions",
        fixture("institutions.jsonl"),
        "--out",
        folder.path()
    ]);
    ran.failed("a.jsonl:1: the institution \"无名大学\" is not in the list");
    let demands = fixture("demands.jsonl");
    let matched =
        |index| duijie(arguments!["match", "--index", index, "--demands", demands, "--top", "3"]).succeeded().out;
    assert!(matched(folder.path()) == matched(index()), "the index changed");
}
