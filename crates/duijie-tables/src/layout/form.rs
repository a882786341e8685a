use super::pairs::{Pair, Pairs, pairs};
use super::prose::labelled;
use super::section::{Particulars, is_form_heading, section};
use super::shared::{Block, share};
use super::transposed::on_its_side;
use super::{Column, Item, ItemState, ItemValue, Layout, Surroundings, Table};
use crate::columns::Meaning;
use crate::sheet::{Cell, Row, Sheet};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Labels that a sheet must have to be a form, when it lies in a file by itself.
const MIN_LABELS: usize = 3;

/// The items of the forms in consecutive sheets of one file: a sheet may hold several forms one
/// below the other, and a form may go on over several tables. `None` if this is no form.
pub(crate) fn forms(sheets: &[&Sheet], around: &Surroundings<'_>) -> Option<Table> {
    let mut table = Table::of(Layout::Form, Vec::new(), Vec::new());
    let mut blocks: Vec<Block> = Vec::new();
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
        let Pairs { mut pairs, mut blank, unread } = pairs(sheet, around);
        table.unread.extend(unread);
        if !pairs.iter().any(|pair| pair.is("title")) {
            let (above, unread) = labelled(&sheet.preamble, around);
            if above.iter().any(|pair| pair.is("title")) {
                blank.iter_mut().for_each(|(before, _)| *before += above.len());
                pairs.splice(0..0, above);
                table.unread.extend(unread);
            }
        }
        labels += pairs.len();
        let mut blank = blank.into_iter().peekable();
        for (at, pair) in pairs.iter().enumerate() {
            // A label without a value belongs to what stands above it.
            while let Some((_, field)) = blank.next_if(|(before, _)| *before < at) {
                blocks.last_mut().map(|block| block.labels.insert(field));
            }
            let title_follows =
                pairs[at..].iter().any(|pair| pair.is("title")) || blank.clone().any(|(_, field)| &*field == "title");
            let asked_title = blocks.last().is_some_and(|block| block.labels.contains("title"));
            let begins = asked_title && begins_form(&pairs, at, &table, title_follows, around);
            while let Some((_, field)) = blank.next_if(|(before, _)| *before == at && !begins) {
                blocks.last_mut().map(|block| block.labels.insert(field));
            }
            if table.items.is_empty() || begins {
                let row = sheet.rows.first().map_or(1, |row| row.number);
                let row = if at == 0 { row } else { pair.value.place.0 };
                let state = if pair.hidden { ItemState::Hidden } else { ItemState::Shown };
                let name = Some(sheet.name.as_str().into());
                let says_whose = context.iter().any(|(field, _): &(Arc<str>, String)| &**field == "org");
                let is_headed = sheet.preamble.iter().any(|line| is_form_heading(line));
                blocks.push(Block { begins_form: at == 0 && (is_headed || says_whose), ..Block::default() });
                let context = context.clone().into();
                table.items.push(Item { sheet: name, row, state, values: Vec::new(), context });
            }
            let column = *known.entry(pair.label.clone()).or_insert_with(|| {
                table.columns.push(Column::headed(vec![pair.label.clone()], None));
                table.columns.len() - 1
            });
            if let (Some(item), Some(block)) = (table.items.last_mut(), blocks.last_mut()) {
                item.values.push(ItemValue { column, ..pair.value.clone() });
                block.labels.extend(field(&table.columns[column], around));
            }
        }
        if let Some(block) = blocks.last_mut() {
            block.labels.extend(blank.map(|(_, field)| field));
        }
    }
    let titled =
        table.items.iter().any(|item| item.values.iter().any(|value| is_title(&table.columns[value.column], around)));
    table.told = share(&mut table.items, &blocks, &table.columns, around);
    (labels >= MIN_LABELS && titled).then_some(table)
}

/// Whether another form begins with the pair `at` of a sheet, where the one under way has asked for its title: with a
/// second title; with the sheet, where that has a title of its own, or with the enterprise, where that comes again
/// before a title, filled in or not. The labels above a title belong to it.
fn begins_form(pairs: &[Pair], at: usize, table: &Table, title_follows: bool, around: &Surroundings<'_>) -> bool {
    let has = |field| has_field(table, field, around);
    (pairs[at].is("title") && has("title"))
        || (at == 0 && title_follows)
        || (pairs[at].is("org") && has("org") && title_follows)
}

fn is_title(column: &Column, around: &Surroundings<'_>) -> bool {
    means(column, "title", around)
}

fn means(column: &Column, wanted: &str, around: &Surroundings<'_>) -> bool {
    field(column, around).is_some_and(|known| &*known == wanted)
}

fn field(column: &Column, around: &Surroundings<'_>) -> Option<Arc<str>> {
    match around.aliases.of_header(around.kind, column.heads.first()?)? {
        Meaning::Field(field) => Some(field),
        _ => None,
    }
}

/// Whether the form under way has a field.
fn has_field(table: &Table, field: &str, around: &Surroundings<'_>) -> bool {
    let item = table.items.last();
    item.is_some_and(|item| item.values.iter().any(|value| means(&table.columns[value.column], field, around)))
}

/// What sheets of labels and values say of the list that follows them; nothing if they have a title of their own.
pub(crate) fn particulars_of(sheets: &[&Sheet], around: &Surroundings<'_>) -> Particulars {
    let mut found = Particulars::default();
    for sheet in sheets {
        let Pairs { pairs, unread, .. } = pairs(sheet, around);
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
    pairs(sheet, around).pairs.iter().filter(known).count() >= MIN_LABELS && forms(&[sheet], around).is_some()
}

/// Whether labels stand in a sheet, and nothing else: a form that nobody filled in.
pub(crate) fn is_unfilled(sheets: &[&Sheet], around: &Surroundings<'_>) -> bool {
    let cells = || sheets.iter().flat_map(|sheet| &sheet.rows).flat_map(Row::anchors);
    let is_label = |cell: &&Cell| around.aliases.of_label(around.kind, &cell.text).is_some();
    cells().filter(is_label).count() >= MIN_LABELS && sheets.iter().all(|sheet| pairs(sheet, around).pairs.is_empty())
}
