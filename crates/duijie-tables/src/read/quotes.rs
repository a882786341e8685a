//! Quotation marks of delimited text that are opened and never closed.

use std::borrow::Cow;

/// `text` without the opening marks that no mark closes, and where they stood: line from 1, column from 0.
///
/// A mark at the start of a cell opens. One that a delimiter or the end of a line follows closes it; where
/// another text follows, on another line than the opening mark, that mark begins a cell of its own, and the
/// opening mark would have swallowed the rows between.
pub(super) fn without_open_quotes(text: &str, delimiter: u8) -> (Cow<'_, str>, Vec<(u32, u32)>) {
    let bytes = text.as_bytes();
    let mut open = Vec::new();
    let mut places = Vec::new();
    let (mut at, mut line, mut column, mut starts_cell) = (0, 1_u32, 0_u32, true);
    while at < bytes.len() {
        match bytes[at] {
            b'"' if starts_cell => {
                starts_cell = false;
                match closed(bytes, at, delimiter) {
                    Some(end) => {
                        line += memchr::memchr_iter(b'\n', &bytes[at..end]).count() as u32;
                        at = end;
                        continue;
                    }
                    None => {
                        open.push(at);
                        places.push((line, column));
                    }
                }
            }
            byte if byte == delimiter => {
                column += 1;
                starts_cell = true;
            }
            byte @ (b'\n' | b'\r') => {
                line += u32::from(byte == b'\n');
                column = 0;
                starts_cell = true;
            }
            _ => starts_cell = false,
        }
        at += 1;
    }
    if open.is_empty() {
        return (Cow::Borrowed(text), places);
    }
    let mut mended = String::with_capacity(text.len());
    let mut done = 0;
    for mark in open {
        mended.push_str(&text[done..mark]);
        done = mark + 1;
    }
    mended.push_str(&text[done..]);
    (Cow::Owned(mended), places)
}

/// Where the cell ends that the mark at `open` opens, behind its closing mark.
fn closed(bytes: &[u8], open: usize, delimiter: u8) -> Option<usize> {
    let mut from = open + 1;
    loop {
        let mark = from + memchr::memchr(b'"', &bytes[from..])?;
        match bytes.get(mark + 1) {
            Some(b'"') => from = mark + 2,
            None | Some(b'\n' | b'\r') => return Some(mark + 1),
            Some(byte) if *byte == delimiter => return Some(mark + 1),
            Some(_) => {
                let in_line = memchr::memchr(b'\n', &bytes[open..mark]).is_none();
                return in_line.then_some(mark + 1);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_marks_that_nothing_closes_go() {
        for (text, mended, places) in [
            ("a,\"b\nc,d\n", "a,b\nc,d\n", vec![(1, 1)]),
            ("x\n\"a,b\nc,\"d\"\n", "x\na,b\nc,\"d\"\n", vec![(2, 0)]),
            ("a,\"b\n\"\"c\",d\n", "a,\"b\n\"\"c\",d\n", vec![]),
            ("a\"b,c\n", "a\"b,c\n", vec![]),
            ("\"a\"b,c\n", "\"a\"b,c\n", vec![]),
        ] {
            assert_eq!(without_open_quotes(text, b','), (mended.into(), places), "{text}");
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
            let (mended, places) = without_open_quotes(&text, b',');
            prop_assert_eq!(mended, text.as_str());
            prop_assert!(places.is_empty());
        }
    }
}
