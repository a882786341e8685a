//! Tables within the cells of others.

use super::Surroundings;
use super::head::find_head;
use crate::columns::Meaning;
use crate::sheet::{Cell, Row, Sheet};

/// Writes tables that stand in a cell and are neither a list nor part of a form into that cell, a line a row.
pub(crate) fn unnest(sheets: &mut Vec<Sheet>, around: &Surroundings<'_>) {
    for at in (0..sheets.len()).rev() {
        let Some(within) = sheets[at].within.clone().filter(|_| !is_read_by_itself(&sheets[at], around)) else {
            continue;
        };
        if let Some(outer) = sheets.iter().position(|sheet| sheet.name == within.sheet) {
            let inner = sheets.remove(at);
            put(&mut sheets[outer].rows, within.row, within.column, &lines(&inner));
        }
    }
}

/// Whether the rows of a table have labels: several of them, or the title.
fn is_read_by_itself(sheet: &Sheet, around: &Surroundings<'_>) -> bool {
    let label = |cell: &Cell| around.aliases.of_label(around.kind, &cell.text);
    let is_title = |cell: &Cell| matches!(label(cell), Some(Meaning::Field(field)) if &*field == "title");
    let has_label = |row: &&Row| row.anchors().any(|cell| label(cell).is_some());
    find_head(&sheet.rows, around).is_some()
        || sheet.rows.iter().flat_map(Row::anchors).any(is_title)
        || sheet.rows.iter().filter(has_label).nth(1).is_some()
}

fn lines(sheet: &Sheet) -> String {
    let line = |row: &Row| row.anchors().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join(" ");
    sheet.rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn put(rows: &mut Vec<Row>, number: u32, column: u32, text: &str) {
    let at = rows.binary_search_by_key(&number, |row| row.number).unwrap_or_else(|at| {
        rows.insert(at, Row { number, ..Row::default() });
        at
    });
    let cells = &mut rows[at].cells;
    match cells.binary_search_by_key(&column, |cell| cell.column) {
        Ok(found) => {
            cells[found].text.push('\n');
            cells[found].text.push_str(text);
        }
        Err(place) => cells.insert(place, Cell { column, text: text.to_owned(), ..Cell::default() }),
    }
}
