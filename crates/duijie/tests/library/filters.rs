//! A filter lets through what it asks for, all of it and nothing else.

use crate::common::{by_achievement, collection, demand, ids};
use duijie::{Achievement, Error, Filter, Institution, InstitutionKind, MatchOptions};
use std::sync::Arc;

/// The rule, written out anew.
fn passes(filter: &Filter, achievement: &Achievement, institution: &Institution) -> bool {
    let asked = |asked: &Option<String>, found: &Option<String>| asked.is_none() || asked == found;
    asked(&filter.chain, &achievement.chain)
        && asked(&filter.sub_industry, &achievement.sub_industry)
        && asked(&filter.province, &institution.province)
        && (filter.kind.is_none() || filter.kind == institution.kind)
        && !filter.except.contains(&achievement.id)
        && filter.min_maturity.is_none_or(|least| achievement.maturity.is_none_or(|found| found >= least))
}

#[test]
fn every_filter_agrees_with_looking_at_each_achievement() {
    let mut collection = collection();
    for achievement in collection.achievements.iter_mut().step_by(5) {
        achievement.maturity = None;
    }
    for achievement in collection.achievements.iter_mut().step_by(7) {
        achievement.sub_industry = None;
    }
    let matcher = collection.in_ram();
    let some = |text: &str| Some(text.to_owned());
    let filters = [
        Filter { chain: some("energy"), ..Default::default() },
        Filter { sub_industry: some("hydrogen"), ..Default::default() },
        Filter { chain: some("energy"), sub_industry: some("hydrogen"), ..Default::default() },
        Filter { chain: some("chemicals"), sub_industry: some("hydrogen"), ..Default::default() },
        Filter { chain: some("no such chain"), ..Default::default() },
        Filter { sub_industry: some("no such code"), ..Default::default() },
        Filter { province: some("山东"), ..Default::default() },
        Filter { kind: Some(InstitutionKind::Institute), ..Default::default() },
        Filter { min_maturity: Some(7), ..Default::default() },
        Filter {
            except: collection.achievements.iter().step_by(3).map(|achievement| achievement.id.clone()).collect(),
            ..Default::default()
        },
        Filter {
            chain: some("energy"),
            province: some("山东"),
            kind: Some(InstitutionKind::University),
            min_maturity: Some(5),
            ..Default::default()
        },
    ];
    for filter in filters {
        let owner = |achievement: &Achievement| {
            let id = achievement.institution.as_deref();
            collection.institutions.iter().find(|institution| Some(institution.id.as_str()) == id).unwrap()
        };
        let passing =
            collection.achievements.iter().filter(|achievement| passes(&filter, achievement, owner(achievement)));
        // Every achievement shares a word with a demand that has all their titles.
        let titles: Vec<&str> = collection.achievements.iter().map(|achievement| achievement.title.as_str()).collect();
        let demand = demand("D", &titles.join("，"));
        let mut options = MatchOptions { filter: filter.clone(), ..by_achievement(1000) };
        Arc::make_mut(&mut options.profile).candidates.overall = 1000;
        let mut found = ids(&matcher.match_one(&demand, &options).unwrap());
        found.sort();
        let mut expected: Vec<String> = passing.map(|achievement| achievement.id.clone()).collect();
        expected.sort();
        assert_eq!(found, expected, "{filter:?}");
    }
}

#[test]
fn a_province_is_asked_for_with_or_without_its_ending() {
    let matcher = collection().in_ram();
    let found = |province: &str| {
        let filter = Filter { province: Some(province.to_owned()), ..Default::default() };
        matcher.match_one(&demand("D", "焊接裂纹"), &MatchOptions { filter, ..by_achievement(10) })
    };
    let short = found("山东").unwrap();
    assert!(!ids(&short).is_empty());
    assert_eq!(found(" 山东省").unwrap(), short);
    assert_eq!(found("上海市").unwrap(), found("上海").unwrap());
}

#[test]
fn what_no_achievement_could_pass_is_refused() {
    let matcher = collection().in_ram();
    let refused = |filter: Filter| {
        matcher.match_one(&demand("D", "焊接裂纹"), &MatchOptions { filter, ..by_achievement(10) }).unwrap_err()
    };
    let nowhere = refused(Filter { province: Some("月球".to_owned()), ..Default::default() });
    assert!(matches!(&nowhere, Error::UnknownProvince { known, .. } if known.contains("山东")), "{nowhere}");
    let beyond = refused(Filter { min_maturity: Some(10), ..Default::default() });
    assert!(matches!(beyond, Error::NoMaturity { found: 10 }), "{beyond}");
}
