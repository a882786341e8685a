//! Forms without a table: paragraphs of labels with their values.

use super::pairs::Pair;
use super::{ItemValue, Surroundings};
use crate::columns::{Meaning, label_key};
use crate::sheet::Sheet;

/// Fields whose values go on over the paragraphs below.
const LONG: [&str; 14] = [
    "problem",
    "key_tech",
    "targets",
    "benefit",
    "other_req",
    "org_profile",
    "summary",
    "innovation",
    "metrics",
    "scope",
    "market",
    "applied_at",
    "award",
    "ip",
];

/// The pairs of a text's paragraphs, which are numbered from 1: 联系人：张三, several in a line, and labels by
/// themselves with their values below. What belongs to no label is answered beside them, but for the lines
/// above the first.
pub(super) fn labelled(lines: &[String], around: &Surroundings<'_>) -> (Vec<Pair>, Vec<(u32, String)>) {
    let mut pairs: Vec<Pair> = Vec::new();
    let mut unread = Vec::new();
    for (line, number) in lines.iter().zip(1_u32..) {
        let mut in_line = false;
        for part in line.split(['\n', '\t', '\u{3000}']).flat_map(|part| part.split("    ")) {
            let part = part.trim();
            if part.is_empty() {
                continue;
            }
            if let Some((label, meaning, value)) = label_and_value(part, around) {
                let value = ItemValue { column: 0, text: value.to_owned(), place: (number, 0) };
                pairs.push(Pair { label: label.to_owned(), value, meaning: Some(meaning), hidden: false });
                in_line = true;
                continue;
            }
            match pairs.last_mut() {
                Some(open) if in_line && !open.value.text.is_empty() => {
                    open.value.text.push(' ');
                    open.value.text.push_str(part);
                }
                Some(open) if !is_sub_heading(part) && (open.value.text.is_empty() || goes_on(open)) => {
                    if !open.value.text.is_empty() {
                        open.value.text.push('\n');
                    }
                    open.value.text.push_str(part);
                }
                Some(_) if !is_sub_heading(part) => unread.push((number, part.to_owned())),
                _ => {}
            }
        }
    }
    pairs.retain(|pair| !pair.value.text.is_empty());
    (pairs, unread)
}

/// Whether the paragraphs of a sheet are a form.
pub(crate) fn is_prose_form(sheet: &Sheet, around: &Surroundings<'_>) -> bool {
    labelled(&sheet.preamble, around).0.iter().any(|pair| pair.is("title"))
}

fn label_and_value<'t>(part: &'t str, around: &Surroundings<'_>) -> Option<(&'t str, Meaning, &'t str)> {
    let (label, value) = part.split_once(['：', ':']).unwrap_or((part, ""));
    let meaning = around.aliases.of_label(around.kind, label)?;
    // A line by itself is a label when it is one word for word, with a number before it at most.
    let is_exact = part.contains(['：', ':']) || label_key(label).chars().count() <= 8;
    is_exact.then(|| (label.trim(), meaning, value.trim()))
}

fn goes_on(open: &Pair) -> bool {
    matches!(&open.meaning, Some(Meaning::Field(field)) if LONG.contains(&&**field))
}

/// 二、需求情况: it heads what follows, and ends the value above.
fn is_sub_heading(text: &str) -> bool {
    let numbered = text.trim_start_matches(['（', '(']).trim_start_matches(|c| "一二三四五六七八九十".contains(c));
    numbered.len() < text.len() && numbered.starts_with(['、', '）', ')']) && text.chars().count() <= 20
}
