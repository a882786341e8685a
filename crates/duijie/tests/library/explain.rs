//! An explanation agrees with the ranking that it explains.

use crate::common::{by_achievement, collection};
use duijie::{Demand, Error, Filter, MatchOptions, Ranking, Unit};

#[test]
fn an_achievement_is_explained_as_it_was_ranked() {
    let collection = collection();
    let matcher = collection.in_ram();
    for demand in collection.demands.iter().step_by(11) {
        let options = by_achievement(2000);
        let Ranking::Achievements(ranked) = matcher.match_one(demand, &options).unwrap().ranking else { panic!() };
        for entry in ranked.iter().step_by(40) {
            let explanation = matcher.explain(demand, &entry.achievement, &options).unwrap();
            assert_eq!(explanation.unit, Unit::Achievement);
            assert_eq!((explanation.rank, explanation.ranked), (Some(entry.rank), ranked.len()));
            assert_eq!((explanation.score, &explanation.parts), (Some(entry.score), &entry.parts));
            let contributions: f64 = explanation.found.iter().map(|term| term.contribution).sum();
            let text = entry.parts.lexical();
            assert!((contributions - text).abs() < 1e-5, "{contributions} is not what the words give, {text}");
            for term in &explanation.found {
                let shares: f64 = term.fields.iter().map(|share| share.contribution).sum();
                assert!((shares - term.contribution).abs() < 1e-6, "{term:?}");
            }
            assert_eq!(explanation.first.is_none(), entry.rank == 1);
            if let Some((id, score)) = explanation.first {
                assert_eq!((id, score), (ranked[0].achievement.clone(), ranked[0].score));
            }
        }
    }
}

#[test]
fn what_was_not_chosen_is_explained_too() {
    let collection = collection();
    let matcher = collection.in_ram();
    let demand = &collection.demands[0];
    let filter = Filter { sub_industry: Some("hydrogen".into()), ..Default::default() };
    let (inside, outside) = ("A-hydrogen-1f528f", "A-propylene-80ef4d");
    let options = MatchOptions { filter, ..by_achievement(10) };
    let kept_out = matcher.explain(demand, outside, &options).unwrap();
    assert_eq!(kept_out.rank, None);
    assert!(kept_out.score.is_some() && kept_out.first.is_some());
    assert!(!kept_out.missing.is_empty());
    assert!(matcher.explain(demand, inside, &options).unwrap().rank.is_some());
    let unknown = matcher.explain(demand, "no such id", &options);
    assert!(matches!(unknown, Err(Error::UnknownId { id, .. }) if id == "no such id"));
}

#[test]
fn an_institution_is_explained_as_it_was_ranked() {
    let collection = collection();
    let matcher = collection.in_ram();
    let options = MatchOptions { top: 100, ..Default::default() };
    for demand in collection.demands.iter().step_by(17) {
        let Ranking::Institutions(ranked) = matcher.match_one(demand, &options).unwrap().ranking else { panic!() };
        for entry in ranked.iter().step_by(6) {
            let explanation = matcher.explain(demand, &entry.institution, &options).unwrap();
            assert_eq!(explanation.unit, Unit::Institution);
            assert_eq!((explanation.rank, explanation.score), (Some(entry.rank), Some(entry.score)));
            assert_eq!(explanation.parts, entry.parts);
            assert_eq!(explanation.achievement.as_ref(), Some(&entry.evidence[0].achievement));
            assert_eq!(explanation.achievement_parts, entry.evidence[0].parts);
        }
    }
}

#[test]
fn an_inferred_sub_industry_is_explained_as_it_was_ranked_by() {
    let collection = collection();
    let matcher = collection.in_ram();
    let options = MatchOptions::default();
    for demand in collection.demands.iter().step_by(30) {
        let blanked = Demand { chain: None, sub_industry: None, ..demand.clone() };
        let ranked = matcher.match_one(&blanked, &options).unwrap();
        assert!(ranked.inferred.is_some());
        for with in ["I01", "A-hydrogen-1f528f"] {
            assert_eq!(matcher.explain(&blanked, with, &options).unwrap().inferred, ranked.inferred);
            assert_eq!(matcher.explain(demand, with, &options).unwrap().inferred, None);
        }
    }
}
