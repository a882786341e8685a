//! Bad rows of JSONL files: each is named with file and line, and set aside when reading is lenient.

use crate::common::institution;
use duijie::{Catalogue, Demand, Error, Institutions, Intake, RecordProblem, RecordReader, Strictness, write_rejects};
use std::path::{Path, PathBuf};

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    }
}

fn demands(path: &Path, strictness: Strictness) -> Result<Intake<Demand>, Error> {
    RecordReader::new(&Catalogue::default(), strictness).demands(&[path.to_owned()])
}

/// Reads `bad` as line 3 of a file, strictly and leniently, and gives its problem.
fn problem_of(bad: &[u8]) -> RecordProblem {
    let folder = Folder::new();
    let mut content = b"{\"id\": \"D1\", \"title\": \"x\"}\n\n".to_vec();
    content.extend_from_slice(bad);
    content.extend_from_slice(b"\n{\"id\": \"D2\", \"title\": \"y\"}");
    let path = folder.file("demands.jsonl", content);
    let Err(error) = demands(&path, Strictness::Strict) else { panic!("{:?} was taken", String::from_utf8_lossy(bad)) };
    assert!(error.to_string().starts_with(&format!("{}:3: ", path.display())), "{error}");
    let Error::Record { line: 3, problem, .. } = error else { panic!("{error}") };
    let intake = demands(&path, Strictness::Lenient).unwrap();
    let ids: Vec<&str> = intake.records.iter().map(|demand| demand.id.as_str()).collect();
    assert_eq!((ids, intake.rejects.len()), (vec!["D1", "D2"], 1));
    let reject = &intake.rejects[0];
    assert_eq!((reject.provenance.line, &reject.problem), (3, &problem));
    assert_eq!(reject.raw, String::from_utf8_lossy(bad));
    let lines: Vec<u64> = intake.provenance.iter().map(|provenance| provenance.line).collect();
    assert_eq!(lines, [1, 4]);
    problem
}

macro_rules! refuses {
    ($($name:ident: $line:expr => $problem:pat,)*) => {$(
        #[test]
        fn $name() {
            let line: &[u8] = $line.as_ref();
            let problem = problem_of(line);
            assert!(matches!(problem, $problem), "{problem:?}");
        }
    )*};
}

refuses! {
    a_field_that_comes_twice_is_refused: r#"{"id": "D9", "title": "焊接", "title": "苹果"}"# => RecordProblem::DuplicateField(_),
    a_truncated_line_is_refused: r#"{"id": "D9", "title": "焊"# => RecordProblem::Json(_),
    a_list_is_refused: "[1, 2]" => RecordProblem::Json(_),
    a_number_for_a_title_is_refused: r#"{"id": "D9", "title": 5}"# => RecordProblem::Type { .. },
    a_number_for_an_id_is_refused: r#"{"id": 9, "title": "x"}"# => RecordProblem::Type { .. },
    text_for_a_budget_is_refused: r#"{"id": "D9", "title": "x", "budget": "很多"}"# => RecordProblem::Type { .. },
    numbers_for_indicators_are_refused: r#"{"id": "D9", "title": "x", "indicators": [5]}"# => RecordProblem::Type { .. },
    an_unknown_kind_is_refused: r#"{"id": "D9", "title": "x", "kind": "wish"}"# => RecordProblem::Type { .. },
    a_duplicate_id_is_refused: r#"{"id": "D1", "title": "x"}"# => RecordProblem::DuplicateId { .. },
    a_missing_id_is_refused: r#"{"title": "x"}"# => RecordProblem::Missing("id"),
    a_missing_title_is_refused: r#"{"id": "D9", "title": null}"# => RecordProblem::Missing("title"),
    a_blank_title_is_refused: r#"{"id": "D9", "title": " 　"}"# => RecordProblem::Missing("title"),
    a_blank_in_an_id_is_refused: r#"{"id": "D 9", "title": "x"}"# => RecordProblem::Id(_),
    a_nul_in_an_id_is_refused: r#"{"id": "D\u0000", "title": "x"}"# => RecordProblem::Id(_),
    an_unknown_chain_is_refused: r#"{"id": "D9", "title": "x", "chain": "航天"}"# => RecordProblem::UnknownChain { .. },
    an_unknown_sub_industry_is_refused: r#"{"id": "D9", "title": "x", "sub_industry": "火箭"}"# => RecordProblem::UnknownSubIndustry { .. },
    a_sub_industry_of_another_chain_is_refused: r#"{"id": "D9", "title": "x", "chain": "chemicals", "sub_industry": "hydrogen"}"# => RecordProblem::ChainMismatch { .. },
    a_lone_surrogate_is_refused: r#"{"id": "D9", "title": "x\ud800y"}"# => RecordProblem::Json(_),
    bytes_that_are_not_utf8_are_refused: b"{\"id\": \"D9\", \"title\": \"\xff\"}" => RecordProblem::Encoding { byte: 23, .. },
    a_raw_nul_is_refused: b"{\"id\": \"D9\", \"title\": \"\x00\"}" => RecordProblem::Json(_),
}

