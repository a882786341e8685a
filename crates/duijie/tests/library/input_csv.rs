//! Tables in CSV: encodings, cells, and line numbers that a text editor agrees with.

use duijie::{Catalogue, Demand, Error, Intake, RecordProblem, RecordReader, Strictness};

fn demands(content: impl AsRef<[u8]>, strictness: Strictness) -> Result<Intake<Demand>, Error> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("demands.csv");
    std::fs::write(&path, content).unwrap();
    RecordReader::new(&Catalogue::default(), strictness).demands(&[path])
}

const TABLE: &str = "id,title,indicators,chain,budget,备注\nD1,碳纤维,强度≥3000MPa；伸长≥2%,先进材料,12.5,急\n";

#[test]
fn utf8_with_or_without_mark_and_gb18030_read_the_same() {
    let plain = demands(TABLE, Strictness::Strict).unwrap().records;
    assert_eq!(plain[0].indicators, ["强度≥3000MPa", "伸长≥2%"]);
    assert_eq!((plain[0].budget, plain[0].chain.as_deref()), (Some(12.5), Some("materials")));
    assert_eq!(plain[0].extra["备注"], "急");
    assert_eq!(demands(format!("\u{feff}{TABLE}"), Strictness::Strict).unwrap().records, plain);
    assert_eq!(demands(TABLE.replace('\n', "\r\n"), Strictness::Strict).unwrap().records, plain);
    let (gb18030, _, unmappable) = encoding_rs::GB18030.encode(TABLE);
    assert!(!unmappable && std::str::from_utf8(&gb18030).is_err());
    assert_eq!(demands(gb18030, Strictness::Strict).unwrap().records, plain);
}

#[test]
fn lines_are_counted_through_quoted_line_breaks_blank_lines_and_both_line_ends() {
    let table = "id,title\nD1,\"两行\n标题\"\n\n\nD2\nD3,x\n,y\n";
    for (ends, text) in [("\\n", table.to_owned()), ("\\r\\n", table.replace('\n', "\r\n"))] {
        let intake = demands(text, Strictness::Lenient).unwrap();
        let lines: Vec<u64> = intake.provenance.iter().map(|provenance| provenance.line).collect();
        assert_eq!(lines, [2, 7], "{ends}");
        let rejects: Vec<_> =
            intake.rejects.iter().map(|r| (r.provenance.line, r.raw.as_str(), r.problem.clone())).collect();
        let short = RecordProblem::CellCount { found: 1, expected: 2 };
        assert_eq!(rejects, [(6, "D2", short), (8, ",y", RecordProblem::Missing("id"))], "{ends}");
    }
}

#[test]
fn a_rejected_row_is_kept_with_its_quotes() {
    let row = "D1,\"有,逗号和\"\"引号\"\"\",多";
    let intake = demands(format!("id,title\n{row}\nD2,x"), Strictness::Lenient).unwrap();
    assert_eq!(intake.rejects[0].raw, row);
    assert_eq!(intake.records[0].id, "D2");
}

#[test]
fn a_cell_of_the_wrong_type_names_its_column() {
    let Err(error) = demands("id,title,budget\nD1,x,约5万\n", Strictness::Strict) else { panic!() };
    assert!(
        error.to_string().ends_with("demands.csv:2: the field \"budget\" should be a number, found \"约5万\""),
        "{error}"
    );
}

#[test]
fn bytes_of_neither_encoding_set_only_their_row_aside() {
    let intake = demands(b"id,title\nD1,\xff\xff\nD2,\xba\xb8\xbd\xd3\n", Strictness::Lenient).unwrap();
    assert_eq!(intake.records[0].title, "焊接");
    assert!(matches!(intake.rejects[0].problem, RecordProblem::Encoding { .. }));
    assert_eq!(intake.rejects[0].provenance.line, 2);
}

#[test]
fn rows_read_are_records_and_rejects() {
    let rows: String = (0..60).map(|at| if at % 4 == 0 { format!("D{at}\n") } else { format!("D{at},x\n") }).collect();
    let intake = demands(format!("id,title\n{rows}"), Strictness::Lenient).unwrap();
    assert_eq!((intake.records.len(), intake.rejects.len(), intake.provenance.len()), (45, 15, 45));
}

#[test]
fn a_column_that_comes_twice_is_refused_by_name() {
    let Err(error) = demands("id,title,title\nD1,x,y\n", Strictness::Strict) else { panic!() };
    assert!(error.to_string().contains("the column \"title\" twice"), "{error}");
    let intake = demands("id,title,title\nD1,x,y\nD2,x,y\n", Strictness::Lenient).unwrap();
    assert_eq!((intake.records.len(), intake.rejects.len()), (0, 2));
}

#[test]
fn a_quotation_mark_that_is_never_closed_does_not_swallow_the_rows_behind_it() {
    let rows = "id,title\nD0,苹果\nD1,\"焊接\nD2,碳纤维\nD3,苹果";
    let Err(error) = demands(rows, Strictness::Strict) else { panic!() };
    assert!(error.to_string().contains("demands.csv:3: a quotation mark is opened"), "{error}");
    let intake = demands(rows, Strictness::Lenient).unwrap();
    assert_eq!((intake.records.len(), intake.rejects.len()), (1, 1));
    assert!(intake.rejects[0].raw.ends_with("D3,苹果"), "{}", intake.rejects[0].raw);
    let closed = demands("id,title\nD1,\"焊接\n二\"\nD2,5\" 管", Strictness::Strict).unwrap();
    assert_eq!(closed.records.len(), 2);
}

#[test]
fn a_header_of_other_names_is_shown() {
    let Err(error) = demands("编号;名称\nD1;焊接\n", Strictness::Strict) else { panic!() };
    assert!(error.to_string().contains("no column \"id\"; its columns are 编号;名称"), "{error}");
}

#[test]
fn utf_16_with_its_mark_is_read() {
    let text = "\u{feff}id,title\nD1,焊接\n";
    let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(demands(bytes, Strictness::Strict).unwrap().records[0].title, "焊接");
}
