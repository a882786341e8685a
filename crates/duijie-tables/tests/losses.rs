//! Nothing of a table is lost without a word: what cannot be read as it was meant is named with its place.

use duijie::{Catalogue, Demand, Strictness};
use duijie_tables::{Import, Options, ProblemKind, TableError, collect_demands, read_demand_rows, read_demands};
use std::path::PathBuf;

fn file(name: &str, bytes: &[u8]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    (folder, path)
}

fn read(name: &str, bytes: &[u8]) -> Import<Demand> {
    let (_folder, path) = file(name, bytes);
    read_demands(&[path], &Catalogue::default(), &Options::default()).unwrap()
}

fn mapped(text: &str, mapping: &[(&str, &str)]) -> duijie_tables::Result<Import<Demand>> {
    let (_folder, path) = file("a.csv", text.as_bytes());
    let mapping = mapping.iter().map(|(column, field)| ((*column).to_owned(), (*field).to_owned())).collect();
    read_demands(&[path], &Catalogue::default(), &Options { mapping, ..Options::default() })
}

fn titles(import: &Import<Demand>) -> Vec<&str> {
    import.records.iter().map(|demand| demand.title.as_str()).collect()
}

/// Problems with the cell they name.
fn problems(import: &Import<Demand>) -> Vec<(String, &ProblemKind)> {
    import.problems.iter().map(|problem| (problem.origin.cell_name(), &problem.kind)).collect()
}

fn counts(import: &Import<Demand>) -> [usize; 4] {
    let counts = import.counts();
    assert_eq!(counts.read, counts.imported + counts.rejected + counts.merged);
    [counts.read, counts.imported, counts.rejected, counts.merged]
}

#[test]
fn a_quote_that_is_never_closed_swallows_no_rows() {
    let head = "需求名称,企业名称,需求描述";
    let import = read(
        "a.csv",
        format!("{head}\n题一,甲公司,\"没有闭合\n题二,乙公司,描述\n题三,丙公司,\"两行\n描述\"\n").as_bytes(),
    );
    assert_eq!(titles(&import), ["题一", "题二", "题三"]);
    assert_eq!(import.records[0].description, "没有闭合");
    assert_eq!(import.records[2].description, "两行\n描述");
    assert_eq!(import.origins[2].row, 4);
    assert_eq!(problems(&import), [("C2".to_owned(), &ProblemKind::OpenQuote)]);
    // Also one that no later quotation mark stops.
    let import = read("a.csv", format!("{head}\n\"题一,甲公司,描述\n题二,乙公司,描述\n").as_bytes());
    assert_eq!(
        (titles(&import), problems(&import)),
        (vec!["题一", "题二"], vec![("A2".to_owned(), &ProblemKind::OpenQuote)])
    );
}

#[test]
fn cells_beyond_the_head_are_kept_and_reported() {
    let import = read("a.csv", "需求名称,企业名称\n题一,甲公司,多出一格,还有\n题二,乙公司\n题三,丙公司\n".as_bytes());
    assert_eq!(titles(&import), ["题一", "题二", "题三"]);
    assert_eq!((&import.records[0].extra["C"], &import.records[0].extra["D"]), (&"多出一格".into(), &"还有".into()));
    let surplus = |text: &str, found| ProblemKind::Surplus { text: text.into(), found, expected: 2 };
    assert_eq!(problems(&import), [("C2".to_owned(), &surplus("多出一格", 3)), ("D2".to_owned(), &surplus("还有", 4))]);
    // A column that most rows fill lacks only its head.
    let import = read("a.csv", "需求名称,企业名称\n题一,甲公司,备注甲\n题二,乙公司,备注乙\n".as_bytes());
    assert!(import.problems.is_empty() && import.records[1].extra["C"] == "备注乙");
    let bare = import.files[0].sheets[0].columns.iter().find(|column| column.letters == "C").unwrap();
    assert_eq!(bare.how, "未识别，原样保留");
}

