//! Gaps, outreach, consortia, showcases and the calendar, on the fixtures.

use crate::arguments;
use crate::run::{Ran, duijie, event_fixture, file, fixture, on_collection};
use serde_json::Value;
use std::ffi::OsString;

fn json(ran: Ran) -> Value {
    serde_json::from_str(&ran.succeeded().out).unwrap()
}

fn list<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    value[name].as_array().unwrap()
}

#[test]
fn gaps_come_as_tables_documents_and_a_picture() {
    let folder = tempfile::tempdir().unwrap();
    let (svg, html) = (folder.path().join("heat.svg"), folder.path().join("heat.html"));
    let found = json(on_collection("gaps", &arguments!["--heat-map", svg]));
    let counted: u64 = list(&found, "sub_industries").iter().map(|row| row["demands"].as_u64().unwrap()).sum();
    assert_eq!(counted, 165);
    assert!(!list(&found, "unmet").is_empty() && !list(&found, "unasked").is_empty());
    assert!(list(&found, "common_needs").iter().all(|need| need["enterprises"].as_array().unwrap().len() > 1));
    let picture = std::fs::read_to_string(svg).unwrap();
    assert!(picture.starts_with("<svg ") && picture.contains("集成电路"));
    let out = folder.path().join("gaps.xlsx");
    on_collection("gaps", &arguments!["--chain", "轻工", "--out", out, "--heat-map", html]).succeeded();
    assert!(std::fs::read(out).unwrap().starts_with(b"PK"));
    let page = std::fs::read_to_string(html).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("造纸") && !page.contains("集成电路"));
    assert!(!page.contains("<script") && !page.contains("<link"), "needs nothing else");
    on_collection("gaps", &arguments!["--heat-map", folder.path().join("heat.png")])
        .failed("a heat map is .svg or .html");
    on_collection("gaps", &arguments!["--chain", "无此链"]).failed("无此链");
}

#[test]
fn outreach_goes_to_other_provinces_only() {
    let found = json(on_collection("outreach", &arguments!["--top", "3"]));
    let targets = found.as_array().unwrap();
    assert_eq!(targets.len(), 3);
    assert!(targets.iter().all(|target| target["province"] != "山东"));
    let weights: Vec<f64> = targets.iter().map(|target| target["weight"].as_f64().unwrap()).collect();
    assert!(weights.windows(2).all(|pair| pair[0] >= pair[1]));
}

#[test]
fn a_consortium_says_who_covers_what_and_how_good_it_is() {
    let lead = "烟威起重装备有限公司";
    let found = json(on_collection("consortium", &arguments!["--demand", "D-construction-d99551", "--lead", lead]));
    assert_eq!(found["enterprises"][0]["name"], lead);
    assert!(found["institutions_bound"]["at_least"].as_f64().unwrap() > 0.63);
    let table = on_collection("consortium", &arguments!["--common-need", "1", "--format", "table"]).succeeded().out;
    assert!(table.contains("【技术要点覆盖】"));
    on_collection("consortium", &arguments!["--common-need", "999"]).failed("there is no common need 999");
    on_collection("consortium", &arguments!["--demand", "D-0"]).failed("D-0");
    on_collection("consortium", &[]).misused();
    let base = arguments!["--demand", "D-construction-d99551"].to_vec();
    let with = |more: &[OsString]| on_collection("consortium", &base.iter().chain(more).cloned().collect::<Vec<_>>());
    with(&arguments!["--lead", "无此公司"]).failed("无此公司").failed(lead);
    let chain = event_fixture("enterprises.jsonl");
    let table = with(&arguments!["--chain-enterprises", chain, "--format", "table"]).succeeded().out;
    assert!(table.contains("下游") && table.contains(lead), "{table}");
    with(&arguments!["--chain-enterprises", fixture("demands.jsonl")]).failed("line 1");
}

#[test]
fn a_showcase_names_its_criterion_and_shows_nothing_twice() {
    let base = arguments!["showcase", "--products", event_fixture("products.jsonl"), "--demands"].to_vec();
    let more = arguments![fixture("demands.jsonl"), "--chain", "高端装备", "--picks", "4"];
    let found = json(duijie(base.iter().chain(&more)));
    assert!(found["criterion"].as_str().unwrap().contains("设施选址"));
    assert_eq!(list(&found, "picks").len(), 4);
    assert_eq!(found["duplicates"][0]["product"], "P02");
    duijie(base.iter().chain(&arguments![fixture("demands.jsonl"), "--picks", "0"])).misused();
}

#[test]
fn a_showcase_reads_texts_by_own_terms() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str, text: &str| file(folder.path(), name, text);
    let products = at("products.jsonl", r#"{"id": "P1", "title": "榫卯拼装"}"#);
    let demands = at("demands.jsonl", r#"{"id": "D1", "title": "求鲁班工法"}"#);
    let terms = at("shared.tsv", "term\tkind\tsynonyms\n鲁班工法\tprocess\t榫卯拼装\n");
    let base = arguments!["showcase", "--products", products, "--demands", demands].to_vec();
    let interests = |more: &[OsString]| {
        let found = json(duijie(base.iter().chain(more)));
        list(&found["picks"][0], "interests").len()
    };
    assert_eq!((interests(&[]), interests(&arguments!["--terms", terms])), (0, 1));
}

#[test]
fn the_calendar_is_moved_ticked_off_and_exported() {
    let folder = tempfile::tempdir().unwrap();
    let (schedule, ics) = (folder.path().join("日程.json"), folder.path().join("日程.ics"));
    let change = |verb: &str, more: &[OsString]| {
        let base = arguments!["calendar", verb, "--schedule", schedule, "--who", "张三", "--on", "2024-01-05"];
        duijie(base.iter().chain(more))
    };
    let reason = "与行业展会同期";
    change("move", &arguments!["--event", "8", "--to", "2024-04-18", "--reason", reason]).succeeded();
    change("move", &arguments!["--event", "8", "--to", "2024-04-25", "--reason", "场地检修"]).succeeded();
    change("done", &arguments!["--event", "8", "--task", "1", "--note", "已发通知"]).succeeded();
    change("move", &arguments!["--event", "99", "--to", "2024-04-18", "--reason", reason]).failed("has no event 99");
    change("done", &arguments!["--event", "8", "--task", "17"]).failed("there is no task 17");
    change("move", &arguments!["--event", "8", "--to", "2024-04-18", "--reason", " "]).failed("why is blank");
    let base = arguments!["calendar", "--schedule", schedule, "--event", "8", "--today", "2024-03-01"].to_vec();
    let found = json(duijie(base.iter().chain(&arguments!["--ics", ics])));
    let event = &found["events"][0];
    assert_eq!((event["date"].as_str(), list(event, "tasks").len()), (Some("2024-04-25"), 16));
    let reasons: Vec<&str> = list(event, "moves").iter().map(|moved| moved["reason"].as_str().unwrap()).collect();
    assert_eq!(reasons, [reason, "场地检修"]);
    let text = std::fs::read_to_string(ics).unwrap();
    assert_eq!((text.matches("BEGIN:VEVENT").count(), text.matches("BEGIN:VTODO").count()), (1, 16));
    let all = json(duijie(arguments!["calendar", "--today", "2023-01-01"]));
    assert_eq!(list(&all, "events").len(), 11);
    let out = folder.path().join("日程.xlsx");
    duijie(arguments!["calendar", "--out", out]).succeeded();
    assert!(std::fs::read(out).unwrap().starts_with(b"PK"));
}
