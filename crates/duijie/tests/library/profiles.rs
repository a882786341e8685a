//! The built-in rank profiles, and what is refused in a file.

use crate::common::collection;
use duijie::{DemandKind, MatchOptions, RankProfile, Ranking, Verdict};
use std::sync::Arc;

#[test]
fn every_built_in_profile_bears_its_name_and_can_be_loaded_again() {
    let folder = tempfile::tempdir().unwrap();
    for name in RankProfile::built_in_names() {
        let profile = RankProfile::built_in(name).unwrap();
        assert_eq!(profile.name, name);
        let path = folder.path().join(format!("{name}.toml"));
        std::fs::write(&path, toml::to_string(&profile).unwrap()).unwrap();
        assert_eq!(RankProfile::load(&path).unwrap(), profile);
    }
    assert_eq!(RankProfile::built_in("no such profile"), None);
}

#[test]
fn weights_that_mean_nothing_are_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("profile.toml");
    let written = toml::to_string(&RankProfile::default()).unwrap();
    let broken = [
        ("second_text = 2.93", "second_text = nan", "verdict.second_text"),
        ("pair_concepts = 0.33", "pair_concepts = -5.0", "verdict.pair_concepts"),
        ("votes = 5", "votes = 0", "institutions.votes"),
        ("decay = 0.1", "decay = 500.0", "institutions.decay"),
        ("floor = 0.7", "floor = 1.0", "semantic.floor"),
        ("concepts = 1.0", "concepts = inf", "parts.concepts"),
    ];
    for (there, instead, named) in broken {
        assert!(written.contains(there), "{there} in {written}");
        std::fs::write(&path, written.replacen(there, instead, 1)).unwrap();
        let refused = RankProfile::load(&path).unwrap_err().to_string();
        assert!(refused.contains(named), "{refused}");
    }
}

#[test]
fn a_bottleneck_says_whether_the_province_has_a_candidate_and_shows_the_strength_of_institutions() {
    let collection = collection();
    let matcher = collection.in_ram();
    let profile = Arc::new(RankProfile::built_in("bottleneck").unwrap());
    let options = MatchOptions { profile, top: 100, ..MatchOptions::default() };
    let (mut some, mut none) = (0, 0);
    for demand in collection.demands.iter().filter(|demand| demand.kind == DemandKind::Bottleneck) {
        let matched = matcher.match_one(demand, &options).unwrap();
        let home = matched.home.unwrap();
        assert_eq!(home.province, "山东");
        let Ranking::Institutions(list) = &matched.ranking else { panic!() };
        for entry in list {
            let strength = ["institution_maturity", "institution_patents"].map(|name| entry.parts.get(name).unwrap());
            assert!(strength.iter().all(|part| (0.0..=0.1).contains(part)), "{strength:?}");
            assert_eq!(entry.parts.total(), entry.score);
        }
        match home.candidate {
            Some(id) => {
                some += 1;
                assert_eq!(matcher.institutions().get(&id).unwrap().province.as_deref(), Some("山东"));
            }
            None => none += 1,
        }
    }
    assert!(some > 0, "no listing has a candidate at home, {none} have none");
}

#[test]
fn where_no_match_is_credible_the_province_has_no_candidate() {
    let collection = collection();
    let matcher = collection.in_ram();
    let profile = Arc::new(RankProfile::built_in("bottleneck").unwrap());
    let options = MatchOptions { profile, top: 1, ..MatchOptions::default() };
    let given_up = collection.demands.iter().map(|demand| matcher.match_one(demand, &options).unwrap());
    let given_up: Vec<_> = given_up.filter(|matched| matched.verdict == Verdict::NoCredibleMatch).collect();
    assert!(!given_up.is_empty());
    for matched in given_up {
        assert_eq!(matched.home.unwrap().candidate, None, "{}", matched.demand);
    }
}
