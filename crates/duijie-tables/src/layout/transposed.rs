//! Tables that stand on their side: labels in the first column, an item in each of the others.

use super::{Column, Item, ItemState, ItemValue, Layout, Surroundings, Table};
use crate::columns::{Meaning, is_organisation};
use crate::sheet::{Cell, Row, Sheet};
use crate::values::{MoneyUnit, money};

/// Labels and rows of several values that such a table has at least.
const MIN_LABELS: usize = 3;

/// The items of a sheet that stands on its side. A form may have notes in a further column: here the names of the
/// enterprises, or the amounts, must be such in every column.
pub(super) fn on_its_side(sheet: &Sheet, around: &Surroundings<'_>) -> Option<Table> {
    let field = |cell: &Cell| match around.aliases.of_label(around.kind, &cell.text) {
        Some(Meaning::Field(field)) => Some(field),
        _ => None,
    };
    let label = |row: &'_ Row| row.cells.first().and_then(field);
    let title = sheet.rows.iter().find(|row| label(row).as_deref() == Some("title"))?;
    let left = title.cells.first()?.column;
    let places: Vec<u32> = title.anchors().skip(1).map(|cell| cell.column).collect();
    let lines: Vec<&Row> = sheet.rows.iter().filter(|row| row.single_text().is_none()).collect();
    let fits = |row: &&Row| {
        row.cells[0].column == left
            && row.anchors().skip(1).all(|cell| places.contains(&cell.column) && field(cell).is_none())
    };
    let tells = |row: &&Row| {
        let mut values = row.anchors().skip(1).map(|cell| cell.text.as_str());
        row.anchors().count() > places.len()
            && match label(row).as_deref() {
                Some("org") => values.all(is_organisation),
                Some("budget_wan" | "price_wan") => values.all(|text| money(text, MoneyUnit::Wan).is_some()),
                _ => false,
            }
    };
    let known = lines.iter().filter(|row| label(row).is_some()).count();
    let several = lines.iter().filter(|row| row.anchors().nth(2).is_some()).count();
    let is_it = places.len() > 1
        && known >= MIN_LABELS
        && several >= MIN_LABELS
        && lines.iter().all(fits)
        && lines.iter().any(tells);
    if !is_it {
        return None;
    }
    let columns = lines.iter().map(|row| Column::headed(vec![row.cells[0].text.clone()], None)).collect();
    let item = |place: &u32| {
        let value = |(row, column): (&&Row, usize)| {
            let text = row.text(*place)?.to_owned();
            Some(ItemValue { column, text, place: (row.number, *place) })
        };
        let values = lines.iter().zip(0..).filter_map(value).collect();
        let sheet = Some(sheet.name.as_str().into());
        Item { sheet, row: title.number, state: ItemState::Shown, values, context: Vec::new().into() }
    };
    Some(Table::of(Layout::Form, columns, places.iter().map(item).collect()))
}
