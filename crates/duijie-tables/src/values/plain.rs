//! Texts as patterns are matched against them, with the way back.

use std::ops::Range;

/// A text with full-width signs as plain ones, and perhaps with signs left out.
pub(crate) struct Plain {
    pub(crate) text: String,
    /// The place in the original of every byte, and of the end.
    places: Vec<usize>,
}

impl Plain {
    /// Of `original`, only the characters that `kept` answers true for.
    pub(crate) fn of(original: &str, kept: impl Fn(char) -> bool) -> Self {
        let mut plain = Self { text: String::with_capacity(original.len()), places: Vec::new() };
        for (place, c) in original.char_indices() {
            let c = narrow(c);
            if kept(c) {
                plain.text.push(c);
                plain.places.resize(plain.text.len(), place);
            }
        }
        plain.places.push(original.len());
        plain
    }

    /// What a range of this text is in the original, less what was left out at its edges.
    pub(crate) fn original(&self, original: &str, range: Range<usize>) -> Range<usize> {
        if range.is_empty() {
            return 0..0;
        }
        let last = self.places[range.end - 1];
        let width = original[last..].chars().next().map_or(0, char::len_utf8);
        self.places[range.start]..last + width
    }
}

/// Ａ → A, （ → (; blanks of every width and dashes of every length are one blank and one dash.
fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{a0}' | '\u{3000}' | '\u{2002}'..='\u{200a}' | '\t' => ' ',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        other => other,
    }
}

/// `original` with each of the ranges, which may overlap, replaced by its text.
pub(crate) fn without(original: &str, mut ranges: Vec<(Range<usize>, &str)>) -> String {
    ranges.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    let mut clean = String::with_capacity(original.len());
    let mut done = 0;
    for (range, by) in ranges {
        if range.start >= done {
            clean.push_str(&original[done..range.start]);
            clean.push_str(by);
        }
        done = done.max(range.end);
    }
    clean.push_str(&original[done..]);
    clean
}
