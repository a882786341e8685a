//! The characters that a demand shares with an achievement: they count where the term base knows little.

use crate::common::{achievement, by_achievement, demand};
use duijie::{Catalogue, MatchOptions, Matcher, Parts, RankProfile, Ranking};
use std::sync::Arc;

fn matcher() -> Matcher {
    let titles = ["热轧板提高抗裂性能", "苹果采后保鲜", "焊接延迟裂纹", "Q690 960MPa"];
    let achievements = titles.iter().zip(1..).map(|(title, at)| achievement(&format!("A{at}"), title)).collect();
    Matcher::from_records(Catalogue::default(), vec![], achievements).unwrap()
}

/// The profile with the concepts at `concepts`, the characters at `characters`.
fn options(concepts: f64, characters: f64) -> MatchOptions {
    let mut profile = RankProfile::default();
    (profile.parts.concepts, profile.parts.characters) = (concepts, characters);
    MatchOptions { profile: Arc::new(profile), ..by_achievement(10) }
}

fn parts_of(title: &str, with: &str, options: &MatchOptions) -> Option<Parts> {
    let matched = matcher().match_one(&demand("D", title), options).unwrap();
    let Ranking::Achievements(list) = matched.ranking else { panic!() };
    list.into_iter().find(|entry| entry.achievement == with).map(|entry| entry.parts)
}

#[test]
fn a_text_shares_all_of_its_characters_with_itself_and_none_with_a_foreign_one() {
    let options = options(0.0, 2.0);
    let own = parts_of("焊接延迟裂纹", "A3", &options).unwrap();
    assert!((own.get("characters").unwrap() - 2.0).abs() < 1e-6, "{own:?}");
    let numbers = parts_of("Q690", "A4", &options).unwrap();
    assert_eq!(numbers.get("characters"), Some(0.0), "digits and letters are words");
}

#[test]
fn what_the_term_base_knows_takes_from_the_part() {
    let unknown = parts_of("焊接延迟裂纹", "A3", &options(0.0, 1.0)).unwrap();
    let known = parts_of("焊接延迟裂纹", "A3", &options(1.0, 1.0)).unwrap();
    // The achievement has the very concepts of the demand: c is 1, and (1 − c)² is 0.
    assert!((known.get("concepts").unwrap() - 1.0).abs() < 1e-3, "{known:?}");
    assert!(known.get("characters").unwrap() < 1e-3, "{known:?}");
    assert!(unknown.get("characters").unwrap() > 0.999, "{unknown:?}");
}

#[test]
fn the_explanation_names_the_shared_characters_if_they_weigh_anything() {
    let matcher = matcher();
    let cracks = demand("D", "钢板开裂");
    let explained = matcher.explain(&cracks, "A1", &options(1.0, 1.0)).unwrap();
    assert_eq!(explained.characters.iter().collect::<String>(), "板裂", "rarest first, as 裂 is in two titles");
    let explained = matcher.explain(&cracks, "A1", &options(1.0, 0.0)).unwrap();
    assert!(explained.characters.is_empty());
    assert_eq!(explained.achievement_parts.get("characters"), None);
}
