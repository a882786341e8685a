//! `coach`: proposals for the term base, their report and their file.

use crate::arguments;
use crate::run::{Ran, duijie, file, fixture, names};
use duijie_text::TermBase;
use serde_json::Value;
use std::ffi::OsString;
use std::path::Path;

fn coach(more: &[OsString]) -> Ran {
    let (achievements, institutions) = (fixture("achievements.jsonl"), fixture("institutions.jsonl"));
    let asked = arguments![
        "coach",
        "--achievements",
        achievements,
        "--institutions",
        institutions,
        "--demands",
        fixture("demands.jsonl"),
        "--top",
        "3"
    ];
    duijie(asked.iter().chain(more))
}

/// A table of this title has rows: lines that do not only draw it.
fn has_rows(report: &str, title: &str) -> bool {
    let section = report.split_once(title).map(|(_, rest)| rest.split("\n【").next().unwrap_or(rest));
    section.is_some_and(|section| section.lines().filter(|line| line.starts_with(' ')).count() > 1)
}

#[test]
fn the_report_shows_every_kind_with_its_evidence_and_the_file_loads() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("shared.tsv");
    let ran = coach(&arguments!["--qrels", fixture("qrels.txt"), "--out", out]).succeeded();
    for title in ["【被切开的词】", "【只在一侧出现的词】", "【同义词建议（文中有定义）】", "【指标变化】"]
    {
        assert!(has_rows(&ran.out, title), "{title} has no rows in {}", ran.out);
    }
    assert!(ran.out.contains("nDCG@10") && ran.out.contains("hard@10"));
    assert!(ran.err.contains("shared.tsv"), "{}", ran.err);
    assert_eq!(names(folder.path()), ["shared.tsv"]);
    let mut terms = TermBase::default();
    terms.load(&out).unwrap();
    assert!(terms.len() >= 6);
    // What the operator adopts is known from then on.
    let again = coach(&arguments!["--terms", out, "--format", "json"]).succeeded().out;
    let again: Value = serde_json::from_str(&again).unwrap();
    let word = |word: &Value| word["word"].as_str().unwrap().to_owned();
    let fresh: Vec<String> = again["proposals"]["words"].as_array().unwrap().iter().map(word).collect();
    assert_eq!(fresh.len(), 3);
    assert!(fresh.iter().all(|word| terms.concepts_of(word).next().is_none()), "{fresh:?}");
    assert_eq!(again["changes"], Value::Null);
}

#[test]
fn without_judgments_it_says_that_nothing_can_be_measured() {
    let ran = coach(&[]).succeeded();
    assert!(ran.out.contains("未给评判（--qrels），无法测量"), "{}", ran.out);
    assert_eq!(ran.err, "");
}

#[test]
fn what_cannot_be_used_is_refused_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("mine.tsv");
    coach(&arguments!["--out", out]).failed("named after the code of its sub-industry, or shared.tsv");
    let typed = file(folder.path(), "hydrogem.tsv", "term\tkind\n鲁班工法\tprocess\n");
    coach(&arguments!["--terms", typed]).failed("or shared.tsv for the terms of all (is it hydrogen.tsv?)");
    let institutions = fixture("institutions.jsonl");
    let index = arguments!["index", "--achievements", fixture("achievements.jsonl"), "--institutions", institutions];
    duijie([&index[..], &arguments!["--terms", typed, "--out", folder.path().join("index")]].concat())
        .failed("(is it hydrogen.tsv?)");
    std::fs::remove_file(typed).unwrap();
    let others = file(folder.path(), "qrels.txt", "D-nobody 0 A1 3\n");
    let out = folder.path().join("steel/shared.tsv");
    coach(&arguments!["--qrels", others, "--out", out]).failed("none of the 1 judged demands is in the batch");
    coach(&arguments!["--out", Path::new("/nowhere/shared.tsv"), "--min-count", "1"]).misused();
    assert_eq!(names(folder.path()), ["qrels.txt"]);
}

#[test]
fn a_batch_without_demands_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let none = file(folder.path(), "demands.jsonl", "");
    let asked = arguments![
        "coach",
        "--achievements",
        fixture("achievements.jsonl"),
        "--institutions",
        fixture("institutions.jsonl"),
        "--demands",
        none
    ];
    duijie(asked).failed("the files given hold no demand; the coach compares demands with achievements");
}
