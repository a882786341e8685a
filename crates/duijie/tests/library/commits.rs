//! Adding, replacing and deleting; what a reader sees of it and when.

use crate::common::{achievement, by_achievement, demand, ids, institution, write_index};
use duijie::{Achievement, Catalogue, Error, IndexBuilder, Institutions, MatchOptions, Matcher};
use std::path::Path;
use std::sync::atomic::Ordering;
use std::time::Duration;

fn answers(matcher: &Matcher) -> Vec<String> {
    let mut ids = ids(&matcher.match_one(&demand("D", "焊接裂纹"), &by_achievement(10)).unwrap());
    ids.sort();
    ids
}

fn welding(id: &str) -> Achievement {
    achievement(id, "焊接裂纹的消除")
}

#[test]
fn achievements_are_added_replaced_and_deleted_by_id() {
    let folder = tempfile::tempdir().unwrap();
    write_index(folder.path(), &[welding("A1"), welding("A2"), welding("A2")]).unwrap();
    assert_eq!(answers(&Matcher::open(folder.path()).unwrap()), ["A1", "A2"]);

    let mut builder = IndexBuilder::open(folder.path()).unwrap();
    builder.delete("A1");
    builder.delete("no such achievement");
    builder.add(achievement("A2", "苹果采后保鲜")).unwrap();
    builder.add(Achievement { institution: Some("齐岳大学".into()), ..welding("A3") }).unwrap();
    builder.commit().unwrap();
    let matcher = builder.matcher().unwrap();
    assert_eq!((answers(&matcher), matcher.len()), (vec!["A3".to_owned()], 2));
    assert_eq!(matcher.achievement("A2").unwrap().title, "苹果采后保鲜");
    assert_eq!(matcher.achievement("A3").unwrap().institution.as_deref(), Some("I1"));
    assert!(matches!(matcher.achievement("A1"), Err(Error::UnknownId { .. })));
}

#[test]
fn a_deleted_achievement_no_longer_counts_in_any_score() {
    let folder = tempfile::tempdir().unwrap();
    let (kept, gone) = (welding("A1"), achievement("A2", "焊接焊接焊接变位机"));
    write_index(folder.path(), &[kept.clone(), gone]).unwrap();
    let mut builder = IndexBuilder::open(folder.path()).unwrap();
    builder.delete("A2");
    builder.commit().unwrap();
    let fresh = Matcher::from_records(Catalogue::default(), vec![institution("I1", "齐岳大学")], vec![kept]).unwrap();
    let demand = demand("D", "焊接裂纹");
    let found = builder.matcher().unwrap().match_one(&demand, &by_achievement(10)).unwrap();
    assert_eq!(found, fresh.match_one(&demand, &by_achievement(10)).unwrap());
}

#[test]
fn a_matcher_keeps_its_answers_until_it_is_reloaded() {
    let folder = tempfile::tempdir().unwrap();
    write_index(folder.path(), &[welding("A1")]).unwrap();
    let matcher = Matcher::open(folder.path()).unwrap();
    for round in 2..6 {
        let mut builder = IndexBuilder::open(folder.path()).unwrap();
        builder.add(welding(&format!("A{round}"))).unwrap();
        builder.delete("A1");
        builder.commit().unwrap();
        assert_eq!(answers(&matcher), ["A1"], "after commit {round}");
        assert_eq!(matcher.achievement("A1").unwrap().title, "焊接裂纹的消除");
    }
    matcher.reload().unwrap();
    assert_eq!(answers(&matcher), ["A2", "A3", "A4", "A5"]);
}

#[test]
fn what_was_not_committed_never_was() {
    let folder = tempfile::tempdir().unwrap();
    write_index(folder.path(), &[welding("A1")]).unwrap();
    let mut replacing = IndexBuilder::create_in_dir(folder.path(), Catalogue::default()).unwrap();
    replacing.add(welding("A2")).unwrap();
    assert_eq!(answers(&Matcher::open(folder.path()).unwrap()), ["A1"], "while it is written");
    drop(replacing);
    assert_eq!(answers(&Matcher::open(folder.path()).unwrap()), ["A1"], "after it was given up");
}

#[test]
fn a_second_builder_is_told_to_wait() {
    let folder = tempfile::tempdir().unwrap();
    write_index(folder.path(), &[welding("A1")]).unwrap();
    let first = IndexBuilder::open(folder.path()).unwrap();
    assert!(matches!(IndexBuilder::open(folder.path()), Err(Error::IndexLocked { .. })));
    let second = IndexBuilder::create_in_dir(folder.path(), Catalogue::default());
    assert!(matches!(second, Err(Error::IndexLocked { .. })));
    drop(first);
    IndexBuilder::open(folder.path()).unwrap();
}

