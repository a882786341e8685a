//! Every file of `fixtures/files` gives the records of `fixtures/expected`, and its rows add up.

use duijie::{Catalogue, Institution, Institutions};
use duijie_tables::{Import, Options, ProblemKind, read_achievements, read_demands};
use serde_json::{Map, Value};
use std::fs;
use std::path::{Path, PathBuf};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

fn institutions() -> Institutions {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/collection/institutions.jsonl");
    let text = fs::read_to_string(file).unwrap();
    let list = text.lines().map(|line| serde_json::from_str::<Institution>(line).unwrap()).collect();
    Institutions::new(list).unwrap()
}

/// A record as JSON without what the expectation leaves open: an id that the reader made.
fn core(record: &impl serde::Serialize, expected: &Map<String, Value>) -> Map<String, Value> {
    let Value::Object(mut fields) = serde_json::to_value(record).unwrap() else { panic!("a record is an object") };
    if !expected.contains_key("id") {
        fields.remove("id");
    }
    if !expected.contains_key("kind") && fields.get("kind").is_some_and(|kind| kind == "demand") {
        fields.remove("kind");
    }
    fields
}

fn check<T: serde::Serialize>(name: &str, import: &Import<T>, expected: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    let records = expected["records"].as_array().unwrap();
    if import.records.len() != records.len() {
        wrong.push(format!("{name}: {} records, expected {}", import.records.len(), records.len()));
    }
    for (record, expected) in import.records.iter().zip(records) {
        let mut expected = expected.as_object().unwrap().clone();
        let extra = expected.remove("extra");
        if let Some(Value::Object(extra)) = extra {
            expected.extend(extra);
        }
        let found = core(record, &expected);
        let sorted = |map: &Map<String, Value>| {
            map.iter()
                .map(|(key, value)| (key.clone(), value.to_string()))
                .collect::<std::collections::BTreeMap<_, _>>()
        };
        if sorted(&found) != sorted(&expected) {
            wrong.push(format!("{name}:\n found    {:?}\n expected {:?}", sorted(&found), sorted(&expected)));
        }
    }
    let counts = import.counts();
    if counts.read != counts.imported + counts.rejected + counts.merged {
        wrong.push(format!("{name}: {counts:?} do not add up"));
    }
    for (field, found) in [("rejected", counts.rejected), ("merged", counts.merged)] {
        let expected = expected[field].as_u64().unwrap_or(0) as usize;
        if found != expected {
            wrong.push(format!("{name}: {found} {field}, expected {expected}"));
        }
    }
    let rejecting = import.problems.iter().filter(|problem| problem.kind.rejects()).count();
    let merging = import.problems.iter().filter(|p| matches!(p.kind, ProblemKind::Repeated { .. })).count();
    if (rejecting, merging) != (counts.rejected, counts.merged) {
        wrong.push(format!("{name}: an item was left out without a problem"));
    }
    let everything = format!("{:?}", import.problems) + &serde_json::to_string(&import.records).unwrap();
    for word in expected["absent"].as_array().into_iter().flatten() {
        if everything.contains(word.as_str().unwrap()) {
            wrong.push(format!("{name}: {word} was kept"));
        }
    }
    for file in &import.files {
        if let Some(error) = &file.error {
            wrong.push(format!("{name}: {error}"));
        }
    }
    if !wrong.is_empty() {
        wrong.push(format!("{name}: {:#?}", import.files));
    }
    wrong
}

#[test]
fn every_fixture_gives_the_records_expected_of_it() {
    let catalogue = Catalogue::default();
    let institutions = institutions();
    let mut names: Vec<PathBuf> = fs::read_dir(fixtures().join("files")).unwrap().map(|e| e.unwrap().path()).collect();
    names.sort();
    assert!(names.len() >= 20);
    let mut wrong = Vec::new();
    for path in names {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let expected = fs::read_to_string(fixtures().join(format!("expected/{name}.json"))).unwrap();
        let expected: Value = serde_json::from_str(&expected).unwrap();
        let options = Options::default();
        if expected["kind"] == "demand" {
            wrong.extend(check(&name, &read_demands(&[path], &catalogue, &options).unwrap(), &expected));
        } else {
            let import = read_achievements(&[path], &catalogue, &institutions, &options).unwrap();
            wrong.extend(check(&name, &import, &expected));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
