//! Forms as they are filled in: several demands in one, rows of contacts, explanations, and lists of other things below.

use duijie::{Catalogue, Demand, DemandKind};
use duijie_tables::{Import, Options, ProblemKind, read_demands};

/// A page of tables with a line above each; rows are lines, cells are cut by `|`.
fn read(tables: &[(&str, &str)]) -> Import<Demand> {
    let row = |line: &str| line.split('|').map(|cell| format!("<td>{cell}</td>")).collect::<String>();
    let rows = |table: &str| table.lines().map(|line| format!("<tr>{}</tr>", row(line.trim()))).collect::<String>();
    let table = |(above, table): &(&str, &str)| format!("<p>{above}</p><table>{}</table>", rows(table.trim()));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("需求.html");
    let page: String = tables.iter().map(table).collect();
    std::fs::write(&file, format!("<meta charset=utf-8>{page}")).unwrap();
    read_demands(&[file], &Catalogue::default(), &Options::default()).unwrap()
}

fn one(table: &str) -> Import<Demand> {
    read(&[("", table)])
}

/// Title, enterprise, contact and telephone number of every record.
fn asked(import: &Import<Demand>) -> Vec<[String; 4]> {
    let extra =
        |demand: &Demand, field: &str| demand.extra.get(field).and_then(|v| v.as_str()).unwrap_or("").to_owned();
    let of = |demand: &Demand| {
        let owner = demand.enterprise.clone().unwrap_or_default();
        [demand.title.clone(), owner, extra(demand, "contact"), extra(demand, "phone")]
    };
    import.records.iter().map(of).collect()
}

fn titles(import: &Import<Demand>) -> Vec<&str> {
    import.records.iter().map(|demand| demand.title.as_str()).collect()
}

#[test]
fn what_a_form_says_once_of_the_enterprise_holds_for_all_its_demands() {
    let above = "企业名称|甲重工公司\n联系人|张三|手机|13811111111\n需求一\n需求名称|吊臂焊接\n需求描述|裂纹\n需求二\n需求名称|电控系统\n需求描述|响应慢";
    let around = "企业名称|甲重工公司|所在市|威海\n需求一\n需求名称|吊臂焊接\n需求描述|裂纹\n需求二\n需求名称|电控系统\n需求描述|响应慢\n联系人|张三|手机|13811111111";
    for form in [above, around] {
        let import = one(form);
        let expected =
            ["吊臂焊接", "电控系统"].map(|title| [title, "甲重工公司", "张三", "13811111111"].map(str::to_owned));
        assert_eq!(asked(&import), expected, "{form}");
        let told: Vec<_> = import.guesses.iter().filter(|guess| guess.reading.contains("只填写一次")).collect();
        let owner = told.iter().find(|guess| guess.header == "企业名称").unwrap();
        assert_eq!((owner.origin.row, owner.origin.column), (1, Some(1)), "the place of the value is told");
        assert!(owner.reading.contains(&format!("第{}行", import.origins[1].row)), "{}", owner.reading);
    }
    // The demands may have tables of their own.
    let import = read(&[
        ("企业技术需求征集表", "企业名称|甲重工公司\n联系人|张三|手机|13811111111"),
        ("", "需求名称|吊臂焊接\n需求描述|裂纹"),
        ("", "需求名称|电控系统\n需求描述|响应慢"),
    ]);
    assert_eq!(asked(&import)[1], ["电控系统", "甲重工公司", "张三", "13811111111"].map(str::to_owned));
}

