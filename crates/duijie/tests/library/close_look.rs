//! Indicators and a reranker of one's own decide among the best candidates.

use crate::common::{achievement, by_achievement, demand, ids};
use duijie::{
    Achievement, Catalogue, Demand, IndicatorAnswer, Institution, MatchOptions, Matcher, RankProfile, Ranking,
    Reranker, Unit,
};
use std::sync::Arc;

fn matcher(summaries: &[&str]) -> Matcher {
    let of = |(summary, at): (&&str, u32)| Achievement {
        summary: (*summary).into(),
        ..achievement(&format!("A{at}"), "高强钢焊接接头")
    };
    let achievements = summaries.iter().zip(1..).map(of).collect();
    Matcher::from_records(Catalogue::default(), Vec::<Institution>::new(), achievements).unwrap()
}

fn asking(indicators: &[&str]) -> Demand {
    Demand {
        indicators: indicators.iter().map(|indicator| (*indicator).into()).collect(),
        ..demand("D", "高强钢焊接接头")
    }
}

#[test]
fn an_indicator_that_is_met_speaks_for_an_achievement_and_one_that_is_missed_against_it() {
    let matcher = matcher(&["抗拉强度达到900MPa", "抗拉强度达到要求", "抗拉强度达到0.98GPa"]);
    let demand = asking(&["抗拉强度≥960MPa"]);
    let matched = matcher.match_one(&demand, &by_achievement(10)).unwrap();
    assert_eq!(ids(&matched), ["A3", "A2", "A1"]);
    let Ranking::Achievements(list) = &matched.ranking else { panic!() };
    let weight = RankProfile::default().parts.indicators;
    let parts: Vec<f64> = list.iter().map(|entry| entry.parts.get("indicators").unwrap() / weight).collect();
    assert_eq!(parts, [1.0, 0.5, 0.0]);
    let met = &list[0].indicators[0];
    assert_eq!((met.answer, met.offered.as_deref()), (IndicatorAnswer::Met, Some("抗拉强度达到0.98GPa")));
    assert_eq!((list[1].indicators[0].answer, &list[1].indicators[0].offered), (IndicatorAnswer::NotStated, &None));
    let explained = matcher.explain(&demand, "A1", &by_achievement(10)).unwrap();
    assert_eq!(explained.indicators[0].answer, IndicatorAnswer::NotMet);
    assert_eq!(explained.indicators[0].asked, "抗拉强度≥960MPa");
}

#[test]
fn names_of_one_property_are_the_same_and_those_of_a_part_are_not() {
    let matcher = matcher(&["主轴回转精度0.5μm，油缸30MPa"]);
    let explained = matcher.explain(&asking(&["主轴回转误差≤1μm", "液压缸≥25MPa"]), "A1", &by_achievement(10)).unwrap();
    let answers: Vec<IndicatorAnswer> = explained.indicators.iter().map(|indicator| indicator.answer).collect();
    assert_eq!(answers, [IndicatorAnswer::Met, IndicatorAnswer::NotStated]);
}

#[test]
fn a_demand_without_numbers_is_neutral_to_all() {
    let matcher = matcher(&["抗拉强度达到900MPa", "抗拉强度达到980MPa"]);
    let matched = matcher.match_one(&asking(&["质量稳定"]), &by_achievement(10)).unwrap();
    let Ranking::Achievements(list) = &matched.ranking else { panic!() };
    assert_eq!(list[0].parts.get("indicators"), list[1].parts.get("indicators"));
    assert!(list.iter().all(|entry| entry.indicators.is_empty()));
}

/// Prefers the achievement with this id, and answers one of the others with nonsense.
#[derive(Debug)]
struct Prefers(&'static str);

impl Reranker for Prefers {
    fn rerank(&self, _: &Demand, achievements: &[Achievement]) -> Vec<f64> {
        achievements.iter().map(|achievement| if achievement.id == self.0 { 7.0 } else { f64::NAN }).collect()
    }
}

#[test]
fn a_reranker_has_the_last_word_with_the_weight_that_the_profile_gives_it() {
    let matcher = matcher(&["甲", "乙", "丙"]);
    let mut profile = RankProfile::default();
    let reranker: Option<Arc<dyn Reranker>> = Some(Arc::new(Prefers("A2")));
    let options = |profile: &RankProfile| MatchOptions {
        profile: Arc::new(profile.clone()),
        reranker: reranker.clone(),
        unit: Unit::Achievement,
        ..MatchOptions::default()
    };
    let demand = asking(&[]);
    assert_eq!(ids(&matcher.match_one(&demand, &options(&profile)).unwrap())[0], "A1");
    profile.parts.reranker = 2.0;
    let matched = matcher.match_one(&demand, &options(&profile)).unwrap();
    let Ranking::Achievements(list) = &matched.ranking else { panic!() };
    assert_eq!((list[0].achievement.as_str(), list[0].parts.get("reranker")), ("A2", Some(2.0)));
    assert_eq!(list[1].parts.get("reranker"), Some(0.0));
}
