//! What stands above and between the items of a list holds for them, however it is laid out.

use duijie::{Catalogue, Demand, DemandKind};
use duijie_tables::{Import, Options, ProblemKind, read_demands};

fn read(name: &str, bytes: &[u8]) -> Import<Demand> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(name);
    std::fs::write(&file, bytes).unwrap();
    read_demands(&[file], &Catalogue::default(), &Options::default()).unwrap()
}

fn csv(text: &str) -> Import<Demand> {
    read("需求.csv", text.as_bytes())
}

/// Title, chain and sub-industry of every record.
fn places(import: &Import<Demand>) -> Vec<(&str, Option<&str>, Option<&str>)> {
    let demands = import.records.iter();
    demands.map(|demand| (demand.title.as_str(), demand.chain.as_deref(), demand.sub_industry.as_deref())).collect()
}

#[test]
fn a_section_may_have_its_number_in_the_column_of_serial_numbers() {
    for (head, section) in [("序号,需求名称,需求描述,企业名称", ""), ("序号,企业名称,需求描述,需求名称", "swapped")]
    {
        let row = |n: u32| {
            let cells = [format!("轴承{n}"), "寿命短".to_owned(), format!("第{n}轴承有限公司")];
            let [title, text, owner] = cells;
            if section.is_empty() {
                format!("{n},{title},{text},{owner}")
            } else {
                format!("{n},{owner},{text},{title}")
            }
        };
        let import = csv(&format!(
            "{head}\n一,新能源装备产业链（2项）,,\n{}\n二,高端装备产业链,,\n{}\n（三）,氢燃料电池,,\n{}\n四,无此产业链,,\n{}\n",
            row(1),
            row(2),
            row(3),
            row(4)
        ));
        let found = places(&import);
        let chains: Vec<_> = found.iter().map(|(title, chain, _)| (*title, *chain)).collect();
        let expected =
            [("轴承1", Some("energy")), ("轴承2", Some("equipment")), ("轴承3", Some("energy")), ("轴承4", None)];
        assert_eq!(chains, expected, "{}", import.report());
        assert!(found[2].2.is_some(), "氢燃料电池 is a sub-industry");
        let unknown: Vec<_> = import.problems.iter().map(|problem| &problem.kind).collect();
        assert_eq!(unknown, [&ProblemKind::UnknownSection { text: "无此产业链".into() }]);
    }
}

#[test]
fn titles_numbered_in_characters_are_items() {
    let import = csv("序号,需求名称,企业名称\n一,主轴热变形补偿,\n二,吊臂焊接延迟裂纹,\n");
    assert_eq!(import.records.len(), 2);
}

#[test]
fn each_label_of_a_line_above_has_its_own_value() {
    let import = csv(
        "企业技术需求表,,\n企业名称：鲁东化工有限公司   所在市：淄博市   联系人：郑十 13800000009,,\n产业链名称：高端化工产业链  细分行业：氟材料,,\n\
         序号,需求名称,需求描述\n1,催化剂,活性低\n",
    );
    let demand = &import.records[0];
    assert_eq!((demand.enterprise.as_deref(), demand.city.as_deref()), (Some("鲁东化工有限公司"), Some("淄博")));
    assert_eq!(demand.chain.as_deref(), Some("chemicals"), "{}", import.report());
    assert!(!format!("{demand:?}").contains("13800000009"), "the line's contact is no name of the enterprise");
    let told: Vec<_> = import.guesses.iter().filter(|guess| guess.reading.contains("联系人未导入")).collect();
    assert_eq!(told.len(), 1, "{}", import.report());
    assert_eq!(told[0].origin.row, 2);
}

