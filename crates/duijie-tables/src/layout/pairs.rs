//! Labels with their values, as they stand in a form.

use super::headed_rows::{fits_contact, headed_rows};
use super::titles::title_like_label;
use super::{HiddenRows, ItemValue, Surroundings};
use crate::columns::{Meaning, label_key};
use crate::sheet::{Cell, Row, Sheet, Visibility};
use crate::values::is_mark;
use rustc_hash::FxHashSet;
use std::sync::Arc;

/// What the cells of a sheet say as labels with values.
#[derive(Default)]
pub(super) struct Pairs {
    /// In reading order.
    pub(super) pairs: Vec<Pair>,
    /// Fields whose labels have no value, with how many pairs stand before.
    pub(super) blank: Vec<(usize, Arc<str>)>,
    /// The cells behind a value that no label speaks for: number of the row and text.
    pub(super) unread: Vec<(u32, String)>,
}

/// A label with its value.
pub(super) struct Pair {
    pub(super) label: String,
    pub(super) value: ItemValue,
    pub(super) meaning: Option<Meaning>,
    pub(super) hidden: bool,
}

impl Pair {
    pub(super) fn is(&self, field: &str) -> bool {
        matches!(&self.meaning, Some(Meaning::Field(known)) if &**known == field)
    }
}

/// A cell in a form.
pub(super) struct Place<'a> {
    pub(super) row: &'a Row,
    pub(super) cell: &'a Cell,
    pub(super) meaning: Option<Meaning>,
}

/// Reads the labels of a sheet with their values.
pub(super) fn pairs(sheet: &Sheet, around: &Surroundings<'_>) -> Pairs {
    let mut found = Pairs::default();
    let mut behind: FxHashSet<(u32, u32)> = FxHashSet::default();
    let mut used: FxHashSet<(u32, u32)> = FxHashSet::default();
    let lines: Vec<Vec<Place<'_>>> = sheet
        .rows
        .iter()
        .enumerate()
        .map(|(at, row)| {
            let title = title_like_label(&sheet.rows, at, around);
            let meaning = |cell: &Cell| {
                if title == Some(cell.column) { None } else { around.aliases.of_label(around.kind, &cell.text) }
            };
            row.anchors().map(|cell| Place { row, cell, meaning: meaning(cell) }).collect()
        })
        .collect();
    for (at, line) in lines.iter().enumerate() {
        if let Some(headed) = headed_rows(&lines[at..]).filter(|_| line.iter().all(|place| !is_used(&used, place))) {
            for (label, value) in headed.cells {
                used.insert((value.row.number, value.cell.column));
                let mut pair = labelled_by(label, &[value], around);
                if label_key(&pair.label) == "姓名" && headed.is_of_contacts {
                    pair.label = "联系人姓名".to_owned();
                }
                found.pairs.push(pair);
            }
            used.extend(line.iter().map(|place| (place.row.number, place.cell.column)));
        }
        for (index, place) in line.iter().enumerate() {
            if is_used(&used, place) {
                continue;
            }
            if place.meaning.is_none() {
                let before = found.pairs.len();
                inline(place, around, &mut found.pairs);
                if found.pairs.len() > before {
                    continue;
                }
                if behind.contains(&(place.row.number, place.cell.column)) {
                    found.unread.push((place.row.number, place.cell.text.clone()));
                } else if let Some((value, more)) = unknown_label(&line[index..], &used) {
                    used.insert((value.row.number, value.cell.column));
                    behind.extend(more.iter().map(|cell| (cell.row.number, cell.cell.column)));
                    found.pairs.push(pair(place, &[value]));
                }
                continue;
            }
            let beside: Vec<&Place<'_>> = line[index + 1..].iter().take_while(|next| next.meaning.is_none()).collect();
            let values = match (&beside[..], &place.meaning) {
                ([], _) => below(&lines[at + 1..], place),
                // 需求时限 has two cells, begin and end.
                (cells, Some(Meaning::Field(field))) if &**field == "period" && cells.len() >= 2 => cells[..2].to_vec(),
                // Each choice may have a cell of its own.
                (cells @ [_, .., _], _) if is_choices(cells) => cells.to_vec(),
                // Keywords have five.
                (cells, Some(Meaning::Field(field))) if &**field == "keywords" => cells.to_vec(),
                ([first, label, value, ..], _) if looks_like_label(&label.cell.text) => {
                    used.insert((label.row.number, label.cell.column));
                    used.insert((value.row.number, value.cell.column));
                    found.pairs.push(pair(label, &[*value]));
                    vec![*first]
                }
                ([first, ..], _) => vec![*first],
            };
            if values.is_empty() {
                if let Some(Meaning::Field(field)) = &place.meaning {
                    found.blank.push((found.pairs.len(), field.clone()));
                }
                continue;
            }
            used.extend(values.iter().map(|value| (value.row.number, value.cell.column)));
            behind.extend(beside.iter().map(|cell| (cell.row.number, cell.cell.column)));
            found.pairs.push(labelled_by(place, &values, around));
        }
    }
    found
}

