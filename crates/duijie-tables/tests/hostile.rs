//! Files that nobody should send: each is refused or bounded, and says why.

use duijie::Catalogue;
use duijie_tables::{Import, Limits, Options, TableError, read_demands};
use proptest::prelude::*;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn read(name: &str, bytes: &[u8], limits: Limits) -> Import<duijie::Demand> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    let options = Options { limits, ..Options::default() };
    read_demands(&[path], &Catalogue::default(), &options).unwrap()
}

fn refusal(name: &str, bytes: &[u8], limits: Limits) -> TableError {
    let import = read(name, bytes, limits);
    assert!(import.records.is_empty());
    import.files[0].error.clone().unwrap_or_else(|| panic!("{name} was read"))
}

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn compound(stream: &str) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    file.create_stream(stream).unwrap().write_all(&[0; 64]).unwrap();
    file.flush().unwrap();
    file.into_inner().into_inner()
}

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/files").join(name)).unwrap()
}

#[test]
fn kinds_that_are_not_read_are_refused_with_advice() {
    let limits = Limits::default();
    assert!(matches!(refusal("a.pdf", b"%PDF-1.7\n", limits), TableError::Pdf { .. }));
    assert!(matches!(refusal("a.doc", &compound("/WordDocument"), limits), TableError::LegacyWord { .. }));
    assert!(matches!(refusal("a.xlsx", &compound("/EncryptedPackage"), limits), TableError::Password { .. }));
    assert!(matches!(refusal("a.png", b"\x89PNG\r\n\x1a\n", limits), TableError::Picture { .. }));
    assert!(matches!(refusal("a.xlsx", b"PK\x03\x04 cut short", limits), TableError::Damaged { .. }));
    assert!(matches!(refusal("a.xlsx", &zipped(&[("readme.txt", b"")]), limits), TableError::UnknownKind { .. }));
    assert!(matches!(refusal("a.csv", b"\x00\x01\x02\x03", limits), TableError::UnknownKind { .. }));
}

#[test]
fn what_unpacks_to_too_much_is_refused() {
    let zeros = vec![b' '; 4 << 20];
    for (name, part) in [("a.xlsx", "xl/workbook.xml"), ("a.docx", "word/document.xml"), ("a.ods", "content.xml")] {
        let bomb = zipped(&[(part, &zeros)]);
        assert!(bomb.len() < 100_000);
        let limits = Limits { unpacked_bytes: 1 << 20, ..Limits::default() };
        assert!(matches!(refusal(name, &bomb, limits), TableError::TooLarge { of: "bytes unpacked", .. }), "{name}");
    }
}

/// A workbook of one demand with `more` behind the cells of its sheet.
fn stuffed(more: &str) -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write_row(0, 0, ["需求名称", "企业名称"]).unwrap();
    sheet.write_row(1, 0, ["轴承", "甲有限公司"]).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(workbook.save_to_buffer().unwrap())).unwrap();
    let parts: Vec<(String, Vec<u8>)> = (0..archive.len())
        .map(|at| {
            let mut part = archive.by_index(at).unwrap();
            let mut content = Vec::new();
            part.read_to_end(&mut content).unwrap();
            if part.name().ends_with("sheet1.xml") {
                let text = String::from_utf8(content).unwrap().replace("</sheetData>", &format!("{more}</sheetData>"));
                content = text.into_bytes();
            }
            (part.name().to_owned(), content)
        })
        .collect();
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect();
    zipped(&parts)
}

#[test]
fn what_a_reader_would_have_to_hold_at_once_is_bounded() {
    let blanks = " ".repeat(17 << 20);
    let cell = format!("<row r=\"3\"><c r=\"A3\" t=\"inlineStr\"><is>{}</is></c></row>", {
        let run = format!("<r><t>{}</t></r>", "长".repeat(1 << 20));
        run.repeat(6)
    });
    let comment = format!("<!--{}-->", "<c/>".repeat(5 << 20));
    for more in [blanks.as_str(), &cell, &comment] {
        let file = stuffed(more);
        assert!(file.len() < 200_000, "{}", file.len());
        let error = refusal("a.xlsx", &file, Limits::default());
        assert!(matches!(error, TableError::TooLarge { limit: 16_777_216, .. }), "{error}");
    }
    let import = read("a.xlsx", &stuffed(&" ".repeat(1 << 20)), Limits::default());
    assert_eq!(import.records.len(), 1, "{}", import.report());
}

#[test]
fn more_cells_than_allowed_are_refused_in_every_format() {
    let limits = Limits { cells: 10, ..Limits::default() };
    for name in [
        "01-list-plain.xlsx",
        "06-form.docx",
        "09-utf8.csv",
        "14-page.html",
        "21-list-merged.xls",
        "22-list-hidden.ods",
    ] {
        assert!(matches!(refusal(name, &fixture(name), limits), TableError::TooLarge { .. }), "{name}");
    }
}

