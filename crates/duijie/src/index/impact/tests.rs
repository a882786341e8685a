//! What the files beside an index save, and that they decide nothing.

use super::lengths::{EXACT, reference_length};
use super::stored::{ADDED, BASE};
use crate::concepts::Lexicon;
use crate::index::{IndexBuilder, Snapshot, Stop, open_index};
use crate::records::Achievement;
use crate::{Catalogue, Matcher};
use duijie_impact::{ImpactIndex, Query, Scope};
use std::path::Path;

/// Texts of the same few words in ever other places, so that scores differ and lengths do not.
fn achievement(at: usize) -> Achievement {
    let words = ["焊接", "裂纹", "消除", "方法", "碳纤维", "海参", "育苗", "电池"];
    let summary: Vec<&str> = (0..6).map(|place| words[at / 8usize.pow(place) % 8]).collect();
    let title = words[at % 5].to_owned();
    Achievement { id: format!("A{at:05}"), title, summary: summary.join("，"), ..Achievement::default() }
}

fn write(folder: &Path, range: std::ops::Range<usize>) {
    let mut builder = IndexBuilder::create_in_dir(folder, Catalogue::default()).unwrap();
    builder.add_all(range.map(achievement).collect()).unwrap();
    builder.commit().unwrap();
}

fn snapshot(folder: &Path) -> Snapshot {
    Snapshot::open(&open_index(folder, &Stop::default()).unwrap(), folder, &Lexicon::standard()).unwrap()
}

/// The best documents with their scores, and the terms' frequencies.
fn answer(snapshot: &Snapshot) -> Vec<(String, u32)> {
    let impact = &snapshot.impact;
    let ids: Vec<_> = ["焊接", "裂纹", "海参", "激光"].iter().filter_map(|term| impact.term_id(term)).collect();
    let weights = ids.iter().map(|id| (*id, 1.0 + impact.document_frequency(*id) as f32));
    let hits = impact.search(&Query::new(weights).unwrap(), &Scope::all(), 500);
    hits.iter().map(|hit| (snapshot.documents.id(hit.document).to_owned(), hit.score.to_bits())).collect()
}

/// What the folder answers without the files, which are then written anew.
fn fresh(folder: &Path) -> Vec<(String, u32)> {
    let copy = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if !entry.file_name().to_string_lossy().starts_with("impact.") {
            std::fs::copy(entry.path(), copy.path().join(entry.file_name())).unwrap();
        }
    }
    let snapshot = snapshot(copy.path());
    assert!(snapshot.impact.added().is_none());
    answer(&snapshot)
}

#[test]
fn a_few_more_or_fewer_achievements_leave_the_base_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    write(folder, 0..EXACT + 900);
    assert_eq!(answer(&snapshot(folder)), fresh(folder));
    let base = std::fs::read(folder.join(BASE)).unwrap();
    for round in 0..3 {
        let mut builder = IndexBuilder::open(folder).unwrap();
        builder.delete(&format!("A{:05}", 7 * round));
        // One in place of an earlier one, one between others, one behind all.
        let replaced = Achievement { title: "激光".into(), ..achievement(40 + round) };
        let between = Achievement { id: format!("A00100{round}"), ..achievement(9) };
        builder.add_all(vec![replaced, between, achievement(EXACT + 1_000 + round)]).unwrap();
        builder.commit().unwrap();
        drop(builder);
        let expected = fresh(folder);
        for time in ["made", "opened"] {
            let snapshot = snapshot(folder);
            assert_eq!(answer(&snapshot), expected, "round {round}, {time}");
            assert_eq!(snapshot.impact.added().map(ImpactIndex::len), Some(3 * (round as u32 + 1)));
        }
        assert_eq!(std::fs::read(folder.join(BASE)).unwrap(), base, "round {round}");
    }
    let added = folder.join(ADDED);
    let whole = std::fs::read(&added).unwrap();
    let expected = fresh(folder);
    for damaged in [&whole[..whole.len() / 2], b"", b"something else", &base] {
        std::fs::write(&added, damaged).unwrap();
        assert_eq!(answer(&snapshot(folder)), expected);
        assert_eq!(std::fs::read(&added).unwrap(), whole, "it was written again");
    }
    std::fs::write(folder.join(BASE), &base[1..]).unwrap();
    assert_eq!(answer(&snapshot(folder)), expected);
    assert!(!added.exists(), "what came since is in the new base");
}

#[test]
fn many_changes_or_other_lengths_make_a_new_base() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    write(folder, 0..EXACT + 100);
    answer(&snapshot(folder));
    let mut builder = IndexBuilder::open(folder).unwrap();
    let long = Achievement { summary: "焊接裂纹的消除方法，".repeat(40_000), ..achievement(3) };
    builder.add(long).unwrap();
    builder.commit().unwrap();
    assert_eq!(answer(&snapshot(folder)), fresh(folder));
    assert!(snapshot(folder).impact.added().is_none(), "other average lengths");
    builder.add_all((EXACT + 100..EXACT + 2_000).map(achievement).collect()).unwrap();
    builder.commit().unwrap();
    assert_eq!(answer(&snapshot(folder)), fresh(folder));
    assert!(snapshot(folder).impact.added().is_none(), "many more documents");
}

#[test]
fn reference_lengths_are_averages_rounded_where_there_are_many_documents() {
    assert_eq!(reference_length(0, 0), 0.0);
    assert_eq!(reference_length(7, 3), 7.0 / 3.0);
    for tokens in [1u64, 99, 5_000, 123_456, 98_765_432, u32::MAX.into()] {
        let documents = EXACT + 1;
        let (exact, rounded) = (tokens as f64 / documents as f64, f64::from(reference_length(tokens, documents)));
        assert!((rounded / exact - 1.0).abs() <= 1.0 / 64.0, "{exact} → {rounded}");
        let digits = rounded / 2f64.powi(rounded.log2().floor() as i32 - 5);
        assert_eq!(digits, digits.round(), "{rounded} has six binary digits");
    }
    assert_eq!(reference_length(0, EXACT + 1), 0.0);
}

#[test]
fn where_the_files_cannot_be_written_the_impacts_are_kept_in_memory() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), 0..20);
    // Not even root can rename a file to the name of a folder.
    std::fs::create_dir(folder.path().join(BASE)).unwrap();
    let matcher = Matcher::open(folder.path()).unwrap();
    assert_eq!(matcher.len(), 20);
    assert_eq!(answer(&snapshot(folder.path())), fresh(folder.path()));
    let left = std::fs::read_dir(folder.path())
        .unwrap()
        .filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().ends_with(".partial"));
    assert_eq!(left.count(), 0);
}