#[test]
fn rows_without_a_title_are_rejected_and_counted() {
    let text = "企业名称,需求名称,需求描述\n甲公司,,\n,,只有描述\n乙公司,,描述\n丙公司,题三,描述\n";
    let import = read("a.csv", text.as_bytes());
    assert_eq!(counts(&import), [4, 1, 3, 0]);
    let rows: Vec<u32> =
        import.problems.iter().filter(|p| p.kind == ProblemKind::NoTitle).map(|p| p.origin.row).collect();
    assert_eq!(rows, [2, 3, 4]);
    // Serial numbers that a department wrote before rows nobody filled in are no items.
    let import = read("a.csv", "序号,需求名称,企业名称\n1,题一,甲公司\n2,,\n3,,\n".as_bytes());
    assert_eq!(counts(&import), [1, 1, 0, 0]);
    assert!(import.problems.is_empty());
    assert_eq!(import.files[0].sheets[0].other_rows.get("只有序号的空行"), Some(&2));
}

#[test]
fn text_that_is_nearly_utf8_is_read_as_that_and_its_bad_bytes_are_named() {
    let mut bytes =
        "需求名称,企业名称\n吊臂焊接延迟裂纹,烟台重工有限公司\n主轴热变形补偿,济南机床有限公司\n".as_bytes().to_vec();
    let at = bytes.windows(3).position(|three| three == "臂".as_bytes()).unwrap();
    bytes[at + 1] = 0xFF;
    let import = read("a.csv", &bytes);
    assert_eq!(titles(&import)[1], "主轴热变形补偿");
    assert!(titles(&import)[0].starts_with('吊') && titles(&import)[0].ends_with("焊接延迟裂纹"));
    assert_eq!(problems(&import), [("A2".to_owned(), &ProblemKind::BrokenText)]);
    // Cut short within a character.
    let whole = "需求名称,企业名称\n题目,烟台重工".as_bytes();
    let import = read("a.csv", &whole[..whole.len() - 1]);
    assert_eq!(import.records[0].title, "题目");
    assert_eq!(problems(&import), [("B2".to_owned(), &ProblemKind::BrokenText)]);
}

#[test]
fn error_values_are_blank_and_reported_where_they_stand() {
    let text =
        "需求名称,企业名称,投入预算（万元）,联系电话\n题一,#N/A,#DIV/0!,1.38E+10\n题二,Err:508,100,13800000000\n";
    let import = read("a.csv", text.as_bytes());
    let demand = &import.records[0];
    assert_eq!((demand.enterprise.as_deref(), demand.budget, demand.extra.get("phone")), (None, None, None));
    assert_eq!(import.records[1].extra["phone"], "13800000000");
    let error = |text: &str| ProblemKind::ErrorValue { text: text.into() };
    let expected =
        [("B2", error("#N/A")), ("C2", error("#DIV/0!")), ("B3", error("Err:508")), ("D2", error("1.38E+10"))];
    let expected: Vec<(String, &ProblemKind)> =
        expected.iter().map(|(cell, kind)| ((*cell).to_owned(), kind)).collect();
    assert_eq!(problems(&import), expected);
}

#[test]
fn empty_files_say_that_they_are_empty() {
    let mut empty = rust_xlsxwriter::Workbook::new();
    empty.add_worksheet();
    let empty = empty.save_to_buffer().unwrap();
    for (name, bytes) in [("a.xlsx", empty), ("b.xlsx", Vec::new()), ("c.csv", b"\n \n".to_vec())] {
        let import = read(name, &bytes);
        assert!(matches!(import.files[0].error, Some(TableError::Empty { .. })), "{name}: {:?}", import.files[0]);
        assert!(import.report().to_string().contains("空文件"));
    }
}

#[test]
fn a_mapping_that_names_no_column_is_refused_with_the_columns_there_are() {
    let error = mapped("事项,出资\n吊臂裂纹,120\n", &[("事项", "title"), ("企业", "org")]).unwrap_err();
    let TableError::UnmatchedColumns { columns, seen } = &error else { panic!("{error}") };
    assert_eq!((columns.as_str(), seen.as_str()), ("企业", "A=事项、B=出资"));
    let error = mapped("需求名称,企业名称\n题一,甲公司\n", &[("D", "city")]).unwrap_err();
    assert!(error.to_string().contains("names D") && error.to_string().contains("A=需求名称、B=企业名称"), "{error}");
    let rows = serde_json::from_str("[{\"what\": \"题一\"}]").unwrap();
    let options = Options { mapping: vec![("wha".into(), "title".into())], ..Options::default() };
    let error = read_demand_rows("rows", rows, &Catalogue::default(), &options).unwrap_err();
    assert!(error.to_string().contains("the columns are what"), "{error}");
    // What one file of several has is met.
    let (_folder, other) = file("b.csv", "需求名称,企业名称\n题二,乙公司\n".as_bytes());
    let (_first, path) = file("a.csv", "事项,企业名称\n题一,甲公司\n".as_bytes());
    let options = Options { mapping: vec![("事项".into(), "title".into())], ..Options::default() };
    let import = read_demands(&[path, other], &Catalogue::default(), &options).unwrap();
    assert_eq!(titles(&import), ["题一", "题二"]);
}

