//! Tables of a report: a title, a head and rows of text, as a workbook, a Word document or a csv.

use super::grid::{Grid, GridColumn, GridRow};
use super::workbook::{Formats, NUMBER, limited, save, sheet_name, write_grid};
use super::{spreadsheet_cell, word};
use crate::{Result, TableError};
use docx_rs::PageOrientationType;
use rust_xlsxwriter::{Color, Format, Worksheet, XlsxError};
use std::io::Write;
use std::path::Path;

/// A table of a report. Every row has as many cells as the header.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TitledTable {
    /// What it shows; the name of its sheet too.
    pub title: String,
    /// Names of the columns.
    pub header: Vec<String>,
    /// Cells, row by row.
    pub rows: Vec<Vec<String>>,
    /// Columns whose percentages (`35%`) are shown by the depth of a colour.
    pub scales: Vec<ColourScale>,
}

/// A column whose percentages are shown by the depth of a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ColourScale {
    /// The column, from 0.
    pub column: usize,
    /// The colour of 100%, as red, green and blue; 0% is white.
    pub full: (u8, u8, u8),
}

impl ColourScale {
    /// The colour of a cell, and whether ink on it should be white; `None` if the cell holds no percentage.
    fn colour(self, cell: &str) -> Option<(u32, bool)> {
        let share = cell.strip_suffix('%')?.parse::<f64>().ok()?.clamp(0.0, 100.0) / 100.0;
        let tint = |full: u8| (255.0 - f64::from(255 - full) * share).round() as u32;
        let (red, green, blue) = self.full;
        Some((tint(red) << 16 | tint(green) << 8 | tint(blue), share > 0.6))
    }
}

/// Widths in characters of a writing machine; a Chinese character takes two.
const NARROWEST: usize = 6;
const WIDEST: usize = 44;

/// Paper in landscape that a table is readable on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Paper {
    A4,
    /// For a ledger of many columns, which on A4 would be a word a line.
    A3,
}

/// Tables of more columns go on A3.
const COLUMNS_ON_A4: usize = 14;

impl Paper {
    /// What a line holds in letters of some eight points.
    fn letters(self) -> usize {
        match self {
            Self::A4 => 170,
            Self::A3 => 250,
        }
    }

    /// Width, height and width of the text in twentieths of a point.
    fn measures(self) -> (u32, u32, usize) {
        match self {
            Self::A4 => (16_838, 11_906, word::LANDSCAPE_WIDTH),
            Self::A3 => (23_811, 16_838, word::WIDE_WIDTH),
        }
    }

    /// Its number in a workbook.
    fn number(self) -> u8 {
        match self {
            Self::A4 => 9,
            Self::A3 => 8,
        }
    }
}

impl TitledTable {
    fn paper(&self) -> Paper {
        if self.header.len() > COLUMNS_ON_A4 { Paper::A3 } else { Paper::A4 }
    }

    fn grid(&self) -> Grid {
        let widths = self.widths();
        let column = |(at, heading): (usize, &String)| {
            let cells = || self.rows.iter().filter_map(move |row| row.get(at));
            let is_number = |cell: &String| cell.is_empty() || (cell.parse::<f64>().is_ok() && !is_code(cell));
            let numbers = cells().all(is_number) && cells().any(|cell| !cell.is_empty());
            let field = if numbers { NUMBER.to_owned() } else { String::new() };
            GridColumn { field, heading: heading.clone(), width: widths[at] as u16 }
        };
        let row =
            |cells: &Vec<String>| GridRow { cells: cells.clone(), chain: String::new(), sub_industry: String::new() };
        Grid {
            columns: self.header.iter().enumerate().map(column).collect(),
            rows: self.rows.iter().map(row).collect(),
        }
    }

    /// Each column as wide as its widest cell, the widest cut so that all fit the page where they can.
    fn widths(&self) -> Vec<usize> {
        let widest = |(at, heading): (usize, &String)| {
            let cells = self.rows.iter().filter_map(|row| row.get(at));
            cells.map(|cell| width(cell)).max().unwrap_or(0).max(width(heading)) + 2
        };
        let widths: Vec<usize> = self.header.iter().enumerate().map(widest).collect();
        let cut = |most: usize| widths.iter().map(move |width| (*width).clamp(NARROWEST, most));
        let most = (NARROWEST..=WIDEST)
            .rev()
            .find(|most| cut(*most).sum::<usize>() <= self.paper().letters())
            .unwrap_or(NARROWEST + 2);
        cut(most).collect()
    }
}

/// `007` names something.
fn is_code(cell: &str) -> bool {
    cell.len() > 1 && cell.starts_with('0') && !cell.starts_with("0.")
}

fn width(text: &str) -> usize {
    text.lines().map(|line| line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()).max().unwrap_or(0)
}

/// Writes tables as the sheets of a workbook: frozen head, filters, landscape one page wide, on A4 or, with more than
/// fourteen columns, on A3.
///
/// # Errors
///
/// Whatever writing meets.
pub fn write_tables_xlsx(path: &Path, tables: &[TitledTable]) -> Result<()> {
    save(path, |workbook| {
        let formats = Formats::new();
        for table in tables {
            let sheet = workbook.add_worksheet().set_name(sheet_name(&table.title))?;
            write_grid(sheet, &table.title, &table.grid(), &formats)?;
            sheet.set_paper_size(table.paper().number());
            colour(sheet, table, &formats.cell)?;
        }
        Ok(())
    })
}

