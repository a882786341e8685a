use super::section::particulars;
use super::titles::title_like_label;
use super::{Column, Surroundings};
use crate::columns::{Meaning, is_heading, label_key};
use crate::sheet::{Cell, Row};
use rustc_hash::{FxHashMap, FxHashSet};

/// Rows that a head may take up.
const MAX_HEAD_ROWS: usize = 3;

/// Rows that are searched for a head.
pub(super) const MAX_ROWS_ABOVE: usize = 200;

/// Where the head of a list begins and how many rows it takes up.
pub(crate) fn find_head(rows: &[Row], around: &Surroundings<'_>) -> Option<(usize, usize)> {
    let in_form = has_title_beside_value(&rows[..rows.len().min(MAX_ROWS_ABOVE)], around);
    (0..rows.len().min(MAX_ROWS_ABOVE)).find_map(|at| {
        let is_own = |depth: usize| depth == 1 || particulars(&rows[at], around).is_empty();
        let fits = |depth: &usize| {
            let is_told = is_head(&rows[at..at + depth], in_form, around)
                && !is_stacked(rows, at, *depth, around)
                && title_like_label(rows, at, around).is_none();
            is_own(*depth) && (is_told || heads_numbers(rows, at, *depth, around))
        };
        head_depths(&rows[at..], around).into_iter().flatten().find(fits).map(|depth| (at, depth))
    })
}

/// Where the first row stands that has a header which the caller's mapping names, among words that could all be
/// headers, and how many rows that head takes up.
pub(crate) fn find_mapped_head(rows: &[Row], around: &Surroundings<'_>) -> Option<(usize, usize)> {
    let narrow = rows.iter().all(|row| row.cells.len() == 1);
    let at = rows
        .iter()
        .take(MAX_ROWS_ABOVE)
        .position(|row| (narrow || row.anchors().nth(1).is_some()) && names_mapped(row, around))?;
    Some((at, head_depths(&rows[at..], around).into_iter().flatten().next().unwrap_or(1)))
}

fn names_mapped(row: &Row, around: &Surroundings<'_>) -> bool {
    let is_word = |cell: &Cell| cell.text.len() <= 120 && cell.text.parse::<f64>().is_err();
    !around.mapped_heads.is_empty()
        && row.anchors().all(is_word)
        && row.anchors().any(|cell| around.mapped_heads.contains(&label_key(&cell.text)))
}

/// Whether rows of words, among them a serial number and a title, stand above a row that is numbered.
fn heads_numbers(rows: &[Row], at: usize, depth: usize, around: &Surroundings<'_>) -> bool {
    let columns = head_columns(&rows[at..at + depth]);
    let meaning = |column: &Column| {
        let line = |line: &String| around.aliases.of_label(around.kind, line);
        around.aliases.of_lines(around.kind, &column.heads).or_else(|| column.heads.iter().rev().find_map(line))
    };
    let serial = columns.iter().find(|column| meaning(column) == Some(Meaning::Serial));
    let is_title = |column| matches!(meaning(column), Some(Meaning::Field(field)) if &*field == "title");
    let is_word = |line: &String| line.chars().count() <= 30 && line.parse::<f64>().is_err();
    let below = rows.get(at + depth);
    let is_numbered =
        |column| below.and_then(|row| row.text(column)).is_some_and(|text| text.trim().parse::<u32>().is_ok());
    columns.len() >= 3
        && columns.iter().any(is_title)
        && columns.iter().flat_map(|column| &column.heads).all(is_word)
        && serial.and_then(|serial| serial.column).is_some_and(is_numbered)
}

/// How many rows the head takes up that the first of `rows` begins, if it begins one.
pub(crate) fn head_here(rows: &[Row], around: &Surroundings<'_>) -> Option<usize> {
    // Nearly all rows of a list have a number or a long text, and need no look at the dictionary.
    let first = rows.first()?;
    let is_value = |text: &str| text.len() > 240 || text.parse::<f64>().is_ok();
    if first.cells.len() < 2 || first.cells.iter().any(|cell| is_value(&cell.text)) {
        return None;
    }
    let fits = |depth: &usize| {
        (is_head(&rows[..*depth], true, around)
            && !is_stacked(rows, 0, *depth, around)
            && title_like_label(rows, 0, around).is_none())
            || names_mapped(first, around)
            || heads_numbers(rows, 0, *depth, around)
    };
    head_depths(rows, around).into_iter().flatten().find(fits)
}

