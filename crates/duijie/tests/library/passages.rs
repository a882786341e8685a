//! Passages are pieces of the original text, to the character.

use crate::common::{achievement, by_achievement, collection, demand};
use duijie::{Achievement, Catalogue, Matcher, Passage, Ranking};
use proptest::prelude::*;

fn field(achievement: &Achievement, name: &str) -> String {
    match name {
        "title" => achievement.title.clone(),
        "keywords" => achievement.keywords.join("；"),
        "summary" => achievement.summary.clone(),
        other => panic!("no field {other}"),
    }
}

fn assert_passage(achievement: &Achievement, passage: &Passage) {
    let text: Vec<char> = field(achievement, passage.field).chars().collect();
    assert_eq!(text[passage.start..passage.end].iter().collect::<String>(), passage.text);
    assert!(!passage.matches.is_empty());
    let mut from = passage.start;
    for span in &passage.matches {
        assert!(from <= span.start && span.start < span.end && span.end <= passage.end, "{passage:?}");
        from = span.end;
    }
}

#[test]
fn passages_of_the_collection_are_its_own_text() {
    let collection = collection();
    let matcher = collection.in_ram();
    let mut seen = 0;
    for demand in &collection.demands {
        let Ranking::Achievements(ranked) = matcher.match_one(demand, &by_achievement(10)).unwrap().ranking else {
            panic!()
        };
        for entry in ranked {
            let achievement = collection.achievements.iter().find(|known| known.id == entry.achievement).unwrap();
            for passage in &entry.passages {
                assert_passage(achievement, passage);
                seen += 1;
            }
        }
    }
    assert!(seen > 1000, "only {seen} passages");
}

#[test]
fn a_wording_of_the_demand_itself_is_reached_by_no_concept() {
    let answer =
        Achievement { summary: "控制扩散氢，避免延迟裂纹。".into(), ..achievement("A1", "低氢焊接") };
    let matcher = Matcher::from_records(Catalogue::default(), vec![], vec![answer]).unwrap();
    let asked = demand("D1", "吊臂焊后延迟裂纹");
    let Ranking::Achievements(ranked) = matcher.match_one(&asked, &by_achievement(1)).unwrap().ranking else {
        panic!()
    };
    let passage = ranked[0].passages.iter().find(|passage| passage.field == "summary").unwrap();
    let text: Vec<char> = passage.text.chars().collect();
    let mark = |word: &str| {
        let marked = |from: usize, to: usize| text[from - passage.start..to - passage.start].iter().collect::<String>();
        passage.matches.iter().find(|span| marked(span.start, span.end) == word).unwrap()
    };
    let (own, reached) = (mark("延迟裂纹"), mark("扩散氢"));
    assert_eq!((&own.via, &own.from), (&None, &None));
    assert!(reached.via.is_some());
    assert_eq!(reached.from.as_deref(), Some("延迟裂纹"), "the demand's side of {:?}", reached.via);
    let explained = matcher.explain(&asked, "A1", &by_achievement(1)).unwrap();
    let sides = explained.concepts.iter().find(|reason| Some(&reason.concept) == reached.via.as_ref()).unwrap();
    assert_eq!(Some(&sides.demand_forms[0].form), reached.from.as_ref(), "explained alike");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn passages_of_any_text_are_its_own_text(
        before in "\\PC{0,30}", between in "[\\PC\n。；]{0,30}", keyword in "\\PC{1,8}",
    ) {
        let achievement = Achievement {
            summary: format!("{before}焊接裂纹{between}３７％ T800 燃料電池"),
            keywords: vec![keyword, "𠮷焊接".into()],
            ..achievement("A1", "😀焊接ﬁ裂纹")
        };
        let matcher = Matcher::from_records(Catalogue::default(), vec![], vec![achievement.clone()]).unwrap();
        let wanted = demand("D", "焊接裂纹 T800 燃料电池");
        let Ranking::Achievements(ranked) = matcher.match_one(&wanted, &by_achievement(1)).unwrap().ranking else { panic!() };
        prop_assert!(!ranked[0].passages.is_empty());
        for passage in &ranked[0].passages {
            assert_passage(&achievement, passage);
        }
    }
}
