//! The whole way from records to explained rankings, on the test collection.

use crate::workspace::{build_cli, command, empty_folder, root};
use anyhow::{Context, Result, ensure};
use std::path::Path;

/// What the demo leaves in out/demo: file, what is ranked, how many a demand, what it is.
const FILES: [(&str, &str, &str, &str); 7] = [
    ("matches.txt", "institution", "5", "the tables above"),
    (
        "matches.jsonl",
        "institution",
        "10",
        "institutions of every demand, with parts, evidence and passages; a line a demand",
    ),
    ("matches.csv", "institution", "10", "the same for a spreadsheet, a row a ranked institution"),
    ("institutions.trec", "institution", "1000", "TREC run of the institutions"),
    ("achievements.jsonl", "achievement", "10", "achievements of every demand, with parts and passages"),
    ("achievements.csv", "achievement", "10", "the same for a spreadsheet, a row a ranked achievement"),
    ("achievements.trec", "achievement", "1000", "TREC run of the achievements"),
];

/// The event documents that the demo leaves there: the command, file, what it is.
const DOCUMENTS: [(&str, &str, &str); 4] = [
    (
        "match --index out/demo/index --demands fixtures/collection/demands.jsonl --out out/demo/匹配结果.xlsx",
        "匹配结果.xlsx",
        "institutions of every demand, a sheet a chain, for 工作人员",
    ),
    (
        "match --index out/demo/index --demands fixtures/collection/demands.jsonl --audience 公开 \
         --out out/demo/匹配结果（公开）.xlsx",
        "匹配结果（公开）.xlsx",
        "the same for the public",
    ),
    (
        "handbook --index out/demo/index --demands fixtures/collection/demands.jsonl --event 3 --date 2023年6月 \
         --out out/demo/对接手册.docx",
        "对接手册.docx",
        "handbook of the third event",
    ),
    (
        "lists --demands fixtures/collection/demands.jsonl --achievements fixtures/collection/achievements.jsonl \
         --institutions fixtures/collection/institutions.jsonl --out out/demo/清单",
        "清单/",
        "the three published lists as .xlsx and .docx, and one web page of all three",
    ),
];

pub(crate) fn run() -> Result<()> {
    let duijie = build_cli()?;
    let out = root().join("out/demo");
    empty_folder(&out)?;
    run_duijie(
        &duijie,
        "index --achievements fixtures/collection/achievements.jsonl \
         --institutions fixtures/collection/institutions.jsonl --out out/demo/index",
    )?;
    for (file, unit, top, _) in FILES {
        run_duijie(
            &duijie,
            &format!(
                "match --index out/demo/index --demands fixtures/collection/demands.jsonl --unit {unit} --top {top} \
             --out out/demo/{file}"
            ),
        )?;
    }
    for (arguments, _, _) in DOCUMENTS {
        run_duijie(&duijie, arguments)?;
    }
    let tables = out.join("matches.txt");
    let tables = std::fs::read_to_string(&tables).with_context(|| format!("cannot read {}", tables.display()))?;
    println!("{tables}");
    let qrels = "eval --qrels fixtures/collection/qrels.txt";
    run_duijie(&duijie, &format!("{qrels} --run out/demo/achievements.trec"))?;
    run_duijie(
        &duijie,
        &format!("{qrels} --run out/demo/institutions.trec --by-institution fixtures/collection/achievements.jsonl"),
    )?;
    event_documents(&duijie)?;
    println!("\nFiles in out/demo:");
    println!("  {:20} the index: achievements, institutions and the catalogue of chains", "index/");
    for (file, _, _, what) in FILES {
        println!("  {file:20} {what}");
    }
    for (_, file, what) in DOCUMENTS {
        println!("  {file:20} {what}");
    }
    for (file, _, what) in EVENT_FILES {
        println!("  {file:20} {what}");
    }
    Ok(())
}

/// What an event needs and leaves: file, what makes it, what it is.
const EVENT_FILES: [(&str, &str, &str); 10] = [
    ("plan.json", "plan {ranked} --event fixtures/event/equipment.toml", "the plan of an event, for scripts"),
    ("plan.xlsx", "plan {ranked} --event fixtures/event/equipment.toml", "its timetables, a sheet each"),
    ("plan.docx", "plan {ranked} --event fixtures/event/equipment.toml", "the same to print"),
    ("tour.docx", "plan {ranked} --event fixtures/event/tour.toml", "the plan of a tour, city by city"),
    ("gaps.xlsx", "gaps {ranked} --heat-map out/demo/heat-map.html", "what is missing; heat-map.html is its picture"),
    ("outreach.docx", "outreach {ranked}", "institutions of other provinces to visit"),
    (
        "consortium.docx",
        "consortium {ranked} --demand D-construction-d99551 --chain-enterprises fixtures/event/enterprises.jsonl",
        "who together covers a listing",
    ),
    (
        "showcase.docx",
        "showcase --products fixtures/event/products.jsonl --demands fixtures/collection/demands.jsonl --chain 高端装备",
        "products to show on site",
    ),
    ("calendar.xlsx", "calendar --today 2023-03-01 --ics out/demo/calendar.ics", "events and tasks; calendar.ics too"),
    ("ledger.xlsx", "ledger export --ledger out/demo/ledger.sqlite", "the official table of what came of it"),
];

/// The documents of an event.
fn event_documents(duijie: &Path) -> Result<()> {
    let ranked = "--index out/demo/index --demands fixtures/collection/demands.jsonl";
    for (file, arguments, _) in EVENT_FILES {
        if file == "ledger.xlsx" {
            let record = "ledger record --ledger out/demo/ledger.sqlite --plan out/demo/plan.json";
            run_duijie(duijie, &format!("{record} {ranked} --event fixtures/event/equipment.toml --who 科技处"))?;
        }
        run_duijie(duijie, &format!("{} --out out/demo/{file}", arguments.replace("{ranked}", ranked)))?;
    }
    Ok(())
}

/// Runs the command with arguments that hold no blanks, and shows it.
fn run_duijie(duijie: &Path, arguments: &str) -> Result<()> {
    println!("$ duijie {}", arguments.split_whitespace().collect::<Vec<_>>().join(" "));
    let status = command(duijie).args(arguments.split_whitespace()).status().context("cannot run duijie")?;
    ensure!(status.success(), "duijie failed; it says why above");
    Ok(())
}
