//! Proposals go into a term file and come back as concepts.

use duijie_coach::{BrokenWord, PairEvidence, ProposalKind, Proposals, Sample, TermPair, Wording};
use duijie_text::{Normalizer, Relation, StandardNormalizer, TermBase};
use proptest::prelude::*;

fn sample(text: &str) -> Sample {
    Sample { record: "A1".into(), text: text.into() }
}

fn word(name: &str, sentence: &str) -> BrokenWord {
    let parts = name.chars().map(String::from).collect();
    let (cohesion, left_entropy, right_entropy) = (0.8, 1.0, 1.0);
    let sample = sample(sentence);
    BrokenWord { word: name.into(), parts, count: 3, records: 2, cohesion, left_entropy, right_entropy, sample }
}

fn pair(term: &str, other: &str, kind: ProposalKind, sentence: &str) -> TermPair {
    let evidence = match kind {
        ProposalKind::Judged => PairEvidence::Judged { pairs: 3, expected: 0.1, topics: 3, surprise: 12.0 },
        _ => PairEvidence::Defined { wording: Wording::Bracket, records: 1 },
    };
    TermPair { term: term.into(), other: other.into(), evidence, samples: vec![sample(sentence)] }
}

/// How the first concept of that name in the base has `form`.
fn relation(terms: &TermBase, name: &str, form: &str) -> Option<Relation> {
    let normalized = |text: &str| StandardNormalizer.normalize(text).text.into_owned();
    let concept = terms.iter().find(|concept| normalized(&concept.name) == normalized(name))?;
    concept.forms.iter().find(|entry| *entry.normalized == *normalized(form)).map(|entry| entry.relation)
}

#[test]
fn each_kind_of_pair_comes_back_in_its_relation() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shared.tsv");
    let defined = |term, other| pair(term, other, ProposalKind::Defined, "例句");
    let pairs = vec![
        defined("镀锡薄钢板", "马口铁皮"),
        defined("镀锡薄钢板", "ETP"),
        pair("镀锡薄钢板", "硫斑", ProposalKind::Judged, "例句"),
    ];
    let proposals = Proposals { words: vec![word("网衣", "清洗网衣")], pairs, ..Default::default() };
    proposals.write_term_file(&path, &TermBase::standard()).unwrap();
    let mut terms = TermBase::default();
    terms.load(&path).unwrap();
    assert_eq!(terms.len(), 2);
    let found = ["马口铁皮", "ETP", "硫斑"].map(|form| relation(&terms, "镀锡薄钢板", form));
    assert_eq!(found, [Some(Relation::Synonym), Some(Relation::Abbreviation), Some(Relation::Related)]);
    assert_eq!(relation(&terms, "网衣", "网衣"), Some(Relation::Name));
    // The evidence stands beside what it speaks for.
    let text = std::fs::read_to_string(&path).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let at = lines.iter().position(|line| line.starts_with("网衣\t")).unwrap();
    assert!(lines[at - 2].starts_with("# 被切开的词（网/衣）：2 条记录中 3 次") && lines[at - 2].contains("清洗网衣"));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_guessed_kind_is_marked_as_a_guess() {
    let words = ["电火花机床", "启停"].map(|name| word(name, "例句")).to_vec();
    let text = Proposals { words, ..Default::default() }.term_file(&ProposalKind::ALL, &TermBase::standard());
    let lines: Vec<&str> = text.lines().collect();
    let above = |name: &str| lines[lines.iter().position(|line| line.starts_with(name)).unwrap() - 1];
    let said = above("电火花机床\tequipment\t");
    assert!(said.starts_with("# 类型 equipment 是推测（术语库中以“机床”结尾的 "), "{said}");
    assert_eq!(above("启停\tproduct\t"), "# 类型 product 没有依据，只是填了默认值，请核对。");
}

#[test]
fn a_synonym_stays_a_name_of_one_concept() {
    let defined = |term, other| pair(term, other, ProposalKind::Defined, "例句");
    let words = vec![word("马口铁皮", "例句")];
    let pairs = vec![
        defined("镀锡薄钢板", "马口铁皮"),
        defined("镀锡钢带", "马口铁皮"),
        defined("白铁", "镀锡钢带"),
        defined("白铁", "白鐵"),
    ];
    let text = Proposals { words, pairs, ..Default::default() }.term_file(&ProposalKind::ALL, &TermBase::default());
    let mut terms = TermBase::default();
    terms.load_text(std::path::Path::new("shared.tsv"), &text).unwrap();
    assert_eq!(terms.len(), 3, "{text}");
    assert_eq!(relation(&terms, "镀锡薄钢板", "马口铁皮"), Some(Relation::Synonym));
    assert_eq!(relation(&terms, "镀锡钢带", "马口铁皮"), Some(Relation::Related));
    assert_eq!(relation(&terms, "白铁", "镀锡钢带"), Some(Relation::Related));
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let missing = tempfile::tempdir().unwrap().path().join("nowhere/shared.tsv");
    let failed = Proposals::default().write_term_file(&missing, &TermBase::standard()).unwrap_err();
    assert!(failed.to_string().contains("nowhere"), "{failed}");
}

proptest! {
    /// Whatever the sentences hold, and however alike the names are written.
    #[test]
    fn any_proposals_make_a_file_that_loads(
        names in proptest::collection::vec("[甲乙丙ＰPpTt]{1,3}", 1..8),
        sentence in "(?s).{0,20}",
        kind in prop_oneof![Just(ProposalKind::Defined), Just(ProposalKind::Judged)],
    ) {
        let words = names.iter().map(|name| word(name, &sentence)).collect();
        let mut pairs: Vec<TermPair> = names.iter().map(|name| pair(name, "QKDZB", kind, &sentence)).collect();
        pairs.extend(names.windows(2).map(|two| pair(&two[0], &two[1], kind, &sentence)));
        pairs.extend(names.iter().map(|name| pair(name, "量子分发", kind, &sentence)));
        let proposals = Proposals { words, pairs, ..Default::default() };
        let mut terms = TermBase::default();
        let text = proposals.term_file(&ProposalKind::ALL, &terms);
        terms.load_text(std::path::Path::new("shared.tsv"), &text).unwrap();
        for name in &names {
            prop_assert!(relation(&terms, name, "QKDZB").is_some(), "{name} in {text}");
        }
    }
}
