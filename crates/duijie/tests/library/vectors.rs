//! Vectors of an encoder: stored with the achievements, compared exactly, neutral where unknown.

use crate::common::{achievement, by_achievement, demand, ids};
use duijie::{
    Catalogue, DemandMatch, DemandVectors, Error, IndexBuilder, MatchOptions, Matcher, RankProfile, Ranking, Vectors,
};
use std::path::Path;
use std::sync::Arc;

const TITLES: [&str; 4] = ["焊接延迟裂纹", "苹果采后保鲜", "风电叶片防雷", "造纸废水回用"];

/// A vector each; longer than 1, as encoders may give them.
fn vectors() -> Vectors {
    Vectors::new(4, 2, vec![2.0, 0.0, 0.0, 3.0, 1.5, 1.5, -1.0, 0.0]).unwrap()
}

fn build(folder: &Path) -> Matcher {
    let mut builder = IndexBuilder::create_in_dir(folder, Catalogue::default()).unwrap();
    let achievements = TITLES.iter().zip(1..).map(|(title, at)| achievement(&format!("A{at}"), title)).collect();
    builder.add_all_encoded(achievements, &vectors()).unwrap();
    builder.commit().unwrap();
    Matcher::open(folder).unwrap()
}

fn options(vector: [f32; 2]) -> MatchOptions {
    let mut profile = RankProfile::built_in("with-vectors").unwrap();
    (profile.parts.semantic, profile.semantic.floor) = (1.0, 0.0);
    // What the term base knows of a demand takes from the part.
    profile.parts.concepts = 0.0;
    let vectors = DemandVectors::new(["D"], Vectors::new(1, 2, vector.to_vec()).unwrap()).unwrap();
    MatchOptions { profile: Arc::new(profile), vectors: Some(Arc::new(vectors)), ..by_achievement(10) }
}

fn semantic(matched: &DemandMatch) -> Vec<(String, f64)> {
    let Ranking::Achievements(list) = &matched.ranking else { panic!() };
    let part = |entry: &duijie::AchievementMatch| (entry.achievement.clone(), entry.parts.get("semantic").unwrap());
    list.iter().map(part).collect()
}

#[test]
fn a_demand_finds_what_its_vector_is_near_though_no_word_is_shared() {
    let folder = tempfile::tempdir().unwrap();
    let matcher = build(folder.path());
    assert_eq!(matcher.vector_width(), Some(2));
    let matched = matcher.match_one(&demand("D", "量子密钥"), &options([0.0, 0.5])).unwrap();
    let parts = semantic(&matched);
    assert_eq!(ids(&matched)[0], "A2");
    let part = |id: &str| parts.iter().find(|(found, _)| found == id).unwrap().1;
    assert!((part("A2") - 1.0).abs() < 1e-6, "a cosine, whatever the lengths");
    assert!((part("A3") - 0.5f64.sqrt()).abs() < 1e-6);
    assert_eq!((part("A1"), part("A4")), (0.0, 0.0));
}

#[test]
fn an_achievement_without_a_vector_is_neutral_and_a_demand_without_one_has_no_such_part() {
    let folder = tempfile::tempdir().unwrap();
    build(folder.path());
    let mut builder = IndexBuilder::open(folder.path()).unwrap();
    builder.add(achievement("A5", "量子密钥分发")).unwrap();
    builder.commit().unwrap();
    let matcher = Matcher::open(folder.path()).unwrap();
    let parts = semantic(&matcher.match_one(&demand("D", "量子密钥"), &options([1.0, 0.0])).unwrap());
    assert!(parts.contains(&("A5".to_owned(), 0.5)), "{parts:?}");
    let other = matcher.match_one(&demand("OTHER", "量子密钥"), &options([1.0, 0.0])).unwrap();
    let Ranking::Achievements(list) = &other.ranking else { panic!() };
    assert!(list.iter().all(|entry| entry.parts.get("semantic").is_none()));
}

#[test]
fn vectors_that_do_not_fit_are_refused_before_anything_is_done() {
    let folder = tempfile::tempdir().unwrap();
    let matcher = build(folder.path());
    let mut wide = options([1.0, 0.0]);
    let three = DemandVectors::new(["D"], Vectors::new(1, 3, vec![1.0, 0.0, 0.0]).unwrap()).unwrap();
    wide.vectors = Some(Arc::new(three));
    let refused = matcher.match_one(&demand("D", "焊接"), &wide);
    assert!(matches!(refused, Err(Error::Vectors(_))), "{refused:?}");

    let mut builder = IndexBuilder::open(folder.path()).unwrap();
    let one = || vec![achievement("A9", "焊接")];
    assert!(matches!(builder.add_all_encoded(one(), &vectors()), Err(Error::VectorCount { .. })));
    let wide = Vectors::new(1, 3, vec![1.0; 3]).unwrap();
    assert!(matches!(builder.add_all_encoded(one(), &wide), Err(Error::Vectors(_))));
    builder.commit().unwrap();
    assert_eq!(Matcher::open(folder.path()).unwrap().len(), 4);
    assert!(DemandVectors::new(["D1", "D2"], Vectors::new(1, 2, vec![1.0, 0.0]).unwrap()).is_err());
}

#[test]
fn vectors_of_demands_need_an_index_with_vectors() {
    let matcher = Matcher::from_records(Catalogue::default(), Vec::new(), vec![achievement("A1", "焊接")]).unwrap();
    let refused = matcher.match_one(&demand("D", "焊接"), &options([1.0, 0.0]));
    assert!(matches!(refused, Err(Error::NoVectors { .. })), "{refused:?}");
}
