use super::head::{find_head, flat_depth, head_here, head_keys};
use super::section::{is_note, is_total, is_unknown_section, section};
use super::{Column, HiddenRows, Item, ItemState, ItemValue, Layout, RowUse, Surroundings, Table};
use crate::columns::{Meaning, label_key};
use crate::sheet::{Cell, Row, Sheet, Visibility};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// A head that the tables after it go on under, when they have none of their own.
#[derive(Clone, Debug)]
pub(crate) struct Head {
    columns: Vec<Column>,
    keys: FxHashSet<String>,
    title: Option<u32>,
}

/// What a sheet read as a list gave.
#[derive(Default)]
pub(crate) struct Lists {
    pub(crate) tables: Vec<Table>,
    pub(crate) uses: Vec<(u32, RowUse)>,
    /// Rows that may mean something and were left out: number and text.
    pub(crate) unread: Vec<(u32, String)>,
    /// Sections that are not in the catalogue: number and text.
    pub(crate) unknown_sections: Vec<(u32, String)>,
    pub(crate) head: Option<Head>,
}

/// Reads a sheet as a list, or as several one below the other. `carried` is the head of the table
/// before, for one that goes on without; `None` is answered if there is no head at all.
pub(crate) fn list(sheet: &Sheet, carried: Option<&Head>, around: &Surroundings<'_>) -> Option<Lists> {
    let mut lists = Lists::default();
    let mut context = Context::default();
    for line in &sheet.preamble {
        context.say(section(line, around));
    }
    let first_head = find_head(&sheet.rows, around);
    let mut at = match (first_head, carried) {
        (Some((at, _)), _) => at,
        (None, Some(_)) => 0,
        (None, None) => return None,
    };
    for row in &sheet.rows[..at] {
        for cell in row.anchors() {
            context.say(section(&cell.text, around));
        }
        lists.uses.push((row.number, RowUse::Title));
    }
    let mut head = match first_head {
        Some((_, depth)) => {
            let depth = if depth == 1 { flat_depth(&sheet.rows[at..], around) } else { depth };
            let rows = &sheet.rows[at..at + depth];
            lists.uses.extend(rows.iter().map(|row| (row.number, RowUse::Head)));
            at += depth;
            Head::of(rows, around)
        }
        None => carried?.clone(),
    };
    let mut items: Vec<Item> = Vec::new();
    while at < sheet.rows.len() {
        let row = &sheet.rows[at];
        if let Some(depth) = head_here(&sheet.rows[at..], around) {
            let rows = &sheet.rows[at..at + depth];
            let repeated = head_keys(rows).is_subset(&head.keys);
            let row_use = if repeated { RowUse::RepeatedHead } else { RowUse::Head };
            lists.uses.extend(rows.iter().map(|row| (row.number, row_use)));
            if !repeated {
                lists.end_table(&head, &mut items);
                head = Head::of(rows, around);
            }
            at += depth;
            continue;
        }
        at += 1;
        match head.read(row, around) {
            RowReading::Use(row_use) => lists.uses.push((row.number, row_use)),
            RowReading::Section(said) => {
                context.say(said);
                lists.uses.push((row.number, RowUse::Section));
            }
            RowReading::UnknownSection(text) => {
                context.forget_place();
                lists.uses.push((row.number, RowUse::Section));
                lists.unknown_sections.push((row.number, text));
            }
            RowReading::Unread(text) => {
                lists.uses.push((row.number, RowUse::Note));
                lists.unread.push((row.number, text));
            }
            RowReading::GoesOn(values) if !items.is_empty() => {
                if let Some(item) = items.last_mut() {
                    item.values.extend(values);
                }
            }
            RowReading::Item(values) | RowReading::GoesOn(values) => {
                let hidden = row.visibility == Visibility::Hidden && around.hidden == HiddenRows::Reject;
                let state = if hidden { ItemState::Hidden } else { ItemState::Shown };
                items.push(Item { sheet: None, row: row.number, state, values, context: context.shared() });
            }
        }
    }
    lists.end_table(&head, &mut items);
    lists.head = Some(head);
    Some(lists)
}

impl Lists {
    fn end_table(&mut self, head: &Head, items: &mut Vec<Item>) {
        let items = std::mem::take(items);
        self.tables.push(Table { layout: Layout::List, columns: head.columns.clone(), items });
    }
}

/// Fields and texts that hold for all items below.
type Said = Arc<[(Arc<str>, String)]>;

/// What the lines above have said; a new line about a chain takes back the sub-industry before it.
#[derive(Default)]
struct Context {
    said: Vec<(Arc<str>, String)>,
    shared: Option<Said>,
}

