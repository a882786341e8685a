//! Terms of the operator's own count wherever texts are compared, not in the ranking alone.

use duijie::{
    Achievement, Catalogue, Demand, IndexBuilder, Institution, Institutions, Lexicon, MatchOptions, Product,
    RankProfile,
};
use duijie_event::{ConsortiumOptions, GapOptions, ShowcaseOptions, Survey, common_needs, consortium, gaps, showcase};
use duijie_text::TermBase;
use std::path::Path;
use std::sync::Arc;

/// A lexicon in which 鲁班工法 and 榫卯拼装 are one, which nothing else says.
fn own_lexicon() -> Lexicon {
    let mut terms = TermBase::clone(&TermBase::standard());
    terms.load_text(Path::new("shared.tsv"), "term\tkind\tsynonyms\n鲁班工法\tprocess\t榫卯拼装\n").unwrap();
    Lexicon::with_terms(Arc::new(terms))
}

fn demand(id: &str, title: &str, enterprise: &str) -> Demand {
    Demand { id: id.into(), title: title.into(), enterprise: Some(enterprise.into()), ..Default::default() }
}

fn demands() -> [Demand; 3] {
    [
        demand("D1", "鲁班工法", "甲公司"),
        demand("D2", "榫卯拼装", "乙公司"),
        demand("D3", "抗生素发酵菌种选育", "丙公司"),
    ]
}

/// The standard lexicon, and that of the operator.
fn both() -> [Lexicon; 2] {
    [Lexicon::standard(), own_lexicon()]
}

#[test]
fn common_needs_are_found_by_own_terms() {
    let found = both().map(|lexicon| common_needs(&demands(), &lexicon, &Default::default()));
    assert_eq!(found[0], []);
    assert_eq!(found[1][0].demands, ["D1", "D2"]);
}

#[test]
fn points_of_a_consortium_and_needs_of_a_survey_are_found_by_own_terms() {
    let demands = demands();
    let institution = Institution { id: "I1".into(), name: "齐岳大学".into(), ..Default::default() };
    let institutions = Institutions::new(vec![institution]).unwrap();
    let achievement =
        Achievement {
            id: "A1".into(), title: "榫卯拼装".into(), institution: Some("I1".into()), ..Default::default()
        };
    let achievements = [achievement];
    let (catalogue, profile) = (Catalogue::default(), RankProfile::default());
    let found = both().map(|lexicon| {
        let mut builder = IndexBuilder::create_in_ram_with(catalogue.clone(), lexicon).unwrap();
        builder.set_institutions(institutions.clone()).unwrap();
        builder.add_all(achievements.to_vec()).unwrap();
        builder.commit().unwrap();
        let matcher = builder.matcher().unwrap();
        let options = MatchOptions::default();
        let matches: Vec<_> = demands.iter().map(|demand| matcher.match_one(demand, &options).unwrap()).collect();
        let survey = Survey {
            catalogue: &catalogue,
            demands: &demands,
            matches: &matches,
            achievements: &achievements,
            institutions: &institutions,
            province: "山东",
            profile: &profile,
            lexicon: matcher.lexicon(),
        };
        let covered = consortium(&survey, &["D1".to_owned()], &ConsortiumOptions::default()).unwrap();
        let needs = gaps(&survey, &[], &GapOptions::default()).unwrap().common_needs.len();
        (covered.points[0].by.clone(), needs)
    });
    assert_eq!(found, [(None, 0), (Some("齐岳大学".to_owned()), 1)]);
}

#[test]
fn interest_in_a_product_is_found_by_own_terms() {
    let product = Product { id: "P1".into(), title: "榫卯拼装".into(), ..Default::default() };
    let interests = both().map(|lexicon| {
        let options = ShowcaseOptions::default();
        let shown = showcase(std::slice::from_ref(&product), &demands(), &Catalogue::default(), &lexicon, &options);
        shown.picks[0].interests.iter().map(|interest| interest.demand.clone()).collect::<Vec<_>>()
    });
    assert_eq!(interests, [vec!["D2".to_owned()], vec!["D2".to_owned(), "D1".to_owned()]]);
}