/// Whether the labels `at` stand in a form that has its values below them: rows of labels and rows of values
/// take turns, and a title is among the labels only once.
fn is_stacked(rows: &[Row], at: usize, depth: usize, around: &Surroundings<'_>) -> bool {
    let meanings = |row: &Row| -> Vec<Option<Meaning>> {
        row.anchors().map(|cell| around.aliases.of_label(around.kind, &cell.text)).collect()
    };
    let holds_values = |at: usize| rows.get(at).is_some_and(|row| meanings(row).iter().all(Option::is_none));
    let is_title = |meaning: &Option<Meaning>| matches!(meaning, Some(Meaning::Field(field)) if &**field == "title");
    let has_title = |at: usize| rows.get(at).is_some_and(|row| meanings(row).iter().any(is_title));
    let holds_labels = |other: usize| {
        rows.get(other).is_some_and(|row| {
            let found = meanings(row);
            !found.is_empty() && found.iter().all(Option::is_some) && !(has_title(at) && has_title(other))
        })
    };
    if depth > 1 || !holds_values(at + 1) {
        // Labels under labels wait for values that nobody has written.
        return depth == 1 && holds_labels(at + 1);
    }
    let ends = at + 2 >= rows.len();
    holds_labels(at + 2) || (ends && at >= 2 && holds_labels(at - 2) && holds_values(at - 1))
}

/// Whether a title stands beside its label, as in a form.
fn has_title_beside_value(rows: &[Row], around: &Surroundings<'_>) -> bool {
    (0..rows.len()).any(|at| title_like_label(rows, at, around).is_some())
        || rows.iter().any(|row| {
            let anchors: Vec<_> = row.anchors().collect();
            anchors.windows(2).any(|pair| {
                let label = around.aliases.of_label(around.kind, &pair[0].text);
                matches!(label, Some(Meaning::Field(field)) if &*field == "title")
                    && around.aliases.of_label(around.kind, &pair[1].text).is_none()
            })
        })
}

/// How many rows a head may take up that begins with the first of `rows`, the likeliest first.
fn head_depths(rows: &[Row], around: &Surroundings<'_>) -> [Option<usize>; 2] {
    match merged_depth(rows) {
        Some(1) if rows.len() > 1 && is_group_row(&rows[0], &rows[1], around) => [Some(2), Some(1)],
        depth => [depth, None],
    }
}

/// As many rows as the cells merged downwards in the first reach.
fn merged_depth(rows: &[Row]) -> Option<usize> {
    let first = rows.first()?;
    first.anchors().next()?;
    let reaches = |row: &Row| row.cells.iter().any(|cell| cell.anchor.is_some_and(|(top, _)| top == first.number));
    let depth = 1 + rows[1..].iter().take(MAX_HEAD_ROWS).take_while(|row| reaches(row)).count();
    (depth <= MAX_HEAD_ROWS).then_some(depth)
}

/// Whether the words of `first` stand for the groups of columns that `second` heads one by one: they are merged
/// to the right, or blanks follow them; and in `second` there is nothing but labels and words under groups.
fn is_group_row(first: &Row, second: &Row, around: &Surroundings<'_>) -> bool {
    // Rows of values have no blank above them: most are done with here.
    let has_group = |cell: &Cell| first.cell(cell.column).is_none_or(|above| above.anchor.is_some());
    if !second.cells.iter().any(has_group) {
        return false;
    }
    let is_word = |text: &str| text.len() <= 60 && is_heading(&label_key(text));
    if first.anchors().nth(1).is_none() || !first.anchors().chain(second.anchors()).all(|cell| is_word(&cell.text)) {
        return false;
    }
    let begins_group = |column: u32| {
        let right = first.cell(column + 1);
        first.cell(column).is_some_and(|cell| cell.anchor.is_none())
            && second.cell(column + 1).is_some()
            && right.is_none_or(|cell| cell.anchor == Some((first.number, column)))
    };
    let in_group = |column: u32| {
        first.cell(column).is_none_or(|cell| cell.anchor.is_some_and(|(top, _)| top == first.number))
            || begins_group(column)
    };
    let is_label = |text: &str| around.aliases.of_label(around.kind, text).is_some();
    let rows = [first.clone(), second.clone()];
    let told = |column: u32| {
        let heads = head_columns(&rows).into_iter().find(|known| known.column == Some(column));
        heads.is_some_and(|known| around.aliases.of_lines(around.kind, &known.heads).is_some())
    };
    // Choices to tick, under the question: nothing stands below the other words.
    let is_choice = |cell: &Cell| {
        first.cell(cell.column).is_some_and(|above| above.anchor.is_some())
            || first.cell(cell.column + 1).is_some_and(|next| next.anchor == Some((first.number, cell.column)))
    };
    if second.anchors().nth(1).is_some() && second.anchors().all(is_choice) {
        return true;
    }
    second.anchors().any(|cell| in_group(cell.column))
        && second.anchors().any(|cell| is_label(&cell.text) || told(cell.column))
        && second.anchors().all(|cell| is_label(&cell.text) || in_group(cell.column) || told(cell.column))
}

