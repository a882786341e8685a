//! Every file of `fixtures/files` gives the records of `fixtures/expected`, and its rows add up.

use duijie::{Catalogue, Institution, Institutions, RecordReader, Strictness};
use duijie_tables::{Import, Options, Problem, ProblemKind, read_achievements, read_demands};
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
    for (cell, said) in expected["faults"].as_object().into_iter().flatten() {
        let is_it = |problem: &&Problem| problem.origin.cell_name() == *cell;
        let found: Vec<String> = import.problems.iter().filter(is_it).map(|problem| problem.kind.to_string()).collect();
        if !found.iter().any(|found| found.starts_with(said.as_str().unwrap())) {
            wrong.push(format!("{name}: {cell} is not reported with {said}: {found:?}"));
        }
    }
    for line in expected["unread"].as_array().into_iter().flatten() {
        let kind = ProblemKind::NotRead { text: line.as_str().unwrap().into() };
        if !import.problems.iter().any(|problem| problem.kind == kind) {
            wrong.push(format!("{name}: {line} is not reported as unread"));
        }
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

/// What was imported, written and read as records.
fn read_again(file: &Path) {
    let (catalogue, institutions, folder) = (Catalogue::default(), institutions(), tempfile::tempdir().unwrap());
    let reader = RecordReader::new(&catalogue, Strictness::Strict);
    let files = [file.to_owned()];
    let written = [folder.path().join("records.jsonl")];
    let demands = read_demands(&files, &catalogue, &Options::default()).unwrap();
    demands.write_jsonl(&written[0]).unwrap();
    assert_eq!(reader.demands(&written).unwrap().records.len(), demands.records.len(), "{}", file.display());
    let achievements = read_achievements(&files, &catalogue, &institutions, &Options::default()).unwrap();
    achievements.write_jsonl(&written[0]).unwrap();
    let again = reader.achievements(&written, &institutions).unwrap();
    assert_eq!(again.records.len(), achievements.records.len(), "{}", file.display());
}

#[test]
fn whatever_is_imported_is_read_as_records() {
    for entry in fs::read_dir(fixtures().join("files")).unwrap() {
        read_again(&entry.unwrap().path());
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("成果.csv");
    let head = "成果名称,技术成熟度,成果所处阶段,转让费（万元）,专利数,成果公布年份,拟投入资金（万元）,budget,price,maturity,year";
    let cells = "小批量生产,某阶段,面谈后定价,若干,去年,看情况,多少都行,另议价,很高,不详年";
    fs::write(&file, format!("{head}\n低氢焊接,{cells}\n")).unwrap();
    read_again(&file);
    let import = read_achievements(&[file], &Catalogue::default(), &institutions(), &Options::default()).unwrap();
    assert_eq!(import.records[0].extra["maturity_stated"], "小批量生产", "{:?}", import.records[0].extra);
}

#[test]
fn identity_numbers_of_records_are_dropped_and_reported() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("需求.jsonl");
    let line = r#"{"id":"D1","title":"主轴","description":"证370102199001011231，急","extra":{"a":["370102 19900101 1231"]},"n":370102199001011231}"#;
    fs::write(&file, line).unwrap();
    let import = read_demands(&[file], &Catalogue::default(), &Options::default()).unwrap();
    assert_eq!(import.records[0].description, "证，急");
    let kept = serde_json::to_string(&import.records).unwrap();
    assert!(!kept.contains("1231"), "{kept}");
    let reported = import.problems.iter().filter(|problem| problem.kind == ProblemKind::PersonalId).count();
    assert_eq!(reported, 3);
}

#[test]
fn a_sub_industry_that_is_unknown_is_reported_at_its_cell_with_the_nearest_names() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("需求.csv");
    fs::write(&file, "技术需求名称,所属产业链,细分行业\n主轴,高端装备,工程机戒\n").unwrap();
    let import = read_demands(&[file], &Catalogue::default(), &Options::default()).unwrap();
    let found = import.problems.iter().find(|problem| {
        matches!(&problem.kind, ProblemKind::Catalogue(duijie::RecordProblem::UnknownSubIndustry { .. }))
    });
    let problem = found.unwrap();
    assert_eq!(problem.header.as_deref(), Some("细分行业"));
    let said = problem.kind.to_string();
    assert!(said.contains("工程机械") && said.matches('、').count() == 2, "{said}");
}
