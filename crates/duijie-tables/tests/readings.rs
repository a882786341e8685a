//! What single cells say is read as it is meant, or named as not understood.

use duijie::{Catalogue, Demand, DemandKind};
use duijie_tables::{Import, Options, ProblemKind, TableError, read_demands};

fn read(text: &str) -> Import<Demand> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("需求.csv");
    std::fs::write(&file, text).unwrap();
    read_demands(&[file], &Catalogue::default(), &Options::default()).unwrap()
}

/// The one record of a row with this value under this header.
fn one(header: &str, value: &str) -> (Demand, Import<Demand>) {
    let import =
        read(&format!("需求名称,企业名称,{header}\n主轴补偿,某某机床有限公司,\"{}\"\n", value.replace('"', "\"\"")));
    (import.records[0].clone(), import)
}

fn not_understood(import: &Import<Demand>) -> bool {
    import.problems.iter().any(|problem| matches!(problem.kind, ProblemKind::NotUnderstood { .. }))
}

#[test]
fn a_question_about_choking_is_answered_in_every_writing() {
    for yes in ["是", "√", "☑", "Y", "1", "对", "有", "属于", "属于“卡脖子”技术", "☑是 □否", "是（√） 否（ ）"]
    {
        let (demand, import) = one("是否卡脖子", yes);
        assert_eq!((demand.kind, not_understood(&import)), (DemandKind::Bottleneck, false), "{yes}");
    }
    for no in ["否", "非卡脖子", "不属于“卡脖子”", "N", "×", "无", "", "□是 ☑否", "是□ 否√"]
    {
        let (demand, import) = one("是否“卡脖子”", no);
        assert_eq!((demand.kind, not_understood(&import)), (DemandKind::Demand, false), "{no}");
    }
    let (demand, import) = one("是否卡脖子", "待论证");
    assert!(not_understood(&import) && demand.kind == DemandKind::Demand && demand.extra["kind_stated"] == "待论证");
    assert_eq!(one("需求类型", "一般需求").0.kind, DemandKind::Demand);
    assert_eq!(one("攻关类型", "非卡脖子技术").0.kind, DemandKind::Demand);
}

#[test]
fn negative_amounts_are_unknown_and_great_ones_are_to_be_checked() {
    for text in ["-100", "(100)", "（100）", "10万-", "200-"] {
        let (demand, import) = one("预算（万元）", text);
        assert!(demand.budget.is_none() && not_understood(&import), "{text}");
        assert_eq!(demand.extra["budget_stated"], text);
    }
    let (demand, import) = one("预算（万元）", "15000000");
    assert_eq!(demand.budget, Some(15_000_000.0));
    assert!(import.report().to_string().contains("请核对单位"), "{}", import.report());
    assert!(!one("预算（万元）", "3000").1.report().to_string().contains("请核对单位"));
}

#[test]
fn boxes_behind_words_and_in_brackets_are_read() {
    for text in ["独立研发□  委托研发√  合作研发√", "( )独立研发 (√)委托研发 (√)合作研发"]
    {
        let (demand, _) = one("合作方式", text);
        assert_eq!(demand.cooperation_modes, ["委托研发", "合作研发"], "{text}");
    }
    assert_eq!(one("细分行业", "数控机床√ 汽车□").0.sub_industry.as_deref(), Some("cnc"));
    assert_eq!(one("合作方式", "合作研发（产学研）").0.cooperation_modes, ["合作研发"]);
    assert_eq!(one("合作方式", "技术转让+技术服务").0.cooperation_modes, ["技术转让", "技术服务"]);
    let (demand, import) = one("合作方式", "一起干");
    assert!(not_understood(&import) && demand.cooperation_modes == ["一起干"]);
}

#[test]
fn chain_and_sub_industry_in_one_cell_are_told_apart() {
    for text in ["高端装备—数控机床", "高端装备产业链-数控机床", "高端装备产业链：数控机床", "高端装备（数控机床）"]
    {
        let (demand, import) = one("产业链", text);
        let found = (demand.chain.as_deref(), demand.sub_industry.as_deref());
        assert_eq!(found, (Some("equipment"), Some("cnc")), "{text}: {}", import.report());
    }
    let (demand, import) = one("产业链", "高端装备产业链（第7场）");
    assert_eq!((demand.chain.as_deref(), import.problems.len()), (Some("equipment"), 0));
    let (_, import) = one("产业链", "信创");
    assert!(
        import.problems.iter().all(|problem| !problem.kind.to_string().contains("相近的有")),
        "{}",
        import.report()
    );
}