#[test]
fn one_enterprise_lends_nothing_to_the_next() {
    let whole = "企业名称|甲公司\n联系人|张三|手机|13811111111\n需求名称|题一\n需求描述|描述";
    let blank = "企业名称|\n联系人|\n需求名称|题二\n需求描述|描述";
    let bare = "需求名称|题二\n需求描述|描述\n拟投入资金|100";
    let nothing = ["题二", "", "", ""].map(str::to_owned);
    for second in [("", blank), ("企业技术需求征集表（2）", bare), ("企业名称：", blank)] {
        let import = read(&[("企业技术需求征集表（1）", whole), second]);
        assert_eq!(asked(&import)[1], nothing, "{second:?}");
    }
    // What each demand has a label for is its own, filled in or not.
    let import = one("企业名称|甲公司\n需求名称|题一\n联系人|张三\n需求名称|题二\n联系人|\n需求描述|描述");
    assert_eq!(asked(&import)[1], ["题二", "甲公司", "", ""].map(str::to_owned));
    let import = one("企业名称|甲公司\n需求名称|题一\n联系人|张三\n需求名称|题二\n联系人|李四");
    assert_eq!(asked(&import).iter().map(|[_, _, contact, _]| contact.as_str()).collect::<Vec<_>>(), ["张三", "李四"]);
}

#[test]
fn a_row_of_labels_over_values_keeps_each_value_under_its_label() {
    let form =
        |rows: &str| one(&format!("企业名称|甲公司\n需求名称|吊臂焊接\n需求描述|裂纹\n{rows}\n合作方式|委托研发"));
    for rows in [
        "联系人|职务|手机|邮箱\n张三|技术部长|13811111111|z@y.cn",
        "职务|联系人|邮箱|手机\n技术部长|张三|z@y.cn|13811111111",
        "姓名|职称|专业|手机\n张三|高工|焊接|13811111111",
        "联系人|职务|手机\n张三|部长|13811111111",
    ] {
        let import = form(rows);
        assert_eq!(asked(&import), [["吊臂焊接", "甲公司", "张三", "13811111111"].map(str::to_owned)], "{rows}");
        assert_eq!(import.records[0].cooperation_modes, ["委托研发"]);
        assert!(import.records[0].extra.keys().all(|field| field != "张三"), "{rows}");
    }
    let several = form("联系人|手机|传真|邮箱\n张三|13811111111|0631-5551234|z@y.cn\n李四|13822222222||l@y.cn");
    assert_eq!(asked(&several)[0][2..], ["张三；李四", "13811111111；13822222222"].map(str::to_owned));
    let beside = form("联系人|张三|职务|部长\n学历|博士|研究方向|焊接");
    assert_eq!(asked(&beside)[0][2], "张三");
    assert_eq!(beside.records[0].extra["学历"], "博士");
    let open = form("联系人|张三|手机|\n职务|部长|学历|博士|研究方向|焊接");
    assert_eq!(asked(&open)[0][2..], ["张三", ""].map(str::to_owned), "a number that was left blank is none");
    let open = form("联系人|张三|手机\n职务|部长|研究方向|焊接");
    assert_eq!(open.records[0].extra["研究方向"], "焊接");
}

#[test]
fn a_word_merged_over_such_rows_is_no_label() {
    let head =
        "<tr><td>企业名称<td colspan=3>甲公司<tr><td>需求名称<td colspan=3>储氢瓶<tr><td>需求内容<td colspan=3>缠绕";
    let rows = "<tr><td rowspan=2>联系方式<td>姓名<td>电话<td>电子邮箱<tr><td>李四<td>0531-88887777<td>a@b.cn";
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("需求.html");
    std::fs::write(&file, format!("<meta charset=utf-8><table>{head}{rows}</table>")).unwrap();
    let import = read_demands(&[file], &Catalogue::default(), &Options::default()).unwrap();
    assert_eq!(asked(&import), [["储氢瓶", "甲公司", "李四", "0531-88887777"].map(str::to_owned)]);
}

