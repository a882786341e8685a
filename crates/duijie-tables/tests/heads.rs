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

fn sheet(rows: &[&[&str]], merges: &[(u32, u16, u32, u16)]) -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, at) in rows.iter().zip(0..) {
        for (text, column) in row.iter().zip(0..).filter(|(text, _)| !text.is_empty()) {
            sheet.write_string(at, column, *text).unwrap();
        }
    }
    let format = rust_xlsxwriter::Format::new();
    for &(top, left, bottom, right) in merges {
        let text = rows[top as usize][left as usize];
        sheet.merge_range(top, left, bottom, right, text, &format).unwrap();
    }
    workbook.save_to_buffer().unwrap()
}

fn demands_of(bytes: &[u8]) -> Import<Demand> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.xlsx");
    std::fs::write(&path, bytes).unwrap();
    read_demands(&[path], &Catalogue::default(), &Options::default()).unwrap()
}

#[test]
fn ticks_under_the_choices_of_a_question_choose() {
    let rows: [&[&str]; 4] = [
        &["序号", "需求名称", "企业名称", "合作方式", "", "", "是否卡脖子", "", "需求描述"],
        &["", "", "", "委托研发", "合作研发", "技术转让", "是", "否", ""],
        &["1", "轴承", "甲有限公司", "√", "", "√", "√", "", "寿命短"],
        &["2", "丝杠", "乙有限公司", "", "√", "", "", "√", "精度低"],
    ];
    let import = demands_of(&sheet(&rows, &[(0, 3, 0, 5), (0, 6, 0, 7)]));
    let [first, second] = &import.records[..] else { panic!("{}", import.report()) };
    assert_eq!(first.cooperation_modes, ["委托研发", "技术转让"]);
    assert_eq!(second.cooperation_modes, ["合作研发"]);
    assert_eq!(first.kind, duijie::DemandKind::Bottleneck);
    assert_eq!(second.kind, duijie::DemandKind::Demand);
    assert!(import.problems.is_empty(), "{}", import.report());
}

#[test]
fn a_head_that_comes_again_in_another_order_is_another_head() {
    let import = demands(
        "a.csv",
        "企业技术需求表,,\n需求名称,企业名称,预算(元)\n轴承,甲公司,1500000\n企业技术需求表,,\n企业名称,需求名称,预算(元)\n乙公司,丝杠,2500000\n",
    );
    let found: Vec<_> =
        import.records.iter().map(|demand| (demand.title.as_str(), demand.enterprise.as_deref())).collect();
    assert_eq!(found, [("轴承", Some("甲公司")), ("丝杠", Some("乙公司"))], "{}", import.report());
}

#[test]
fn a_numbered_list_is_one_though_few_of_its_headers_are_known() {
    let import = demands(
        "a.csv",
        "序号,技术难题名称,困难之处,何处,何业,多少\n1,刀具,寿命短,甲厂,机床,50\n2,涂层,脱落,乙厂,医疗,20\n",
    );
    assert_eq!(import.records.len(), 2, "{}", import.report());
    assert_eq!(import.records[1].title, "涂层");
    let page = "<meta charset=utf-8><table><tr><th rowspan=2>序号<th colspan=2>需求<th rowspan=2>企业名称<th rowspan=2>意向投入\
                <tr><th>名称<th>主要内容<tr><td>1<td>电机降噪<td>噪声大<td>甲电机<td>80<tr><td>2<td>氟橡胶<td>老化<td>乙化工<td>20</table>";
    let import = demands("a.html", page);
    let found: Vec<_> = import.records.iter().map(|demand| (demand.title.as_str(), demand.budget)).collect();
    assert_eq!(found, [("电机降噪", Some(80.0)), ("氟橡胶", Some(20.0))], "{}", import.report());
}

#[test]
fn numbers_with_letters_are_what_the_sender_calls_the_items_by() {
    let import = demands("a.csv", "编号,需求名称,企业名称\nA-1,轴承,甲公司\nA-2,丝杠,乙公司\n");
    let ids: Vec<&str> = import.records.iter().map(|demand| demand.id.as_str()).collect();
    assert_eq!(ids, ["A-1", "A-2"], "{}", import.report());
    let import = demands("a.csv", "编号,需求名称,企业名称\n1,轴承,甲公司\n2,丝杠,乙公司\n");
    assert!(import.records[0].id.starts_with("D-"), "{}", import.report());
}

#[test]
fn rows_of_a_form_whose_label_is_unknown_are_kept_and_choices_may_have_cells_of_their_own() {
    let rows: [&[&str]; 7] = [
        &["企业技术需求征集表", "", "", ""],
        &["企业名称", "甲有限公司", "所在市", "威海市"],
        &["需求名称", "缆绳疲劳", "需求描述", "断裂"],
        &["合作方式", "□独立研发", "☑委托研发", "☑合作研发"],
        &["拟投入资金", "人民币贰佰万元整", "", ""],
        &["企业意见", "同意申报", "", ""],
        &["时间要求", "2023年10月—2024年10月", "", ""],
    ];
    let import = demands_of(&sheet(&rows, &[]));
    let demand = &import.records[0];
    assert_eq!(demand.cooperation_modes, ["委托研发", "合作研发"], "{}", import.report());
    assert_eq!(demand.budget, Some(200.0));
    assert_eq!((&demand.extra["企业意见"], &demand.extra["end"]), (&"同意申报".into(), &"2024-10".into()));
    assert!(import.problems.is_empty(), "{}", import.report());
}
