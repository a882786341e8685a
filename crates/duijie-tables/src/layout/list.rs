use super::form::is_form_of_labels;
use super::head::{MAX_ROWS_ABOVE, find_head, find_mapped_head, head_here};
use super::list_head::{Head, RowReading};
use super::other_list::OtherList;
use super::section::{Particulars, Said, particulars, section, sheet_name};
use super::{HiddenRows, Item, ItemState, Layout, RowUse, Surroundings, Table};
use crate::columns::label_key;
use crate::sheet::{Row, Sheet, Visibility};
use rustc_hash::FxHashSet;
use std::sync::Arc;

/// What a sheet read as a list gave.
#[derive(Default)]
pub(crate) struct Lists {
    pub(crate) tables: Vec<Table>,
    pub(crate) uses: Vec<(u32, RowUse)>,
    /// Rows that may mean something and were left out: number and text.
    pub(crate) unread: Vec<(u32, String)>,
    /// Sections that are not in the catalogue: number and text.
    pub(crate) unknown_sections: Vec<(u32, String)>,
    /// What was assumed of rows: number, and what the official is told.
    pub(crate) guesses: Vec<(u32, String)>,
    pub(crate) head: Option<Head>,
    /// What its lines and sections say of the items of a table that goes on behind it.
    pub(crate) said: Vec<(Arc<str>, String)>,
}

/// Lines above a table that may say something of it.
const LINES_ABOVE: usize = 20;

/// Reads a sheet as a list, or as several one below the other. `carried` is the head of the table
/// before, for one that goes on without; `above` is what a block of particulars says of the items. `None` is answered if there is no head at all. The texts of the items are
/// taken out of the sheet.
pub(crate) fn list(
    sheet: &mut Sheet,
    carried: Option<&Head>,
    above: &[(Arc<str>, String)],
    around: &Surroundings<'_>,
) -> Option<Lists> {
    let mut lists = Lists::default();
    let mut context = Context { said: above.to_vec(), shared: None };
    context.say(sheet_name(&sheet.name, around), &mut lists, 0);
    for line in &sheet.preamble[sheet.preamble.len().saturating_sub(LINES_ABOVE)..] {
        context.say(section(line, around), &mut lists, 0);
    }
    let first_head = first_head(sheet, around);
    let lettered = if first_head.is_none() && carried.is_none() { Head::lettered(sheet, around) } else { None };
    let (mut at, depth) = match (first_head, &lettered) {
        (Some((at, depth)), _) => (at, depth),
        (None, Some((head, _))) => (0, usize::from(!head.is_bare())),
        (None, None) => (0, 0),
    };
    let first_row = at;
    for row in &sheet.rows[..first_row] {
        for cell in row.anchors() {
            context.say(section(&cell.text, around), &mut lists, row.number);
        }
        let Particulars { fields, unread } = particulars(row, around);
        lists.unread.extend(unread);
        let guess = (!fields.is_empty()).then(|| "该行各项用于其下各条".to_owned());
        context.say(Said { fields, guess }, &mut lists, row.number);
        lists.uses.push((row.number, RowUse::Title));
    }
    let rows = &sheet.rows[at..at + depth];
    lists.uses.extend(rows.iter().map(|row| (row.number, RowUse::Head)));
    at += depth;
    let mut head = match (first_head, lettered) {
        (Some(_), _) => Head::of(rows, around),
        (None, Some((head, guess))) => {
            lists.guesses.push((sheet.rows[0].number, guess));
            head
        }
        (None, None) => carried?.clone(),
    };
    let titles: FxHashSet<String> =
        sheet.rows[..first_row].iter().filter_map(Row::single_text).map(label_key).collect();
    let mut items: Vec<Item> = Vec::new();
    let mut other: Option<OtherList> = None;
    while at < sheet.rows.len() {
        if let Some(depth) = head_here(&sheet.rows[at..], around) {
            lists.unread.extend(other.take().map(OtherList::unread));
            let rows = &sheet.rows[at..at + depth];
            let repeated = head.stands_again_in(rows);
            let row_use = if repeated { RowUse::RepeatedHead } else { RowUse::Head };
            lists.uses.extend(rows.iter().map(|row| (row.number, row_use)));
            if !repeated {
                lists.end_table(&mut head, &mut items);
                head = Head::of(rows, around);
            }
            at += depth;
            continue;
        }
        let begun = OtherList::begun_by(&sheet.rows[at..], around).filter(|_| !head.is_again(&sheet.rows[at]));
        if let Some(begun) = begun {
            lists.unread.extend(other.replace(begun).map(OtherList::unread));
            lists.uses.push((sheet.rows[at].number, RowUse::OtherList));
            at += 1;
            continue;
        }
        let row = &mut sheet.rows[at];
        at += 1;
        if let Some(other) = &mut other {
            lists.uses.push(other.take(row));
            continue;
        }
        // The title again, on a new page.
        let is_title = |text: &&str| titles.contains(&label_key(text)) && section(text, around).fields.is_empty();
        if !titles.is_empty() && row.single_text().as_ref().is_some_and(is_title) {
            lists.uses.push((row.number, RowUse::Title));
            continue;
        }
        match head.read(row, around) {
            RowReading::Use(row_use) => lists.uses.push((row.number, row_use)),
            RowReading::Section(said) => {
                context.say(said, &mut lists, row.number);
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
    lists.unread.extend(other.map(OtherList::unread));
    lists.end_table(&mut head, &mut items);
    lists.head = Some(head);
    lists.said = context.said;
    Some(lists)
}

/// Where the first head begins and how many rows it takes up. What the caller's mapping names is a head wherever it
/// stands above the others, but for labels of a form.
fn first_head(sheet: &Sheet, around: &Surroundings<'_>) -> Option<(usize, usize)> {
    let known = find_head(&sheet.rows, around);
    let mapped = find_mapped_head(&sheet.rows, around).filter(|(at, _)| known.is_none_or(|(other, _)| *at < other));
    mapped.filter(|_| !is_form(sheet, around)).or(known)
}

/// Whether labels stand in several rows of a sheet, and are a form together.
fn is_form(sheet: &Sheet, around: &Surroundings<'_>) -> bool {
    let has_label = |row: &&Row| row.anchors().any(|cell| around.aliases.of_label(around.kind, &cell.text).is_some());
    sheet.rows.iter().take(MAX_ROWS_ABOVE).filter(has_label).nth(1).is_some() && is_form_of_labels(sheet, around)
}

impl Lists {
    fn end_table(&mut self, head: &mut Head, items: &mut Vec<Item>) {
        let items = std::mem::take(items);
        let columns = head.columns_of(&items);
        self.tables.push(Table::of(Layout::List, columns, items));
    }
}

/// Fields and texts that hold for all items below.
type Shared = Arc<[(Arc<str>, String)]>;

/// What the lines above have said; a new line about a chain takes back the sub-industry before it.
#[derive(Default)]
struct Context {
    said: Vec<(Arc<str>, String)>,
    shared: Option<Shared>,
}

impl Context {
    fn say(&mut self, said: Said, lists: &mut Lists, row: u32) {
        lists.guesses.extend(said.guess.map(|guess| (row, guess)));
        for (field, text) in said.fields {
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

    fn shared(&mut self) -> Shared {
        self.shared.get_or_insert_with(|| self.said.clone().into()).clone()
    }
}
