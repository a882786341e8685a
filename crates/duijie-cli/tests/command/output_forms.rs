//! The forms of what `match` writes.

use crate::arguments;
use crate::run::{duijie_reading, fixture, index, on_collection};
use serde_json::Value;

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn jsonl_has_a_line_per_demand_in_their_order() {
    for (unit, list, entry_keys) in [
        ("institution", "institutions", vec!["institution", "rank", "score", "parts", "evidence"]),
        ("achievement", "achievements", vec!["achievement", "rank", "score", "parts", "passages"]),
    ] {
        let ran = on_collection("match", &arguments!["--unit", unit, "--top", "5", "--out", "-"]);
        let out = ran.succeeded().out;
        let input = std::fs::read_to_string(fixture("demands.jsonl")).unwrap();
        assert_eq!(out.lines().count(), 165);
        for (line, demand) in out.lines().zip(input.lines()) {
            let (line, demand): (Value, Value) =
                (serde_json::from_str(line).unwrap(), serde_json::from_str(demand).unwrap());
            assert_eq!(keys(&line), ["demand", "verdict", list]);
            assert_eq!(line["demand"], demand["id"]);
            assert!(["matched", "no_credible_match"].contains(&line["verdict"].as_str().unwrap()));
            let entries = line[list].as_array().unwrap();
            assert_eq!(entries.len(), 5);
            for (entry, rank) in entries.iter().zip(1..) {
                assert_eq!((keys(entry), entry["rank"].as_u64()), (entry_keys.clone(), Some(rank)));
                let parts = entry["parts"].as_object().unwrap().values();
                let sum = parts.fold(0.0, |sum, part| sum + part.as_f64().unwrap());
                // serde_json reads the seventeenth digit of a number approximately.
                assert!((sum - entry["score"].as_f64().unwrap()).abs() <= f64::EPSILON, "{entry}");
                if let Some(evidence) = entry.get("evidence") {
                    assert_eq!(keys(&evidence[0]), ["achievement", "score", "parts", "passages"]);
                }
            }
        }
    }
}

#[test]
fn trec_lines_rank_from_one_with_strictly_falling_scores() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("all.trec");
    let ran = on_collection("match", &arguments!["--unit", "achievement", "--top", "100", "--out", out]);
    assert_eq!(ran.succeeded().out, "");
    let text = std::fs::read_to_string(out).unwrap();
    let mut before: Option<(String, u32, f64)> = None;
    for line in text.lines() {
        let [demand, "Q0", id, rank, score, "default"] = line.split(' ').collect::<Vec<_>>()[..] else {
            panic!("{line}")
        };
        assert!(id.starts_with("A-"), "{line}");
        let (rank, score): (u32, f64) = (rank.parse().unwrap(), score.parse().unwrap());
        match &before {
            Some((last, last_rank, last_score)) if last == demand => {
                assert!(rank == last_rank + 1 && score < *last_score, "{line}");
            }
            _ => assert_eq!(rank, 1, "{line}"),
        }
        before = Some((demand.to_owned(), rank, score));
    }
    assert!(text.lines().count() > 165 * 90, "{} lines", text.lines().count());
}

#[test]
fn csv_is_a_table_with_a_byte_order_mark() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("matches.csv");
    on_collection("match", &arguments!["--top", "3", "--out", out]).succeeded();
    let bytes = std::fs::read(out).unwrap();
    let mut table = csv::Reader::from_reader(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap());
    assert_eq!(table.headers().unwrap().iter().take(4).collect::<Vec<_>>(), ["需求编号", "需求名称", "结论", "名次"]);
    assert_eq!(table.records().map(Result::unwrap).count(), 165 * 3);
}

#[test]
fn a_dash_is_standard_input_and_output() {
    let demand = r#"{"id": "D1", "title": "吊臂焊后延迟裂纹"}"#.as_bytes();
    let from_pipe =
        duijie_reading(demand, &arguments!["match", "--index", index(), "--demands", "-", "--out", "-"]).succeeded();
    assert_eq!(serde_json::from_str::<Value>(&from_pipe.out).unwrap()["demand"], "D1");
    let left_out = duijie_reading(demand, &arguments!["match", "--index", index(), "--demands", "-"]).succeeded();
    assert_eq!(left_out.out, from_pipe.out, "no terminal: jsonl");
    assert_eq!(from_pipe.err, "", "no bar without a terminal");
    let trec = duijie_reading(
        demand,
        &arguments!["match", "--index", index(), "--demands", "-", "--format", "trec", "--out", "-"],
    );
    assert!(trec.succeeded().out.starts_with("D1 Q0 I"));
}

#[test]
fn the_number_of_threads_does_not_show() {
    let with = |threads| on_collection("match", &arguments!["--threads", threads]).succeeded().out;
    assert!(with("1") == with("2"), "the outputs differ");
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let demands = fixture("demands.jsonl");
    let mut child = crate::run::command(arguments!["match", "--index", index(), "--demands", demands]).spawn().unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}