#[test]
fn an_escaped_nul_in_a_text_is_kept_as_it_came() {
    let folder = Folder::new();
    let path = folder.file("demands.jsonl", r#"{"id": "D1", "title": "焊\u0000接"}"#);
    assert_eq!(demands(&path, Strictness::Strict).unwrap().records[0].title, "焊\u{0}接");
}

#[test]
fn achievements_of_unknown_institutions_are_refused() {
    let folder = Folder::new();
    let path = folder.file("a.jsonl", "{\"id\": \"A1\", \"title\": \"x\", \"institution\": \"齐岳大学材料学院\"}\n{\"id\": \"A2\", \"title\": \"x\", \"institution\": \"无名大学\"}\n{\"id\": \"A3\", \"title\": \"x\", \"maturity\": 10}");
    let catalogue = Catalogue::default();
    let institutions = Institutions::new(vec![institution("I1", "齐岳大学")]).unwrap();
    let read =
        |strictness| RecordReader::new(&catalogue, strictness).achievements(std::slice::from_ref(&path), &institutions);
    let Err(Error::Record { line: 2, problem, .. }) = read(Strictness::Strict) else { panic!() };
    assert_eq!(problem, RecordProblem::UnknownInstitution("无名大学".into()));
    let intake = read(Strictness::Lenient).unwrap();
    assert_eq!(intake.records[0].institution.as_deref(), Some("I1"));
    assert!(matches!(intake.rejects[1].problem, RecordProblem::Range { field: "maturity", found: 10, .. }));
}

#[test]
fn a_duplicate_is_found_over_several_files() {
    let folder = Folder::new();
    let line = r#"{"id": "D1", "title": "x"}"#;
    let (first, second) = (folder.file("a.jsonl", line), folder.file("b.jsonl", line));
    let catalogue = Catalogue::default();
    let Err(error) = RecordReader::new(&catalogue, Strictness::Strict).demands(&[first.clone(), second.clone()]) else {
        panic!()
    };
    let expected = format!("{}:1: the id \"D1\" was already used in {}:1", second.display(), first.display());
    assert_eq!(error.to_string(), expected);
}

#[test]
fn what_is_no_readable_file_is_named() {
    let folder = Folder::new();
    let missing = demands(&folder.0.path().join("nowhere.jsonl"), Strictness::Lenient);
    assert!(matches!(missing, Err(Error::Read { path, .. }) if path.ends_with("nowhere.jsonl")));
    let other = demands(&folder.file("demands.pdf", "x"), Strictness::Lenient);
    assert!(matches!(other, Err(Error::FileKind { extension, .. }) if extension == "pdf"));
    assert!(matches!(demands(folder.0.path(), Strictness::Lenient), Err(Error::Read { .. } | Error::FileKind { .. })));
}

#[test]
fn unknown_fields_are_kept_in_order_and_written_back() {
    let folder = Folder::new();
    let line = r#"{"id":"D1","kind":"demand","title":"x","联系人":"张三","z":[1,{"a":null}],"b":2.50}"#;
    let intake = demands(&folder.file("demands.jsonl", line), Strictness::Strict).unwrap();
    let names: Vec<&String> = intake.records[0].extra.keys().collect();
    assert_eq!(names, ["联系人", "z", "b"]);
    assert_eq!(serde_json::to_string(&intake.records[0]).unwrap(), line.replace("2.50", "2.5"));
}

#[test]
fn the_reject_file_says_where_and_why_and_holds_the_row() {
    let folder = Folder::new();
    let bad = "{\"id\": \"D1\", \"title\": 5}";
    let path = folder.file("demands.jsonl", format!("{bad}\nnonsense\n{{\"id\": \"D2\", \"title\": \"x\"}}\n"));
    let intake = demands(&path, Strictness::Lenient).unwrap();
    assert_eq!((intake.records.len(), intake.rejects.len()), (1, 2));
    let rejects = folder.0.path().join("rejects.jsonl");
    write_rejects(&intake.rejects, &rejects).unwrap();
    let text = std::fs::read_to_string(rejects).unwrap();
    let rows: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(rows.len(), 2);
    assert_eq!((rows[0]["file"].as_str(), rows[0]["line"].as_u64()), (path.to_str(), Some(1)));
    assert_eq!(rows[0]["row"], bad);
    assert!(rows[0]["reason"].as_str().unwrap().contains("\"title\" should be text, found 5"));
    assert_eq!(rows[1]["line"], 2);
    let nowhere = write_rejects(&intake.rejects, &path.join("below_a_file.jsonl"));
    assert!(matches!(nowhere, Err(Error::Write { .. })));
}