#[test]
fn labels_with_their_values_above_a_list_hold_for_its_items() {
    let import = csv(
        "企业技术需求表,,,\n企业名称：,鲁东化工有限公司,所在市：,淄博市\n联系人,郑十,手机,13800000009\n所属产业链,高端化工产业链,,\n企业简介,国家高新企业,,\n\
         序号,需求名称,需求描述,拟投入资金总额（万元）\n1,催化剂甲,活性低,200\n2,催化剂乙,选择性低,面议\n",
    );
    assert_eq!(import.records.len(), 2, "{}", import.report());
    for demand in &import.records {
        assert_eq!((demand.enterprise.as_deref(), demand.city.as_deref()), (Some("鲁东化工有限公司"), Some("淄博")));
        assert_eq!(demand.chain.as_deref(), Some("chemicals"));
        assert_eq!((&demand.extra["contact"], &demand.extra["phone"]), (&"郑十".into(), &"13800000009".into()));
    }
    assert!(import.report().to_string().contains("该行各项用于其下各条"));
    let unread: Vec<_> = import.problems.iter().map(|problem| &problem.kind).collect();
    assert_eq!(unread, [&ProblemKind::NotRead { text: "企业简介：国家高新企业".into() }]);
}

#[test]
fn a_table_of_particulars_in_a_document_holds_for_the_list_behind_it() {
    let page = "<meta charset=utf-8><table><tr><td>企业名称<td>鲁东化工有限公司<td>所在市<td>淄博市<tr><td>所属产业链<td>高端化工产业链<td>联系人<td>郑十</table>\
                <p>技术需求清单：</p><table><tr><td>序号<td>需求名称<td>需求描述<tr><td>1<td>催化剂甲<td>活性低<tr><td>2<td>催化剂乙<td>选择性低</table>";
    let import = read("需求.html", page.as_bytes());
    assert_eq!(import.records.len(), 2, "{}", import.report());
    for demand in &import.records {
        assert_eq!((demand.enterprise.as_deref(), demand.city.as_deref()), (Some("鲁东化工有限公司"), Some("淄博")));
        assert_eq!(demand.chain.as_deref(), Some("chemicals"));
    }
    assert!(import.problems.is_empty(), "{}", import.report());
}

#[test]
fn headings_of_a_page_and_names_of_sheets_hold_for_their_lists() {
    let table = |title: &str| {
        format!(
            "<table><tr><td>需求名称</td><td>企业名称</td></tr><tr><td>{title}</td><td>甲有限公司</td></tr></table>"
        )
    };
    let page = format!(
        "<meta charset=utf-8><h2>产业链：高端装备产业链</h2>{}<h2>“卡脖子”技术需求榜单</h2><p>细分行业：氢燃料电池</p>{}",
        table("轴承"),
        table("质子膜")
    );
    let import = read("需求.html", page.as_bytes());
    assert_eq!(places(&import)[0].0, "轴承");
    assert!(places(&import)[0].1.is_some() && places(&import)[0].2.is_none(), "{}", import.report());
    assert_eq!(places(&import)[1].2, Some("hydrogen"), "{}", import.report());
    let kinds: Vec<DemandKind> = import.records.iter().map(|demand| demand.kind).collect();
    assert_eq!(kinds, [DemandKind::Demand, DemandKind::Bottleneck], "{}", import.report());

    let mut workbook = rust_xlsxwriter::Workbook::new();
    for (name, cells) in [("数控机床", ["主轴", "丝杠"]), ("汇总", ["轴承", "导轨"])] {
        let sheet = workbook.add_worksheet().set_name(name).unwrap();
        sheet.write_row(0, 0, ["需求名称", "企业名称"]).unwrap();
        for (cell, row) in cells.iter().zip(1..) {
            sheet.write_row(row, 0, [*cell, "甲有限公司"]).unwrap();
        }
    }
    let import = read("需求.xlsx", &workbook.save_to_buffer().unwrap());
    let subs: Vec<_> = places(&import).into_iter().map(|(.., sub)| sub).collect();
    assert_eq!(subs, [Some("cnc"), Some("cnc"), None, None], "{}", import.report());
    assert!(import.report().to_string().contains("工作表名称“数控机床”"), "{}", import.report());
}
