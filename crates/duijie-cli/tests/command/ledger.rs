//! The ledger: recorded, stepped, counted, exported and imported; several write at once; a crash loses nothing.

use crate::arguments;
use crate::planning::{plan, texts};
use crate::run::{Ran, command, duijie, event_fixture, fixture, index};
use serde_json::Value;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

fn ledger(path: &Path, action: &str, more: &[OsString]) -> Ran {
    let base = arguments!["ledger", action, "--ledger", path];
    duijie(base.iter().chain(more))
}

fn json(ran: Ran) -> Value {
    serde_json::from_str(&ran.succeeded().out).unwrap()
}

/// A ledger of the fixtures' event, with its plan.
fn recorded(folder: &Path) -> (PathBuf, Value) {
    let (path, saved) = (folder.join("台账.sqlite"), folder.join("plan.json"));
    plan(&event_fixture("equipment.toml"), &arguments!["--out", saved]).succeeded();
    let record = || ledger(&path, "record", &record_arguments(&saved));
    let plan: Value = serde_json::from_str(&std::fs::read_to_string(&saved).unwrap()).unwrap();
    let count = plan["meetings"].as_array().unwrap().len();
    assert!(record().succeeded().out.contains(&format!("{count} meetings recorded, 0 known already")));
    assert!(record().succeeded().out.contains(&format!("0 meetings recorded, {count} known already")));
    (path, plan)
}

fn record_arguments(saved: &Path) -> Vec<OsString> {
    let (event, demands) = (event_fixture("equipment.toml"), fixture("demands.jsonl"));
    arguments!["--plan", saved, "--event", event, "--index", index(), "--demands", demands, "--who", "张三"].to_vec()
}

fn step(path: &Path, line: usize, state: &str, more: &[OsString]) -> Ran {
    let base = arguments!["--line", line.to_string(), "--state", state, "--who", "李四", "--why", "进展"].to_vec();
    ledger(path, "step", &base.iter().chain(more).cloned().collect::<Vec<_>>())
}

#[test]
fn a_meeting_leads_to_a_contract_and_into_every_list() {
    let folder = tempfile::tempdir().unwrap();
    let (path, plan) = recorded(folder.path());
    step(&path, 1, "intention", &arguments!["--due", "2023-06-01", "--next-step", "签约", "--on", "2023-05-01"])
        .succeeded();
    let overdue = json(ledger(&path, "due", &arguments!["--today", "2023-06-10"]));
    assert_eq!(overdue["overdue"][0]["line"], 1);
    let more = arguments!["--amount", "120", "--fund-need", "50", "--team", "某团队", "--on", "2023-06-12"];
    step(&path, 1, "已签约", &more).succeeded();
    step(&path, 1, "declined", &[]).failed("it cannot become declined. Allowed next: contract, delivered, ended");
    step(&path, 999, "met", &[]).failed("the ledger has no line 999");
    step(&path, 1, "happy", &[]).misused();
    step(&path, 1, "delivered", &arguments!["--amount", "-1"]).misused();
    step(&path, 1, "delivered", &arguments!["--on", "2024-01-01"]).succeeded();
    let history = json(ledger(&path, "history", &arguments!["--line", "1"]));
    assert_eq!(texts(&history, "state"), ["met", "intention", "contract", "delivered"]);
    let shown = ledger(&path, "history", &arguments!["--line", "1", "--format", "table"]).succeeded().out;
    assert!(shown.contains("2024-01-01") && shown.contains("李四") && !shown.contains("记录时间"), "{shown}");
    for by in ["chain", "sub-industry", "institution", "event"] {
        let rows = json(ledger(&path, "conversion", &arguments!["--by", by]));
        let sum = |field: &str| rows.as_array().unwrap().iter().map(|row| row[field].as_f64().unwrap()).sum::<f64>();
        assert_eq!((sum("meetings"), sum("delivered")), (plan["meetings"].as_array().unwrap().len() as f64, 1.0));
        assert_eq!(sum("amount"), 120.0);
    }
    let lists = json(ledger(&path, "follow-up", &[]));
    let rows: Vec<usize> =
        lists.as_array().unwrap().iter().map(|list| list["sheet"]["rows"].as_array().unwrap().len()).collect();
    assert_eq!(rows, [1, 1, 1, 1, 1]);
    let one = ledger(&path, "follow-up", &arguments!["--task", "12", "--format", "table"]).succeeded().out;
    assert!(one.contains("评先树优推荐团队") && one.contains("某团队") && !one.contains("基金需求清单"));
}

