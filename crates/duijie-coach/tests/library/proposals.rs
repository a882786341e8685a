//! What is proposed from a batch, and what is not.

use crate::common::{achievement, collection, demand};
use duijie::Achievement;
use duijie_coach::{CoachOptions, PairEvidence, Proposals, Side, Wording, coach};
use duijie_eval::Qrels;
use duijie_text::{Dictionary, Normalizer, StandardNormalizer, TermBase};

fn from_achievements(texts: &[&str]) -> Proposals {
    let records: Vec<Achievement> =
        texts.iter().zip(1..).map(|(text, at)| achievement(&format!("A{at}"), text, "")).collect();
    coach(&[], &records, None, &TermBase::standard(), &CoachOptions::default())
}

fn words(texts: &[&str]) -> Vec<String> {
    from_achievements(texts).words.into_iter().map(|word| word.word).collect()
}

#[test]
fn a_recurring_sequence_in_changing_surroundings_is_a_word() {
    let texts = ["清洗网衣，网衣更换", "海水中网衣破损", "新网衣；旧网衣回收"];
    assert_eq!(words(&texts), ["网衣"]);
    let word = &from_achievements(&texts).words[0];
    assert_eq!((word.count, word.records, word.parts.as_slice()), (5, 3, &["网".to_owned(), "衣".to_owned()][..]));
    assert!(word.sample.text.contains("网衣"));
}

#[test]
fn a_fragment_that_one_character_always_follows_is_none() {
    let texts = ["网衣架，网衣架坏", "新网衣架好；网衣架", "旧网衣架"];
    assert!(!words(&texts).contains(&"网衣".to_owned()), "{:?}", words(&texts));
}

#[test]
fn a_phrase_that_no_record_repeats_is_none() {
    assert_eq!(words(&["清洗网衣", "海水中网衣破损", "铜网衣；", "收网衣", "网衣更换"]), [""; 0]);
}

#[test]
fn traditional_text_and_characters_that_are_several_words_are_read() {
    assert_eq!(words(&["清洗網衣，网衣更换", "㍿网衣破损", "铜網衣；旧网衣回收㍿"]), ["网衣"]);
}

#[test]
fn definitions_are_read_in_all_their_wordings() {
    let found = |text: &str| {
        let pairs = from_achievements(&[text]).pairs.into_iter();
        let pairs = pairs.map(|pair| match pair.evidence {
            PairEvidence::Defined { wording, .. } => (pair.term, pair.other, wording),
            PairEvidence::Judged { .. } => unreachable!("nothing is judged"),
        });
        pairs.collect::<Vec<_>>()
    };
    let pair = |term: &str, other: &str, wording| vec![(term.to_owned(), other.to_owned(), wording)];
    assert_eq!(found("采用配位链转移聚合（CCTP）制备"), pair("配位链转移聚合", "CCTP", Wording::Bracket));
    assert_eq!(found("的三甲基戊烷，简称TMP，"), pair("三甲基戊烷", "TMP", Wording::ShortFor));
    assert_eq!(found("的采油树控制模块（简称“水下控制舱”）"), pair("采油树控制模块", "水下控制舱", Wording::ShortFor));
    assert_eq!(found("镀锡薄钢板俗称马口铁皮，"), pair("镀锡薄钢板", "马口铁皮", Wording::AlsoCalled));
    for none in ["导热率6W/(m·K)", "决定(CH3)", "三甲基戊烷(Goodrich)", "（CCTP）", "简称", "等压式(PX)装置", "又称("]
    {
        assert_eq!(found(none), [], "{none}");
    }
}

#[test]
fn what_the_term_base_links_is_not_proposed_again() {
    let terms = TermBase::standard();
    let (name, other) = terms
        .iter()
        .find_map(|concept| {
            let other = concept
                .forms
                .iter()
                .find(|form| form.text.len() > 2 && form.text.bytes().all(|b| b.is_ascii_uppercase()))?;
            concept.name.chars().all(|c| !c.is_ascii()).then(|| (concept.name.clone(), other.text.clone()))
        })
        .unwrap();
    assert_eq!(from_achievements(&[&format!("采用{name}（{other}）")]).pairs, []);
}

