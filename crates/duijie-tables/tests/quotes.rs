//! Quotation marks of delimited text: no row vanishes in a cell without a word, and no cell is torn that has lines.

use duijie::{Catalogue, Demand, Strictness};
use duijie_tables::{Import, Options, ProblemKind, TableError, collect_demands, read_demands};
use proptest::prelude::*;

fn read(text: &str) -> Import<Demand> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("需求.csv");
    std::fs::write(&path, text).unwrap();
    read_demands(&[path], &Catalogue::default(), &Options::default()).unwrap()
}

fn titles(import: &Import<Demand>) -> Vec<&str> {
    import.records.iter().map(|demand| demand.title.as_str()).collect()
}

fn problems(import: &Import<Demand>) -> Vec<(String, ProblemKind)> {
    import.problems.iter().map(|problem| (problem.origin.cell_name(), problem.kind.clone())).collect()
}

const HEAD: &str = "序号,需求名称,企业名称,需求描述\n";

#[test]
fn a_mark_that_a_later_row_closes_by_chance_swallows_no_row() {
    // Closed at the end of another row's cell of the same column, and of another one.
    for (rows, cell, rest) in [
        ("1,题一,甲公司,\"智能装备\n2,题二,乙公司,描述\n3,题三,丙公司,高端\"\n4,题四,丁公司,描述\n", "D2", 2),
        ("1,\"题一,甲公司,描述\n2,题二,乙公司,描述\n3,题三,丙公司,高端\"\n4,题四,丁公司,描述\n", "B2", 2),
        ("1,题一,甲公司,描述\n2,\"题二,乙公司,描述\n3,题三\",丙公司,描述\n4,题四,丁公司,描述\n", "B3", 1),
    ] {
        let import = read(&format!("{HEAD}{rows}"));
        assert_eq!(titles(&import), ["题一", "题二", "题三", "题四"], "{rows}");
        assert_eq!(problems(&import), [(cell.to_owned(), ProblemKind::QuoteAcrossRows { rows: rest })], "{rows}");
        assert!(
            import
                .records
                .iter()
                .all(|demand| !format!("{demand:?}").contains("\\\"智") && demand.enterprise.is_some())
        );
    }
    // Without serial numbers the names of the enterprises tell.
    let import = read("需求名称,企业名称,需求描述\n题一,甲公司,\"没有闭合\n题二,乙公司,描述\"\n");
    assert_eq!(titles(&import), ["题一", "题二"]);
    assert_eq!(import.records[0].description, "没有闭合");
}

#[test]
fn a_run_that_nobody_watches_stops_at_a_mark_across_rows() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("需求.csv");
    std::fs::write(&path, format!("{HEAD}1,题一,甲公司,\"智能\n2,题二,乙公司,高端\"\n")).unwrap();
    let read = collect_demands(&[path], &Catalogue::default(), Strictness::Strict, &Options::default());
    assert!(matches!(read, Err(TableError::Row { ref origin, .. }) if origin.row == 2), "{read:?}");
}

#[test]
fn marks_within_a_text_stay_and_are_reported() {
    let import = read(&format!("{HEAD}1,\"智能\"装备,甲公司,\"卡\"\"脖子\"\n2,题二,乙公司,他说\"好\"\n"));
    assert_eq!(titles(&import), ["\"智能\"装备", "题二"]);
    assert_eq!(import.records[0].description, "卡\"脖子");
    assert_eq!(problems(&import), [("B2".to_owned(), ProblemKind::QuoteInText)]);
    assert!(import.report().to_string().contains("需求.csvB2：闭合的引号后另有文字"), "{}", import.report());
}

