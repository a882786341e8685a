//! Same records in, same bytes out.

use crate::common::{Collection, collection, lines};
use duijie::{BatchOptions, Catalogue, IndexBuilder, Institutions, MatchOptions, Matcher};

fn on_disk(collection: &Collection) -> (tempfile::TempDir, Matcher) {
    let folder = tempfile::tempdir().unwrap();
    let mut builder = IndexBuilder::create_in_dir(folder.path(), Catalogue::default()).unwrap();
    builder.set_institutions(Institutions::new(collection.institutions.clone()).unwrap()).unwrap();
    for achievement in collection.achievements.clone() {
        builder.add(achievement).unwrap();
    }
    builder.commit().unwrap();
    drop(builder);
    let matcher = Matcher::open(folder.path()).unwrap();
    (folder, matcher)
}

#[test]
fn the_number_of_threads_does_not_show() {
    let collection = collection();
    let matcher = collection.in_ram();
    let expected = lines(&matcher, &collection.demands, &MatchOptions::default());
    for threads in [1, 2, 4] {
        let mut found = Vec::new();
        let batch = BatchOptions { threads, ..Default::default() };
        let sink = |matched| {
            found.push(serde_json::to_string(&matched).unwrap());
            Ok(())
        };
        matcher.match_batch(&collection.demands, &MatchOptions::default(), &batch, sink).unwrap();
        assert_eq!(found, expected, "{threads} threads");
    }
}

#[test]
fn neither_order_of_records_nor_place_of_the_index_shows() {
    let mut collection = collection();
    let demands: Vec<_> = collection.demands.iter().step_by(4).cloned().collect();
    let options = MatchOptions::default();
    let expected = lines(&collection.in_ram(), &demands, &options);
    assert_eq!(lines(&collection.in_ram(), &demands, &options), expected, "built twice");
    let (_folder, matcher) = on_disk(&collection);
    assert_eq!(lines(&matcher, &demands, &options), expected, "on disk");
    collection.achievements.reverse();
    collection.institutions.rotate_left(7);
    assert_eq!(lines(&collection.in_ram(), &demands, &options), expected, "in another order");
    let (_folder, matcher) = on_disk(&collection);
    assert_eq!(lines(&matcher, &demands, &options), expected, "on disk in another order");
}