/// The columns under a head of several rows, with the lines above each. A word that stands for a group of
/// columns counts for all of them, also in files that know no merged cells.
pub(super) fn head_columns(rows: &[Row]) -> Vec<Column> {
    let mut heads: FxHashMap<u32, Vec<String>> = FxHashMap::default();
    for (at, row) in rows.iter().enumerate() {
        for cell in &row.cells {
            let lines = heads.entry(cell.column).or_default();
            if let (true, Some(group)) = (at == 1 && lines.is_empty(), group_above(&rows[0], row, cell.column)) {
                lines.push(group.to_owned());
            }
            if lines.last() != Some(&cell.text) {
                lines.push(cell.text.clone());
            }
        }
    }
    let mut columns: Vec<u32> = heads.keys().copied().collect();
    columns.sort_unstable();
    let column = |column| Column::headed(heads.remove(&column).unwrap_or_default(), Some(column));
    columns.into_iter().map(column).collect()
}

/// The word of the first row that stands for the group which `column` is in: the nearest to the left, when the
/// second row goes on from there without a gap.
fn group_above<'r>(first: &'r Row, second: &Row, column: u32) -> Option<&'r str> {
    let word = first.cells.iter().rev().find(|cell| cell.column < column)?;
    let goes_on = |between| second.cell(between).is_some_and(|cell| cell.anchor.is_none());
    (word.column..column).all(goes_on).then_some(word.text.as_str())
}

/// Whether these rows head a list: several labels that stand side by side, a title among them. In
/// a form labels without a title stand side by side above their values.
pub(super) fn is_head(rows: &[Row], in_form: bool, around: &Surroundings<'_>) -> bool {
    if rows[0].anchors().any(|cell| cell.text.chars().count() > 60) {
        return false;
    }
    let mut labels = 0;
    let mut others = 0;
    let mut fields = FxHashSet::default();
    let mut adjacent = false;
    let mut previous_was_label = false;
    let columns = if let [row] = rows {
        row.anchors().map(|cell| Column::headed(vec![cell.text.clone()], Some(cell.column))).collect()
    } else {
        head_columns(rows)
    };
    for column in &columns {
        if others * 2 > columns.len() {
            return false;
        }
        let line = |line: &String| around.aliases.of_label(around.kind, line);
        let meaning =
            around.aliases.of_lines(around.kind, &column.heads).or_else(|| column.heads.iter().rev().find_map(line));
        let is_label = meaning.is_some();
        labels += usize::from(is_label);
        others += usize::from(!is_label);
        adjacent |= is_label && previous_was_label;
        previous_was_label = is_label;
        if let Some(Meaning::Field(field)) = meaning {
            fields.insert(field);
        }
    }
    let told = fields.contains("title") || (fields.len() >= 3 && !in_form);
    adjacent && told && labels >= 2 && fields.len() >= 2 && labels * 2 >= columns.len()
}

/// The keys of everything that stands in a head, to know it again after a page break.
pub(super) fn head_keys(rows: &[Row]) -> FxHashSet<String> {
    rows.iter().flat_map(|row| &row.cells).map(|cell| label_key(&cell.text)).collect()
}