#[test]
fn addresses_name_their_city() {
    for text in ["烟台", "山东烟台", "山东省烟台市莱山区", "烟台高新区"] {
        assert_eq!(one("所在地", text).0.city.as_deref(), Some("烟台"), "{text}");
        let (demand, import) = one("所在市", text);
        assert_eq!(demand.city.as_deref(), Some("烟台"), "{text}");
        assert_eq!(demand.extra.get("city_stated").is_some(), !import.guesses.is_empty(), "{text}");
    }
}

#[test]
fn levels_before_and_after_stand_under_one_head() {
    let import = read("序号,需求名称,企业名称,技术成熟度,\n,,,当前,攻关后\n1,主轴补偿,某某机床有限公司,TRL3,TRL7\n");
    assert_eq!(import.records[0].extra["trl_now"], serde_json::json!([3]), "{}", import.report());
    assert_eq!(import.records[0].extra["trl_after"], serde_json::json!([7]));
    assert!(import.problems.is_empty());
}

#[test]
fn files_of_a_folder_that_are_no_tables_are_reported() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).unwrap();
    write("甲.csv", "需求名称,企业名称\n题一,甲公司\n".as_bytes());
    write("乙.txt", "需求名称\t企业名称\n题二\t乙公司\n".as_bytes());
    write("丙.rtf", b"{\\rtf1 x}");
    write("丁.zip", b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0");
    write("~$甲.xlsx", b"x");
    write(".DS_Store", b"x");
    write("Thumbs.db", b"x");
    let import = read_demands(&[folder.path().to_owned()], &Catalogue::default(), &Options::default()).unwrap();
    assert_eq!((import.records.len(), import.files.len()), (2, 4));
    let unknown = import.files.iter().filter(|file| matches!(file.error, Some(TableError::UnknownKind { .. })));
    assert!(unknown.count() >= 1, "{}", import.report());
    assert!(import.report().to_string().contains("丙.rtf"));
}

#[test]
fn an_institution_told_by_more_than_its_name_is_a_guess() {
    let list = r#"[{"id": "I1", "name": "齐岳大学", "aliases": ["齐大"]}, {"id": "I2", "name": "泰岱理工大学"}]"#;
    let institutions = duijie::Institutions::new(serde_json::from_str(list).unwrap()).unwrap();
    let read = |name: &str| {
        let row = serde_json::json!([{ "成果名称": "低氢焊材", "完成单位": name }]);
        let rows = serde_json::from_value(row).unwrap();
        let (catalogue, options) = (Catalogue::default(), Options::default());
        let import = duijie_tables::read_achievement_rows("rows", rows, &catalogue, &institutions, &options).unwrap();
        let found = &import.records[0];
        (found.institution.clone(), found.extra.get("institution_name").is_some(), import.guesses.len())
    };
    for name in ["齐岳大学", "齐大", " 齐岳 大学"] {
        assert_eq!(read(name), (Some("I1".into()), false, 0), "{name}");
    }
    for name in ["齐岳大学（威海）", "齐岳大学/甲公司"] {
        assert_eq!(read(name), (Some("I1".into()), true, 1), "{name}");
    }
}

#[test]
fn choices_with_letters_are_read_by_their_marks_or_their_header() {
    let import = read(
        "需求名称,合作方式（A.独立研发 B.委托研发 C.合作研发）\n甲,B、C\n乙,A.独立研发 √B.委托研发 C.合作研发\n丙,A.独立研发 B.委托研发 C.合作研发\n",
    );
    let modes: Vec<&[String]> = import.records.iter().map(|demand| demand.cooperation_modes.as_slice()).collect();
    assert_eq!(
        modes,
        [&["委托研发".to_owned(), "合作研发".into()][..], &["委托研发".into()], &[]],
        "{}",
        import.report()
    );
    assert_eq!(import.guesses.len(), 1, "{}", import.report());
    let unanswered: Vec<_> = import.problems.iter().map(|problem| problem.origin.row).collect();
    assert_eq!(unanswered, [4], "{}", import.report());
}
