//! `--event N|next` takes the demands of the chain whose turn it is.

use crate::arguments;
use crate::run::{Ran, duijie, fixture, index};
use duijie::Catalogue;
use serde_json::Value;
use std::collections::HashMap;

fn matched(event: &str, today: &str) -> Ran {
    let demands = fixture("demands.jsonl");
    let base = arguments!["match", "--index", index(), "--demands", demands, "--top", "1", "--event", event].to_vec();
    let day = arguments!["--today", today];
    duijie(base.iter().chain(if today.is_empty() { &[][..] } else { &day[..] }))
}

/// The chains of the demands answered.
fn chains(ran: Ran) -> Vec<String> {
    let input = std::fs::read_to_string(fixture("demands.jsonl")).unwrap();
    let demands = input.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let chain_of: HashMap<String, String> = demands
        .map(|demand| (demand["id"].as_str().unwrap().to_owned(), demand["chain"].as_str().unwrap().to_owned()))
        .collect();
    let out = ran.succeeded().out;
    let answered = out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    answered.map(|line| chain_of[line["demand"].as_str().unwrap()].clone()).collect()
}

#[test]
fn every_event_has_the_demands_of_its_chain_and_together_all() {
    let mut all = 0;
    for chain in Catalogue::default().chains {
        let ran = matched(&chain.no.to_string(), "");
        assert!(ran.err.contains(&format!("event {} ({})", chain.no, chain.name)), "{}", ran.err);
        let found = chains(ran);
        assert!(!found.is_empty() && found.iter().all(|id| *id == chain.id), "{found:?}");
        all += found.len();
    }
    assert_eq!(all, 165);
}

#[test]
fn next_counts_from_the_day_given() {
    let mut chains_by_time = Catalogue::default().chains;
    chains_by_time.sort_by_key(|chain| chain.event_window.from);
    for chain in [&chains_by_time[0], &chains_by_time[3]] {
        let found = chains(matched("next", &format!("{}-15", chain.event_window.from)));
        assert!(!found.is_empty() && found.iter().all(|id| *id == chain.id), "{} wanted: {found:?}", chain.id);
    }
}

#[test]
fn an_event_that_is_not_there_is_said_to_be_so() {
    matched("99", "").failed("has no event 99; its events are 1 to 11");
    matched("next", "2100-01-01").failed("no event of catalogue").failed("--today");
    matched("next", "2023-02-30").misused();
}
