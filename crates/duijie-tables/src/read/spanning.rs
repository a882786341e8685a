//! Whether the lines between two quotation marks are one cell, or rows that a stray mark would swallow.

use crate::columns::is_organisation;
use rustc_hash::FxHashMap;

/// How many cells the records of a text have.
#[derive(Default)]
pub(super) struct Widths {
    met: FxHashMap<usize, usize>,
}

impl Widths {
    /// Counts a record. Title lines and blank ones, which have one cell, say nothing.
    pub(super) fn count(&mut self, cells: usize) {
        if cells > 1 {
            *self.met.entry(cells).or_default() += 1;
        }
    }

    /// The width of most records so far, the wider of equals.
    fn usual(&self) -> Option<usize> {
        self.met.iter().max_by_key(|(cells, times)| (**times, **cells)).map(|(cells, _)| *cells)
    }
}

/// The record that the cell in question is in.
pub(super) struct RecordSoFar<'t> {
    /// Its text before the cell.
    pub(super) before: &'t [u8],
    /// How many cells that is, and how many stand behind the cell.
    pub(super) column: usize,
    pub(super) behind: usize,
    pub(super) delimiter: u8,
}

/// What stands between two marks that have the end of a line between them.
pub(super) enum Spanning {
    Cell,
    /// One cell, of whose lines after the first so many could be rows.
    CellOfRows(u32),
    /// So many rows beside that of the opening mark.
    Rows(u32),
}

/// Texts of few cells have as many commas by chance.
const TELLING_WIDTH: usize = 4;

/// What two cells of one column have in common.
#[derive(PartialEq, Eq)]
enum Likeness {
    /// Both are numbers, or names of organisations, or the same text.
    Telling,
    /// One alone is the name of an organisation.
    Contrary,
    None,
}

impl RecordSoFar<'_> {
    /// Judges what stands `between` two marks. Rows have as many cells as the records before, and their cells are
    /// like those of the row that the opening mark is in: its serial number goes on, or numbers and names of
    /// organisations stand where that has such.
    pub(super) fn judge(&self, between: &[u8], widths: &Widths) -> Spanning {
        let cut = |line: &[u8]| -> Vec<String> { line.split(|byte| *byte == self.delimiter).map(cell).collect() };
        let mut lines = between.split(|byte| *byte == b'\n');
        let mut first = self.cells_before();
        first.extend(cut(lines.next().unwrap_or_default()));
        let mut further: Vec<Vec<String>> = lines.map(cut).collect();
        if let Some(last) = further.last_mut() {
            last.extend(std::iter::repeat_n(String::new(), self.behind));
        }
        further.retain(|line| line.len() > 1 || !line[0].is_empty());
        let usual = widths.usual().unwrap_or(self.column + 1 + self.behind);
        let is_near = |cells: usize| cells > 1 && cells.abs_diff(usual) <= usual / TELLING_WIDTH;
        let near = further.iter().filter(|line| is_near(line.len())).count() as u32;
        if near == 0 {
            return Spanning::Cell;
        }
        // An entry of a list in the cell begins with a number, but hardly with that of the next row.
        let serial = first[0].parse::<u64>().ok();
        let goes_on = further.iter().zip(1..).all(|(line, step)| {
            line.len() > 1 && serial.is_some_and(|serial| line[0].parse() == Ok(serial.saturating_add(step)))
        });
        let likenesses = |line: &Vec<String>| -> Vec<Likeness> {
            let beside = first.iter().zip(line).enumerate().filter(|(at, _)| *at != self.column);
            beside.map(|(_, (a, b))| likeness(a, b)).collect()
        };
        let is_row = |line: &Vec<String>| {
            is_near(line.len())
                && line.iter().filter(|cell| !cell.is_empty()).count() > 1
                && !likenesses(line).contains(&Likeness::Contrary)
        };
        let is_told = |line: &Vec<String>| likenesses(line).contains(&Likeness::Telling);
        let exact = first.len() == usual && further.iter().all(|line| line.len() == usual);
        let rows = match serial {
            Some(_) => goes_on && 2 * near as usize >= further.len(),
            None => further.iter().all(is_row) && (further.iter().all(is_told) || (exact && usual >= TELLING_WIDTH)),
        };
        if rows && is_near(first.len()) { Spanning::Rows(further.len() as u32) } else { Spanning::CellOfRows(near) }
    }

    /// The cells before, or blanks where marks in them leave it open.
    fn cells_before(&self) -> Vec<String> {
        let mut within = false;
        let cells: Vec<String> = self
            .before
            .split(|byte| {
                within ^= *byte == b'"';
                *byte == self.delimiter && !within
            })
            .map(cell)
            .take(self.column)
            .collect();
        if cells.len() == self.column { cells } else { vec![String::new(); self.column] }
    }
}

fn cell(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim_matches([' ', '\r', '\n', '"']).to_owned()
}

fn likeness(a: &str, b: &str) -> Likeness {
    if a.is_empty() || b.is_empty() {
        return Likeness::None;
    }
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'/'));
    match (is_organisation(a), is_organisation(b)) {
        (true, true) => Likeness::Telling,
        (false, false) if (is_number(a) && is_number(b)) || (a == b && a.chars().count() > 1) => Likeness::Telling,
        (false, false) => Likeness::None,
        _ => Likeness::Contrary,
    }
}
