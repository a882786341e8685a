//! Quotation marks of delimited text that do not enclose a cell.

use super::spanning::{RecordSoFar, Spanning, Widths};
use std::borrow::Cow;

/// Text in which every mark at the start of a cell encloses it, and what was done to come there.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Requoted<'t> {
    pub(super) text: Cow<'t, str>,
    pub(super) marks: Vec<OddMark>,
}

/// An opening mark that was not what it seems, or may not be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct OddMark {
    /// From 1.
    pub(super) line: u32,
    /// From 0.
    pub(super) column: u32,
    pub(super) kind: OddMarkKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OddMarkKind {
    /// No mark closes it; it was left out.
    Open,
    /// The next mark that could close it stands behind so many further rows; both were left out.
    AcrossRows(u32),
    /// So many of the further lines that it encloses could be rows; they are taken for one cell.
    RowsInCell(u32),
    /// Text follows the mark that closes it; the marks are part of the text.
    InText,
}

/// Marks within a text that are passed over in search of the one that closes it.
const MAX_INNER_MARKS: usize = 100;

/// `text` with the marks that are no enclosing ones left out or doubled, so that no row is lost in a cell.
///
/// A mark at the start of a cell opens. One that a delimiter or the end of a line follows closes it, unless the
/// lines between are rows; where another text follows in the same line, the marks are part of the text. A mark
/// that opens a later cell says that nothing has closed this one.
pub(super) fn requoted(text: &str, delimiter: u8) -> Requoted<'_> {
    let mut walk = Walk {
        bytes: text.as_bytes(),
        delimiter,
        widths: Widths::default(),
        edits: Vec::new(),
        marks: Vec::new(),
        place: Place { line: 1, column: 0, record: 0 },
    };
    walk.all();
    let Walk { mut edits, marks, .. } = walk;
    if edits.is_empty() {
        return Requoted { text: Cow::Borrowed(text), marks };
    }
    edits.sort_by_key(|(at, _)| *at);
    let mut mended = String::with_capacity(text.len() + edits.len());
    let mut done = 0;
    for (at, edit) in edits {
        mended.push_str(&text[done..at]);
        done = at;
        match edit {
            Edit::LeaveOut => done += 1,
            Edit::Insert(marks) => mended.push_str(marks),
        }
    }
    mended.push_str(&text[done..]);
    Requoted { text: Cow::Owned(mended), marks }
}

enum Edit {
    LeaveOut,
    Insert(&'static str),
}

struct Place {
    line: u32,
    column: u32,
    /// Where the record begins.
    record: usize,
}

struct Walk<'t> {
    bytes: &'t [u8],
    delimiter: u8,
    widths: Widths,
    /// Places in the text, and what to do there.
    edits: Vec<(usize, Edit)>,
    marks: Vec<OddMark>,
    place: Place,
}

/// What a mark at the start of a cell does.
enum Opening {
    /// The mark at `close` ends the cell; `inner` are those before it that are not doubled.
    Closes {
        close: usize,
        inner: Vec<usize>,
    },
    /// A text follows the closing mark in the same line.
    InText {
        close: usize,
    },
    Open,
}

