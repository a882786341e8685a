//! The pieces that all Word documents share: fonts, headings, tables, page numbers.

use crate::{Result, TableError};
use docx_rs::{
    AlignmentType, Docx, Footer, HeightRule, Hyperlink, HyperlinkType, InstrPAGEREF, InstrText, LineSpacing,
    PageMargin, PageNum, Paragraph, Run, RunFonts, Shading, ShdType, Style, StyleType, Table, TableCell,
    TableCellMargins, TableLayoutType, TableRow, WidthType,
};
use docx_rs::{FieldCharType, TabValueType};
use std::io::Cursor;
use std::path::Path;

/// Width of the text of A4 pages, in twentieths of a point.
pub(crate) const PORTRAIT_WIDTH: usize = 9_638;
pub(crate) const LANDSCAPE_WIDTH: usize = 14_570;
/// The same of A3 in landscape.
pub(crate) const WIDE_WIDTH: usize = 21_543;

/// A cell of a table.
pub(crate) enum Cell {
    Head(String),
    Text(String),
    /// On a ground of that colour (0xRRGGBB).
    Coloured {
        text: String,
        colour: u32,
        white: bool,
    },
}

fn fonts(chinese: &str) -> RunFonts {
    RunFonts::new().ascii("Times New Roman").hi_ansi("Times New Roman").east_asia(chinese)
}

/// An A4 document with the fonts of official papers and page numbers.
pub(crate) fn document() -> Docx {
    let heading = |level: usize, size: usize| {
        let style = Style::new(format!("Heading{level}"), StyleType::Paragraph).name(format!("heading {level}"));
        style.size(size).bold().fonts(fonts("黑体")).outline_lvl(level - 1)
    };
    let footer =
        Footer::new().add_paragraph(Paragraph::new().align(AlignmentType::Center).add_page_num(PageNum::new()));
    Docx::new()
        .default_fonts(fonts("宋体"))
        .default_size(21)
        .add_style(heading(1, 32))
        .add_style(heading(2, 26))
        .page_size(11_906, 16_838)
        .page_margin(PageMargin::new().top(1134).bottom(1134).left(1134).right(1134))
        .footer(footer)
}

/// A centred title.
pub(crate) fn title(text: &str) -> Paragraph {
    let run = Run::new().add_text(text).size(36).bold().fonts(fonts("黑体"));
    Paragraph::new().align(AlignmentType::Center).line_spacing(LineSpacing::new().before(120).after(240)).add_run(run)
}

/// A heading that contents can lead to under the name `mark`.
pub(crate) fn heading(level: usize, text: &str, mark: (usize, &str)) -> Paragraph {
    Paragraph::new()
        .style(&format!("Heading{level}"))
        .keep_next(true)
        .line_spacing(LineSpacing::new().before(200).after(120))
        .add_bookmark_start(mark.0, mark.1)
        .add_run(Run::new().add_text(text))
        .add_bookmark_end(mark.0)
}

/// A line that leads to the table below it.
pub(crate) fn lead(text: &str) -> Paragraph {
    line(text).keep_next(true).line_spacing(LineSpacing::new().before(120).after(60))
}

/// A line of text; breaks in it stay.
pub(crate) fn line(text: &str) -> Paragraph {
    Paragraph::new().add_run(with_breaks(Run::new(), text))
}

/// A line of the contents: the text leads to the mark, and its page stands at the right.
pub(crate) fn contents_line(text: &str, mark: &str) -> Paragraph {
    let page = Run::new()
        .add_field_char(FieldCharType::Begin, false)
        .add_instr_text(InstrText::PAGEREF(InstrPAGEREF::new(mark)))
        .add_field_char(FieldCharType::Separate, false)
        .add_text("…")
        .add_field_char(FieldCharType::End, false);
    let link = Hyperlink::new(mark, HyperlinkType::Anchor).add_run(Run::new().add_text(text));
    let stop = docx_rs::Tab::new().val(TabValueType::Right).leader(docx_rs::TabLeaderType::Dot).pos(PORTRAIT_WIDTH);
    Paragraph::new().add_tab(stop).add_hyperlink(link).add_run(Run::new().add_tab()).add_run(page)
}

fn with_breaks(mut run: Run, text: &str) -> Run {
    for (at, piece) in text.split('\n').enumerate() {
        if at > 0 {
            run = run.add_break(docx_rs::BreakType::TextWrapping);
        }
        run = run.add_text(clean(piece));
    }
    run
}

/// XML has no place for control characters, however they came into a cell.
fn clean(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}')).collect()
}

/// What stands in the properties of a head row until [`save`] puts there what this library has no call for.
const HEAD_MARK: &str = r#"<w:trHeight w:val="1" w:hRule="atLeast" />"#;

/// A table of `width`, its columns in proportion to `shares`. A line of heads alone stands on every page; no
/// row is parted by the end of a page, and facts, each beside its name, stay on the page of their heading.
pub(crate) fn table(lines: &[Vec<Cell>], shares: &[u16], width: usize) -> Table {
    let sum: usize = shares.iter().map(|share| usize::from(*share)).sum::<usize>().max(1);
    let grid: Vec<usize> = shares.iter().map(|share| usize::from(*share) * width / sum).collect();
    // Facts with their names beside them are short, and are read together.
    let are_facts = lines.iter().all(|line| matches!(line[..], [Cell::Head(_), Cell::Text(_)]));
    let rows = lines.iter().enumerate().map(|(at, line)| {
        let stays = are_facts && at + 1 < lines.len();
        let is_head = line.iter().all(|cell| matches!(cell, Cell::Head(_)));
        let cells = line.iter().zip(&grid).map(|(cell, width)| {
            let made = TableCell::new().width(*width, WidthType::Dxa);
            match cell {
                Cell::Head(text) => {
                    let run = Run::new().add_text(clean(text)).bold().size(19);
                    let shade = Shading::new().shd_type(ShdType::Clear).fill("DDE6F0").color("auto");
                    let paragraph = Paragraph::new().align(AlignmentType::Center).keep_next(is_head || stays);
                    made.shading(shade).add_paragraph(paragraph.add_run(run))
                }
                Cell::Coloured { text, colour, white } => {
                    let run = Run::new().add_text(clean(text)).size(19).color(if *white { "FFFFFF" } else { "333333" });
                    let shade = Shading::new().shd_type(ShdType::Clear).fill(format!("{colour:06X}")).color("auto");
                    made.shading(shade).add_paragraph(Paragraph::new().align(AlignmentType::Center).add_run(run))
                }
                Cell::Text(text) => {
                    let run = with_breaks(Run::new().size(19), text);
                    made.add_paragraph(Paragraph::new().keep_next(stays).add_run(run))
                }
            }
        });
        let row = TableRow::new(cells.collect()).cant_split();
        if is_head { row.row_height(1.0).height_rule(HeightRule::AtLeast) } else { row }
    });
    Table::new(rows.collect())
        .set_grid(grid)
        .width(width, WidthType::Dxa)
        .layout(TableLayoutType::Fixed)
        .margins(TableCellMargins::new().margin(40, 80, 40, 80))
}

/// Writes a document to `path`.
pub(crate) fn save(path: &Path, document: Docx) -> Result<()> {
    let mut bytes = Cursor::new(Vec::new());
    let mut parts = document.build();
    parts.document = String::from_utf8_lossy(&parts.document).replace(HEAD_MARK, "<w:tblHeader />").into_bytes();
    parts
        .pack(&mut bytes)
        .map_err(|error| TableError::Compose { path: path.to_owned(), problem: error.to_string() })?;
    super::put(path, bytes.get_ref())
}
