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
    // How much room a column of a narrow table keeps: a mark in one line, a word or two, a path, a sentence.
    let heads = |heads: [&str; 5], widths: [&str; 5]| -> Vec<_> {
        heads.iter().zip(widths).map(|(name, width)| json!({ "name": name, "width": width })).collect()
    };
    let table = |title: &str, heads: Vec<serde_json::Value>, lines: &[[String; 5]]| json!({ "title": title, "heads": heads, "lines": lines.iter().map(|line| line.to_vec()).collect::<Vec<_>>() });
    let told = ["place", "word", "short", "word", "text"];
    let pairs = ["word", "place", "word", "place", "word"];
    let tables = vec![
        table("问题", heads(PROBLEM_HEADS, told), &report.problems),
        table("推断（请核对）", heads(GUESS_HEADS, told), &report.guesses),
        table("疑似重复（未合并，请人工确认）", heads(DUPLICATE_HEADS, pairs), &report.duplicates),
    ];
    let columns = heads(["列", "表头", "含义", "字段", "依据"], ["short", "text", "word", "short", "word"]);
    let values = json!({ "what": report.what, "counts": counts_line(report.counts), "files": files, "tables": tables, "columns": columns });
    render("report.html", include_str!("../../templates/report.html"), &values)
        .expect("the template and the values fit")
}
