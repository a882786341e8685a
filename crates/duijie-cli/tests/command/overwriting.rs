//! No file that is read is written over, and what is no file is not replaced.

use crate::arguments;
use crate::official_tables::{objects, table};
use crate::run::{command, duijie, file, fixture, index, names};
use std::process::Stdio;

#[test]
fn a_file_is_not_both_read_and_written() {
    let folder = tempfile::tempdir().unwrap();
    let rows = "{\"id\": \"D1\", \"title\": \"焊接\"}\n{\"id\": \"D2\"}\n";
    let demands = file(folder.path(), "demands.jsonl", rows);
    let out = folder.path().join("out.jsonl");
    let clashes = [
        arguments!["--lenient", "--rejects", demands].to_vec(),
        arguments!["--out", demands].to_vec(),
        arguments!["--lenient", "--rejects", out, "--out", out].to_vec(),
        arguments!["--out", folder.path().join("./demands.jsonl")].to_vec(),
    ];
    for clash in clashes {
        let mut all = arguments!["match", "--index", index(), "--demands", demands].to_vec();
        all.extend(clash);
        duijie(all).failed("would be written over itself");
    }
    assert_eq!(std::fs::read_to_string(&demands).unwrap(), rows);
    assert_eq!(names(folder.path()), ["demands.jsonl"]);
}

#[cfg(unix)]
#[test]
fn a_link_is_followed_and_a_pipe_stays_a_pipe() {
    let folder = tempfile::tempdir().unwrap();
    let demands = file(folder.path(), "demands.jsonl", "{\"id\": \"D1\", \"title\": \"焊接\"}\n");
    let (real, link) = (file(folder.path(), "real.jsonl", "old"), folder.path().join("link.jsonl"));
    std::os::unix::fs::symlink(&real, &link).unwrap();
    duijie(arguments!["match", "--index", index(), "--demands", demands, "--out", link]).succeeded();
    assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
    assert!(std::fs::read_to_string(&real).unwrap().contains("\"demand\":\"D1\""));

    duijie(arguments!["match", "--index", index(), "--demands", demands, "--format", "trec", "--out", "/dev/null"])
        .succeeded();
    assert!(!std::fs::metadata("/dev/null").unwrap().is_file());
}

#[test]
fn a_reader_that_has_gone_is_no_failure_of_any_command() {
    let explain = arguments![
        "explain",
        "--index",
        index(),
        "--demands",
        fixture("demands.jsonl"),
        "--demand",
        "D-construction-d99551",
        "--with",
        "I05"
    ];
    for arguments in [arguments!["catalogue", "--format", "json"].to_vec(), explain.to_vec()] {
        let mut child = command(&arguments).stdout(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn records_are_written_though_nobody_reads_the_report() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("records.jsonl");
    let demands = table("02-list-merged.xlsx");
    let mut child =
        command(&arguments!["import", "--demands", demands, "--out", out]).stdout(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert_eq!(objects(&out).len(), 3);
}

#[test]
fn a_cause_is_named_once() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = folder.path().join("nowhere.jsonl");
    let ran = duijie(arguments!["match", "--index", index(), "--demands", nowhere]);
    assert_eq!(ran.err.matches("os error").count(), 1, "{}", ran.err);
}

#[test]
fn an_index_is_not_begun_before_its_records_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let (nowhere, out) = (folder.path().join("nowhere.jsonl"), folder.path().join("index"));
    let institutions = fixture("institutions.jsonl");
    duijie(arguments!["index", "--achievements", nowhere, "--institutions", institutions, "--out", out])
        .failed("nowhere.jsonl");
    assert!(!out.exists());
}
