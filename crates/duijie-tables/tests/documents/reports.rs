use crate::event::everything;
use duijie::Catalogue;
use duijie_tables::{Options, read_demands};
use std::path::Path;

#[test]
fn an_import_report_is_written_in_all_three_forms() {
    let folder = tempfile::tempdir().unwrap();
    let files = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/files");
    let import = read_demands(&[files], &Catalogue::default(), &Options::default()).unwrap();
    let report = import.report();
    let text = report.to_string();
    assert!(text.contains("疑似重复") && text.contains("身份证号") && text.contains("推断"), "{text}");
    report.write_html(&folder.path().join("报告.html")).unwrap();
    report.write_xlsx(&folder.path().join("报告.xlsx")).unwrap();
    let page = everything(&folder.path().join("报告.html"));
    assert!(page.contains("02-list-merged.xlsx") && page.contains("疑似重复"));
    assert!(everything(&folder.path().join("报告.xlsx")).contains("02-list-merged.xlsx"));
    // Duplicates across files are proposed, and nothing was merged but the row that repeats itself in one file.
    assert!(import.duplicates.len() > 10);
    assert_eq!(import.counts().merged, 1);
}