#[test]
fn the_official_table_goes_out_and_comes_in_again() {
    let folder = tempfile::tempdir().unwrap();
    let (path, _) = recorded(folder.path());
    step(&path, 2, "intention", &arguments!["--on", "2023-05-01"]).succeeded();
    for name in ["台账.xlsx", "台账.docx", "台账.csv"] {
        let table = folder.path().join(name);
        ledger(&path, "export", &arguments!["--out", table]).succeeded();
        let copy = folder.path().join(format!("{name}.sqlite"));
        ledger(&copy, "import", &arguments!["--table", table, "--who", "王五"]).succeeded();
        let (ours, theirs) = (json(ledger(&path, "export", &[])), json(ledger(&copy, "export", &[])));
        assert_eq!(texts(&ours, "state"), texts(&theirs, "state"), "{name}");
        assert_eq!(texts(&ours, "institution_name"), texts(&theirs, "institution_name"), "{name}");
    }
    let table = crate::run::file(folder.path(), "other.csv", "甲,乙\n1,2\n");
    ledger(&path, "import", &arguments!["--table", table, "--who", "王五"])
        .failed("未读到含“对接活动”“需求编号”两列的台账表");
    let short = ledger(&path, "export", &arguments!["--format", "table"]).succeeded();
    let header = short.out.lines().find(|line| line.contains("项目名称")).unwrap();
    assert!(header.contains("截止日期") && !header.contains("记录版本"), "{header}");
    assert!(short.err.contains("--out"), "{}", short.err);
    ledger(&folder.path().join("none.sqlite"), "export", &[]).failed("there is no ledger");
    let text = crate::run::file(folder.path(), "letter.txt", "Dear all");
    ledger(&text, "export", &[]).failed("letter.txt is no ledger");
    ledger(&text, "import", &arguments!["--table", table, "--who", "王五"]).failed("未读到");
}

#[test]
fn what_is_handed_in_is_answered_in_chinese() {
    let folder = tempfile::tempdir().unwrap();
    let (path, plan) = recorded(folder.path());
    let table = folder.path().join("台账.csv");
    ledger(&path, "export", &arguments!["--out", table]).succeeded();
    let count = plan["meetings"].as_array().unwrap().len();
    let import = || ledger(&path, "import", &arguments!["--table", table, "--who", "王五"]);
    assert_eq!(import().succeeded().out.trim(), format!("新增对接0项，台账中已有{count}项，新增进展0条"));
    let text = std::fs::read_to_string(&table).unwrap();
    std::fs::write(&table, text.replacen("已对接", "很好", 1)).unwrap();
    import().failed("台账表第2行：转化状态应为已对接、达成意向").failed("台账未作改动");
}

#[test]
fn a_moved_event_reaches_its_plan_and_a_mended_plan_the_ledger() {
    let folder = tempfile::tempdir().unwrap();
    let (schedule, path) = (folder.path().join("日程.json"), folder.path().join("台账.sqlite"));
    let day = arguments!["--to", "2023-05-18", "--who", "张三", "--reason", "与展会同期", "--on", "2023-03-01"];
    let moved = arguments!["calendar", "move", "--schedule", schedule, "--event", "3"];
    duijie(moved.iter().chain(&day)).succeeded();
    let (first, second, text) =
        (folder.path().join("1.json"), folder.path().join("2.json"), folder.path().join("1.txt"));
    let event = event_fixture("equipment.toml");
    let ran = plan(&event, &arguments!["--schedule", schedule, "--out", first]).succeeded();
    assert!(ran.err.contains("on 2023-05-18 (the event file says 2023-04-20): 张三, 与展会同期"), "{}", ran.err);
    plan(&event, &arguments!["--schedule", schedule, "--out", text]).succeeded();
    let text = std::fs::read_to_string(&text).unwrap();
    assert!(text.contains("2023-03-01张三定于2023-05-18：与展会同期"), "{text}");
    plan(&event, &arguments!["--schedule", folder.path().join("none.json")]).failed("there is no schedule");
    let held: Value = serde_json::from_str(&std::fs::read_to_string(&first).unwrap()).unwrap();
    let away = held["meetings"][0]["institution"].as_str().unwrap().to_owned();
    plan(&event, &arguments!["--previous", first, "--absent", away, "--out", second]).succeeded();
    let record = |saved: &Path, more: &[OsString]| {
        let base = record_arguments(saved);
        ledger(
            &path,
            "record",
            &base.iter().chain(&arguments!["--schedule", schedule]).chain(more).cloned().collect::<Vec<_>>(),
        )
    };
    record(&first, &[]).succeeded();
    assert!(texts(&json(ledger(&path, "export", &[])), "met_on").iter().all(|day| *day == "2023-05-18"));
    record(&second, &[]).failed("say why this one replaces it");
    let said = record(&second, &arguments!["--replaces", "对接单位临时缺席"]).succeeded().out;
    assert!(said.contains(" superseded, 0 kept"), "{said}");
    let lines = json(ledger(&path, "export", &[]));
    let states = texts(&lines, "state");
    let lost = |at: usize| lines[at]["institution"] == *away;
    assert!((0..states.len()).all(|at| lost(at) == (states[at] == "superseded")), "{states:?}");
}

