//! `plan` writes the contract's JSON and the documents, heeds the ledger, and mends a plan.

use crate::arguments;
use crate::run::{Ran, duijie, event_fixture, file, fixture, index};
use serde_json::Value;
use std::ffi::OsString;
use std::path::Path;

pub(crate) fn plan(event: &Path, more: &[OsString]) -> Ran {
    let base = arguments!["plan", "--index", index(), "--demands", fixture("demands.jsonl"), "--event", event];
    duijie(base.iter().chain(more))
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

pub(crate) fn texts<'v>(list: &'v Value, field: &str) -> Vec<&'v str> {
    list.as_array().unwrap().iter().map(|entry| entry[field].as_str().unwrap()).collect()
}

#[test]
fn the_json_is_that_of_the_contract() {
    let ran = plan(&event_fixture("equipment.toml"), &arguments!["--out", "-"]).succeeded();
    assert!(ran.err.contains("optimal (gap 0)"), "{}", ran.err);
    let plan = json(&ran.out);
    let keys: Vec<&str> = plan.as_object().unwrap().keys().map(String::as_str).take(6).collect();
    assert_eq!(keys, ["status", "total_score", "worst_score", "meetings", "unmet", "conflicts"]);
    assert_eq!(plan["status"], "optimal");
    let meetings = plan["meetings"].as_array().unwrap();
    let keys: Vec<&str> = meetings[0].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, ["demand", "institution", "slot", "table", "score"]);
    let total: f64 = meetings.iter().map(|meeting| meeting["score"].as_f64().unwrap()).sum();
    assert!((total - plan["total_score"].as_f64().unwrap()).abs() < 1e-9);
    assert!(plan["unmet"].as_array().unwrap().iter().all(|unmet| unmet["reason"].is_string()));
}

#[test]
fn the_same_plan_comes_out_each_time_and_on_any_number_of_threads() {
    let event = event_fixture("equipment.toml");
    let first = plan(&event, &arguments!["--threads", "1"]).succeeded().out;
    assert!(plan(&event, &arguments!["--threads", "2"]).succeeded().out == first);
}

#[test]
fn a_tour_goes_from_city_to_city_in_the_order_asked() {
    let found = json(&plan(&event_fixture("tour.toml"), &arguments!["--out", "-"]).succeeded().out);
    let mut cities = texts(&found["meetings"], "city");
    cities.dedup();
    // Nobody meets in 滨州, the third city asked for.
    assert_eq!(cities[..2], ["淄博", "东营"]);
    assert_eq!(cities.len(), cities.iter().collect::<std::collections::HashSet<_>>().len(), "{cities:?}");
    assert!(found["meetings"].as_array().unwrap().iter().all(|meeting| meeting["table"].is_null()));
}

#[test]
fn workbook_document_and_table_appear_whole() {
    let folder = tempfile::tempdir().unwrap();
    let event = event_fixture("equipment.toml");
    for name in ["plan.xlsx", "plan.docx"] {
        let out = folder.path().join(name);
        plan(&event, &arguments!["--out", out]).succeeded();
        assert!(std::fs::read(&out).unwrap().starts_with(b"PK"));
    }
    let out = folder.path().join("plan.txt");
    plan(&event, &arguments!["--out", out]).succeeded();
    let text = std::fs::read_to_string(out).unwrap();
    for title in ["方案概况", "企业对接安排", "高校院所对接安排", "桌位安排", "候补单位", "未安排需求"]
    {
        assert!(text.contains(&format!("【{title}】")), "{title}");
    }
    let csv = plan(&event, &arguments!["--format", "csv", "--table", "桌位安排"]).succeeded().out;
    assert!(csv.starts_with("\u{feff}桌位,场次,企业,需求,对接单位\n"), "{csv}");
    assert_eq!(crate::run::names(folder.path()), ["plan.docx", "plan.txt", "plan.xlsx"]);
}

#[test]
fn limits_that_conflict_are_an_answer_and_say_what_to_change() {
    let folder = tempfile::tempdir().unwrap();
    let limits = "event = 3\nslots = 2\n[limits]\nmeetings_per_demand = { min = 3 }\n";
    let ran = plan(&file(folder.path(), "event.toml", limits), &arguments!["--out", "-"]).succeeded();
    assert!(ran.err.contains("infeasible: these limits cannot be kept together"), "{}", ran.err);
    let found = json(&ran.out);
    assert_eq!(found["status"], "infeasible");
    let limits = &found["conflicts"][0]["limits"];
    assert_eq!(*limits, serde_json::json!(["meetings_per_demand.min = 3", "slots = 2"]));
    let changes = found["relaxations"].as_array().unwrap();
    assert!(changes.iter().any(|change| change["changes"][0]["to"] == "3" && change["changes"][0]["limit"] == "slots"));
}

#[test]
fn a_no_show_is_mended_without_moving_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let (event, saved) = (event_fixture("equipment.toml"), folder.path().join("plan.json"));
    plan(&event, &arguments!["--out", saved]).succeeded();
    let before = json(&std::fs::read_to_string(&saved).unwrap());
    let away = before["meetings"][0]["institution"].as_str().unwrap();
    let ran = plan(&event, &arguments!["--previous", saved, "--absent", away, "--out", "-"]).succeeded();
    assert!(ran.err.contains("no plan changes fewer"), "{}", ran.err);
    let after = json(&ran.out);
    assert!(!texts(&after["meetings"], "institution").contains(&away));
    assert_eq!(
        after["lost"].as_array().unwrap().len(),
        texts(&before["meetings"], "institution").iter().filter(|i| **i == away).count()
    );
    assert_eq!((after["moved"].as_array().unwrap().len(), after["dropped"].as_array().unwrap().len()), (0, 0));
    // What came out can be mended again.
    let again = folder.path().join("again.json");
    std::fs::write(&again, &ran.out).unwrap();
    let next = after["meetings"][0]["institution"].as_str().unwrap();
    plan(&event, &arguments!["--previous", again, "--absent", next, "--out", "-"]).succeeded();
    plan(&event, &arguments!["--previous", saved, "--absent", "无名大学"]).failed("无名大学");
    plan(&event, &arguments!["--absent", away]).misused();
}

#[test]
fn what_is_wrong_is_named_with_advice() {
    let folder = tempfile::tempdir().unwrap();
    let bad = |text: &str| file(folder.path(), "event.toml", text);
    plan(&bad("event = 99"), &[]).failed("there is no event or chain \"99\"");
    plan(&bad("slot = 3"), &[]).failed("unknown field `slot`");
    plan(&bad("slots = 3\n[limits]\nslots = 4"), &[]).failed("given both at the top and under [limits]");
    plan(&bad("[[forbid]]\ninstitution = \"无名大学\""), &[]).failed("[[forbid]] number 1");
    plan(&folder.path().join("none.toml"), &[]).failed("cannot read");
    let event = event_fixture("equipment.toml");
    plan(&event, &arguments!["--out", folder.path().join("plan.pdf")]).failed("end it in .json, .xlsx");
    plan(&event, &arguments!["--format", "xlsx"]).failed("needs a file");
    plan(&event, &arguments!["--table", "桌子"]).failed("its tables are");
    let ledger = folder.path().join("none.sqlite");
    plan(&event, &arguments!["--ledger", ledger]).failed("there is no ledger");
    plan(&event, &arguments!["--previous", bad("x"), "--absent", "I01"]).failed("is no plan");
    plan(&event, &arguments!["--past", "again"]).misused();
}
