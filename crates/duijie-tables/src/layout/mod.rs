//! From the cells of a sheet to items and their labelled values, whatever the layout.
//!
//! Every row of a sheet that holds something is accounted for: it is part of an item, or it is a
//! [`RowUse`] of another kind.

mod form;
mod head;
mod headed_rows;
mod instructions;
mod list;
mod list_head;
mod nested;
mod other_list;
mod pairs;
mod prose;
mod section;
mod shared;
mod titles;
mod transposed;

pub(crate) use form::{forms, is_unfilled, particulars_of};
pub(crate) use instructions::is_instructions;
pub(crate) use list::{Lists, list};
pub(crate) use list_head::{Head, first_row};
pub(crate) use nested::unnest;
pub(crate) use prose::is_prose_form;
pub(crate) use section::{MONEY_UNIT, Particulars, is_continuation};

use crate::columns::Aliases;
use crate::columns::RecordKind;
use crate::industries::Industries;
use std::sync::Arc;

/// What a layout is judged by.
pub(crate) struct Surroundings<'a> {
    pub(crate) aliases: &'a Aliases,
    pub(crate) kind: RecordKind,
    pub(crate) industries: &'a Industries<'a>,
    pub(crate) hidden: HiddenRows,
    /// What the caller says of columns: header or letter, and field.
    pub(crate) mapping: &'a [(String, String)],
    /// The headers in that, as headers are compared.
    pub(crate) mapped_heads: Vec<String>,
}

/// What to do with rows (and sheets) that the sender had hidden or filtered out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HiddenRows {
    /// Reject and report them: what is filtered out was not meant to be sent.
    #[default]
    Reject,
    /// Read them like all others.
    Read,
}

/// How items stand in a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// A row an item.
    List,
    /// A table an item, labels beside or above values.
    Form,
    /// A JSON object an item.
    Objects,
}

impl Layout {
    pub(crate) fn chinese(self) -> &'static str {
        match self {
            Self::List => "列表",
            Self::Form => "表单",
            Self::Objects => "JSONL",
        }
    }
}

/// Items with their values; the headers stand once.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) layout: Layout,
    pub(crate) columns: Vec<Column>,
    pub(crate) items: Vec<Item>,
    /// Lines that belong to no item: number and text.
    pub(crate) unread: Vec<(u32, String)>,
    /// What was assumed of values.
    pub(crate) told: Vec<Told>,
}

impl Table {
    /// A table in which all lines belong to items, and nothing was assumed.
    pub(crate) fn of(layout: Layout, columns: Vec<Column>, items: Vec<Item>) -> Self {
        Self { layout, columns, items, unread: Vec::new(), told: Vec::new() }
    }
}

/// What the official is told of how a value was read.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) sheet: Option<Arc<str>>,
    pub(crate) place: (u32, u32),
    pub(crate) header: String,
    pub(crate) reading: String,
}

/// What heads values: a column of a list, a label of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Column {
    /// The lines of the head from top to bottom; empty where a column has no head.
    pub(crate) heads: Vec<String>,
    /// Its place in the sheet, where it has a fixed one.
    pub(crate) column: Option<u32>,
    pub(crate) heading: Heading,
}

/// Whether something stands above a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Heading {
    /// A head, or a label beside it.
    Headed,
    /// Nothing, though most items have a value in it.
    Bare,
    /// Nothing, and only few items have a value in it: cells too many.
    Beyond,
}

impl Column {
    /// A column under a head, or the values of a label.
    pub(crate) fn headed(heads: Vec<String>, column: Option<u32>) -> Self {
        Self { heads, column, heading: Heading::Headed }
    }

    /// The head in one line: `技术成熟度等级/当前等级`.
    pub(crate) fn header(&self) -> String {
        self.heads.iter().map(|head| head.replace(char::is_whitespace, "")).collect::<Vec<_>>().join("/")
    }
}

#[derive(Debug)]
pub(crate) struct Item {
    /// Its sheet, where its table goes over several.
    pub(crate) sheet: Option<Arc<str>>,
    /// Its first row.
    pub(crate) row: u32,
    pub(crate) state: ItemState,
    pub(crate) values: Vec<ItemValue>,
    /// What sections and title lines say about it, weakest first: field and text.
    pub(crate) context: Arc<[(Arc<str>, String)]>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ItemState {
    Shown,
    Hidden,
}

#[derive(Clone, Debug)]
pub(crate) struct ItemValue {
    /// Index of its [`Column`].
    pub(crate) column: usize,
    pub(crate) text: String,
    pub(crate) place: (u32, u32),
}

/// What a row is that is no item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum RowUse {
    Title,
    Head,
    RepeatedHead,
    /// Of a list of something else.
    OtherList,
    Section,
    Total,
    Note,
    /// A serial number with nothing behind it.
    Unfilled,
}

impl RowUse {
    pub(crate) fn chinese(self) -> &'static str {
        match self {
            Self::Title => "标题行",
            Self::Head => "表头行",
            Self::RepeatedHead => "重复表头",
            Self::OtherList => "另一表格的行",
            Self::Section => "分节行",
            Self::Total => "合计行",
            Self::Note => "说明行",
            Self::Unfilled => "只有序号的空行",
        }
    }
}
