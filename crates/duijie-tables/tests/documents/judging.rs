use crate::event::{event, everything};
use duijie_tables::{Grade, TableError, pool, read_judging_workbook, write_judging_workbook};

#[test]
fn judgements_come_back_with_agreement_and_qrels() {
    let event = event();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("评判.xlsx");
    let pairs = pool(&[&event.by_achievement, &event.matches], 2);
    assert!(pairs.len() >= 3);
    write_judging_workbook(&path, &pairs, &event.records()).unwrap();
    let text = everything(&path);
    assert!(!text.contains("得分") && !text.contains("名次"));
    let blank = read_judging_workbook(&path).unwrap();
    assert_eq!(blank.pairs.len(), pairs.len());
    assert_eq!((blank.unjudged(), blank.weighted_kappa(), blank.qrels()), (pairs.len(), None, String::new()));
    // Two judges fill in a workbook of the same head, in an order of their own.
    let mut workbook = rust_xlsxwriter::Workbook::new();
    for (judge, grade) in [("评委甲", Grade::Strong), ("评委乙", Grade::Weak)] {
        let sheet = workbook.add_worksheet().set_name(judge).unwrap();
        let heads =
            ["需求编号", "技术需求名称", "需求描述", "主要技术指标", "成果编号", "成果名称", "成果简介", "评级"];
        for (head, column) in heads.iter().zip(0_u16..) {
            sheet.write_string(0, column, *head).unwrap();
        }
        for (pair, row) in pairs.iter().zip(1_u32..) {
            sheet.write_string(row, 0, &pair.demand).unwrap();
            sheet.write_string(row, 4, &pair.achievement).unwrap();
            sheet.write_string(row, 7, if row == 1 { "强相关" } else { grade.chinese() }).unwrap();
        }
    }
    workbook.save(&path).unwrap();
    let judged = read_judging_workbook(&path).unwrap();
    assert_eq!(judged.disagreements().len(), pairs.len() - 1);
    assert_eq!(judged.qrels().lines().count(), pairs.len());
    assert!(judged.qrels().starts_with(&format!("{} 0 {} 3\n", pairs[0].demand, pairs[0].achievement)));
    assert!(judged.weighted_kappa().is_some());
}

#[test]
fn a_pair_that_one_judge_graded_twice_counts_once_or_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("评判.xlsx");
    let graded = |grades: &[&str]| {
        let mut workbook = rust_xlsxwriter::Workbook::new();
        for judge in ["评委甲", "评委乙"] {
            let sheet = workbook.add_worksheet().set_name(judge).unwrap();
            let heads =
                ["需求编号", "技术需求名称", "需求描述", "主要技术指标", "成果编号", "成果名称", "成果简介", "评级"];
            sheet.write_row(0, 0, heads).unwrap();
            for (grade, row) in grades.iter().zip(1..) {
                sheet.write_row(row, 0, ["D1", "", "", "", "A1", "", "", *grade]).unwrap();
            }
        }
        workbook.save(&path).unwrap();
        read_judging_workbook(&path)
    };
    assert_eq!(graded(&["强相关", "", "强相关"]).unwrap().qrels(), "D1 0 A1 3\n");
    let error = graded(&["强相关", "弱相关"]).unwrap_err();
    assert!(matches!(&error, TableError::GradedTwice { first: 2, row: 3, .. }), "{error}");
}
