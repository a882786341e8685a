use super::prose::labelled;
use super::section::{Particulars, section};
use super::transposed::on_its_side;
use super::{Column, HiddenRows, Item, ItemState, ItemValue, Layout, Surroundings, Table};
use crate::columns::{Meaning, label_key};
use crate::sheet::{Cell, Row, Sheet, Visibility};
use crate::values::is_mark;
use rustc_hash::{FxHashMap, FxHashSet};

/// Labels that a sheet must have to be a form, when it lies in a file by itself.
const MIN_LABELS: usize = 3;

/// The items of the forms in consecutive sheets of one file: a sheet may hold several forms one
/// below the other, and a form may go on over several tables. `None` if this is no form.
pub(crate) fn forms(sheets: &[&Sheet], around: &Surroundings<'_>) -> Option<Table> {
    let mut table = Table { layout: Layout::Form, columns: Vec::new(), items: Vec::new(), unread: Vec::new() };
    let mut known = FxHashMap::default();
    let mut labels = 0;
    if let [sheet] = sheets
        && let Some(table) = on_its_side(sheet, around)
    {
        return Some(table);
    }
    for sheet in sheets {
        let mut context = Vec::new();
        for line in &sheet.preamble {
            context.extend(section(line, around).fields);
        }
        let (mut pairs, lost) = pairs(sheet, around);
        table.unread.extend(lost);
        if !pairs.iter().any(|pair| pair.is("title")) {
            let (above, unread) = labelled(&sheet.preamble, around);
            if above.iter().any(|pair| pair.is("title")) {
                pairs.splice(0..0, above);
                table.unread.extend(unread);
            }
        }
        labels += pairs.len();
        for (at, pair) in pairs.iter().enumerate() {
            if table.items.is_empty() || begins_form(&pairs, at, &table, around) {
                let row = sheet.rows.first().map_or(1, |row| row.number);
                let row = if at == 0 { row } else { pair.value.place.0 };
                let state = if pair.hidden { ItemState::Hidden } else { ItemState::Shown };
                let name = Some(sheet.name.as_str().into());
                let context = context.clone().into();
                table.items.push(Item { sheet: name, row, state, values: Vec::new(), context });
            }
            let column = *known.entry(pair.label.clone()).or_insert_with(|| {
                table.columns.push(Column::headed(vec![pair.label.clone()], None));
                table.columns.len() - 1
            });
            if let Some(item) = table.items.last_mut() {
                item.values.push(ItemValue { column, ..pair.value.clone() });
            }
        }
    }
    let titled =
        table.items.iter().any(|item| item.values.iter().any(|value| is_title(&table.columns[value.column], around)));
    (labels >= MIN_LABELS && titled).then_some(table)
}

/// Whether another form begins with the pair `at` of a sheet: with a second title; with the sheet, where that
/// has a title of its own; or with the enterprise, where that comes again before a title. The labels above a
/// title belong to it.
fn begins_form(pairs: &[Pair], at: usize, table: &Table, around: &Surroundings<'_>) -> bool {
    let has = |field| has_field(table, field, around);
    if !has("title") {
        return false;
    }
    let title_follows = || pairs[at..].iter().any(|pair| pair.is("title"));
    pairs[at].is("title") || (at == 0 && title_follows()) || (pairs[at].is("org") && has("org") && title_follows())
}

fn is_title(column: &Column, around: &Surroundings<'_>) -> bool {
    means(column, "title", around)
}

fn means(column: &Column, field: &str, around: &Surroundings<'_>) -> bool {
    let meaning = column.heads.first().and_then(|head| around.aliases.of_header(around.kind, head));
    matches!(meaning, Some(Meaning::Field(known)) if &*known == field)
}

/// Whether the form under way has a field.
fn has_field(table: &Table, field: &str, around: &Surroundings<'_>) -> bool {
    let item = table.items.last();
    item.is_some_and(|item| item.values.iter().any(|value| means(&table.columns[value.column], field, around)))
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
struct Place<'a> {
    row: &'a Row,
    cell: &'a Cell,
    meaning: Option<Meaning>,
}

/// What sheets of labels and values say of the list that follows them; nothing if they have a title of their own.
pub(crate) fn particulars_of(sheets: &[&Sheet], around: &Surroundings<'_>) -> Particulars {
    let mut found = Particulars::default();
    for sheet in sheets {
        let (pairs, unread) = pairs(sheet, around);
        if pairs.iter().any(|pair| pair.is("title")) {
            return Particulars::default();
        }
        for Pair { label, value, meaning, .. } in &pairs {
            found.add(value.place.0, label, meaning.as_ref(), &value.text);
        }
        found.unread.extend(unread);
    }
    if found.fields.is_empty() { Particulars::default() } else { found }
}

