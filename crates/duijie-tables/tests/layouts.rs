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
    let sections = [("二、航空航天产业链", true), ("（二）某新行业", true), ("详见另页", false)];
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

#[test]
fn other_spellings_of_chains_settle_and_are_reported() {
    let list =
        "序号|企业名称|需求名称|产业链|细分行业\n1|甲公司|题一|新能源|氢能\n2|乙公司|题二|海工|\n3|丙公司|题三||机床";
    let import = read(&[list]);
    let places: Vec<(Option<&str>, Option<&str>)> =
        import.records.iter().map(|demand| (demand.chain.as_deref(), demand.sub_industry.as_deref())).collect();
    assert_eq!(places, [(Some("energy"), Some("hydrogen")), (Some("marine"), None), (Some("equipment"), Some("cnc"))]);
    assert!(import.problems.is_empty());
    for reading in ["“新能源”归入“新能源装备产业链”", "“氢能”归入“氢燃料电池”", "“机床”归入“数控机床”"]
    {
        assert!(import.guesses.iter().any(|guess| guess.reading == reading), "{reading}: {:?}", import.guesses);
    }
    let import = read(&["序号|企业名称|需求名称\n一、新能源产业链\n1|甲公司|题一"]);
    assert_eq!(import.records[0].chain.as_deref(), Some("energy"));
    assert!(import.guesses.iter().any(|guess| guess.reading.contains("新能源装备产业链") && guess.origin.row == 2));
}

#[test]
fn of_several_chains_in_a_cell_one_is_taken_and_all_are_kept() {
    let list = "序号|企业名称|需求名称|产业链|细分行业\n\
                1|甲公司|题一|高端装备、新能源装备|风电装备\n\
                2|乙公司|题二|工程机械；农机装备|\n\
                3|丙公司|题三||汽车、某某业\n\
                4|丁公司|题四||乙烯-聚烯烃/合成树脂-终端应用";
    let import = read(&[list]);
    let places: Vec<(Option<&str>, Option<&str>)> =
        import.records.iter().map(|demand| (demand.chain.as_deref(), demand.sub_industry.as_deref())).collect();
    assert_eq!(places[..2], [(Some("energy"), Some("wind")), (Some("construction_machinery"), None)]);
    assert_eq!(places[2..], [(Some("equipment"), Some("auto")), (Some("chemicals"), Some("ethylene"))]);
    assert_eq!(import.records[0].extra["chain_name"], "高端装备、新能源装备");
    assert_eq!(import.records[1].extra["chain_name"], "工程机械；农机装备");
    assert_eq!(import.records[2].extra["sub_industry_name"], "汽车、某某业");
    assert!(import.records[3].extra.is_empty(), "{:?}", import.records[3].extra);
    let told: Vec<&str> = import.guesses.iter().map(|guess| guess.reading.as_str()).collect();
    assert!(told.contains(&"“高端装备、新能源装备”有多个，归入“风电装备”，原文保留"), "{told:?}");
    let unknown = import.problems.iter().filter(|problem| problem.kind.to_string().contains("某某业")).count();
    assert_eq!((unknown, import.problems.len()), (1, 1), "{}", import.report());
}

#[test]
fn a_mode_that_is_left_open_is_no_mode() {
    let import =
        read(&["企业名称|需求名称|合作方式\n甲公司|题一|面议\n乙公司|题二|委托研发、其他方式另议\n丙公司|题三|均可"]);
    let modes: Vec<&[String]> = import.records.iter().map(|demand| &demand.cooperation_modes[..]).collect();
    assert_eq!(modes, [&[][..], &["委托研发".to_owned(), "其他方式另议".to_owned()], &[]]);
    assert_eq!(import.records[0].extra["mode_stated"], "面议");
}

#[test]
fn an_item_may_have_a_column_of_its_own() {
    for lines in [
        "需求名称|A轴承|B轴承\n企业名称|甲有限公司|乙有限公司\n主要问题|问题甲|问题乙\n投入预算（万元）|100|200",
        "项目|需求一|需求二\n需求名称|A轴承|B轴承\n企业名称|甲有限公司|乙有限公司\n主要问题|问题甲|问题乙",
    ] {
        let import = read(&[lines]);
        assert_eq!(owners(&import), [("A轴承", Some("甲有限公司")), ("B轴承", Some("乙有限公司"))], "{lines}");
        assert_eq!(import.records[1].description, "问题乙");
    }
    // Notes in a further column are no item, and are said to be left out.
    let notes = "需求名称|A轴承|不超过30字\n企业名称|甲有限公司|填全称\n主要问题|问题甲|200字以内";
    let import = read(&[notes]);
    assert_eq!(owners(&import), [("A轴承", Some("甲有限公司"))]);
    let unread = import.problems.iter().filter(|problem| matches!(problem.kind, ProblemKind::NotRead { .. })).count();
    assert_eq!(unread, 3, "{}", import.report());
}

