//! What a form says once of the enterprise holds for all of its demands.

use super::{Column, Item, ItemState, ItemValue, Surroundings, Told};
use crate::columns::Meaning;
use rustc_hash::FxHashSet;
use std::ops::Range;
use std::sync::Arc;

/// Fields that speak of who asks, wherever in the form they stand.
const OF_THE_ENTERPRISE: [&str; 14] = [
    "org",
    "city",
    "region",
    "province",
    "dept",
    "contact",
    "contact_org",
    "phone",
    "fax",
    "email",
    "legal_person",
    "credit_code",
    "org_profile",
    "org_type",
];

/// Fields that hold for all where they stand above the first title.
const ABOVE_THE_TITLE: [&str; 2] = ["chain", "segment"];

/// What tells an item of a form from the next enterprise's.
#[derive(Default)]
pub(super) struct Block {
    /// The fields that it has a label for, filled in or not.
    pub(super) labels: FxHashSet<Arc<str>>,
    /// Whether a heading of its own stands above it, or the lines above name its enterprise.
    pub(super) begins_form: bool,
}

/// Gives every item what its form says in one other item only, and it has no label for. `blocks` are the items' own.
pub(super) fn share(items: &mut [Item], blocks: &[Block], columns: &[Column], around: &Surroundings<'_>) -> Vec<Told> {
    let mut told = Vec::new();
    let field_of = |value: &ItemValue| {
        let head = columns[value.column].heads.first()?;
        match around.aliases.of_header(around.kind, head)? {
            Meaning::Field(field) => Some(field),
            _ => None,
        }
    };
    for form in forms(blocks) {
        let count = form.len();
        let (items, blocks) = (&mut items[form.clone()], &blocks[form]);
        if count < 2 {
            continue;
        }
        for field in OF_THE_ENTERPRISE.iter().chain(&ABOVE_THE_TITLE) {
            let is_it = |value: &&ItemValue| field_of(value).is_some_and(|known| &*known == *field);
            let says = |item: &Item| item.values.iter().any(|value| is_it(&value));
            let mut sayers = (0..count).filter(|at| says(&items[*at]));
            let (Some(one), None) = (sayers.next(), sayers.next()) else { continue };
            let is_title = |value: &ItemValue| field_of(value).is_some_and(|known| &*known == "title");
            let above = items[one].values.iter().take_while(|value| !is_title(value));
            if items[one].state == ItemState::Hidden
                || (ABOVE_THE_TITLE.contains(field) && (one > 0 || above.filter(is_it).count() == 0))
            {
                continue;
            }
            let values: Vec<ItemValue> = items[one].values.iter().filter(is_it).cloned().collect();
            let lacks = |at: &usize| {
                !blocks[*at].labels.contains(*field) && !items[*at].context.iter().any(|(known, _)| &**known == *field)
            };
            let takers: Vec<usize> = (0..count).filter(lacks).collect();
            if takers.is_empty() {
                continue;
            }
            let rows: Vec<String> = takers.iter().map(|at| items[*at].row.to_string()).collect();
            let reading = format!("表单中只填写一次，也用于第{}行起的条目", rows.join("、"));
            told.extend(values.iter().map(|value| Told {
                sheet: items[one].sheet.clone(),
                place: value.place,
                header: columns[value.column].header(),
                reading: reading.clone(),
            }));
            for at in takers {
                items[at].values.extend(values.iter().cloned());
            }
        }
    }
    told
}

/// The runs of items that are of one form: another begins with a heading, or where the enterprise is asked for again.
fn forms(blocks: &[Block]) -> Vec<Range<usize>> {
    let mut forms: Vec<Range<usize>> = Vec::new();
    let asks = |block: &Block| block.labels.contains("org");
    for (at, block) in blocks.iter().enumerate() {
        match forms.last_mut() {
            Some(form) if !block.begins_form && !(asks(block) && blocks[form.clone()].iter().any(asks)) => {
                form.end += 1
            }
            _ => forms.push(at..at + 1),
        }
    }
    forms
}