#[test]
fn letters_say_what_columns_mean_where_there_is_no_head() {
    let letters = [("A", "title"), ("B", "budget_wan"), ("C", "org")];
    for (text, rows) in [
        ("吊臂焊后延迟裂纹,120,某某重工有限公司\n主轴补偿,面议,某某机床有限公司\n", [1, 2]),
        ("事项,出资,谁家\n吊臂焊后延迟裂纹,120,某某重工有限公司\n主轴补偿,面议,某某机床有限公司\n", [2, 3]),
    ] {
        let import = mapped(text, &letters).unwrap();
        assert_eq!(titles(&import), ["吊臂焊后延迟裂纹", "主轴补偿"], "{text}");
        assert_eq!((import.records[0].budget, import.records[1].budget), (Some(120.0), None));
        assert_eq!(import.records[1].enterprise.as_deref(), Some("某某机床有限公司"));
        assert_eq!(import.origins.iter().map(|origin| origin.row).collect::<Vec<_>>(), rows);
        assert!(import.guesses.iter().any(|guess| guess.reading.contains("按列字母读取")), "{}", import.report());
    }
    // Without a title among them there is nothing to read, and what stands there is said.
    let error = mapped("吊臂裂纹,120\n", &[("B", "budget_wan")]).unwrap_err();
    assert!(error.to_string().contains("A=吊臂裂纹、B=120"), "{error}");
}

#[test]
fn runs_that_nobody_watches_stop_at_rows_that_are_damaged() {
    for text in [
        "需求名称,企业名称\n题一,甲公司,错列\n题二,乙公司\n题三,丙\n",
        "需求名称,企业名称\n题一,\"甲公司\n题二,乙公司\n",
    ] {
        let (_folder, path) = file("a.csv", text.as_bytes());
        let read = |strictness| {
            collect_demands(std::slice::from_ref(&path), &Catalogue::default(), strictness, &Options::default())
        };
        assert!(
            matches!(read(Strictness::Strict), Err(TableError::Row { ref origin, .. }) if origin.row == 2),
            "{text}"
        );
        let intake = read(Strictness::Lenient).unwrap().intake;
        assert!(intake.rejects.len() == 1 && intake.records[0].title == "题二", "{text}");
    }
}

#[test]
fn duplicates_proposed_do_not_depend_on_the_order_of_files() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str, rows: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, format!("需求名称,企业名称\n{rows}")).unwrap();
        path
    };
    let files = [
        path("甲.csv", "主轴热变形补偿,某某机床有限公司\n吊臂焊接延迟裂纹问题研究,某某重工\n"),
        path("乙.csv", "主轴热变形补偿,另一公司\n"),
        path("丙.csv", "主轴热变形补偿,某某机床有限公司\n吊臂焊接延迟裂纹问题的研究,某某重工\n"),
    ];
    let pairs = |order: [usize; 3]| {
        let import =
            read_demands(&order.map(|at| files[at].clone()), &Catalogue::default(), &Options::default()).unwrap();
        let place = |origin: &duijie_tables::Origin| origin.to_string();
        let pairs = import.duplicates.iter();
        pairs.map(|pair| (place(&pair.first_origin), place(&pair.second_origin), pair.likeness)).collect::<Vec<_>>()
    };
    let first = pairs([0, 1, 2]);
    assert_eq!(first.len(), 3, "{first:?}");
    for order in [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        assert_eq!(pairs(order), first, "{order:?}");
    }
}