#[test]
fn what_explains_a_form_is_no_demand() {
    let form = ("", "企业名称|甲公司\n需求名称|吊臂焊接\n需求描述|裂纹");
    let explained = "填写项|说明\n需求名称|不超过30字，需准确概括\n需求描述|不超过500字，写明主要问题";
    let rules = "需求名称|不超过30字\n需求描述|500字以内\n合作方式|委托研发、合作研发";
    for second in [("填表说明", explained), ("", explained), ("填表说明：", rules)] {
        let import = read(&[form, second]);
        assert_eq!(titles(&import), ["吊臂焊接"], "{second:?}");
        let told = |kind: &ProblemKind| matches!(kind, ProblemKind::Instructions | ProblemKind::Instruction { .. });
        assert!(import.problems.iter().any(|problem| told(&problem.kind)), "{second:?}");
        let counts = import.counts();
        assert_eq!(counts.read, counts.imported + counts.rejected + counts.merged);
    }
    let import = read(&[form, ("", rules)]);
    assert_eq!(titles(&import), ["吊臂焊接"], "also without a heading");
    let import = read(&[("填表说明", form.1)]);
    assert_eq!(titles(&import), ["吊臂焊接"], "a form below the line that its explanations stand behind");
}

#[test]
fn examples_in_a_list_are_no_demands() {
    let import = one(
        "序号|企业名称|需求名称|需求描述\n示例|XX公司|XX技术|XXXX\n例|某某公司|某某技术|……\n1|甲公司|吊臂焊接|裂纹",
    );
    assert_eq!(titles(&import), ["吊臂焊接"]);
    let rows: Vec<u32> = import.problems.iter().map(|problem| problem.origin.row).collect();
    assert_eq!(rows, [2, 3]);
    assert!(import.problems.iter().all(|problem| matches!(problem.kind, ProblemKind::Example { .. })));
}

#[test]
fn a_list_of_something_else_below_is_named_and_not_read() {
    let demands = "序号|企业名称|需求名称|需求描述";
    for (other, heads) in [
        ("序号|成果名称|完成单位|成果简介\n1|低氢工艺|泰岱理工大学|简介", "序号、成果名称、完成单位、成果简介"),
        ("序号|设备名称|型号|数量\n1|焊机|A1|3", "序号、设备名称、型号、数量"),
        ("姓名|联系电话|单位名称\n张三|13811111111|甲公司", "姓名、联系电话、单位名称"),
    ] {
        let import = one(&format!("{demands}\n1|甲公司|吊臂焊接|裂纹\n{other}\n{demands}\n2|乙公司|缠绕|张力"));
        assert_eq!(titles(&import), ["吊臂焊接", "缠绕"], "{other}");
        let told = ProblemKind::NotRead { text: format!("另一表格，共1行，表头为{heads}") };
        assert_eq!(import.problems.iter().map(|problem| &problem.kind).collect::<Vec<_>>(), [&told]);
        assert_eq!(import.problems[0].origin.row, 3);
        assert_eq!(import.files[0].sheets[0].other_rows["另一表格的行"], 2);
    }
}

#[test]
fn ticks_under_choices_choose_with_and_without_a_question_above() {
    let import = one(
        "序号|企业名称|需求名称|委托研发|合作研发|技术转让\n1|甲公司|题一|√||\n2|乙公司|题二||√|V\n3|丙公司|题三|是|否|×",
    );
    let modes: Vec<Vec<&str>> =
        import.records.iter().map(|demand| demand.cooperation_modes.iter().map(String::as_str).collect()).collect();
    assert_eq!(modes, [vec!["委托研发"], vec!["合作研发", "技术转让"], vec!["委托研发"]], "{}", import.report());
    let import =
        one("序号|企业名称|需求名称|合作方式|转让方式\n1|甲公司|题一|委托研发|√\n2|乙公司|题二|合作研发|技术转让");
    assert_eq!(import.records[0].cooperation_modes, ["委托研发"], "a tick alone is no answer to such a question");
    assert_eq!(import.records[0].extra["mode_stated"], "√");
}