impl Walk<'_> {
    fn all(&mut self) {
        let (mut at, mut starts_cell) = (0, true);
        while at < self.bytes.len() {
            match self.bytes[at] {
                b'"' if starts_cell => {
                    starts_cell = false;
                    at = self.quoted(at);
                    continue;
                }
                byte if byte == self.delimiter => {
                    self.place.column += 1;
                    starts_cell = true;
                }
                byte @ (b'\n' | b'\r') => {
                    self.widths.count(self.place.column as usize + 1);
                    self.place.line += u32::from(byte == b'\n');
                    self.place.column = 0;
                    self.place.record = at + 1;
                    starts_cell = true;
                }
                _ => starts_cell = false,
            }
            at += 1;
        }
    }

    /// Takes the cell that the mark at `open` begins; answers where to go on.
    fn quoted(&mut self, open: usize) -> usize {
        match self.opening(open) {
            Opening::Closes { close, inner } => {
                let lines = memchr::memchr_iter(b'\n', &self.bytes[open..close]).count() as u32;
                let spanning = if lines == 0 { Spanning::Cell } else { self.spanning(open, close) };
                match spanning {
                    Spanning::Rows(rows) => {
                        self.note(OddMarkKind::AcrossRows(rows));
                        self.edits.push((open, Edit::LeaveOut));
                        // One that begins a cell is looked at when its turn comes.
                        if !self.begins_cell(close) {
                            self.edits.push((close, Edit::LeaveOut));
                        }
                        return open + 1;
                    }
                    Spanning::CellOfRows(rows) => self.note(OddMarkKind::RowsInCell(rows)),
                    Spanning::Cell => {}
                }
                self.edits.extend(inner.into_iter().map(|mark| (mark, Edit::Insert("\""))));
                self.place.line += lines;
                close + 1
            }
            Opening::InText { close } => {
                self.note(OddMarkKind::InText);
                let ends = |byte: &u8| *byte == self.delimiter || matches!(byte, b'\n' | b'\r');
                let end = self.bytes[close..].iter().position(ends).map_or(self.bytes.len(), |length| close + length);
                let inner = memchr::memchr_iter(b'"', &self.bytes[open + 1..end]);
                self.edits.push((open, Edit::Insert("\"\"")));
                self.edits.extend(inner.map(|mark| (open + 1 + mark, Edit::Insert("\""))));
                self.edits.push((end, Edit::Insert("\"")));
                end
            }
            Opening::Open => {
                self.note(OddMarkKind::Open);
                self.edits.push((open, Edit::LeaveOut));
                open + 1
            }
        }
    }

    fn note(&mut self, kind: OddMarkKind) {
        self.marks.push(OddMark { line: self.place.line, column: self.place.column, kind });
    }

    fn opening(&self, open: usize) -> Opening {
        let mut inner = Vec::new();
        let mut from = open + 1;
        while let Some(mark) = memchr::memchr(b'"', &self.bytes[from..]).map(|length| from + length) {
            if self.bytes.get(mark + 1) == Some(&b'"') {
                from = mark + 2;
                continue;
            }
            if self.ends_cell(mark) {
                return Opening::Closes { close: mark, inner };
            }
            if memchr::memchr(b'\n', &self.bytes[open..mark]).is_none() {
                return Opening::InText { close: mark };
            }
            if self.begins_cell(mark) || inner.len() == MAX_INNER_MARKS {
                break;
            }
            inner.push(mark);
            from = mark + 1;
        }
        Opening::Open
    }

    /// Whether nothing but blanks stands between the mark and the end of its cell.
    fn ends_cell(&self, mark: usize) -> bool {
        let is_blank = |byte: &&u8| **byte == b' ' && **byte != self.delimiter;
        match self.bytes[mark + 1..].iter().find(|byte| !is_blank(byte)) {
            None | Some(b'\n' | b'\r') => true,
            Some(byte) => *byte == self.delimiter,
        }
    }

    fn begins_cell(&self, mark: usize) -> bool {
        self.bytes[mark - 1] == self.delimiter || matches!(self.bytes[mark - 1], b'\n' | b'\r')
    }

    fn spanning(&self, open: usize, close: usize) -> Spanning {
        let record = RecordSoFar {
            before: &self.bytes[self.place.record..open],
            column: self.place.column as usize,
            behind: self.cells_behind(close + 1),
            delimiter: self.delimiter,
        };
        record.judge(&self.bytes[open + 1..close], &self.widths)
    }

    /// How many cells of the record stand behind the one that ends at `end`.
    fn cells_behind(&self, end: usize) -> usize {
        let (mut at, mut cells, mut starts_cell) = (end, 0, false);
        while let Some(&byte) = self.bytes.get(at) {
            match byte {
                b'\n' | b'\r' => break,
                b'"' if starts_cell => {
                    starts_cell = false;
                    if let Opening::Closes { close, .. } = self.opening(at) {
                        at = close;
                    }
                }
                byte => {
                    starts_cell = byte == self.delimiter;
                    cells += usize::from(starts_cell);
                }
            }
            at += 1;
        }
        cells
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_marks_that_enclose_a_cell_are_left() {
        use OddMarkKind::{AcrossRows, InText, Open, RowsInCell};
        for (text, mended, marks) in [
            ("a,\"b\nc,d\n", "a,b\nc,d\n", vec![(1, 1, Open)]),
            ("x\n\"a,b\nc,\"d\"\n", "x\na,b\nc,\"d\"\n", vec![(2, 0, Open)]),
            ("a,\"b\n\"\"c\",d\n", "a,\"b\n\"\"c\",d\n", vec![]),
            ("x,\"a\n(b)\",c\n", "x,\"a\n(b)\",c\n", vec![]),
            ("a\"b,c\n", "a\"b,c\n", vec![]),
            ("\"a\" ,\"b\"  \nc,d\n", "\"a\" ,\"b\"  \nc,d\n", vec![]),
            ("\"a\"b,c\n", "\"\"\"a\"\"b\",c\n", vec![(1, 0, InText)]),
            ("x,\"a\"b\"c\n", "x,\"\"\"a\"\"b\"\"c\"\n", vec![(1, 1, InText)]),
            // The serial numbers go on within the marks.
            ("h,i\n1,\"a\n2,b\"\n3,c\n", "h,i\n1,a\n2,b\n3,c\n", vec![(2, 1, AcrossRows(1))]),
            // Nothing tells more than the commas.
            ("h,i,j\nx,y,\"a\nb,c,d\"\n", "h,i,j\nx,y,\"a\nb,c,d\"\n", vec![(2, 2, RowsInCell(1))]),
            ("h,i,j\nx,y,\"a\nb 说\"好\"吧\"\n", "h,i,j\nx,y,\"a\nb 说\"\"好\"\"吧\"\n", vec![]),
        ] {
            let marks = marks.into_iter().map(|(line, column, kind)| OddMark { line, column, kind }).collect();
            assert_eq!(requoted(text, b','), Requoted { text: mended.into(), marks }, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_was_written_as_csv_is_left_alone(rows in prop::collection::vec(prop::collection::vec("[a,\"\n ]{0,4}", 3), 0..5)) {
            let mut writer = csv::Writer::from_writer(Vec::new());
            for row in &rows {
                writer.write_record(row).unwrap();
            }
            let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            let Requoted { text: mended, marks } = requoted(&text, b',');
            prop_assert_eq!(mended, text.as_str());
            prop_assert!(marks.iter().all(|mark| matches!(mark.kind, OddMarkKind::RowsInCell(_))));
        }

        #[test]
        fn texts_of_every_kind_are_walked_to_their_end(text in "[a1,\"\n\r 厂]{0,60}") {
            let Requoted { text: mended, .. } = requoted(&text, b',');
            prop_assert_eq!(mended.matches('\n').count(), text.matches('\n').count());
            prop_assert_eq!(mended.replace('"', ""), text.replace('"', ""));
        }
    }
}
