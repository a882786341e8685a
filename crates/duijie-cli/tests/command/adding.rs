//! `duijie index --add`: what is added joins what is there.

use crate::arguments;
use crate::run::{duijie, file, fixture};

#[test]
fn institutions_given_with_add_join_those_of_the_index() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("index");
    let (achievements, institutions) = (fixture("achievements.jsonl"), fixture("institutions.jsonl"));
    duijie(arguments!["index", "--achievements", achievements, "--institutions", institutions, "--out", out])
        .succeeded();

    let joining = file(folder.path(), "joining.jsonl", r#"{"id": "NEW", "name": "新来大学", "kind": "university"}"#);
    let row = r#"{"id": "A-NEW", "title": "量子点显示背板巨量转移", "institution": "新来大学材料学院"}"#;
    let added = file(folder.path(), "added.jsonl", row);
    duijie(arguments!["index", "--add", "--achievements", added, "--institutions", joining, "--out", out]).succeeded();

    let demands = file(folder.path(), "demands.jsonl", r#"{"id": "D1", "title": "量子点显示背板巨量转移"}"#);
    let ran = duijie(arguments!["match", "--index", out, "--demands", demands, "--top", "200"]).succeeded();
    let line: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let found: Vec<&str> =
        line["institutions"].as_array().unwrap().iter().map(|entry| entry["institution"].as_str().unwrap()).collect();
    assert_eq!(found[0], "NEW");
    assert!(found.len() > 1, "the institutions of the index are gone");
}
