use super::{DUPLICATE_HEADS, GUESS_HEADS, ImportReport, PROBLEM_HEADS, counts_line};
use crate::Result;
use crate::write::{put, render};
use serde_json::json;
use std::path::Path;

pub(super) fn write(report: &ImportReport, path: &Path) -> Result<()> {
    put(path, page(report).as_bytes())
}

pub(super) fn page(report: &ImportReport) -> String {
    let files: Vec<_> = report
        .files
        .iter()
        .map(|file| {
            let sheets: Vec<_> = file
                .sheets
                .iter()
                .map(|sheet| {
                    json!({ "name": sheet.name, "layout": sheet.layout, "rows": sheet.rows, "counts": counts_line(sheet.counts), "other_rows": sheet.other_rows, "columns": sheet.columns.iter().map(|column| column.to_vec()).collect::<Vec<_>>() })
                })
                .collect();
            json!({ "path": file.path, "counts": counts_line(file.counts), "error": file.error, "remarks": file.remarks, "sheets": sheets })
        })
        .collect();
    let table = |title: &str, heads: [&str; 5], lines: &[[String; 5]]| json!({ "title": title, "heads": heads.to_vec(), "lines": lines.iter().map(|line| line.to_vec()).collect::<Vec<_>>() });
    let tables = vec![
        table("问题", PROBLEM_HEADS, &report.problems),
        table("推断（请核对）", GUESS_HEADS, &report.guesses),
        table("疑似重复（未合并，请人工确认）", DUPLICATE_HEADS, &report.duplicates),
    ];
    let values = json!({ "what": report.what, "counts": counts_line(report.counts), "files": files, "tables": tables });
    render("report.html", include_str!("../../templates/report.html"), &values)
        .expect("the template and the values fit")
}
