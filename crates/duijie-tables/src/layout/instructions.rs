//! Sheets that say how a table is to be filled in.

use crate::columns::label_key;
use crate::sheet::{Row, Sheet};

/// What such a sheet, or the line above it, is called.
const TITLES: [&str; 14] = [
    "填表说明",
    "填报说明",
    "填写说明",
    "填表要求",
    "填报要求",
    "填写要求",
    "填表须知",
    "填报须知",
    "填写须知",
    "填表指南",
    "填报指南",
    "填写指南",
    "字段说明",
    "表格说明",
];

/// What the columns are called in which the explanations stand.
const EXPLANATIONS: [&str; 7] = ["填写说明", "填报说明", "填表说明", "填写要求", "填报要求", "填表要求", "说明"];

/// What the columns are called in which the fields stand.
const EXPLAINED: [&str; 9] =
    ["填写项", "填报项", "填写项目", "填报项目", "填写内容", "字段", "字段名", "字段名称", "栏目"];

/// Whether a sheet explains a table, by its name, its head, or the line above it and what it says.
pub(crate) fn is_instructions(sheet: &Sheet) -> bool {
    const LONGEST_TITLE: usize = 12;
    let is_title = |text: &str| TITLES.iter().any(|title| label_key(text).ends_with(title));
    let name = label_key(&sheet.name);
    let above = sheet.preamble.last().filter(|line| line.chars().count() <= LONGEST_TITLE && is_title(line));
    is_title(&name)
        || name == "说明"
        || sheet.rows.first().is_some_and(explains)
        // A form may follow the line that its explanations stand behind.
        || (above.is_some() && sheet.rows.iter().flat_map(Row::anchors).any(|cell| instructs(&cell.text)))
}

/// Whether a text tells what to write: 不超过30字, 请如实填写.
fn instructs(text: &str) -> bool {
    let begins = ["请", "应填", "应为", "须", "如实", "简要", "填写", "按照"];
    let counts =
        |(before, _): (&str, &str)| before.trim_end_matches(['个', '汉']).ends_with(|c: char| c.is_ascii_digit());
    text.split_once('字').is_some_and(counts) || begins.iter().any(|word| text.trim_start().starts_with(word))
}

/// Whether a row heads fields and what is to be written into each.
fn explains(row: &Row) -> bool {
    let heads: Vec<String> = row.anchors().take(5).map(|cell| label_key(&cell.text)).collect();
    let is = |words: &[&str]| heads.iter().any(|head| words.contains(&head.as_str()));
    (2..=4).contains(&heads.len()) && is(&EXPLANATIONS) && is(&EXPLAINED)
}