#[test]
fn only_ids_that_tables_give_are_reported_as_taken() {
    let folder = tempfile::tempdir().unwrap();
    let read = |head: &str, row: &str| {
        let files = ["甲.csv", "乙.csv"].map(|name| folder.path().join(name));
        for (file, city) in files.iter().zip(["威海", "济南"]) {
            std::fs::write(file, format!("{head},所在地市\n{row},{city}\n")).unwrap();
        }
        let import = read_demands(&files, &Catalogue::default(), &Options::default()).unwrap();
        assert_eq!((import.records.len(), import.duplicates.len()), (2, 1));
        assert_ne!(import.records[0].id, import.records[1].id);
        import.problems.iter().filter(|problem| matches!(problem.kind, ProblemKind::IdTaken { .. })).count()
    };
    assert_eq!(read("需求名称,企业名称", "主轴热变形补偿,某某机床有限公司"), 0);
    assert_eq!(read("需求编号,需求名称,企业名称", "XQ-1,主轴热变形补偿,某某机床有限公司"), 1);
}

#[test]
fn a_header_that_the_mapping_names_makes_its_row_the_head() {
    for (text, mapping, expected) in [
        ("事项,出资\n吊臂裂纹,120\n主轴补偿,80\n", ("事项", "title"), ["吊臂裂纹", "主轴补偿"]),
        (
            "某市汇总\n2026年,第1批\n事 项,出资\n吊臂裂纹,120\n主轴补偿,80\n",
            ("事项", "title"),
            ["吊臂裂纹", "主轴补偿"],
        ),
        (
            "出资,事由\n120,吊臂焊后延迟裂纹\n80,主轴热变形的补偿\n",
            ("出资", "budget_wan"),
            ["吊臂焊后延迟裂纹", "主轴热变形的补偿"],
        ),
        ("事项\n吊臂裂纹\n主轴补偿\n", ("事项", "title"), ["吊臂裂纹", "主轴补偿"]),
        ("事项,出资\n吊臂裂纹,120\n事项,出资\n主轴补偿,80\n", ("事项", "title"), ["吊臂裂纹", "主轴补偿"]),
    ] {
        let import = mapped(text, &[mapping]).unwrap();
        assert_eq!(titles(&import), expected, "{text}");
    }
    // A form is a form, whatever its labels are called.
    let form = "事项,吊臂裂纹,谁家,某某重工\n所在市,威海市,联系人,张三\n拟投入资金总额（万元）,120,合作方式,合作研发\n";
    let import = mapped(form, &[("事项", "title")]).unwrap();
    assert_eq!((titles(&import), import.records[0].budget), (vec!["吊臂裂纹"], Some(120.0)));
}

#[test]
fn a_dictionary_that_nothing_was_understood_by_is_reported() {
    let read = |dictionary: &str| {
        let (_other, aliases) = file("别名.toml", dictionary.as_bytes());
        let (_folder, path) = file("a.csv", "需求名称,企业名称\n题一,甲公司\n".as_bytes());
        let aliases = duijie_tables::Aliases::default().extended_by(&aliases).unwrap();
        let options = Options { aliases, ..Options::default() };
        let idle = |import: Import<Demand>| {
            assert_eq!(titles(&import), ["题一"]);
            let said = import.report().to_string().contains("别名.toml：其中没有一个别名");
            assert_eq!(said, import.problems.iter().any(|problem| problem.kind == ProblemKind::IdleAliases));
            said
        };
        let read = || read_demands(std::slice::from_ref(&path), &Catalogue::default(), &options).unwrap();
        // What one reading made use of counts for that alone.
        assert_eq!(idle(read()), idle(read()));
        idle(read())
    };
    assert!(read("[demand]\norg = [\"谁家\"]\n"));
    assert!(read("[achievement]\ntitle = [\"需求名称\"]\n"));
    assert!(!read("[demand]\ntitle = [\"需求名称\"]\n"));
}

#[test]
fn infinite_amounts_are_reported_and_no_budget() {
    let long = "9".repeat(400);
    let import = read(
        "a.csv",
        format!("需求名称,企业名称,投入预算（万元）\n题一,甲公司,inf\n题二,乙公司,{long}\n题三,丙公司,{long}万元\n")
            .as_bytes(),
    );
    assert_eq!(titles(&import), ["题一", "题二", "题三"]);
    assert!(import.records.iter().all(|demand| demand.budget.is_none()));
    let cells: Vec<String> = problems(&import).into_iter().map(|(cell, _)| cell).collect();
    assert_eq!(cells, ["C2", "C3", "C4"]);
    assert!(import.problems.iter().all(|problem| matches!(problem.kind, ProblemKind::NotUnderstood { .. })));
}
