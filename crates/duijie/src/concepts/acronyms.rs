//! What abbreviations of several meanings are taken for.

use super::ConceptSpace;
use duijie_text::{ConceptId, TermBase};
use std::path::Path;
use std::sync::Arc;

#[test]
fn a_latin_name_means_what_it_means_in_its_sub_industry() {
    let mut terms = TermBase::default();
    let files = [
        ("computer.tsv", "term\tkind\tabbreviations\n电磁兼容\tproperty\tEMC\n"),
        ("ic.tsv", "term\tkind\tabbreviations\n环氧塑封料\tmaterial\tEMC\n"),
    ];
    files.iter().for_each(|(name, text)| terms.load_text(Path::new(name), text).unwrap());
    let space = ConceptSpace::new(Arc::new(terms));
    let concepts = |text: &str, sub_industry| -> Vec<u32> {
        space.vector_within(text, sub_industry).entries().iter().map(|(concept, _)| *concept).collect()
    };
    assert_eq!(concepts("EMC不合格", Some("computer")), [0]);
    assert_eq!(concepts("EMC不合格", Some("ic")), [1]);
    // Nobody says which, or it means nothing of its own there.
    assert_eq!(concepts("EMC不合格", None), [0, 1]);
    assert_eq!(concepts("EMC不合格", Some("wind")), [0, 1]);
    // Other words of the other sense still speak for it.
    assert_eq!(concepts("EMC环氧塑封", Some("computer")), [0, 1]);
}

/// Abbreviations, the sub-industry of a demand, what they mean there and what they mean elsewhere.
const AMBIGUOUS: [(&str, &str, &str, &[&str]); 10] = [
    ("PA", "benzene", "聚酰胺", &["射频功率放大器"]),
    ("PA", "ic", "射频功率放大器", &["聚酰胺"]),
    ("PI", "computer", "电源完整性", &["聚酰亚胺", "聚酰亚胺纤维"]),
    ("PI", "fiber", "聚酰亚胺纤维", &["电源完整性"]),
    ("PC", "propylene", "聚碳酸酯", &[]),
    ("SMR", "nuclear", "小型模块化反应堆", &["天然气制氢", "机械硬盘"]),
    ("SMR", "hydrogen", "天然气制氢", &["小型模块化反应堆", "机械硬盘"]),
    ("SMR", "computer", "机械硬盘", &["小型模块化反应堆", "天然气制氢"]),
    ("HIC", "auto", "行人保护", &["管线钢氢致开裂", "硫化氢应力开裂"]),
    ("HIC", "metal", "管线钢氢致开裂", &["行人保护"]),
];

#[test]
fn the_built_in_term_base_takes_abbreviations_for_what_they_mean_in_the_sub_industry() {
    let terms = TermBase::standard();
    let space = ConceptSpace::new(terms.clone());
    for (abbreviation, sub_industry, meant, others) in AMBIGUOUS {
        let vector = space.vector_within(&format!("{abbreviation}不合格"), Some(sub_industry));
        let found: Vec<&str> = vector
            .entries()
            .iter()
            .map(|(concept, _)| terms.concept(ConceptId::from_index(*concept as usize)).name.as_str())
            .collect();
        assert!(found.contains(&meant), "{abbreviation} in {sub_industry}: {found:?}");
        for other in others {
            assert!(!found.contains(other), "{abbreviation} in {sub_industry}: {found:?}");
        }
    }
}
