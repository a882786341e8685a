//! `explain`, `eval` and `catalogue`.

use crate::arguments;
use crate::run::{duijie, fixture, on_collection};
use duijie::Catalogue;
use serde_json::Value;

const DEMAND: &str = "D-construction-d99551";

fn best(unit: &str) -> Value {
    let ran = on_collection("match", &arguments!["--unit", unit, "--top", "1"]).succeeded();
    let lines = ran.out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    lines.into_iter().find(|line| line["demand"] == DEMAND).unwrap()
}

#[test]
fn explain_says_in_text_and_json_what_the_ranking_says() {
    for (unit, list) in [("institution", "institutions"), ("achievement", "achievements")] {
        let best = &best(unit)[list][0];
        let id = best[unit].as_str().unwrap();
        let asked = arguments!["--demand", DEMAND, "--with", id];
        let text = on_collection("explain", &asked).succeeded().out;
        for expected in [&format!("需求 {DEMAND} 与 {id}"), "名次：第 1 名", "得分：", "共有的词", "依据（"]
        {
            assert!(text.contains(expected), "{expected} is not in {text}");
        }
        let as_json = [&asked[..], &arguments!["--format", "json"]].concat();
        let json = on_collection("explain", &as_json).succeeded().out;
        let json: Value = serde_json::from_str(&json).unwrap();
        assert_eq!((&json["score"], &json["parts"], &json["rank"]), (&best["score"], &best["parts"], &best["rank"]));
    }
}

#[test]
fn explain_answers_for_what_was_not_chosen_and_refuses_what_is_not_there() {
    let explain = |demand: &str, with: &str| {
        on_collection("explain", &arguments!["--demand", demand, "--with", with, "--sub-industry", "construction"])
    };
    assert!(explain(DEMAND, "A-hydrogen-1f528f").succeeded().out.contains("名次：未入选"));
    explain(DEMAND, "nobody").failed("there is no achievement or institution \"nobody\"");
    explain("D-nobody", "I01").failed("there is no demand \"D-nobody\"");
}

#[test]
fn eval_measures_runs_and_compares_them_with_a_baseline() {
    let folder = tempfile::tempdir().unwrap();
    let qrels = fixture("qrels.txt");
    let (run, few) = (folder.path().join("all.trec"), folder.path().join("few.trec"));
    for (out, top) in [(&run, "100"), (&few, "1")] {
        on_collection("match", &arguments!["--unit", "achievement", "--top", top, "--out", out]).succeeded();
    }
    let out = duijie(arguments!["eval", "--qrels", qrels, "--run", run, "--baseline", few]).succeeded().out;
    for expected in ["nDCG@10", "R(rel=2)@10", "R@100", "RR", "AP", "all", "few", "all against few"] {
        assert!(out.contains(expected), "{expected} is not in {out}");
    }
    let row = out.lines().find(|line| line.contains("| all")).unwrap();
    let figures: Vec<f64> = row.split('|').filter_map(|cell| cell.trim().parse().ok()).collect();
    assert_eq!(figures.len(), 5, "{row}");
    assert!(figures.iter().all(|figure| (0.1..=1.0).contains(figure)), "{row}");
    let broken = crate::run::file(folder.path(), "broken.trec", "D1 Q0 A1 1\n");
    duijie(arguments!["eval", "--qrels", qrels, "--run", broken]).failed("broken.trec");
}

#[test]
fn catalogue_shows_every_chain_and_gives_its_own_form_back() {
    let table = duijie(["catalogue"]).succeeded().out;
    for chain in Catalogue::default().chains {
        // Long names are broken over lines.
        let window = format!("{} 至 {}", chain.event_window.from, chain.event_window.to);
        assert!(table.contains(&window), "{window} is not in {table}");
        assert!(table.contains(&format!(" {} ", chain.no)), "{} is not in {table}", chain.no);
    }
    let json = duijie(["catalogue", "--format", "json"]).succeeded().out;
    assert_eq!(serde_json::from_str::<Catalogue>(&json).unwrap(), Catalogue::default());
    let folder = tempfile::tempdir().unwrap();
    let path = crate::run::file(folder.path(), "chains.json", json);
    assert_eq!(duijie(arguments!["catalogue", "--catalogue", path]).succeeded().out, table);
    let broken = crate::run::file(folder.path(), "broken.json", "{\"chains\": 5}");
    duijie(arguments!["catalogue", "--catalogue", broken]).failed("broken.json is no usable catalogue");
}
