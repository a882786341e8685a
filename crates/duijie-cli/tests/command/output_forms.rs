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
        let mut all_asking = 0;
        for (line, demand) in out.lines().zip(input.lines()) {
            let (line, demand): (Value, Value) =
                (serde_json::from_str(line).unwrap(), serde_json::from_str(demand).unwrap());
            assert_eq!(keys(&line), ["demand", "verdict", list]);
            assert_eq!(line["demand"], demand["id"]);
            let asks = line.to_string().contains("\"indicators\":[");
            all_asking += usize::from(asks);
            assert!(["matched", "no_credible_match"].contains(&line["verdict"].as_str().unwrap()));
            let entries = line[list].as_array().unwrap();
            assert_eq!(entries.len(), 5);
            for (entry, rank) in entries.iter().zip(1..) {
                assert_eq!(entry["rank"].as_u64(), Some(rank));
                assert_eq!(judged(entry, unit == "achievement" && asks), entry_keys);
                let parts = entry["parts"].as_object().unwrap().values();
                let sum = parts.fold(0.0, |sum, part| sum + part.as_f64().unwrap());
                // serde_json reads the seventeenth digit of a number approximately.
                assert!((sum - entry["score"].as_f64().unwrap()).abs() <= f64::EPSILON, "{entry}");
                if let Some(evidence) = entry.get("evidence") {
                    assert_eq!(judged(&evidence[0], asks), ["achievement", "score", "parts", "passages"]);
                }
            }
        }
        assert!(all_asking > 100, "{all_asking} demands with indicators");
    }
}

/// The keys of what an achievement says, but for its answers to the indicators, which a demand with any has each of.
fn judged(said: &Value, asks: bool) -> Vec<&str> {
    let mut keys = keys(said);
    if asks {
        assert_eq!(keys.pop(), Some("indicators"));
        for indicator in said["indicators"].as_array().unwrap() {
            assert!(["met", "not_met", "not_stated"].contains(&indicator["answer"].as_str().unwrap()), "{indicator}");
            assert_eq!(indicator["answer"] == "not_stated", indicator.get("offered").is_none(), "{indicator}");
        }
    }
    keys
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
    let heads: Vec<&str> = table.headers().unwrap().iter().collect();
    assert_eq!(heads[..4], ["需求编号", "需求名称", "结论", "名次"]);
    assert_eq!(
        heads[10..],
        ["匹配语句", "推断细分行业", "指标满足情况", "省内候选"],
        "new columns stand behind the old ones"
    );
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

#[test]
fn what_is_inferred_what_is_met_and_whether_there_is_a_candidate_at_home_is_shown() {
    let folder = tempfile::tempdir().unwrap();
    let listing = r#"{"id": "D1", "kind": "bottleneck", "title": "960MPa级起重机吊臂高强钢焊后延迟裂纹",
        "indicators": ["接头抗拉强度≥960MPa"]}"#;
    let demands = crate::run::file(folder.path(), "demands.jsonl", listing.replace('\n', ""));
    let asked = |profile: &str, more: &[std::ffi::OsString]| {
        let base = arguments!["match", "--index", index(), "--demands", demands, "--profile", profile];
        crate::run::duijie(base.iter().chain(more)).succeeded().out
    };
    let table = asked("bottleneck", &arguments!["--format", "table"]);
    assert!(table.contains("细分行业：工程机械（推断，概率 0."), "{table}");
    assert!(table.contains("省内候选："), "{table}");
    let out = folder.path().join("matches.csv");
    asked("bottleneck", &arguments!["--out", out]);
    let bytes = std::fs::read(&out).unwrap();
    let mut rows = csv::Reader::from_reader(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap());
    for row in rows.records().map(Result::unwrap) {
        assert!(row[11].contains("（推断，概率 "), "{row:?}");
        assert!(["满足 ", "不满足 ", "未载明 "].iter().any(|answer| row[12].starts_with(answer)), "{row:?}");
        assert!(row[13].ends_with("（山东）"), "{row:?}");
    }
    let without = asked("default", &arguments!["--format", "table"]);
    assert!(!without.contains("省内候选") && without.contains("（推断，概率 "), "{without}");
    let far = crate::run::file(folder.path(), "far.jsonl", r#"{"id": "D2", "title": "养蜂场蜂箱防盗定位"}"#);
    let arguments =
        arguments!["match", "--index", index(), "--demands", far, "--profile", "bottleneck", "--format", "table"];
    let table = crate::run::duijie(arguments).succeeded().out;
    assert!(table.contains("省内候选：省内无候选（山东）"), "{table}");
    let explained = crate::run::duijie(arguments![
        "explain",
        "--index",
        index(),
        "--demands",
        demands,
        "--demand",
        "D1",
        "--with",
        "I01"
    ]);
    assert!(explained.succeeded().out.contains("细分行业：工程机械（推断，概率 0."));
}
