//! Rows of a form that have their labels above them, as in a list: 联系人 | 职务 | 手机, and below it 张三 | 部长 | 138….

use super::pairs::{Place, looks_like_label};
use crate::columns::Meaning;

/// The values of such rows.
pub(super) struct HeadedRows<'l, 'a> {
    /// Each with the label above it, row by row.
    pub(super) cells: Vec<(&'l Place<'a>, &'l Place<'a>)>,
    /// A telephone number or an address is among the labels.
    pub(super) is_of_contacts: bool,
}

/// The values below the first of `lines`, if that is a row of labels: it cannot be read as labels with values beside
/// them, as too many have none, and what stands below fits.
pub(super) fn headed_rows<'l, 'a>(lines: &'l [Vec<Place<'a>>]) -> Option<HeadedRows<'l, 'a>> {
    let (first, below) = lines.split_first()?;
    let next = below.first()?.first()?.row;
    // A word merged down over the values stands for the group: 联系方式.
    let is_group = |place: &&Place<'_>| {
        next.cell(place.cell.column).is_some_and(|cell| cell.anchor == Some((place.row.number, place.cell.column)))
    };
    let labels: Vec<&Place<'_>> = first.iter().filter(|place| !is_group(place)).collect();
    let is_label = |place: &&Place<'_>| place.meaning.is_some() || looks_like_label(&place.cell.text);
    let has = |field: &str| labels.iter().any(|label| is_field(label, field));
    if labels.len() < 2 || has("title") || !labels.iter().all(is_label) || !labels.iter().any(|l| l.meaning.is_some()) {
        return None;
    }
    let label_of = |value: &Place<'_>| labels.iter().copied().find(|label| label.cell.column == value.cell.column);
    let fits = |line: &&Vec<Place<'_>>| {
        let fits = |value| {
            label_of(value).is_some_and(|label| value.meaning.is_none() && fits_contact(label, value) != Some(false))
        };
        !line.is_empty() && line.iter().all(fits) && line.first().is_some_and(|value| value.row.single_text().is_none())
    };
    let tells = |line: &&Vec<Place<'_>>| {
        line.iter().any(|value| label_of(value).is_some_and(|label| fits_contact(label, value) == Some(true)))
    };
    let rows: Vec<&Vec<Place<'_>>> = below
        .iter()
        .enumerate()
        .take_while(|(at, line)| fits(line) && (*at == 0 || tells(line)))
        .map(|(_, line)| line)
        .collect();
    let is_head = match without_value(&labels) {
        0 => false,
        1 => rows.first().is_some_and(tells),
        _ => !rows.is_empty(),
    };
    let cells = rows.into_iter().flatten().filter_map(|value| Some((label_of(value)?, value)));
    is_head.then(|| HeadedRows { cells: cells.collect(), is_of_contacts: has("phone") || has("email") })
}

/// How many labels have no value when the row is read as labels with their values beside them.
fn without_value(labels: &[&Place<'_>]) -> usize {
    let (mut at, mut count) = (0, 0);
    while at < labels.len() {
        let has_value = labels.get(at + 1).is_some_and(|next| next.meaning.is_none());
        count += usize::from(!has_value);
        at += if has_value { 2 } else { 1 };
    }
    count
}

/// Whether a value looks like a telephone number or an address, where its label asks for one.
pub(super) fn fits_contact(label: &Place<'_>, value: &Place<'_>) -> Option<bool> {
    let text = &value.cell.text;
    if is_field(label, "email") {
        return Some(text.contains(['@', '＠']));
    }
    let digits = || text.chars().filter(|c| c.is_ascii_digit() || ('０'..='９').contains(c)).count();
    (is_field(label, "phone")).then(|| digits() >= 7)
}

fn is_field(place: &Place<'_>, field: &str) -> bool {
    matches!(&place.meaning, Some(Meaning::Field(known)) if &**known == field)
}
