//! The test collection, and small records made up for one test.

use duijie::{
    Achievement, Catalogue, Demand, DemandMatch, IndexBuilder, Institution, InstitutionKind, Institutions,
    MatchOptions, Matcher, RecordReader, Strictness, Unit,
};
use std::path::{Path, PathBuf};

pub(crate) struct Collection {
    pub(crate) institutions: Vec<Institution>,
    pub(crate) achievements: Vec<Achievement>,
    pub(crate) demands: Vec<Demand>,
}

/// A file of the test collection.
pub(crate) fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/collection").join(name)
}

pub(crate) fn collection() -> Collection {
    let catalogue = Catalogue::default();
    let reader = RecordReader::new(&catalogue, Strictness::Strict);
    let institutions = reader.institutions(&[fixture("institutions.jsonl")]).unwrap().records;
    let known = Institutions::new(institutions.clone()).unwrap();
    Collection {
        institutions,
        achievements: reader.achievements(&[fixture("achievements.jsonl")], &known).unwrap().records,
        demands: reader.demands(&[fixture("demands.jsonl")]).unwrap().records,
    }
}

impl Collection {
    pub(crate) fn in_ram(&self) -> Matcher {
        let (institutions, achievements) = (self.institutions.clone(), self.achievements.clone());
        Matcher::from_records(Catalogue::default(), institutions, achievements).unwrap()
    }
}

pub(crate) fn institution(id: &str, name: &str) -> Institution {
    Institution { id: id.into(), name: name.into(), kind: Some(InstitutionKind::University), ..Default::default() }
}

pub(crate) fn achievement(id: &str, title: &str) -> Achievement {
    Achievement { id: id.into(), title: title.into(), ..Default::default() }
}

pub(crate) fn demand(id: &str, title: &str) -> Demand {
    Demand { id: id.into(), title: title.into(), ..Default::default() }
}

pub(crate) fn by_achievement(top: usize) -> MatchOptions {
    MatchOptions { unit: Unit::Achievement, top, ..Default::default() }
}

/// Commits an index of `achievements` and one institution, `I1`, in a folder.
pub(crate) fn write_index(path: &Path, achievements: &[Achievement]) -> duijie::Result<()> {
    let mut builder = IndexBuilder::create_in_dir(path, Catalogue::default())?;
    builder.set_institutions(Institutions::new(vec![institution("I1", "齐岳大学")])?)?;
    for achievement in achievements {
        builder.add(achievement.clone())?;
    }
    builder.commit()
}

/// Ids of the ranking, best first.
pub(crate) fn ids(matched: &DemandMatch) -> Vec<String> {
    matched.ranking.entries().into_iter().map(|(id, _)| id.to_owned()).collect()
}

/// The rankings of `demands` as they are written to files.
pub(crate) fn lines(matcher: &Matcher, demands: &[Demand], options: &MatchOptions) -> Vec<String> {
    let line = |demand| serde_json::to_string(&matcher.match_one(demand, options).unwrap()).unwrap();
    demands.iter().map(line).collect()
}
