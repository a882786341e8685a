//! Tables as they are sent: forms one after the other, labels above values, sections, footers.

use duijie::{Catalogue, Demand};
use duijie_tables::{Import, Options, ProblemKind, read_demands};

/// A page of tables; rows are lines, cells are cut by `|`.
fn read_with(tables: &[&str], options: &Options<'_>) -> duijie_tables::Result<Import<Demand>> {
    let row = |line: &str| line.split('|').map(|cell| format!("<td>{cell}</td>")).collect::<String>();
    let rows = |table: &str| table.lines().map(|line| format!("<tr>{}</tr>", row(line.trim()))).collect::<String>();
    let page: String = tables.iter().map(|table| format!("<table>{}</table>", rows(table.trim()))).collect();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("需求.html");
    std::fs::write(&file, format!("<meta charset=utf-8>{page}")).unwrap();
    read_demands(&[file], &Catalogue::default(), options)
}

fn read(tables: &[&str]) -> Import<Demand> {
    read_with(tables, &Options::default()).unwrap()
}

/// Title and enterprise of every record.
fn owners(import: &Import<Demand>) -> Vec<(&str, Option<&str>)> {
    import.records.iter().map(|demand| (demand.title.as_str(), demand.enterprise.as_deref())).collect()
}

#[test]
fn labels_above_a_title_belong_to_it() {
    let form = |n: u32| format!("企业名称|烟台{n}公司|所在地市|烟台\n需求名称|需求题目{n}\n需求内容|内容{n}");
    let forms = [form(1), form(2), form(3)];
    let expected = [("需求题目1", "烟台1公司"), ("需求题目2", "烟台2公司"), ("需求题目3", "烟台3公司")];
    let expected = expected.map(|(title, owner)| (title, Some(owner)));
    let apart = read(&[&forms[0], &forms[1], &forms[2]]);
    assert_eq!(owners(&apart), expected);
    let places: Vec<String> = apart.origins.iter().map(|origin| format!("{} {}", origin.sheet, origin.row)).collect();
    assert_eq!(places, ["表格1 1", "表格2 1", "表格3 1"]);
    let in_one = read(&[&forms.join("\n")]);
    assert_eq!(owners(&in_one), expected);
    assert_eq!(in_one.origins.iter().map(|origin| origin.row).collect::<Vec<_>>(), [1, 4, 7]);
}

#[test]
fn a_form_goes_on_over_tables_without_a_title() {
    let import = read(&["企业名称|甲公司", "需求名称|题目一\n主要问题|问题一", "联系人|李四"]);
    assert_eq!(owners(&import), [("题目一", Some("甲公司"))]);
    assert_eq!(import.records[0].extra["contact"], "李四");
}

#[test]
fn labels_above_their_values_are_a_form() {
    let title_early =
        "企业名称|所在地市\n甲公司|威海\n需求名称|主要问题\n主轴补偿|热变形严重\n联系人|手机\n张三|13811112222";
    let title_late = "企业名称|所在地市\n甲公司|威海\n需求名称|主要问题\n主轴补偿|热变形严重";
    for form in [title_early, title_late] {
        let import = read(&[form]);
        assert_eq!(owners(&import), [("主轴补偿", Some("甲公司"))], "{form}");
        assert_eq!(import.records[0].city.as_deref(), Some("威海"));
        assert_eq!(import.records[0].description, "热变形严重");
        assert_eq!(import.files[0].sheets[0].layout, Some("表单"));
    }
}

#[test]
fn a_list_of_one_item_is_a_list() {
    let import =
        read(&["企业名称|需求名称|主要问题\n甲公司|主轴补偿|热变形\n企业名称|需求名称|主要问题\n乙公司|丝杠|精度"]);
    assert_eq!(owners(&import), [("主轴补偿", Some("甲公司")), ("丝杠", Some("乙公司"))]);
    assert_eq!(import.files[0].sheets[0].layout, Some("列表"));
}

#[test]
fn a_section_that_is_not_known_takes_back_the_chain_before_it() {
    let sections = [("二、新能源产业链", true), ("（二）某新行业", true), ("详见另页", false)];
    for (section, is_section) in sections {
        let list = format!("序号|企业名称|需求名称\n一、高端装备产业链\n1|甲公司|题一\n{section}\n2|乙公司|题二");
        let import = read(&[&list]);
        let chains: Vec<Option<&str>> = import.records.iter().map(|demand| demand.chain.as_deref()).collect();
        let below = if is_section { None } else { Some("equipment") };
        assert_eq!(chains, [Some("equipment"), below], "{section}");
        let told = import.problems.iter().any(
            |problem| matches!(&problem.kind, ProblemKind::UnknownSection { text } if text == section && problem.origin.row == 4),
        );
        assert_eq!(told, is_section, "{section}");
    }
}

#[test]
fn a_footer_of_labels_and_values_is_a_note() {
    let import = read(&["序号|企业名称|需求名称|需求描述\n1|甲公司|题一|描述\n填表人：|李四|联系电话：|139"]);
    assert_eq!(owners(&import), [("题一", Some("甲公司"))]);
    assert_eq!(import.files[0].sheets[0].other_rows.get("说明行"), Some(&1));
    let import = read(&["序号|企业名称|需求名称\n说明书公司|甲公司|说明书自动生成"]);
    assert_eq!(import.records.len(), 1);
}

#[test]
fn a_unit_above_the_head_holds_for_amounts_without_one() {
    let list = |unit: &str, amount: &str| {
        read(&[&format!("{unit}\n序号|企业名称|需求名称|投入资金\n1|甲公司|题一|{amount}\n2|乙公司|题二|300万元")])
    };
    for (unit, amount) in [("单位：亿元", "0.5"), ("需求表（金额单位：元）", "50000000")] {
        let import = list(unit, amount);
        let budgets: Vec<Option<f64>> = import.records.iter().map(|demand| demand.budget).collect();
        assert_eq!(budgets, [Some(5000.0), Some(300.0)], "{unit}");
        assert!(import.guesses.iter().any(|guess| guess.reading.contains("表上方注明的单位")), "{unit}");
    }
    assert_eq!(list("填报单位：元通公司", "50").records[0].budget, Some(50.0));
}
