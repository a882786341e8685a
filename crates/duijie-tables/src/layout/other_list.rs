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
    /// of records, or the word for serial numbers is among them, or most are labels and none is that of a title.
    pub(super) fn begun_by(rows: &[Row], around: &Surroundings<'_>) -> Option<Self> {
        const LONGEST_WORD: usize = 60;
        // Nearly all rows of a list have a figure, and are done with here.
        let has_digit = |text: &str| text.bytes().any(|byte| byte.is_ascii_digit());
        let (first, below) = rows.split_first()?;
        let is_word = |cell: &Cell| {
            cell.text.len() <= LONGEST_WORD && !has_digit(&cell.text) && is_heading(&label_key(&cell.text))
        };
        if !first.anchors().all(is_word) || first.anchors().nth(2).is_none() {
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
        if !numbered && !is_head(std::slice::from_ref(first), true, &other) && !is_of_labels(first, around) {
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

/// Whether most cells of a row are labels, such as 姓名, 联系电话, 单位名称; with colons they are those of a footer.
fn is_of_labels(row: &Row, around: &Surroundings<'_>) -> bool {
    let is_label = |cell: &&Cell| matches!(around.aliases.of_label(around.kind, &cell.text), Some(Meaning::Field(_)));
    let labels = row.anchors().filter(is_label).count();
    labels >= 2
        && labels * 2 > row.anchors().count()
        && row.anchors().all(|cell| !cell.text.trim_end().ends_with(['：', ':']))
}
