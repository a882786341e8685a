//! Records for the tests.

use duijie::{Achievement, Catalogue, Demand, Institutions, RecordReader, Strictness};
use duijie_eval::Qrels;
use std::path::{Path, PathBuf};

pub(crate) fn demand(id: &str, title: &str) -> Demand {
    Demand { id: id.into(), title: title.into(), ..Default::default() }
}

pub(crate) fn achievement(id: &str, title: &str, summary: &str) -> Achievement {
    Achievement { id: id.into(), title: title.into(), summary: summary.into(), ..Default::default() }
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/collection").join(name)
}

/// The test collection.
pub(crate) fn collection() -> (Vec<Demand>, Vec<Achievement>, Qrels) {
    let catalogue = Catalogue::default();
    let reader = RecordReader::new(&catalogue, Strictness::Strict);
    let institutions = reader.institutions(&[fixture("institutions.jsonl")]).unwrap().records;
    let institutions = Institutions::new(institutions).unwrap();
    let achievements = reader.achievements(&[fixture("achievements.jsonl")], &institutions).unwrap().records;
    let demands = reader.demands(&[fixture("demands.jsonl")]).unwrap().records;
    (demands, achievements, Qrels::from_path(fixture("qrels.txt")).unwrap())
}
