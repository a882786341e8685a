//! A thousand demands against ten thousand achievements; another size is given by `DUIJIE_SCALE`, such as 2000x200.

use crate::arguments;
use crate::run::{command, duijie, file, fixture, names};
use crate::varied;
use std::time::{Duration, Instant};

/// Peak resident memory of a running process in MiB; 0 where the system does not say.
fn peak_memory(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().split(' ').next()?.parse::<u64>().ok()).unwrap_or(0) / 1024
}

#[test]
fn a_large_batch_is_streamed_whole_and_in_order() {
    let size = std::env::var("DUIJIE_SCALE").unwrap_or("10000x1000".to_owned());
    let (achievements, demands) = size.split_once('x').expect("DUIJIE_SCALE is ACHIEVEMENTSxDEMANDS");
    let folder = tempfile::tempdir().unwrap();
    let records = varied::achievements(achievements.parse().unwrap(), 7);
    let wanted = varied::demands(demands.parse().unwrap(), 8);
    let (records, wanted_file) = (file(folder.path(), "a.jsonl", records), file(folder.path(), "d.jsonl", &wanted));
    let index = folder.path().join("index");
    let begun = Instant::now();
    let built = duijie(arguments![
        "index",
        "--achievements",
        records,
        "--institutions",
        fixture("institutions.jsonl"),
        "--out",
        index
    ]);
    assert!(built.succeeded().err.contains(&format!("{achievements} achievements indexed")));
    let indexing = begun.elapsed();

    let out = tempfile::tempdir().unwrap();
    let begun = Instant::now();
    let mut child =
        command(arguments!["match", "--index", index, "--demands", wanted_file, "--out", out.path().join("all.jsonl")])
            .spawn()
            .unwrap();
    let (mut peak, mut sizes) = (0, Vec::new());
    while child.try_wait().unwrap().is_none() {
        peak = peak.max(peak_memory(child.id()));
        let part = std::fs::read_dir(out.path()).unwrap().next();
        sizes.extend(part.and_then(|entry| entry.unwrap().metadata().ok()).map(|part| part.len()));
        std::thread::sleep(Duration::from_millis(2));
    }
    assert!(child.wait().unwrap().success());
    eprintln!("{size}: indexed in {indexing:?}, matched in {:?}, peak {peak} MiB", begun.elapsed());
    sizes.dedup();
    assert!(sizes.len() > 2, "results are written as they come, but the file only had the sizes {sizes:?}");
    assert_eq!(names(out.path()), ["all.jsonl"]);
    let text = std::fs::read_to_string(out.path().join("all.jsonl")).unwrap();
    let id = |line: &str, field: &str| serde_json::from_str::<serde_json::Value>(line).unwrap()[field].clone();
    let answered: Vec<_> = text.lines().map(|line| id(line, "demand")).collect();
    assert_eq!(answered, wanted.lines().map(|line| id(line, "id")).collect::<Vec<_>>());
}
