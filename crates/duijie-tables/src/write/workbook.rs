use super::grid::Grid;
use crate::{Result, TableError};
use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, XlsxError};
use std::path::Path;

pub(crate) use rust_xlsxwriter::{Workbook, Worksheet};

/// Formats that all workbooks share: Chinese fonts, borders, wrapped text.
pub(crate) struct Formats {
    pub(crate) title: Format,
    pub(crate) head: Format,
    pub(crate) cell: Format,
}

impl Formats {
    pub(crate) fn new() -> Self {
        let base = Format::new().set_font_name("宋体").set_font_size(10).set_align(FormatAlign::VerticalCenter);
        let boxed = base.clone().set_border(FormatBorder::Thin).set_text_wrap();
        let head = boxed.clone().set_font_name("黑体").set_bold().set_align(FormatAlign::Center);
        Self {
            title: base.set_font_name("黑体").set_font_size(16).set_align(FormatAlign::Center),
            head: head.set_background_color(Color::RGB(0x00DD_E6F0)),
            cell: boxed,
        }
    }
}

/// A workbook whose bytes depend on its content alone.
pub(crate) fn new_workbook() -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    let epoch = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&epoch));
    Ok(workbook)
}

/// Writes what `fill` puts into a new workbook to `path`.
pub(crate) fn save(path: &Path, fill: impl FnOnce(&mut Workbook) -> Result<(), XlsxError>) -> Result<()> {
    let bytes = (|| {
        let mut workbook = new_workbook()?;
        fill(&mut workbook)?;
        workbook.save_to_buffer()
    })();
    let bytes = bytes.map_err(|error| TableError::Compose { path: path.to_owned(), problem: error.to_string() })?;
    super::put(path, &bytes)
}

/// A sheet's name as the format allows it.
pub(crate) fn sheet_name(name: &str) -> String {
    let allowed = name.chars().filter(|c| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\''));
    allowed.take(31).collect()
}

/// A4 landscape, one page wide, the head on every page, page numbers.
pub(crate) fn set_up_print(sheet: &mut Worksheet, head_row: u32) -> Result<(), XlsxError> {
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
    sheet.set_header_footer_scale_with_doc(false).set_footer("&C第 &P 页 共 &N 页");
    sheet.set_repeat_rows(head_row, head_row)?;
    Ok(())
}

/// A title, a head with filters that stays in sight, and the rows.
pub(crate) fn write_grid(sheet: &mut Worksheet, title: &str, grid: &Grid, formats: &Formats) -> Result<(), XlsxError> {
    let last = grid.columns.len().max(1) as u16 - 1;
    if last > 0 {
        sheet.merge_range(0, 0, 0, last, title, &formats.title)?;
    } else {
        sheet.write_string_with_format(0, 0, title, &formats.title)?;
    }
    sheet.set_row_height(0, 30)?;
    for (column, at) in grid.columns.iter().zip(0_u16..) {
        sheet.set_column_width(at, column.width)?;
        sheet.write_string_with_format(1, at, &column.heading, &formats.head)?;
    }
    let head = grid.columns.iter().map(|column| (&*column.heading, column.width));
    sheet.set_row_height(1, row_height(head))?;
    for (row, at) in grid.rows.iter().zip(2_u32..) {
        sheet
            .set_row_height(at, row_height(row.cells.iter().zip(&grid.columns).map(|(text, c)| (&**text, c.width))))?;
        for ((text, column), cell) in row.cells.iter().zip(&grid.columns).zip(0_u16..) {
            match text.parse::<f64>() {
                Ok(number) if is_number(&column.field) => {
                    let shown = if column.field == NUMBER { &as_written(text, &formats.cell) } else { &formats.cell };
                    sheet.write_number_with_format(at, cell, number, shown)?;
                }
                _ => {
                    sheet.write_string_with_format(at, cell, limited(text), &formats.cell)?;
                }
            }
        }
    }
    sheet.set_freeze_panes(2, 0)?;
    if !grid.columns.is_empty() {
        sheet.autofilter(1, 0, grid.rows.len() as u32 + 1, last)?;
    }
    set_up_print(sheet, 1)
}

/// The height at which texts in columns of these widths are seen whole; programs do not all find it by themselves.
pub(crate) fn row_height<'a>(cells: impl Iterator<Item = (&'a str, u16)>) -> f64 {
    let lines = |text: &str, width: u16| -> usize {
        let wide = |line: &str| line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
        // A word that does not fit goes to the next line, so that not all of a line is filled.
        let room = usize::from(width).saturating_sub(2).max(2);
        text.split('\n').map(|line| wide(line).div_ceil(room).max(1)).sum()
    };
    let most = cells.map(|(text, width)| lines(text, width)).max().unwrap_or(1);
    // 409 is the most that the format knows.
    (most as f64 * 13.5 + 4.0).min(409.0)
}

/// A format with as many decimals as the text has.
fn as_written(text: &str, base: &Format) -> Format {
    let decimals = text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let format = if decimals > 0 { format!("0.{}", "0".repeat(decimals)) } else { "0".to_owned() };
    base.clone().set_num_format(format)
}

/// The field of a column that holds numbers and is of no record.
pub(crate) const NUMBER: &str = "number";

fn is_number(field: &str) -> bool {
    matches!(field, NUMBER | "no" | "budget" | "price" | "patents" | "year" | "rank" | "score")
}

/// The most that a cell of a workbook holds.
pub(crate) fn limited(text: &str) -> String {
    text.chars().take(32_767).collect()
}
