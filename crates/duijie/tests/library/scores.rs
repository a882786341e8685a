//! Scores are the sums of their parts, to the bit, in order, and the verdict follows them.

use crate::common::{by_achievement, collection, demand};
use duijie::{Achievement, Catalogue, Demand, MatchOptions, Matcher, Parts, Ranking, Verdict};
use proptest::prelude::*;

fn assert_adds_up(score: f64, parts: &Parts) {
    let sum = parts.iter().fold(0.0, |sum, (_, value)| sum + value);
    assert_eq!(sum.to_bits(), score.to_bits(), "{parts:?} should add up to {score}");
    let written: serde_json::Value = serde_json::from_str(&serde_json::to_string(parts).unwrap()).unwrap();
    let read = written.as_object().unwrap().values().fold(0.0, |sum, value| sum + value.as_f64().unwrap());
    assert_eq!(read.to_bits(), score.to_bits(), "{written} should add up to {score}");
}

fn assert_ranked(ranking: &Ranking) {
    let entries = ranking.entries();
    for pair in entries.windows(2) {
        assert!(pair[0].1 > pair[1].1 || (pair[0].1 == pair[1].1 && pair[0].0 < pair[1].0), "{pair:?}");
    }
    match ranking {
        Ranking::Achievements(list) => {
            for (entry, rank) in list.iter().zip(1..) {
                assert_eq!(entry.rank, rank);
                assert_adds_up(entry.score, &entry.parts);
            }
        }
        Ranking::Institutions(list) => {
            for (entry, rank) in list.iter().zip(1..) {
                assert_eq!(entry.rank, rank);
                assert_adds_up(entry.score, &entry.parts);
                assert!(!entry.evidence.is_empty());
                for evidence in &entry.evidence {
                    assert_adds_up(evidence.score, &evidence.parts);
                }
            }
        }
    }
}

#[test]
fn parts_add_up_to_the_score_on_the_collection() {
    let collection = collection();
    let matcher = collection.in_ram();
    for demand in &collection.demands {
        assert_ranked(&matcher.match_one(demand, &by_achievement(100)).unwrap().ranking);
        assert_ranked(&matcher.match_one(demand, &MatchOptions::default()).unwrap().ranking);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn parts_add_up_to_the_score_of_any_records(
        records in prop::collection::vec(("焊[焊接裂纹氢燃料电池 T8Ω,。]{0,11}", "\\PC{0,40}", prop::option::of(1u8..=9), 0usize..4), 1..20),
        wanted in "[焊接裂纹氢燃料电池 T8Ω]{0,12}\\PC{0,20}x",
    ) {
        let subs = [None, Some("hydrogen"), Some("construction"), Some("ic")];
        let achievements = records.into_iter().zip(0..).map(|((title, summary, maturity, sub), at)| Achievement {
            id: format!("A{at}"),
            title,
            summary,
            maturity,
            sub_industry: subs[sub].map(str::to_owned),
            ..Default::default()
        });
        let matcher = Matcher::from_records(Catalogue::default(), vec![], achievements.collect()).unwrap();
        let demand = Demand { chain: Some("energy".into()), ..demand("D", &wanted) };
        assert_ranked(&matcher.match_one(&demand, &by_achievement(50)).unwrap().ranking);
    }
}

#[test]
fn a_demand_that_nothing_deals_with_has_no_credible_match() {
    let collection = collection();
    let matcher = collection.in_ram();
    for title in ["，。！", "zzzqqq xyzzy", "\u{0}"] {
        let matched = matcher.match_one(&demand("D", title), &MatchOptions::default()).unwrap();
        assert_eq!(matched.verdict, Verdict::NoCredibleMatch, "{title:?}");
    }
    let own_title = demand("D", &collection.achievements[0].title);
    assert_eq!(matcher.match_one(&own_title, &MatchOptions::default()).unwrap().verdict, Verdict::Matched);
}

#[test]
fn words_that_may_be_said_of_anything_decide_nothing() {
    let matcher = collection().in_ram();
    for title in ["发热严重", "效率低", "变形大", "漏油"] {
        let matched = matcher.match_one(&demand("D", title), &MatchOptions::default()).unwrap();
        assert_eq!(matched.verdict, Verdict::NoCredibleMatch, "{title}");
        let guess = matched.inferred.map_or(0.0, |inferred| inferred.probability);
        assert!(guess < 0.5, "{title}: {guess}");
    }
    // A technical demand is short too.
    let matched = matcher.match_one(&demand("D", "高强钢焊后延迟裂纹"), &MatchOptions::default()).unwrap();
    assert_eq!(matched.verdict, Verdict::Matched);
    assert!(matched.inferred.unwrap().probability > 0.2);
}
