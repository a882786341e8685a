//! Whose an achievement is, where several columns say it; and how many patents it has.

use duijie::{Achievement, Catalogue, Institution, Institutions};
use duijie_tables::{Import, Options, ProblemKind, read_achievements};

fn csv(text: &str) -> Import<Achievement> {
    let institution = |id: &str, name: &str| Institution { id: id.into(), name: name.into(), ..Default::default() };
    let list = vec![institution("I1", "齐岳大学"), institution("I2", "海岱理工大学（威海）")];
    let institutions = Institutions::new(list).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("成果.csv");
    std::fs::write(&file, text).unwrap();
    read_achievements(&[file], &Catalogue::default(), &institutions, &Options::default()).unwrap()
}

#[test]
fn of_several_names_the_one_that_the_list_has_counts() {
    for (heads, cells, expected) in [
        ("完成单位,所属高校", "材料学院,齐岳大学", Some("I1")),
        ("所属高校,完成单位", "齐岳大学,李四光团队", Some("I1")),
        ("学校名称,所属单位", "海岱理工大学,威海", Some("I2")),
        ("完成单位,所属高校", "材料学院,无名大学", None),
    ] {
        let import = csv(&format!("成果名称,{heads}\n低氢焊接,{cells}\n"));
        let found = &import.records[0];
        assert_eq!(found.institution.as_deref(), expected, "{}", import.report());
        assert_eq!(found.extra["institution_name"], cells.replace(',', "；"), "both names are kept");
        if expected.is_some() {
            assert!(import.problems.is_empty(), "{}", import.report());
            assert_eq!(import.guesses.len(), 1, "{}", import.report());
        } else {
            assert_eq!(import.problems.len(), 2, "{}", import.report());
            assert!(import.problems.iter().all(|problem| matches!(problem.kind, ProblemKind::Institution(_))));
        }
    }
}

#[test]
fn kinds_of_patents_are_summed_and_reported() {
    let import = csv(
        "成果名称,完成单位,专利项数\n甲,齐岳大学,5项（发明3项）\n乙,齐岳大学,发明专利2项；实用新型1项\n丙,齐岳大学,申请3项授权2项\n",
    );
    let counts: Vec<Option<u32>> = import.records.iter().map(|found| found.patents).collect();
    assert_eq!(counts, [Some(5), Some(3), Some(2)], "{}", import.report());
    let told: Vec<u32> = import.guesses.iter().map(|guess| guess.origin.row).collect();
    assert_eq!(told, [3, 4], "{}", import.report());
    assert_eq!(import.records[2].extra["patents_stated"], "申请3项授权2项");
}
