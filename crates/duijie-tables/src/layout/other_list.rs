//! Heads of other lists below a list: of achievements in a table of demands, of equipment.

use super::head::is_head;
use super::{RowUse, Surroundings};
use crate::columns::{Meaning, RecordKind, is_heading, label_key};
use crate::sheet::{Cell, Row};

/// A list below another that is not read, with the rows that it has.
pub(super) struct OtherList {
    row: u32,
    heads: String,
    rows: usize,
}

impl OtherList {
    /// The list that the first of `rows` begins, if it is of nothing that is read: its words are those of the other kind
    /// of records, or the word for serial numbers is among them.
    pub(super) fn begun_by(rows: &[Row], around: &Surroundings<'_>) -> Option<Self> {
        const LONGEST_WORD: usize = 60;
        let (first, below) = rows.split_first()?;
        let is_word = |cell: &Cell| cell.text.len() <= LONGEST_WORD && is_heading(&label_key(&cell.text));
        if first.anchors().nth(2).is_none() || !first.anchors().all(is_word) {
            return None;
        }
        let is_serial = |cell: &&Cell| around.aliases.of_label(around.kind, &cell.text) == Some(Meaning::Serial);
        let is_number = |text: &str| text.trim().parse::<u32>().is_ok();
        let numbered = first
            .anchors()
            .find(is_serial)
            .is_some_and(|serial| below.first().and_then(|row| row.text(serial.column)).is_some_and(is_number));
        let kind = match around.kind {
            RecordKind::Demand => RecordKind::Achievement,
            RecordKind::Achievement => RecordKind::Demand,
        };
        let other = Surroundings {
            aliases: around.aliases,
            kind,
            industries: around.industries,
            hidden: around.hidden,
            mapping: &[],
            mapped_heads: Vec::new(),
        };
        if !numbered && !is_head(std::slice::from_ref(first), true, &other) {
            return None;
        }
        let heads: Vec<&str> = first.anchors().map(|cell| cell.text.as_str()).collect();
        Some(Self { row: first.number, heads: heads.join("、"), rows: 0 })
    }

    /// Takes in a row below.
    pub(super) fn take(&mut self, row: &Row) -> (u32, RowUse) {
        self.rows += 1;
        (row.number, RowUse::OtherList)
    }

    /// The row of its head, and what the official is told.
    pub(super) fn unread(self) -> (u32, String) {
        (self.row, format!("另一表格，共{}行，表头为{}", self.rows, self.heads))
    }
}