#[test]
fn a_cell_at_the_far_corner_takes_no_rectangle_of_memory() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for (at, head) in ["需求名称", "企业名称"].iter().enumerate() {
        sheet.write_string(0, at as u16, *head).unwrap();
        sheet.write_string(1, at as u16, "某某公司").unwrap();
    }
    sheet.write_string(1_048_575, 16_383, "角落").unwrap();
    let import = read("a.xlsx", &workbook.save_to_buffer().unwrap(), Limits { cells: 1000, ..Limits::default() });
    assert!(import.files[0].error.is_none(), "{}", import.report());
    assert_eq!(import.records[0].title, "某某公司");
}

#[test]
fn a_million_blank_rows_are_nothing() {
    let content = r#"<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><table:table table:name="a">
        <table:table-row><table:table-cell><text:p>需求名称</text:p></table:table-cell><table:table-cell><text:p>企业名称</text:p></table:table-cell></table:table-row>
        <table:table-row><table:table-cell table:number-rows-spanned="1048000" table:number-columns-spanned="16000"><text:p>焊接</text:p></table:table-cell><table:table-cell><text:p>某某公司</text:p></table:table-cell></table:table-row>
        <table:table-row table:number-rows-repeated="4294967295"><table:table-cell table:number-columns-repeated="4294967295"/></table:table-row>
        </table:table></office:document-content>"#;
    let import = read("a.ods", &zipped(&[("content.xml", content.as_bytes())]), Limits::default());
    assert_eq!(import.records.len(), 1, "{}", import.report());
}

#[test]
fn a_hidden_sheet_of_an_ods_was_not_meant_to_be_sent() {
    let sheet = |name: &str, style: &str| {
        let row = |cells: [&str; 2]| {
            let cells = cells.map(|cell| format!("<table:table-cell><text:p>{cell}</text:p></table:table-cell>"));
            format!("<table:table-row>{}</table:table-row>", cells.concat())
        };
        let rows = row(["需求名称", "企业名称"]) + &row([name, "某某公司"]);
        format!(r#"<table:table table:name="{name}" table:style-name="{style}">{rows}</table:table>"#)
    };
    let style = |name: &str, display: &str| {
        format!(
            r#"<style:style style:name="{name}" style:family="table"><style:table-properties table:display="{display}"/></style:style>"#
        )
    };
    let content = [style("ta1", "true"), style("ta2", "false"), sheet("焊接", "ta1"), sheet("裂纹", "ta2")].concat();
    let content = format!(r#"<d xmlns:table="t" xmlns:text="x" xmlns:style="s">{content}</d>"#);
    let import = read("a.ods", &zipped(&[("content.xml", content.as_bytes())]), Limits::default());
    assert_eq!(import.records.len(), 1, "{}", import.report());
    assert_eq!((import.records[0].title.as_str(), import.counts().rejected), ("焊接", 1), "{}", import.report());
}

#[test]
fn tables_within_tables_are_looked_into_so_far() {
    let nested = |depth: usize| read("a.html", "<table><tr><td>".repeat(depth).as_bytes(), Limits::default());
    let is_too_deep = |error: &TableError| matches!(error, TableError::TooLarge { of: "tables within tables", .. });
    assert!(nested(2_000).files[0].error.as_ref().is_some_and(is_too_deep));
    assert!(!nested(20).files[0].error.as_ref().is_some_and(is_too_deep));
}

#[test]
fn entities_of_a_documents_own_are_not_expanded() {
    let content = r#"<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
        <d xmlns:table="t" xmlns:text="x"><table:table table:name="a"><table:table-row><table:table-cell><text:p>&b;&b;</text:p></table:table-cell></table:table-row></table:table></d>"#;
    let import = read("a.ods", &zipped(&[("content.xml", content.as_bytes())]), Limits::default());
    assert!(import.records.is_empty());
}

/// A workbook with one item.
fn one_item() -> rust_xlsxwriter::Workbook {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for (at, (head, value)) in [("需求名称", "焊接"), ("企业名称", "某某公司")].iter().enumerate() {
        sheet.write_string(0, at as u16, *head).unwrap();
        sheet.write_string(1, at as u16, *value).unwrap();
    }
    workbook
}

/// The parts of a package, changed and with others added.
fn repacked(bytes: &[u8], change: impl Fn(&str, String) -> String, added: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let name = part.name().to_owned();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        parts.push((name.clone(), change(&name, text).into_bytes()));
    }
    parts.extend(added.iter().map(|(name, content)| ((*name).to_owned(), content.to_vec())));
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect();
    zipped(&parts)
}

#[test]
fn a_million_rows_of_a_workbook_that_hold_nothing_are_nothing() {
    let rows: String = (3..=1_048_576).map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\"/></row>")).collect();
    let fill = |name: &str, text: String| match name {
        "xl/worksheets/sheet1.xml" => text.replace("</sheetData>", &format!("{rows}</sheetData>")),
        _ => text,
    };
    let bytes = repacked(&one_item().save_to_buffer().unwrap(), fill, &[]);
    let import = read("a.xlsx", &bytes, Limits { cells: 1000, ..Limits::default() });
    assert_eq!((import.records.len(), import.files[0].sheets[0].rows), (1, 2), "{}", import.report());
}

