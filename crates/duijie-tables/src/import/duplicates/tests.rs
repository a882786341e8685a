use super::*;
use proptest::prelude::*;
use std::path::PathBuf;
use std::sync::Arc;

fn origin(file: &str, row: u32) -> Origin {
    Origin { file: Arc::new(PathBuf::from(file)), sheet: "".into(), row, column: None }
}

proptest! {
    #[test]
    fn the_pairs_do_not_depend_on_the_order_of_records(
        said in prop::collection::vec(("[甲乙]{2,3}", prop::option::of("[甲乙]"), "[甲乙]{10,11}"), 0..12),
        order in any::<prop::sample::Index>(),
    ) {
        let origins: Vec<Origin> = (0..said.len() as u32).map(|row| origin(&format!("{}.csv", row % 3), row)).collect();
        let ids: Vec<String> = (0..said.len()).map(|at| at.to_string()).collect();
        let mut records: Vec<Compared<'_>> = said
            .iter()
            .zip(&origins)
            .zip(&ids)
            .map(|(((title, owner, body), origin), id)| Compared { id, title, owner: owner.as_deref(), body, origin })
            .collect();
        let pairs = find(&records);
        let turn = if records.is_empty() { 0 } else { order.index(records.len()) };
        records.rotate_left(turn);
        prop_assert_eq!(&find(&records), &pairs);
        records.reverse();
        prop_assert_eq!(&find(&records), &pairs);
    }
}

#[test]
fn likeness_is_told_by_title_and_owner() {
    let origins: Vec<Origin> = (1..=4).map(|row| origin("a.csv", row)).collect();
    let said = [
        ("主轴热变形补偿技术研究", "甲"),
        ("主轴热变形补偿技术研究", "甲"),
        ("主轴热变形补偿技术研究", "乙"),
        ("主轴热变形补偿技术研究项目", "乙"),
    ];
    let records: Vec<Compared<'_>> = said
        .iter()
        .zip(&origins)
        .map(|((title, owner), origin)| Compared { id: title, title, owner: Some(owner), body: "", origin })
        .collect();
    let found: Vec<(u32, u32, Likeness)> =
        find(&records).iter().map(|pair| (pair.first_origin.row, pair.second_origin.row, pair.likeness)).collect();
    // 乙 stands before 甲.
    assert_eq!(found.len(), 3);
    assert!(found.contains(&(1, 2, Likeness::TitleAndOwner)) && found.contains(&(3, 4, Likeness::SimilarTitle)));
    assert!(found.iter().any(|(first, second, likeness)| (*first, *second, *likeness) == (1, 3, Likeness::Title)));
}

#[test]
fn one_text_of_one_enterprise_is_proposed_under_whatever_title() {
    let text = "滚珠丝杠连续运行两千小时后预紧力下降，反向间隙超差，每月更换一次，影响交付。";
    let edited = text.replace("两千", "2000");
    let other = "丝杠毛坯淬火后弯曲，校直时开裂，成品率只有七成，希望找到变形小的热处理办法。";
    let said = [
        ("丝杠寿命提升", "烟台华锐重工集团有限公司", text),
        ("滚珠丝杠的寿命提升", "烟台华锐重工集团", text),
        ("丝杠寿命的提升技术", "烟台华锐重工（集团）有限公司", edited.as_str()),
        ("丝杠变形", "烟台华锐重工集团", other),
        ("丝杠寿命", "威海某厂", text),
    ];
    let origins: Vec<Origin> = (0..said.len() as u32).map(|row| origin("a.csv", row)).collect();
    let records: Vec<Compared<'_>> = said
        .iter()
        .zip(&origins)
        .map(|((title, owner, body), origin)| Compared { id: title, title, owner: Some(owner), body, origin })
        .collect();
    let mut found: Vec<(u32, u32)> = find(&records)
        .iter()
        .inspect(|pair| assert_eq!(pair.likeness, Likeness::Text))
        .map(|pair| (pair.first_origin.row, pair.second_origin.row))
        .collect();
    found.sort_unstable();
    assert_eq!(found, [(0, 1), (0, 2), (1, 2)]);
}

#[test]
fn one_text_is_proposed_however_its_enterprise_is_spelled() {
    let text = "滚珠丝杠连续运行两千小时后预紧力下降，反向间隙超差，每月更换一次，影响交付。";
    let said = [
        ("丝杠寿命提升", "烟台华锐重工集团有限公司"),
        ("预紧力保持", "华锐重工"),
        ("反向间隙", "山东华锐"),
        ("更换周期", "威海某厂"),
    ];
    let origins: Vec<Origin> = (0..said.len() as u32).map(|row| origin("a.csv", row)).collect();
    let records: Vec<Compared<'_>> = said
        .iter()
        .zip(&origins)
        .map(|((title, owner), origin)| Compared { id: title, title, owner: Some(owner), body: text, origin })
        .collect();
    let mut found: Vec<(u32, u32)> = find(&records)
        .iter()
        .inspect(|pair| assert_eq!(pair.likeness, Likeness::Text))
        .map(|pair| (pair.first_origin.row, pair.second_origin.row))
        .collect();
    found.sort_unstable();
    assert_eq!(found, [(0, 1), (0, 2), (1, 2)]);
}
