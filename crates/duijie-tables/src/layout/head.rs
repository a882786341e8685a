use super::Surroundings;
use crate::columns::{Meaning, label_key};
use crate::sheet::Row;
use rustc_hash::FxHashSet;

/// Rows that a head may take up.
const MAX_HEAD_ROWS: usize = 3;

/// Rows that are searched for a head.
const MAX_ROWS_ABOVE: usize = 200;

/// Where the head of a list begins and how many rows it takes up.
pub(crate) fn find_head(rows: &[Row], around: &Surroundings<'_>) -> Option<(usize, usize)> {
    let in_form = has_title_beside_value(&rows[..rows.len().min(MAX_ROWS_ABOVE)], around);
    (0..rows.len().min(MAX_ROWS_ABOVE)).find_map(|at| {
        let depth = head_depth(&rows[at..])?;
        let is_head = is_head(&rows[at..at + depth], in_form, around) && !is_stacked(rows, at, depth, around);
        is_head.then_some((at, depth))
    })
}

/// How many rows the head takes up that the first of `rows` begins, if it begins one.
pub(crate) fn head_here(rows: &[Row], around: &Surroundings<'_>) -> Option<usize> {
    // Nearly all rows of a list have a number or a long text, and need no look at the dictionary.
    let first = rows.first()?;
    let is_value = |text: &str| text.len() > 240 || text.parse::<f64>().is_ok();
    if first.cells.len() < 2 || first.cells.iter().any(|cell| is_value(&cell.text)) {
        return None;
    }
    let depth = head_depth(rows)?;
    (is_head(&rows[..depth], true, around) && !is_stacked(rows, 0, depth, around)).then_some(depth)
}

/// Whether the labels `at` stand in a form that has its values below them: rows of labels and rows of values
/// take turns, and a title is among the labels only once.
fn is_stacked(rows: &[Row], at: usize, depth: usize, around: &Surroundings<'_>) -> bool {
    let meanings = |row: &Row| -> Vec<Option<Meaning>> {
        row.anchors().map(|cell| around.aliases.of_label(around.kind, &cell.text)).collect()
    };
    let holds_values = |at: usize| rows.get(at).is_some_and(|row| meanings(row).iter().all(Option::is_none));
    let is_title = |meaning: &Option<Meaning>| matches!(meaning, Some(Meaning::Field(field)) if &**field == "title");
    let holds_labels = |at: usize| {
        rows.get(at).is_some_and(|row| {
            let found = meanings(row);
            !found.is_empty() && found.iter().all(Option::is_some) && !found.iter().any(is_title)
        })
    };
    if depth > 1 || !holds_values(at + 1) {
        return false;
    }
    let ends = at + 2 >= rows.len();
    holds_labels(at + 2) || (ends && at >= 2 && holds_labels(at - 2) && holds_values(at - 1))
}

/// Whether a title stands beside its label, as in a form.
fn has_title_beside_value(rows: &[Row], around: &Surroundings<'_>) -> bool {
    rows.iter().any(|row| {
        let anchors: Vec<_> = row.anchors().collect();
        anchors.windows(2).any(|pair| {
            let label = around.aliases.of_label(around.kind, &pair[0].text);
            matches!(label, Some(Meaning::Field(field)) if &*field == "title")
                && around.aliases.of_label(around.kind, &pair[1].text).is_none()
        })
    })
}

/// How many rows a head would take up that begins with the first of `rows`: as many as the cells
/// merged downwards in it reach.
fn head_depth(rows: &[Row]) -> Option<usize> {
    let first = rows.first()?;
    first.anchors().next()?;
    let reaches = |row: &Row| row.cells.iter().any(|cell| cell.anchor.is_some_and(|(top, _)| top == first.number));
    let depth = 1 + rows[1..].iter().take(MAX_HEAD_ROWS).take_while(|row| reaches(row)).count();
    (depth <= MAX_HEAD_ROWS).then_some(depth)
}

/// Whether these rows head a list: several labels that stand side by side, a title among them. In
/// a form labels without a title stand side by side above their values.
fn is_head(rows: &[Row], in_form: bool, around: &Surroundings<'_>) -> bool {
    let mut labels = 0;
    let mut fields = FxHashSet::default();
    let mut adjacent = false;
    let mut previous_was_label = false;
    let anchors: Vec<_> = rows[0].anchors().collect();
    if anchors.iter().any(|cell| cell.text.chars().count() > 60) {
        return false;
    }
    let mut others = 0;
    for cell in &anchors {
        if others * 2 > anchors.len() {
            return false;
        }
        let meaning = around.aliases.of_label(around.kind, &cell.text);
        let is_label = meaning.is_some();
        labels += usize::from(is_label);
        others += usize::from(!is_label);
        adjacent |= is_label && previous_was_label;
        previous_was_label = is_label;
        if let Some(Meaning::Field(field)) = meaning {
            fields.insert(field);
        }
    }
    // Sub-heads count for the fields, not for the look of the row.
    for cell in rows[1..].iter().flat_map(Row::anchors) {
        if let Some(Meaning::Field(field)) = around.aliases.of_label(around.kind, &cell.text) {
            fields.insert(field);
        }
    }
    let told = fields.contains("title") || (fields.len() >= 3 && !in_form);
    adjacent && told && labels >= 2 && fields.len() >= 2 && labels * 2 >= anchors.len()
}

/// Second head rows of files that know no merged cells: under heads that stand for several columns
/// there are labels, and nothing stands under the others but blanks or labels.
pub(crate) fn flat_depth(rows: &[Row], around: &Surroundings<'_>) -> usize {
    let Some(second) = rows.get(1) else { return 1 };
    let holds = |row: &Row, column| row.cell(column).is_some();
    let labels = second.cells.iter().filter(|cell| around.aliases.of_label(around.kind, &cell.text).is_some()).count();
    let under_blanks = second.cells.iter().any(|cell| !holds(&rows[0], cell.column));
    let is_sub_head =
        labels > 0 && labels == second.cells.len() && under_blanks && second.cells.len() < rows[0].cells.len();
    if is_sub_head { 2 } else { 1 }
}

/// The keys of everything that stands in a head, to know it again after a page break.
pub(crate) fn head_keys(rows: &[Row]) -> FxHashSet<String> {
    rows.iter().flat_map(|row| &row.cells).map(|cell| label_key(&cell.text)).collect()
}