#[test]
fn a_record_that_does_not_fit_is_refused_and_the_rest_goes_on() {
    let mut builder = IndexBuilder::create_in_ram(Catalogue::default()).unwrap();
    let bad = [
        Achievement { chain: Some("航天".into()), ..welding("A1") },
        Achievement { sub_industry: Some("no such".into()), ..welding("A1") },
        Achievement { chain: Some("chemicals".into()), sub_industry: Some("hydrogen".into()), ..welding("A1") },
        Achievement { institution: Some("无名大学".into()), ..welding("A1") },
    ];
    for record in bad {
        assert!(matches!(builder.add(record), Err(Error::BadRecord { id, .. }) if id == "A1"));
    }
    builder.add(welding("A2")).unwrap();
    builder.commit().unwrap();
    assert_eq!(answers(&builder.matcher().unwrap()), ["A2"]);
    let twice = Institutions::new(vec![institution("I1", "甲大学"), institution("I1", "乙大学")]);
    assert!(matches!(twice, Err(Error::BadRecord { id, .. }) if id == "I1"));
}

#[test]
fn only_an_index_is_opened_or_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let opened = |path: &Path| Matcher::open(path).map(|_| ());
    assert!(matches!(opened(&folder.path().join("nowhere")), Err(Error::NoIndex { .. })));
    assert!(matches!(opened(folder.path()), Err(Error::NoIndex { .. })));
    drop(IndexBuilder::create_in_dir(&folder.path().join("begun"), Catalogue::default()).unwrap());
    assert!(matches!(opened(&folder.path().join("begun")), Err(Error::NoIndex { .. })), "a first build given up");
    std::fs::write(folder.path().join("letter.txt"), "keep me").unwrap();
    let created = IndexBuilder::create_in_dir(folder.path(), Catalogue::default());
    assert!(matches!(created, Err(Error::NotAnIndex { .. })));
    let below_a_file = IndexBuilder::create_in_dir(&folder.path().join("letter.txt/index"), Catalogue::default());
    assert!(matches!(below_a_file, Err(Error::Write { .. })));
    assert_eq!(std::fs::read(folder.path().join("letter.txt")).unwrap(), b"keep me");
}

#[test]
fn an_index_opens_while_another_thread_keeps_committing() {
    let folder = tempfile::tempdir().unwrap();
    write_index(folder.path(), &[welding("A0")]).unwrap();
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            let mut builder = IndexBuilder::open(folder.path()).unwrap();
            for round in 0..8 {
                builder.add(welding("A0")).unwrap();
                builder.add(welding(&format!("A{round}"))).unwrap();
                builder.commit().unwrap();
            }
        });
        let mut opened = 0;
        while !writer.is_finished() || opened == 0 {
            let matcher = Matcher::open(folder.path()).unwrap();
            assert!(matcher.match_one(&demand("D", "焊接"), &MatchOptions::default()).is_ok());
            matcher.reload().unwrap();
            opened += 1;
        }
    });
}

/// Names of what is in a folder.
fn files(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_first_build_that_is_stopped_or_dropped_leaves_no_folder() {
    let folder = tempfile::tempdir().unwrap();
    let index = folder.path().join("index");
    for stopped in [true, false] {
        let mut builder = IndexBuilder::create_in_dir(&index, Catalogue::default()).unwrap();
        builder.add_all((0..50).map(|at| welding(&format!("A{at}"))).collect()).unwrap();
        if stopped {
            builder.cancel_flag().store(true, Ordering::Relaxed);
            assert!(matches!(builder.commit(), Err(Error::Cancelled)));
            assert!(matches!(builder.add(welding("A51")), Err(Error::Cancelled)));
        }
        drop(builder);
        assert!(!index.exists(), "stopped: {stopped}");
    }
    std::fs::create_dir(&index).unwrap();
    drop(IndexBuilder::create_in_dir(&index, Catalogue::default()).unwrap());
    assert_eq!(files(&index), [""; 0], "a folder that was there stays, as empty as it was");
}

#[test]
fn a_commit_that_is_stopped_counts_as_a_whole_or_leaves_no_file() {
    let folder = tempfile::tempdir().unwrap();
    write_index(folder.path(), &[welding("A1")]).unwrap();
    let mut cancelled = 0;
    for milliseconds in [0, 1, 3, 10, 30] {
        let before = files(folder.path());
        let len = Matcher::open(folder.path()).unwrap().len();
        let mut builder = IndexBuilder::open(folder.path()).unwrap();
        let added = (0..400).map(|at| welding(&format!("B{milliseconds}-{at}"))).collect();
        builder.add_all(added).unwrap();
        let flag = builder.cancel_flag();
        let stopper = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(milliseconds));
            flag.store(true, Ordering::Relaxed);
        });
        let committed = builder.commit();
        stopper.join().unwrap();
        drop(builder);
        match committed {
            Ok(()) => assert_eq!(Matcher::open(folder.path()).unwrap().len(), len + 400),
            Err(Error::Cancelled) => {
                cancelled += 1;
                let left: Vec<String> =
                    files(folder.path()).into_iter().filter(|name| !name.starts_with("impact")).collect();
                assert!(left.iter().all(|name| before.contains(name)), "{left:?} of {before:?}");
                assert_eq!(Matcher::open(folder.path()).unwrap().len(), len);
            }
            Err(other) => panic!("{other}"),
        }
    }
    assert!(cancelled > 0);
}