fn is_used(used: &FxHashSet<(u32, u32)>, place: &Place<'_>) -> bool {
    used.contains(&(place.row.number, place.cell.column))
}

/// A label, of the dictionary or not, with its values.
fn labelled_by(label: &Place<'_>, values: &[&Place<'_>], around: &Surroundings<'_>) -> Pair {
    let mut found = pair(label, values);
    found.meaning.clone_from(&label.meaning);
    found.hidden = label.row.visibility == Visibility::Hidden && around.hidden == HiddenRows::Reject;
    if found.is("keywords") || is_choices(values) {
        found.value.text = found.value.text.replace(BETWEEN_CELLS, "；");
    }
    found
}

/// What stands between the texts of two cells of one value: they are the ends of a period.
const BETWEEN_CELLS: &str = " 至 ";

/// The value under a label at the end of its row, or under one in a row of labels.
fn below<'l, 'a>(lines: &'l [Vec<Place<'a>>], label: &Place<'a>) -> Vec<&'l Place<'a>> {
    let next = lines.iter().find(|line| line.first().is_some_and(|place| place.row.number > label.row.number));
    let under = next.and_then(|line| line.iter().find(|place| place.cell.column == label.cell.column));
    let fits = |place: &&Place<'_>| place.meaning.is_none() && fits_contact(label, place) != Some(false);
    under.filter(fits).into_iter().collect()
}

fn pair(label: &Place<'_>, values: &[&Place<'_>]) -> Pair {
    let text: Vec<&str> = values.iter().map(|value| value.cell.text.as_str()).collect();
    let place = values.first().map_or((label.row.number, label.cell.column), |v| (v.row.number, v.cell.column));
    Pair {
        label: label.cell.text.trim_end_matches(['：', ':']).to_owned(),
        value: ItemValue { column: 0, text: text.join(BETWEEN_CELLS), place },
        meaning: None,
        hidden: false,
    }
}

/// 联系人：张三 in one cell.
fn inline(place: &Place<'_>, around: &Surroundings<'_>, pairs: &mut Vec<Pair>) {
    for line in place.cell.text.lines() {
        // 其中：自有资金 300万元
        let part = line.trim().strip_prefix("其中").map(|part| part.trim_start_matches(['：', ':', ' ']));
        let parted = part.map_or_else(|| line.split_once(['：', ':']), |part| part.split_once(['：', ':', ' ']));
        let Some((label, value)) = parted else { continue };
        let Some(meaning) = around.aliases.of_label(around.kind, label) else { continue };
        if !value.trim().is_empty() {
            let place = (place.row.number, place.cell.column);
            pairs.push(Pair {
                label: label.trim().to_owned(),
                value: ItemValue { column: 0, text: value.trim().to_owned(), place },
                meaning: Some(meaning),
                hidden: false,
            });
        }
    }
}

/// The value of a label that the dictionary lacks, which begins its row or stands behind a value, and the cells behind
/// that no label speaks for.
fn unknown_label<'l, 'a>(
    cells: &'l [Place<'a>],
    used: &FxHashSet<(u32, u32)>,
) -> Option<(&'l Place<'a>, Vec<&'l Place<'a>>)> {
    let (label, rest) = cells.split_first()?;
    let (value, more) = rest.split_first()?;
    let row = label.row;
    let before = row.anchors().take_while(|cell| cell.column < label.cell.column).last();
    let begins = before.is_none_or(|cell| used.contains(&(row.number, cell.column)));
    let is_it = begins && value.meaning.is_none() && looks_like_label(&label.cell.text);
    let speaks = |cell: &&Place<'_>| cell.meaning.is_some() || looks_like_label(&cell.cell.text);
    is_it.then(|| (value, more.iter().take_while(|cell| !speaks(cell)).collect()))
}

/// Whether cells are choices, each with its box; the last may be a line to fill in.
fn is_choices(cells: &[&Place<'_>]) -> bool {
    let has_box = |place: &&Place<'_>| place.cell.text.contains(is_mark);
    cells.split_last().is_some_and(|(last, others)| {
        !others.is_empty() && others.iter().all(has_box) && (has_box(last) || last.cell.text.starts_with("其他"))
    })
}

/// Whether a cell between a value and another cell could be a label that the dictionary lacks.
pub(super) fn looks_like_label(text: &str) -> bool {
    let key = label_key(text);
    let length = key.chars().count();
    (2..=10).contains(&length)
        && !key.chars().any(|c| c.is_ascii_digit())
        && !text.contains(['□', '☑', '√', '，', '。'])
}
