//! Texts of a megabyte and of nothing.

use crate::common::{achievement, by_achievement, collection, demand};
use duijie::{Achievement, Catalogue, Demand, MatchOptions, Matcher, Ranking};
use std::time::Instant;

/// A megabyte of the collection's own sentences.
fn megabyte() -> String {
    let achievements = collection().achievements;
    let summaries: String = achievements.iter().map(|achievement| achievement.summary.as_str()).collect();
    summaries.repeat((1 << 20) / summaries.len() + 1)
}

#[test]
fn a_megabyte_is_indexed_matched_and_explained_in_seconds() {
    let text = megabyte();
    let begun = Instant::now();
    let unbroken = text.replace(['。', '；', '！', '？', '\n'], "，");
    let records = vec![
        Achievement { summary: text.clone(), ..achievement("A1", "长文") },
        Achievement { summary: unbroken, ..achievement("A2", "不断句的长文") },
    ];
    let matcher = Matcher::from_records(Catalogue::default(), vec![], records).unwrap();
    let long = Demand { description: text, ..demand("D1", "焊接裂纹") };
    for demand in [long, demand("D2", "焊接裂纹")] {
        let Ranking::Achievements(ranked) = matcher.match_one(&demand, &by_achievement(10)).unwrap().ranking else {
            panic!()
        };
        assert_eq!(ranked.len(), 2);
        assert!(!ranked[0].passages.is_empty());
        assert_eq!(matcher.explain(&demand, "A1", &MatchOptions::default()).unwrap().ranked, 2);
    }
    assert!(begun.elapsed().as_secs() < 60, "took {:?}", begun.elapsed());
}

#[test]
fn an_achievement_with_nothing_but_a_title_is_found_by_it() {
    let records = vec![achievement("A1", "，"), achievement("A2", "焊接")];
    let matcher = Matcher::from_records(Catalogue::default(), vec![], records).unwrap();
    let Ranking::Achievements(ranked) = matcher.match_one(&demand("D", "焊接"), &by_achievement(5)).unwrap().ranking
    else {
        panic!()
    };
    assert_eq!((ranked.len(), ranked[0].achievement.as_str()), (1, "A2"));
    assert_eq!(matcher.achievement("A1").unwrap().title, "，");
}

#[test]
fn an_empty_index_answers_that_nothing_matches() {
    let matcher = Matcher::from_records(Catalogue::default(), vec![], vec![]).unwrap();
    let matched = matcher.match_one(&demand("D", "焊接"), &MatchOptions::default()).unwrap();
    assert_eq!(matched.verdict, duijie::Verdict::NoCredibleMatch);
    assert!(matched.ranking.entries().is_empty());
}