#[test]
fn terms_of_one_side_are_found_with_their_concepts() {
    let demands: Vec<_> = (0..4).map(|at| demand(&format!("D{at}"), "焊后隔天开裂，KQX报警")).collect();
    let achievements: Vec<_> = (0..12).map(|at| achievement(&format!("A{at}"), "扩散氢测定", "")).collect();
    let found = coach(&demands, &achievements, None, &TermBase::standard(), &CoachOptions::default()).one_sided;
    let term = |name: &str| found.iter().find(|term| term.term == name);
    let ours = term("kqx").unwrap();
    assert_eq!((ours.side, ours.records, ours.concepts.len()), (Side::Demand, 4, 0));
    let hydrogen = term("扩散氢").unwrap();
    assert_eq!((hydrogen.side, hydrogen.records, hydrogen.concepts.is_empty()), (Side::Achievement, 12, false));
    let both: Vec<_> = demands.iter().map(|one| achievement(&one.id, &one.title, "")).collect();
    assert_eq!(coach(&demands, &both, None, &TermBase::standard(), &CoachOptions::default()).one_sided, []);
}

/// Demands of `topics` topics that write RPM and their answers that write QKDZB, among others that write neither.
fn judged(topics: usize) -> Proposals {
    let mut qrels = Qrels::new();
    let (mut demands, mut achievements) = (Vec::new(), Vec::new());
    for at in 0..60 {
        let ours = at < topics;
        let (asked, answered) =
            if ours { ("壳体出现RPM异响", "采用QKDZB装置") } else { ("别的", "别的") };
        demands.push(demand(&format!("D{at}"), asked));
        achievements.push(achievement(&format!("A{at}"), answered, ""));
        qrels.insert(&format!("D{at}"), &format!("A{at}"), 3).unwrap();
    }
    coach(&demands, &achievements, Some(&qrels), &TermBase::standard(), &CoachOptions::default())
}

#[test]
fn terms_that_meet_in_relevant_pairs_of_several_topics_are_proposed() {
    let found = judged(4);
    let pair = found.pairs.iter().find(|pair| pair.other == "qkdzb").unwrap();
    let PairEvidence::Judged { pairs, expected, topics, surprise } = pair.evidence else { unreachable!() };
    assert_eq!((pairs, topics), (4, 4));
    assert!(expected < 1.0 && surprise > 10.83, "{:?}", pair.evidence);
    assert_eq!(judged(2).pairs, []);
}

#[test]
fn every_proposal_of_the_collection_keeps_its_promises() {
    let (demands, achievements, qrels) = collection();
    let (terms, dictionary) = (TermBase::standard(), Dictionary::standard());
    let options = CoachOptions { min_count: 4, top: 25 };
    let found = coach(&demands, &achievements, Some(&qrels), &terms, &options);
    assert_eq!(found, coach(&demands, &achievements, Some(&qrels), &terms, &options));
    assert_eq!(found.words.len(), 25);
    let text = |id: &str| {
        let asked = demands.iter().find(|one| one.id == id).map(duijie::Demand::text);
        asked.or_else(|| achievements.iter().find(|one| one.id == id).map(Achievement::text)).unwrap()
    };
    for word in &found.words {
        assert!(word.count >= 4 && word.records >= 2 && word.count > word.records, "{word:?}");
        assert!(!dictionary.contains(&word.word) && terms.concepts_of(&word.word).next().is_none(), "{word:?}");
        assert_eq!(word.parts.concat(), word.word);
        assert!(StandardNormalizer.normalize(&text(&word.sample.record)).text.contains(&word.word), "{word:?}");
    }
    for pair in &found.pairs {
        assert!(!pair.samples.is_empty() && pair.term != pair.other, "{pair:?}");
    }
    assert!(found.one_sided.iter().all(|term| term.records >= 4 && term.surprise >= 3.84));
    let smaller = coach(&demands, &achievements, Some(&qrels), &terms, &CoachOptions { top: 5, ..options });
    assert_eq!(smaller.words, found.words[..5]);
}
