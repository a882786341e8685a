use crate::chromium::{Page, Screen};
use crate::event::everything;
use crate::programs::report_missing;
use duijie::Catalogue;
use duijie_tables::{Options, read_demands};
use std::path::{Path, PathBuf};

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

/// The report of an import of all fixtures, as a page.
fn report_page(folder: &Path) -> PathBuf {
    let files = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/files");
    let import = read_demands(&[files], &Catalogue::default(), &Options::default()).unwrap();
    let page = folder.join("报告.html");
    import.report().write_html(&page).unwrap();
    page
}

#[test]
fn no_column_of_the_report_is_squeezed() {
    let folder = tempfile::tempdir().unwrap();
    let file = report_page(folder.path());
    let Some(mut page) = Page::open(&file, "", Screen::Desktop) else {
        return report_missing("chromium", "the columns of the import report");
    };
    page.value("document.querySelectorAll('details').forEach(each => each.open = true)");
    // A column of one character in a line is as wide as that and its margins.
    let narrow = "[...document.querySelectorAll('td')].filter(cell => cell.textContent.length > 3 && cell.offsetWidth < 60).length";
    assert_eq!(page.value(narrow), 0, "no cell is so narrow that its words stand below each other");
    let tall = "Math.max(...[...document.querySelectorAll('tbody tr')].map(row => row.offsetHeight))";
    let tall = page.value(tall).as_u64().unwrap();
    assert!(tall <= 200, "no row is {tall} high");
    let over = "[...document.querySelectorAll('.wide')].filter(each => each.scrollWidth > each.clientWidth + 1).length";
    assert_eq!(page.value(over), 0, "no table needs to be pushed aside");
}

#[test]
fn the_report_fits_a_phone() {
    let folder = tempfile::tempdir().unwrap();
    let file = report_page(folder.path());
    let Some(mut page) = Page::open(&file, "", Screen::Phone) else {
        return report_missing("chromium", "the import report on a phone");
    };
    page.value("document.querySelectorAll('details').forEach(each => each.open = true)");
    let wide = page.value("document.documentElement.scrollWidth").as_u64().unwrap();
    assert!(wide <= 390, "the page is {wide} wide on a phone of 390");
    let over = "[...document.querySelectorAll('body *')].filter(each => each.offsetParent && \
                each.getBoundingClientRect().right > 391).length";
    assert_eq!(page.value(over), 0, "nothing reaches over the edge");
    assert_eq!(page.value("getComputedStyle(document.querySelector('thead')).display"), "none");
    let label = "getComputedStyle(document.querySelector('td.short'), '::before').content";
    assert!(page.value(label).as_str().unwrap().contains("列"), "each value has its heading beside it");
}