#[test]
fn a_cell_of_several_lines_is_one_cell_whatever_commas_it_has() {
    let cells = ["一，主要问题:\n1,强度,韧性\n2,寿命", "强度,韧性,寿命\n\n成本,效率", "a,b\nc,d\ne,f", "\n\n,,\n"];
    for cell in cells {
        let import = read(&format!("{HEAD}1,题一,甲公司,\"{cell}\"\n2,题二,乙公司,描述\n"));
        assert_eq!(titles(&import), ["题一", "题二"], "{cell}");
        assert_eq!(import.records[0].description, cell.trim(), "{cell}");
        assert!(problems(&import).iter().all(|(_, kind)| matches!(kind, ProblemKind::RowsInCell { .. })), "{cell}");
    }
    // Lines with as many commas as the rows are said, and stay one cell: they are not counted as the rows are.
    let import = read(&format!("{HEAD}7,题一,甲公司,\"指标:\n1,强度,韧性,寿命\"\n"));
    assert_eq!(import.records[0].description, "指标:\n1,强度,韧性,寿命");
    assert_eq!(problems(&import), [("D2".to_owned(), ProblemKind::RowsInCell { rows: 1 })]);
}

/// Rows as they are typed, a quotation mark somewhere in two of their cells.
fn typed_rows() -> impl Strategy<Value = (usize, Vec<(usize, usize, bool)>, bool)> {
    (3..8_usize).prop_flat_map(|rows| {
        let mark = (0..rows, 1..4_usize, any::<bool>());
        (Just(rows), prop::collection::vec(mark, 1..4), any::<bool>())
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn rows_never_vanish_without_a_line_of_the_report((rows, marks, numbered) in typed_rows()) {
        let mut text = if numbered { HEAD.to_owned() } else { HEAD.replacen("序号", "联系人", 1) };
        for row in 0..rows {
            let first = if numbered { (row + 1).to_string() } else { format!("联系人{row}") };
            let mut cells = [first, format!("题目{row}"), format!("第{row}公司"), format!("描述{row}")];
            for (_, column, at_start) in marks.iter().filter(|(marked, ..)| *marked == row) {
                let cell = &mut cells[*column];
                *cell = if *at_start { format!("\"{cell}") } else { format!("{cell}\"") };
            }
            text.push_str(&cells.join(","));
            text.push('\n');
        }
        let import = read(&text);
        let said = import.problems.iter().any(|problem| is_of_quotes(&problem.kind));
        let found = |row: &usize| import.records.iter().any(|demand| demand.title.contains(&format!("题目{row}")));
        let lost: Vec<usize> = (0..rows).filter(|row| !found(row)).collect();
        prop_assert!(lost.is_empty() || said, "{} lacks {:?}:\n{}", text, lost, import.report());
        if numbered {
            prop_assert!(lost.is_empty(), "{} lacks {:?}:\n{}", text, lost, import.report());
        }
    }

    #[test]
    fn what_was_written_as_csv_is_read_back(cells in prop::collection::vec("[强度，；\n\" 1-3a]{0,24}", 1..6)) {
        let import = read(&written(&cells));
        prop_assert_eq!(import.records.len(), cells.len());
        for (row, demand) in import.records.iter().enumerate() {
            prop_assert_eq!(&demand.title, &format!("题目{row}"));
        }
    }

    #[test]
    fn a_cell_whose_lines_look_like_rows_is_read_back_or_reported(
        cells in prop::collection::vec("[强度,，;\n\" 1-3a]{0,24}", 1..6),
    ) {
        let import = read(&written(&cells));
        let titles: Vec<&str> = import.records.iter().map(|demand| demand.title.as_str()).collect();
        let whole = titles.len() == cells.len();
        prop_assert!(whole || import.problems.iter().any(|problem| is_of_quotes(&problem.kind)), "{}", import.report());
        for row in 0..cells.len() {
            prop_assert!(titles.contains(&format!("题目{row}").as_str()), "{:?} lacks row {}", titles, row);
        }
    }
}

/// The cells as descriptions of a list that a program wrote.
fn written(cells: &[String]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(HEAD.trim().split(',')).unwrap();
    for (row, cell) in cells.iter().enumerate() {
        writer.write_record([&(row + 1).to_string(), &format!("题目{row}"), "甲公司", cell]).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

fn is_of_quotes(kind: &ProblemKind) -> bool {
    matches!(
        kind,
        ProblemKind::OpenQuote
            | ProblemKind::QuoteAcrossRows { .. }
            | ProblemKind::RowsInCell { .. }
            | ProblemKind::QuoteInText
    )
}
