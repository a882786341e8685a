//! Titles of forms that end like labels: 高强钢焊接关键技术.

use super::Surroundings;
use crate::columns::Meaning;
use crate::sheet::{Cell, Row};

/// The column of a title that stands beside its label in the row `at` and is more than an alias, where the row above or
/// below is one of a form too: a label, which it begins with, and its value.
pub(super) fn title_like_label(rows: &[Row], at: usize, around: &Surroundings<'_>) -> Option<u32> {
    let anchors: Vec<&Cell> = rows[at].anchors().collect();
    let is_title = |cell: &Cell| {
        let label = around.aliases.of_label(around.kind, &cell.text);
        matches!(label, Some(Meaning::Field(field)) if &*field == "title")
    };
    let is_label = |cell: &Cell| around.aliases.of_label(around.kind, &cell.text).is_some();
    let is_alias = |cell: &Cell| around.aliases.is_alias(around.kind, &cell.text);
    let pair = anchors.windows(2).find(|pair| is_title(pair[0]) && is_label(pair[1]) && !is_alias(pair[1]))?;
    let left = anchors[0].column;
    let is_of_form = |row: &Row| {
        let mut cells = row.anchors();
        cells.next().is_some_and(|cell| cell.column == left && is_alias(cell) && !is_title(cell))
            && cells.next().is_some_and(|cell| !is_label(cell))
    };
    let above = at.checked_sub(1).and_then(|above| rows.get(above));
    above.into_iter().chain(rows.get(at + 1)).any(is_of_form).then_some(pair[1].column)
}
