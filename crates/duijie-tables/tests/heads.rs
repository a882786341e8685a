//! Heads of several rows whose lines are joined, in files with merged cells and without.

use duijie::{Achievement, Catalogue, Demand, Institutions};
use duijie_tables::{Aliases, Import, Options, TableError, read_achievements, read_demands};
use std::path::PathBuf;

fn file(name: &str, text: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    (folder, path)
}

fn demands(name: &str, text: &str) -> Import<Demand> {
    let (_folder, path) = file(name, text);
    read_demands(&[path], &Catalogue::default(), &Options::default()).unwrap()
}

fn achievements(name: &str, text: &str) -> Import<Achievement> {
    let (_folder, path) = file(name, text);
    read_achievements(&[path], &Catalogue::default(), &Institutions::default(), &Options::default()).unwrap()
}

/// The one demand of the tables here.
fn check(import: &Import<Demand>) {
    assert_eq!(import.records.len(), 1, "{}", import.report());
    let demand = &import.records[0];
    let extra = |field: &str| demand.extra.get(field).and_then(|value| value.as_str());
    assert_eq!((demand.id.as_str(), demand.title.as_str()), ("XQ-1", "主轴热变形补偿"));
    assert_eq!((demand.enterprise.as_deref(), demand.city.as_deref()), (Some("某某机床有限公司"), Some("济南")));
    assert_eq!(demand.description, "精度漂移");
    assert_eq!((extra("contact"), extra("phone")), (Some("张三"), Some("13800000000")));
    assert!(import.problems.is_empty() && import.files[0].sheets[0].other_rows["表头行"] == 2, "{}", import.report());
}

#[test]
fn the_lines_of_a_merged_head_are_joined() {
    let head = "<tr><td rowspan=2>序号<td colspan=3>需求<td colspan=2>企业<td colspan=2>联系人\
                <tr><td>编号<td>名称<td>描述<td>名称<td>所在地市<td>姓名<td>电话";
    let row = "<tr><td>1<td>XQ-1<td>主轴热变形补偿<td>精度漂移<td>某某机床有限公司<td>济南<td>张三<td>13800000000";
    check(&demands("a.html", &format!("<meta charset=utf-8><table>{head}{row}</table>")));
    // All words stand for groups, and nothing is merged downwards.
    let head = "<tr><td colspan=3>需求<td colspan=2>企业<td colspan=2>联系人\
                <tr><td>编号<td>名称<td>描述<td>名称<td>所在地市<td>姓名<td>电话";
    let row = "<tr><td>XQ-1<td>主轴热变形补偿<td>精度漂移<td>某某机床有限公司<td>济南<td>张三<td>13800000000";
    check(&demands("a.html", &format!("<meta charset=utf-8><table>{head}{row}</table>")));
}

#[test]
fn groups_in_files_without_merged_cells_go_on_over_blanks() {
    let head = "序号,需求,,,企业,,联系人,\n,编号,名称,描述,名称,所在地市,姓名,电话\n";
    let row = "1,XQ-1,主轴热变形补偿,精度漂移,某某机床有限公司,济南,张三,13800000000\n";
    check(&demands("a.csv", &format!("2023年度汇总表,,,,,,,\n{head}{row}")));
    // The head again after a page break.
    let import = demands("a.csv", &format!("{head}{row}{head}"));
    assert_eq!(import.files[0].sheets[0].other_rows["重复表头"], 2);
    check(&import);
}

#[test]
fn a_row_of_values_is_no_second_line_of_a_head() {
    let import = demands("a.csv", "需求名称,企业名称,联系人,\n题一,甲公司,张三,李四\n题二,乙公司,王五,赵六\n");
    let titles: Vec<&str> = import.records.iter().map(|demand| demand.title.as_str()).collect();
    assert_eq!(titles, ["题一", "题二"]);
}

#[test]
fn a_name_under_another_group_is_no_title() {
    let head = "需求名称,产品,,企业,\n,名称,型号,名称,所在地市\n";
    let import = demands("a.csv", &format!("{head}主轴补偿,加工中心,VMC850,甲公司,济南\n"));
    let demand = &import.records[0];
    assert_eq!((demand.title.as_str(), demand.enterprise.as_deref()), ("主轴补偿", Some("甲公司")));
    assert_eq!(demand.extra["产品/名称"], "加工中心");
}

#[test]
fn heads_of_achievements_are_joined_too() {
    let text = "成果,,完成单位,,转让\n名称,简介,名称,联系人,方式\n低氢焊接工艺,控制扩散氢,齐岳大学,张三,许可\n";
    let import = achievements("a.csv", text);
    let achievement = &import.records[0];
    assert_eq!((achievement.title.as_str(), achievement.summary.as_str()), ("低氢焊接工艺", "控制扩散氢"));
    assert_eq!(achievement.extra.get("institution_name"), Some(&"齐岳大学".into()), "{}", import.report());
    assert_eq!(achievement.cooperation_modes, ["技术许可"]);
}

#[test]
fn maturity_has_a_column_under_every_name() {
    let import = demands("a.csv", "需求名称,企业名称,现有技术成熟度\n主轴补偿,甲公司,TRL4\n丝杠,乙公司,通过小试\n");
    assert_eq!(import.records[0].extra["trl_now"], serde_json::json!([4]));
    assert_eq!(import.records[1].extra["trl_now"], serde_json::json!([5]));
    let import = achievements("a.csv", "成果名称,完成单位,现有技术成熟度\n低氢焊接,齐岳大学,TRL6\n");
    assert_eq!(import.records[0].maturity, Some(6));
    let text = "序号,需求名称,谁家,备注\n1,主轴补偿,某某机床有限公司,急\n2,丝杠,某某重工有限公司,急\n";
    let guessed = demands("a.csv", text);
    assert_eq!(guessed.guesses[0].origin.cell_name(), "C列", "a column is no cell of row 0");
    assert!(import.guesses.iter().all(|guess| !guess.reading.starts_with("列按")), "{}", import.report());
}

#[test]
fn a_dictionary_of_a_field_that_is_none_is_refused() {
    let (_folder, path) = file("aliases.toml", "[demand]\nbudgetwan = [\"出资\"]\n");
    let error = Aliases::default().extended_by(&path).unwrap_err();
    assert!(matches!(&error, TableError::UnknownAliasField { field, .. } if field == "budgetwan"), "{error}");
    assert!(error.to_string().contains("budget_wan"), "{error}");
}