#[test]
fn formulas_give_what_the_file_holds_of_them() {
    let mut workbook = one_item();
    let sheet = workbook.worksheet_from_index(0).unwrap();
    sheet.write_string(0, 2, "投入预算（万元）").unwrap();
    sheet
        .write_formula(1, 2, rust_xlsxwriter::Formula::new("=WEBSERVICE(\"http://x.example\")").set_result("120"))
        .unwrap();
    sheet.write_string(0, 3, "关键词").unwrap();
    sheet.write_formula(1, 3, rust_xlsxwriter::Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
    let import = read("a.xlsx", &workbook.save_to_buffer().unwrap(), Limits::default());
    assert_eq!(import.records[0].budget, Some(120.0));
    assert!(!import.records[0].extra.contains_key("keywords"));
    assert!(import.report().to_string().contains("错误值，按空白处理"), "{}", import.report());
}

#[test]
fn macros_and_links_to_other_files_are_reported_and_left_alone() {
    let added: &[(&str, &[u8])] =
        &[("xl/vbaProject.bin", b"macros"), ("xl/externalLinks/externalLink1.xml", b"<externalLink/>")];
    let bytes = repacked(&one_item().save_to_buffer().unwrap(), |_, text| text, added);
    let import = read("a.xlsx", &bytes, Limits::default());
    assert_eq!(import.records.len(), 1);
    let report = import.report().to_string();
    assert!(report.contains("文件含宏，未运行") && report.contains("文件含外部链接，未打开"), "{report}");
}

#[test]
fn a_range_that_ends_before_it_begins_is_damage() {
    let turn = |_: &str, text: String| text.replace("<dimension ref=\"A1:B2\"/>", "<dimension ref=\"B2:A1\"/>");
    let bytes = repacked(&one_item().save_to_buffer().unwrap(), turn, &[]);
    let import = read("a.xlsx", &bytes, Limits::default());
    let file = &import.files[0];
    assert!(matches!(file.error, Some(TableError::Damaged { .. })) || import.records.len() == 1, "{:?}", file.error);
}

#[test]
fn a_file_of_too_many_bytes_is_not_opened() {
    let limits = Limits { file_bytes: 100, ..Limits::default() };
    let error = refusal("a.xlsx", &fixture("01-list-plain.xlsx"), limits);
    assert!(matches!(error, TableError::TooLarge { of: "bytes", limit: 100, .. }));
}

#[test]
fn huge_cells_are_cut_and_reported() {
    let text = format!("需求名称,企业名称\n{},某某公司\n", "长".repeat(50_000));
    let import = read("a.csv", text.as_bytes(), Limits::default());
    assert_eq!(import.records[0].title.chars().count(), Limits::default().cell_chars);
    assert!(import.report().to_string().contains("已截断"));
}

#[test]
fn a_wrong_extension_is_read_by_content_and_reported() {
    let import = read("a.xls", &fixture("01-list-plain.xlsx"), Limits::default());
    assert_eq!(import.records.len(), 3);
    assert!(import.report().to_string().contains("与扩展名不符"));
}

#[test]
fn a_path_to_nothing_is_an_error() {
    let none = |path: &str| read_demands(&[PathBuf::from(path)], &Catalogue::default(), &Options::default());
    assert!(matches!(none("/nowhere/at/all.xlsx"), Err(TableError::Read { .. })));
    assert!(matches!(none("/nowhere/*.xlsx"), Err(TableError::NoFiles { .. })));
    let options = Options { mapping: vec![("A".into(), "titel".into())], ..Options::default() };
    let mapped = read_demands(&[PathBuf::from(".")], &Catalogue::default(), &options);
    assert!(matches!(mapped, Err(TableError::UnknownField { .. })));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// A damaged file is refused or read, and never brings the program down.
    #[test]
    fn damaged_files_never_panic(
        which in 0_usize..7,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let names = ["02-list-merged.xlsx", "07-form-nested.docx", "21-list-merged.xls", "22-list-hidden.ods", "11-gb18030.csv", "15-export.xls", "16-objects.jsonl"];
        let name = names[which];
        let mut bytes = fixture(name);
        for (place, value) in changes {
            let at = place.index(bytes.len());
            bytes[at] = value;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        let import = read(name, &bytes, Limits { cells: 100_000, unpacked_bytes: 16 << 20, ..Limits::default() });
        let counts = import.counts();
        prop_assert_eq!(counts.read, counts.imported + counts.rejected + counts.merged);
    }

    /// The XML inside is damaged, the zip around it whole.
    #[test]
    fn damaged_xml_never_panics(text in "(<(/?)(w:)?(tbl|tr|tc|p|t|gridSpan w:val=\"[0-9]{1,12}\"|vMerge|table:table-cell table:number-columns-repeated=\"[0-9]{1,12}\"|table:table|table:table-row|text:p)(/?)>|企业名称|需求名称|&#x?[0-9]{1,6};|[a-z]){0,60}") {
        let wrapped = format!("<d>{text}</d>");
        for (name, part) in [("a.docx", "word/document.xml"), ("a.ods", "content.xml")] {
            read(name, &zipped(&[(part, wrapped.as_bytes())]), Limits { cells: 100_000, ..Limits::default() });
        }
    }
}