#[test]
fn the_past_tells_the_next_event() {
    let folder = tempfile::tempdir().unwrap();
    let (path, held) = recorded(folder.path());
    let met = |plan: &Value| -> Vec<(String, String)> {
        let pair = |meeting: &Value| (meeting["demand"].to_string(), meeting["institution"].to_string());
        plan["meetings"].as_array().unwrap().iter().map(pair).collect()
    };
    let before = met(&held);
    let ran = plan(&event_fixture("equipment_next.toml"), &arguments!["--ledger", path, "--out", "-"]).succeeded();
    assert!(ran.err.contains(&format!("{} past pairs kept apart", before.len())), "{}", ran.err);
    assert!(met(&serde_json::from_str(&ran.out).unwrap()).iter().all(|pair| !before.contains(pair)));
    let again =
        plan(&event_fixture("equipment_next.toml"), &arguments!["--ledger", path, "--past", "again", "--out", "-"]);
    assert_eq!(met(&json(again)), before);
    let unmet = texts(&held["unmet"], "demand");
    assert_eq!(texts(&json(ledger(&path, "carried-over", &[])), "demand"), unmet);
    // A demand that the new files no longer have comes out of the ledger.
    let all = std::fs::read_to_string(fixture("demands.jsonl")).unwrap();
    let others: Vec<&str> = all.lines().filter(|line| !unmet.iter().any(|id| line.contains(id))).collect();
    let demands = crate::run::file(folder.path(), "demands.jsonl", others.join("\n"));
    let event = event_fixture("equipment_next.toml");
    let base = arguments!["plan", "--index", index(), "--demands", demands, "--event", event, "--ledger", path];
    let ran = duijie(base).succeeded();
    assert!(ran.err.contains(&format!("{} demands carried over", unmet.len())), "{}", ran.err);
    let plan: Value = serde_json::from_str(&ran.out).unwrap();
    assert!(unmet.iter().all(|id| texts(&plan["unmet"], "demand").contains(id)));
    let since = "高端装备产业链产学研精准对接";
    let ranks = arguments!["--index", index(), "--demands", fixture("demands.jsonl"), "--since", since];
    assert!(texts(&json(ledger(&path, "ranks", &ranks)), "movement").iter().all(|movement| *movement == "same"));
    let unknown = arguments!["--index", index(), "--demands", fixture("demands.jsonl"), "--since", "第1场"];
    ledger(&path, "ranks", &unknown).failed("its events are").failed(since);
}

#[test]
fn two_processes_write_and_one_killed_loses_no_committed_step() {
    let folder = tempfile::tempdir().unwrap();
    let (path, _) = recorded(folder.path());
    let note = |who: &str, number: usize| {
        let base =
            arguments!["ledger", "step", "--ledger", path, "--line", "1", "--state", "met", "--who", who].to_vec();
        command(base.iter().chain(&arguments!["--why", format!("第{number}次"), "--on", "2023-05-01"]))
    };
    // One writes on, whatever happens to the other, which is killed at any moment of its work.
    let mut committed = 0;
    for number in 0..12 {
        let steady = note("steady", number).spawn().unwrap();
        let mut killed = note("killed", number).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(number as u64));
        killed.kill().unwrap();
        let said = killed.wait_with_output().unwrap();
        committed += usize::from(!said.stdout.is_empty());
        assert!(steady.wait_with_output().unwrap().status.success());
    }
    let history = json(ledger(&path, "history", &arguments!["--line", "1"]));
    let by = |who: &str| texts(&history, "who").iter().filter(|name| **name == who).count();
    assert_eq!(by("steady"), 12);
    assert!((committed..=12).contains(&by("killed")), "{} of {committed}", by("killed"));
}