/// Title and head stand above the first row.
const ABOVE: u32 = 2;

fn colour(sheet: &mut Worksheet, table: &TitledTable, base: &Format) -> Result<(), XlsxError> {
    for scale in &table.scales {
        for (row, at) in table.rows.iter().zip(ABOVE..) {
            let Some((cell, (colour, white))) =
                row.get(scale.column).and_then(|cell| Some((cell, scale.colour(cell)?)))
            else {
                continue;
            };
            let format =
                base.clone().set_background_color(Color::RGB(colour)).set_align(rust_xlsxwriter::FormatAlign::Center);
            let format = if white { format.set_font_color(Color::White) } else { format };
            sheet.write_string_with_format(at, scale.column as u16, limited(cell), &format)?;
        }
    }
    Ok(())
}

/// Writes tables, one after the other, into a Word document in landscape, on A4, or on A3 if one has more than
/// fourteen columns.
///
/// # Errors
///
/// Whatever writing meets.
pub fn write_tables_docx(path: &Path, title: &str, tables: &[TitledTable]) -> Result<()> {
    let paper = tables.iter().map(TitledTable::paper).max().unwrap_or(Paper::A4);
    let (across, down, text) = paper.measures();
    let mut document = word::document().page_size(across, down).page_orient(PageOrientationType::Landscape);
    document = document.add_paragraph(word::title(title));
    for (table, number) in tables.iter().zip(1..) {
        document = document.add_paragraph(word::heading(2, &table.title, (number, &format!("table{number}"))));
        if table.rows.is_empty() {
            document = document.add_paragraph(word::line("（无）"));
            continue;
        }
        let grid = table.grid();
        let head = grid.columns.iter().map(|column| word::Cell::Head(column.heading.clone())).collect();
        let rows = grid.rows.iter().map(|row| {
            let cell = |(at, text): (usize, &String)| {
                let scale = table.scales.iter().find(|scale| scale.column == at);
                match scale.and_then(|scale| scale.colour(text)) {
                    Some((colour, white)) => word::Cell::Coloured { text: text.clone(), colour, white },
                    None => word::Cell::Text(text.clone()),
                }
            };
            row.cells.iter().enumerate().map(cell).collect()
        });
        let lines: Vec<Vec<word::Cell>> = std::iter::once(head).chain(rows).collect();
        let widths: Vec<u16> = grid.columns.iter().map(|column| column.width).collect();
        document = document.add_table(word::table(&lines, &widths, text));
    }
    word::save(path, document)
}

/// Writes one table as UTF-8 csv with a byte order mark, which spreadsheets need to read Chinese.
///
/// # Errors
///
/// Whatever writing meets.
pub fn write_table_csv(out: &mut impl Write, table: &TitledTable) -> Result<()> {
    let failed = |problem: String| TableError::Compose { path: "-".into(), problem };
    out.write_all("\u{feff}".as_bytes()).map_err(|error| failed(error.to_string()))?;
    let mut csv = csv::Writer::from_writer(out);
    for row in std::iter::once(&table.header).chain(&table.rows) {
        let cells = row.iter().map(|cell| spreadsheet_cell(cell).into_owned());
        csv.write_record(cells).map_err(|error| failed(error.to_string()))?;
    }
    csv.flush().map_err(|error| failed(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_the_darker_the_greater() {
        let scale = ColourScale { column: 0, full: (200, 0, 0) };
        assert_eq!(scale.colour("0%"), Some((0x00ff_ffff, false)));
        assert_eq!(scale.colour("100%"), Some((0x00c8_0000, true)));
        assert_eq!(scale.colour("不详"), None);
    }

    #[test]
    fn many_columns_share_the_page() {
        let table = |columns: usize| TitledTable {
            title: "表".into(),
            header: vec!["栏".into(); columns],
            rows: vec![vec!["很长的内容".repeat(20); columns]],
            scales: Vec::new(),
        };
        assert_eq!(table(2).widths(), [WIDEST; 2]);
        for columns in [2, COLUMNS_ON_A4, COLUMNS_ON_A4 + 1, 20] {
            let table = table(columns);
            assert_eq!(table.paper() == Paper::A3, columns > COLUMNS_ON_A4);
            assert!(table.widths().iter().sum::<usize>() <= table.paper().letters());
            // Two letters of air, and six Chinese ones on every line.
            assert!(table.widths().iter().all(|width| *width >= 12), "{:?}", table.widths());
        }
    }

    #[test]
    fn columns_of_numbers_are_numbers_and_codes_are_not() {
        let table = TitledTable {
            title: "表".into(),
            header: ["场次", "编号", "得分"].map(String::from).to_vec(),
            rows: vec![["1", "007", "0.250"].map(String::from).to_vec(), ["2", "008", ""].map(String::from).to_vec()],
            scales: Vec::new(),
        };
        let fields: Vec<String> = table.grid().columns.into_iter().map(|column| column.field).collect();
        assert_eq!(fields, [NUMBER, "", NUMBER]);
    }
}
