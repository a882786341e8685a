//! Vectors and term files on the command line.

use crate::arguments;
use crate::run::{build, duijie, file, fixture};
use serde_json::Value;

fn parts_of_first(line: &str) -> Value {
    let line: Value = serde_json::from_str(line).unwrap();
    line["achievements"][0]["parts"].clone()
}

#[test]
fn vectors_of_both_sides_make_the_part_semantic() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("index");
    let (achievements, institutions) = (fixture("achievements.jsonl"), fixture("institutions.jsonl"));
    let vectors = fixture("vectors/achievements.npy");
    duijie(arguments![
        "index",
        "--achievements",
        achievements,
        "--institutions",
        institutions,
        "--achievement-vectors",
        vectors,
        "--out",
        out
    ])
    .succeeded();
    let (demands, vectors) = (fixture("demands.jsonl"), fixture("vectors/demands.npy"));
    let asked = ["match", "--unit", "achievement", "--top", "1"];
    let ran = duijie(arguments![
        asked[0],
        asked[1],
        asked[2],
        asked[3],
        asked[4],
        "--index",
        out,
        "--demands",
        demands,
        "--demand-vectors",
        vectors
    ])
    .succeeded();
    assert_eq!(ran.out.lines().count(), 165);
    assert!(ran.out.lines().all(|line| parts_of_first(line)["semantic"].as_f64().is_some_and(|part| part > 0.0)));

    let one = file(folder.path(), "one.jsonl", "{\"id\": \"D1\", \"title\": \"焊接\"}\n");
    duijie(arguments!["match", "--index", out, "--demands", one, "--demand-vectors", vectors])
        .failed("no vector for record \"D1\"");
    let plain = folder.path().join("plain");
    build(&plain);
    duijie(arguments!["match", "--index", plain, "--demands", demands, "--demand-vectors", vectors])
        .failed("the index has no vectors");
}

#[test]
fn term_files_of_ones_own_are_part_of_the_index() {
    let folder = tempfile::tempdir().unwrap();
    let terms = file(folder.path(), "shared.tsv", "term\tkind\tsynonyms\n鲁班工法\tprocess\t榫卯拼装;无钉拼接\n");
    let row = r#"{"id": "A1", "title": "榫卯拼装装备"}
{"id": "A2", "title": "苹果采后保鲜"}"#;
    let achievements = file(folder.path(), "a.jsonl", row);
    let institutions = file(folder.path(), "i.jsonl", "");
    let out = folder.path().join("index");
    duijie(arguments![
        "index",
        "--achievements",
        achievements,
        "--institutions",
        institutions,
        "--terms",
        terms,
        "--out",
        out
    ])
    .succeeded();
    let demands = file(folder.path(), "d.jsonl", r#"{"id": "D1", "title": "求鲁班工法"}"#);
    let found =
        duijie(arguments!["match", "--unit", "achievement", "--index", out, "--demands", demands, "--terms", terms])
            .succeeded();
    let line: Value = serde_json::from_str(&found.out).unwrap();
    assert_eq!(line["achievements"][0]["achievement"], "A1");
    assert!(line["achievements"][0]["parts"]["concepts"].as_f64().unwrap() > 0.5);
    duijie(arguments!["match", "--index", out, "--demands", demands]).failed("other term files");
}