#[test]
fn what_stands_behind_a_value_is_read_or_reported() {
    let form = "需求名称|主轴补偿|企业名称|某某机床有限公司\n关键字|阀门|密封|涂层\n\
                企业拟投入资金总额|￥500万|其中：自有资金 300万元\n主要问题|热变形|见附图";
    let import = read(&[form]);
    let demand = &import.records[0];
    assert_eq!(demand.extra["keywords"], serde_json::json!(["阀门", "密封", "涂层"]), "{}", import.report());
    assert_eq!((demand.budget, &demand.extra["own_fund_wan"]), (Some(500.0), &serde_json::json!(300.0)));
    let unread: Vec<_> = import.problems.iter().map(|problem| &problem.kind).collect();
    assert_eq!(unread, [&ProblemKind::NotRead { text: "见附图".into() }]);
}

#[test]
fn a_form_that_nobody_filled_in_is_told_from_a_sheet_without_labels() {
    let import = read(&["企业名称||所在市|\n需求名称||联系人|\n主要问题||手机|"]);
    assert!(import.records.is_empty());
    assert_eq!(import.problems[0].kind, ProblemKind::Unfilled, "{}", import.report());
    assert_eq!(read(&["甲|乙\n丙|丁"]).problems[0].kind, ProblemKind::NoTable);
}

#[test]
fn rows_of_labels_and_values_that_take_turns_are_a_form_wherever_the_title_stands() {
    let form = "企业名称|所在市|联系人|手机\n甲有限公司|威海|张三|13811112222\n\
                技术需求名称|拟投入资金总额（万元）|合作方式|需求时限\nA轴承|300|合作研发|2年\n主要问题\n寿命短\n预期目标\n寿命≥5000h";
    let import = read(&[form]);
    assert_eq!(owners(&import), [("A轴承", Some("甲有限公司"))], "{}", import.report());
    let demand = &import.records[0];
    assert_eq!((demand.budget, demand.description.as_str()), (Some(300.0), "寿命短"));
    assert_eq!(demand.indicators, ["寿命≥5000h"]);
}

#[test]
fn a_table_within_a_cell_is_the_value_of_its_label() {
    use docx_rs::{Docx, Paragraph, Run, Table, TableCell, TableRow};
    let text = |text: &str| TableCell::new().add_paragraph(Paragraph::new().add_run(Run::new().add_text(text)));
    let row = |cells: &[&str]| TableRow::new(cells.iter().map(|cell| text(cell)).collect());
    let inner = Table::new(vec![row(&["参数", "现状", "要求"]), row(&["氧含量", "≤8ppm", "≤5ppm"])]);
    let nested = TableCell::new().add_table(inner).add_paragraph(Paragraph::new());
    let outer = Table::new(vec![
        row(&["需求名称", "低氧钛粉"]),
        row(&["企业名称", "某某金属有限公司"]),
        TableRow::new(vec![text("主要技术指标"), nested]),
    ]);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("表.docx");
    Docx::new().add_table(outer).build().pack(std::fs::File::create(&file).unwrap()).unwrap();
    let import = read_demands(&[file], &Catalogue::default(), &Options::default()).unwrap();
    assert_eq!(import.records[0].indicators, ["参数 现状 要求", "氧含量 ≤8ppm ≤5ppm"], "{}", import.report());
}

#[test]
fn a_form_behind_a_list_is_no_part_of_it() {
    let import = read(&["需求名称|企业名称\nA轴承|甲公司", "需求名称|G轴承\n企业名称|庚公司\n主要问题|寿命短"]);
    assert_eq!(owners(&import), [("A轴承", Some("甲公司")), ("G轴承", Some("庚公司"))]);
    let import = read(&["需求名称|企业名称\nA轴承|甲公司", "B轴承|乙公司\nC轴承|丙公司"]);
    assert_eq!(import.records.len(), 3, "{}", import.report());
}