impl Context {
    fn say(&mut self, said: Vec<(Arc<str>, String)>) {
        for (field, text) in said {
            self.said.retain(|(known, _)| *known != field && !(&*field == "chain" && &**known == "segment"));
            if &*field == "segment" {
                self.said.retain(|(known, _)| &**known != "chain");
            }
            self.said.push((field, text));
            self.shared = None;
        }
    }

    /// Takes back chain and sub-industry.
    fn forget_place(&mut self) {
        self.said.retain(|(field, _)| !matches!(&**field, "chain" | "segment"));
        self.shared = None;
    }

    fn shared(&mut self) -> Said {
        self.shared.get_or_insert_with(|| self.said.clone().into()).clone()
    }
}

enum RowReading {
    Item(Vec<ItemValue>),
    /// More of the item above, whose title is merged down to here.
    GoesOn(Vec<ItemValue>),
    Section(Vec<(Arc<str>, String)>),
    UnknownSection(String),
    Use(RowUse),
    Unread(String),
}

impl Head {
    fn of(rows: &[Row], around: &Surroundings<'_>) -> Self {
        let mut heads: FxHashMap<u32, Vec<String>> = FxHashMap::default();
        for cell in rows.iter().flat_map(|row| &row.cells) {
            let lines = heads.entry(cell.column).or_default();
            if lines.last() != Some(&cell.text) {
                lines.push(cell.text.clone());
            }
        }
        let mut columns: Vec<u32> = heads.keys().copied().collect();
        columns.sort_unstable();
        let columns: Vec<Column> = columns
            .into_iter()
            .map(|column| Column { heads: heads.remove(&column).unwrap_or_default(), column: Some(column) })
            .collect();
        let is_title = |column: &&Column| {
            let meaning = column.heads.last().and_then(|head| around.aliases.of_header(around.kind, head));
            matches!(meaning, Some(Meaning::Field(field)) if &*field == "title")
        };
        let title = columns.iter().find(is_title).and_then(|column| column.column);
        Self { columns, keys: head_keys(rows), title }
    }

    /// Whether a sheet without a head could go on under this one.
    pub(crate) fn fits(&self, sheet: &Sheet) -> bool {
        let last = self.columns.last().and_then(|column| column.column);
        let widest = sheet.rows.iter().filter_map(|row| row.cells.last()).map(|cell| cell.column).max();
        widest == last
    }

    fn read(&self, row: &Row, around: &Surroundings<'_>) -> RowReading {
        let Some(first) = row.cells.first() else { return RowReading::Use(RowUse::Note) };
        if row.cells.iter().all(|cell| self.keys.contains(&label_key(&cell.text))) {
            return RowReading::Use(RowUse::RepeatedHead);
        }
        if is_total(&first.text) || row.cells.iter().any(|cell| self.title == Some(cell.column) && is_total(&cell.text))
        {
            return RowReading::Use(RowUse::Total);
        }
        // 填表人： │ 李四 │ 联系电话： │ 139
        let is_label = |cell: &Cell| cell.text.ends_with(['：', ':']);
        if let Some(text) = row.single_text() {
            let said = section(text, around);
            if !said.is_empty() {
                return RowReading::Section(said);
            }
            if is_note(text) {
                return RowReading::Use(RowUse::Note);
            }
            let is_title = self.title == Some(first.column) && row.cells.len() == 1;
            if !is_title && is_unknown_section(text) {
                return RowReading::UnknownSection(text.to_owned());
            }
            if !is_title {
                return RowReading::Unread(text.to_owned());
            }
        } else if is_note(&first.text) && self.title.is_some_and(|title| row.cell(title).is_none_or(is_label)) {
            return RowReading::Use(RowUse::Note);
        }
        let goes_on = self
            .title
            .and_then(|title| row.cell(title))
            .is_some_and(|cell| cell.anchor.is_some_and(|(top, _)| top < row.number));
        // Of a cell merged to the right only its own column takes the text.
        let taken = row.cells.iter().filter(|cell| match cell.anchor {
            Some((top, _)) => !goes_on && top < row.number && cell.anchor.is_some_and(|(_, left)| left == cell.column),
            None => true,
        });
        let value = |cell: &Cell| {
            let column = self.columns.iter().position(|column| column.column == Some(cell.column));
            column.map(|column| ItemValue { column, text: cell.text.clone(), place: (row.number, cell.column) })
        };
        let values: Vec<ItemValue> = taken.filter_map(value).collect();
        if values.is_empty() && !goes_on {
            return RowReading::Unread(first.text.clone());
        }
        if goes_on { RowReading::GoesOn(values) } else { RowReading::Item(values) }
    }
}