/// Whether a sheet is a form by itself, with as many labels of the dictionary as that takes.
pub(super) fn is_form_of_labels(sheet: &Sheet, around: &Surroundings<'_>) -> bool {
    let known = |pair: &&Pair| pair.meaning.is_some();
    pairs(sheet, around).0.iter().filter(known).count() >= MIN_LABELS && forms(&[sheet], around).is_some()
}

/// Whether labels stand in a sheet, and nothing else: a form that nobody filled in.
pub(crate) fn is_unfilled(sheets: &[&Sheet], around: &Surroundings<'_>) -> bool {
    let cells = || sheets.iter().flat_map(|sheet| &sheet.rows).flat_map(Row::anchors);
    let is_label = |cell: &&Cell| around.aliases.of_label(around.kind, &cell.text).is_some();
    cells().filter(is_label).count() >= MIN_LABELS && sheets.iter().all(|sheet| pairs(sheet, around).0.is_empty())
}

/// Labels with their values, in reading order, and the cells behind a value that no label speaks for: number of the
/// row and text.
fn pairs<'a>(sheet: &'a Sheet, around: &Surroundings<'_>) -> (Vec<Pair>, Vec<(u32, String)>) {
    let mut pairs = Vec::new();
    let mut behind: FxHashSet<(u32, u32)> = FxHashSet::default();
    let mut unread = Vec::new();
    let mut used: FxHashSet<(u32, u32)> = FxHashSet::default();
    let lines: Vec<Vec<Place<'_>>> = sheet
        .rows
        .iter()
        .map(|row| {
            let place = |cell: &'a Cell| Place { row, cell, meaning: around.aliases.of_label(around.kind, &cell.text) };
            row.anchors().map(place).collect()
        })
        .collect();
    for (at, line) in lines.iter().enumerate() {
        for (index, place) in line.iter().enumerate() {
            if used.contains(&(place.row.number, place.cell.column)) {
                continue;
            }
            if place.meaning.is_none() {
                let before = pairs.len();
                inline(place, around, &mut pairs);
                if pairs.len() > before {
                    continue;
                }
                if behind.contains(&(place.row.number, place.cell.column)) {
                    unread.push((place.row.number, place.cell.text.clone()));
                } else if let Some((value, more)) = unknown_label(&line[index..], &used) {
                    used.insert((value.row.number, value.cell.column));
                    behind.extend(more.iter().map(|cell| (cell.row.number, cell.cell.column)));
                    pairs.push(pair(place, &[value]));
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
                    pairs.push(pair(label, &[*value]));
                    vec![*first]
                }
                ([first, ..], _) => vec![*first],
            };
            if values.is_empty() {
                continue;
            }
            used.extend(values.iter().map(|value| (value.row.number, value.cell.column)));
            behind.extend(beside.iter().map(|cell| (cell.row.number, cell.cell.column)));
            let mut found = pair(place, &values);
            found.meaning.clone_from(&place.meaning);
            found.hidden = place.row.visibility == Visibility::Hidden && around.hidden == HiddenRows::Reject;
            if found.is("keywords") || is_choices(&values) {
                found.value.text = found.value.text.replace(BETWEEN_CELLS, "；");
            }
            pairs.push(found);
        }
    }
    (pairs, unread)
}

/// What stands between the texts of two cells of one value: they are the ends of a period.
const BETWEEN_CELLS: &str = " 至 ";

/// The value under a label at the end of its row, or under one in a row of labels.
fn below<'l, 'a>(lines: &'l [Vec<Place<'a>>], label: &Place<'a>) -> Vec<&'l Place<'a>> {
    let next = lines.iter().find(|line| line.first().is_some_and(|place| place.row.number > label.row.number));
    let under = next.and_then(|line| line.iter().find(|place| place.cell.column == label.cell.column));
    under.filter(|place| place.meaning.is_none()).into_iter().collect()
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
fn looks_like_label(text: &str) -> bool {
    let key = label_key(text);
    let length = key.chars().count();
    (2..=10).contains(&length)
        && !key.chars().any(|c| c.is_ascii_digit())
        && !text.contains(['□', '☑', '√', '，', '。'])
}
