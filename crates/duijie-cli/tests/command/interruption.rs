//! Stopped half way, or running beside another process: files are whole or as they were before.

use crate::arguments;
use crate::run::{build, command, duijie, file, fixture, names};
use crate::varied;
use std::path::Path;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

fn send(signal: &str, child: &Child) {
    assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
}

/// Waits until `seen` holds, or the process has ended, which fails the test.
fn wait_until(child: &mut Child, seen: impl Fn() -> bool) {
    let begun = Instant::now();
    while !seen() {
        assert!(child.try_wait().unwrap().is_none(), "the process ended too early");
        assert!(begun.elapsed() < Duration::from_secs(120), "waited in vain");
        std::thread::sleep(Duration::from_millis(1));
    }
}

fn indexing(achievements: &Path, out: &Path) -> Child {
    let institutions = fixture("institutions.jsonl");
    command(arguments!["index", "--achievements", achievements, "--institutions", institutions, "--out", out])
        .spawn()
        .unwrap()
}

fn matches(index: &Path) -> String {
    let demands = fixture("demands.jsonl");
    duijie(arguments!["match", "--index", index, "--demands", demands, "--top", "3", "--unit", "achievement"])
        .succeeded()
        .out
}

#[test]
fn a_match_that_is_interrupted_leaves_no_part_of_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let demands = file(folder.path(), "d.jsonl", varied::demands(20_000, 1));
    for signal in ["-INT", "-TERM"] {
        let out = tempfile::tempdir().unwrap();
        let path = file(out.path(), "matches.jsonl", "as it was");
        let mut child =
            command(arguments!["match", "--index", crate::run::index(), "--demands", demands, "--out", path])
                .spawn()
                .unwrap();
        wait_until(&mut child, || names(out.path()).len() == 2);
        send(signal, &child);
        send(signal, &child);
        let ran: crate::run::Ran = child.wait_with_output().unwrap().into();
        ran.failed("duijie: cancelled");
        assert_eq!(names(out.path()), ["matches.jsonl"], "after {signal}");
        assert_eq!(std::fs::read_to_string(path).unwrap(), "as it was");
    }
}

#[test]
fn an_index_whose_rebuilding_is_killed_is_intact_and_can_be_rebuilt() {
    let folder = tempfile::tempdir().unwrap();
    let index = folder.path().join("index");
    build(&index);
    let before = matches(&index);
    let records = file(folder.path(), "a.jsonl", varied::achievements(6000, 2));
    let files = names(&index).len();
    let mut child = indexing(&records, &index);
    wait_until(&mut child, || names(&index).len() > files);
    send("-KILL", &child);
    assert!(!child.wait().unwrap().success());
    assert!(matches(&index) == before, "the answers changed");
    assert!(indexing(&records, &index).wait().unwrap().success());
    assert!(matches(&index) != before, "the new index is not there");
    build(&index);
    assert!(matches(&index) == before, "the old records give other answers");
}

#[test]
fn a_first_build_that_is_killed_can_be_done_again() {
    let folder = tempfile::tempdir().unwrap();
    let index = folder.path().join("index");
    let records = file(folder.path(), "a.jsonl", varied::achievements(6000, 3));
    let mut child = indexing(&records, &index);
    wait_until(&mut child, || index.join("meta.json").exists());
    send("-KILL", &child);
    child.wait().unwrap();
    let demands = fixture("demands.jsonl");
    duijie(arguments!["match", "--index", index, "--demands", demands]).failed("holds no duijie index");
    build(&index);
    assert_eq!(matches(&index).lines().count(), 165);
}

#[test]
fn an_index_answers_while_another_process_rebuilds_it_and_only_one_may() {
    let folder = tempfile::tempdir().unwrap();
    let index = folder.path().join("index");
    build(&index);
    let before = matches(&index);
    let records = file(folder.path(), "a.jsonl", varied::achievements(6000, 4));
    let files = names(&index).len();
    let mut child = indexing(&records, &index);
    wait_until(&mut child, || names(&index).len() > files);
    // Held in the midst of its work, so that it has not finished before the others have begun.
    send("-STOP", &child);
    let second = indexing(&records, &index).wait_with_output().unwrap();
    let second = crate::run::Ran::from(second);
    let mut answered = vec![matches(&index)];
    send("-CONT", &child);
    while child.try_wait().unwrap().is_none() {
        answered.push(matches(&index));
    }
    assert!(child.wait().unwrap().success());
    second.failed("is being written by another process");
    let after = matches(&index);
    assert!(answered[0] == before && after != before);
    assert!(answered.iter().all(|answer| *answer == before || *answer == after), "an answer of neither commit");
}
