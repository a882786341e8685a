//! A batch: order, progress, stopping, and how much of it waits in memory.

use crate::common::{achievement, demand};
use duijie::{BatchOptions, Catalogue, Demand, Error, MatchOptions, Matcher};
use std::cell::RefCell;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

fn matcher() -> Matcher {
    Matcher::from_records(Catalogue::default(), vec![], vec![achievement("A1", "焊接裂纹")]).unwrap()
}

fn demands(count: usize) -> Vec<Demand> {
    (0..count).map(|at| demand(&format!("D{at}"), "焊接")).collect()
}

#[test]
fn results_and_progress_come_in_the_order_of_the_demands() {
    let counted = RefCell::new(Vec::new());
    let progress = |done| counted.borrow_mut().push(done);
    let batch = BatchOptions { threads: 3, progress: Some(&progress), cancel: None };
    let mut ids = Vec::new();
    let demands = demands(100);
    let sink = |matched: duijie::DemandMatch| {
        ids.push(matched.demand);
        Ok(())
    };
    matcher().match_batch(&demands, &MatchOptions::default(), &batch, sink).unwrap();
    assert_eq!(ids, demands.iter().map(|demand| demand.id.clone()).collect::<Vec<_>>());
    assert_eq!(*counted.borrow(), (1..=100).collect::<Vec<_>>());
}

#[test]
fn a_cancelled_batch_stops_within_a_window() {
    let cancel = AtomicBool::new(false);
    let batch = BatchOptions { threads: 2, progress: None, cancel: Some(&cancel) };
    let mut seen = 0;
    let outcome = matcher().match_batch(&demands(1000), &MatchOptions::default(), &batch, |_| {
        seen += 1;
        cancel.store(true, Ordering::Relaxed);
        Ok(())
    });
    assert!(matches!(outcome, Err(Error::Cancelled)));
    assert!((1..=16).contains(&seen), "{seen} results after the cancellation");
    let mut after = 0;
    let outcome = matcher().match_batch(&demands(5), &MatchOptions::default(), &batch, |_| {
        after += 1;
        Ok(())
    });
    assert!(matches!(outcome, Err(Error::Cancelled)) && after == 0);
}

#[test]
fn an_error_of_the_sink_stops_the_batch_and_comes_back() {
    let full = Error::Write { path: PathBuf::from("out"), source: Arc::new(std::io::ErrorKind::StorageFull.into()) };
    let mut seen = 0;
    let outcome = matcher().match_batch(&demands(50), &MatchOptions::default(), &BatchOptions::default(), |_| {
        seen += 1;
        if seen == 3 { Err(full.clone()) } else { Ok(()) }
    });
    assert!(matches!(outcome, Err(Error::Write { .. })));
    assert_eq!(seen, 3);
}

#[test]
fn results_are_handed_on_before_later_demands_are_ranked() {
    // The sink stops the batch at the first result: if all were ranked first, ranking a million
    // demands would take minutes.
    let demands = vec![demand("D", "焊接"); 1_000_000];
    let begun = std::time::Instant::now();
    let outcome =
        matcher().match_batch(&demands, &MatchOptions::default(), &BatchOptions::default(), |_| Err(Error::Cancelled));
    assert!(matches!(outcome, Err(Error::Cancelled)));
    assert!(begun.elapsed().as_secs() < 10, "took {:?}", begun.elapsed());
}

#[test]
fn no_demands_are_a_batch_too() {
    matcher().match_batch(&[], &MatchOptions::default(), &BatchOptions::default(), |_| unreachable!()).unwrap();
}