#[test]
fn the_seal_that_a_form_asks_for_is_no_part_of_a_name() {
    for seal in ["（盖章）", "(公章)", "（加盖公章）"] {
        let import = one(&format!(
            "需求单位（盖章）|鲁氢装备有限公司{seal}\n需求名称|储氢瓶\n需求内容|缠绕\n是否属于“卡脖子”技术|A.是√ B.否"
        ));
        assert_eq!(import.records[0].enterprise.as_deref(), Some("鲁氢装备有限公司"), "{seal}");
        assert_eq!(import.records[0].kind, duijie::DemandKind::Bottleneck);
    }
}

#[test]
fn a_form_without_a_title_is_not_joined_to_the_next() {
    let blank = "企业名称|烟台阀门\n联系人|邓超\n需求名称|\n需求描述|泄漏";
    let whole = "企业名称|烟台水泵\n联系人|邓丽\n需求名称|水泵汽蚀\n需求描述|汽蚀";
    let expected = [["水泵汽蚀", "烟台水泵", "邓丽", ""].map(str::to_owned)];
    for (first, second) in [(blank, whole), (whole, blank)] {
        for import in [read(&[("", first), ("", second)]), one(&format!("{first}\n{second}"))] {
            assert_eq!(asked(&import), expected, "{first}");
            assert_eq!(import.records[0].description, "汽蚀");
            assert_eq!(import.counts().rejected, 1);
        }
    }
}

#[test]
fn rows_of_numbers_totals_of_parts_and_signatures_are_no_items() {
    let import = one(
        "序号|企业名称|需求名称|需求描述\n1|2|3|4\n1|甲公司|吊臂焊接|裂纹\n|诸城市小计|1项|\n填表人：李四||填表时间：2024年3月1日|",
    );
    assert_eq!(titles(&import), ["吊臂焊接"]);
    assert_eq!(import.counts().rejected, 0, "{}", import.report());
}

#[test]
fn a_list_that_goes_on_in_another_table_keeps_its_section() {
    let head = "序号|企业名称|需求名称|需求描述";
    let first = format!("{head}\n细分行业：风电装备\n1|甲公司|叶片雨蚀|涂层");
    for second in ["2|乙公司|主轴轴承|剥落".to_owned(), format!("{head}\n2|乙公司|主轴轴承|剥落")] {
        for line in ["续表", "", "（续）"] {
            let import = read(&[("“卡脖子”技术需求榜单", &first), (line, &second)]);
            assert_eq!(titles(&import), ["叶片雨蚀", "主轴轴承"]);
            for demand in &import.records {
                assert_eq!(
                    (demand.sub_industry.as_deref(), demand.kind),
                    (Some("wind"), DemandKind::Bottleneck),
                    "{line}"
                );
            }
        }
        let import = read(&[("“卡脖子”技术需求榜单", &first), ("企业技术需求项目清单", &second)]);
        assert_eq!((import.records[1].sub_industry.as_deref(), import.records[1].kind), (None, DemandKind::Demand));
    }
}

#[test]
fn a_title_that_ends_like_a_label_is_a_title() {
    for title in ["高强钢焊接关键技术", "储氢瓶缠绕攻关内容", "高速主轴的主要技术指标"] {
        let rest = "需求描述|开裂\n联系人|邓超\n联系电话|13811111111";
        for form in [
            format!("企业名称|甲公司\n需求名称|{title}\n{rest}"),
            format!("需求名称|{title}\n企业名称|甲公司\n{rest}"),
            format!("企业名称|甲公司|所在市|威海\n需求名称|{title}|所属行业|机械\n{rest}"),
        ] {
            let import = one(&form);
            assert_eq!(asked(&import), [[title, "甲公司", "邓超", "13811111111"].map(str::to_owned)], "{form}");
            assert_eq!(import.records[0].description, "开裂");
        }
        let list = one(&format!("企业名称|需求名称|拟解决的关键技术\n甲公司|{title}|裂纹\n乙公司|主轴|温升"));
        assert_eq!(titles(&list), [title, "主轴"]);
    }
}
