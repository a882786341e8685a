//! The tables of a web page, or of an export that calls itself .xls and is one.

use super::builder::{Merge, WorkbookBuilder, hide};
use super::{Limits, Workbook, delimited::decode};
use crate::sheet::{Row, Sheet};
use crate::{Result, TableError};
use rustc_hash::{FxHashMap, FxHashSet};
use scraper::{ElementRef, Html, Node, Selector};
use std::path::Path;

/// A parsed page takes some twenty times its size in memory.
const MAX_BYTES: u64 = 32 << 20;

/// Tables within tables: each level is looked through once more.
const MAX_DEPTH: u32 = 32;

/// Rows or columns that one cell may span.
const MAX_SPAN: u32 = 5000;

pub(crate) fn read(path: &Path, bytes: &[u8], limits: &Limits) -> Result<Workbook> {
    if bytes.len() as u64 > MAX_BYTES {
        return Err(TableError::TooLarge { path: path.to_owned(), of: "bytes of HTML", limit: MAX_BYTES });
    }
    let mut builder = WorkbookBuilder::new(path, limits);
    let text = decode(bytes, declared_encoding(bytes), &mut builder.workbook.remarks);
    builder.has_broken_text = !builder.workbook.remarks.is_empty();
    let page = Html::parse_document(&text);
    if depth_of_tables(&page) > MAX_DEPTH {
        let (path, limit) = (path.to_owned(), MAX_DEPTH.into());
        return Err(TableError::TooLarge { path, of: "tables within tables", limit });
    }
    let selector = |css: &str| Selector::parse(css).expect("a fixed selector");
    let (pieces, lines, caption) = (selector("table, h1, h2, h3, h4, h5, h6, p"), selector("tr"), selector("caption"));
    let mut preamble: Vec<String> = Vec::new();
    let mut tables = 0;
    for table in page.select(&pieces) {
        if table.value().name() != "table" {
            // What stands in a table is part of a cell.
            preamble.extend(enclosing_table(table).is_none().then(|| text_of(table).trim().to_owned()));
            continue;
        }
        tables += 1;
        let own = |element: &ElementRef<'_>| enclosing_table(*element) == Some(table.id());
        let mut preamble = std::mem::take(&mut preamble);
        preamble.extend(table.select(&caption).filter(own).map(text_of));
        let mut grid = Grid::default();
        for line in table.select(&lines).filter(own) {
            grid.line(line, &mut builder)?;
        }
        let hidden = std::mem::take(&mut grid.hidden);
        hide(&mut grid.rows, |row| hidden.contains(&row), |_| false);
        let sheet = Sheet { name: format!("表格{tables}"), preamble, rows: grid.rows, within: None };
        builder.finish(sheet, &grid.merges)?;
    }
    Ok(builder.workbook())
}

#[derive(Default)]
struct Grid {
    rows: Vec<Row>,
    merges: Vec<Merge>,
    hidden: FxHashSet<u32>,
    row: u32,
    /// The last row that a cell from above takes up, by column.
    taken: FxHashMap<u32, u32>,
}

impl Grid {
    fn line(&mut self, line: ElementRef<'_>, builder: &mut WorkbookBuilder<'_>) -> Result<()> {
        self.row += 1;
        if line.value().attr("hidden").is_some() || line.value().attr("style").is_some_and(hides) {
            self.hidden.insert(self.row);
        }
        let mut column = 0;
        for cell in line.child_elements().filter(|cell| matches!(cell.value().name(), "td" | "th")) {
            while self.taken.get(&column).is_some_and(|last| *last >= self.row) {
                column += 1;
            }
            let span = |name| cell.value().attr(name).and_then(|text| text.trim().parse::<u32>().ok());
            let columns = span("colspan").unwrap_or(1).clamp(1, MAX_SPAN);
            let rows = span("rowspan").unwrap_or(1).clamp(1, MAX_SPAN);
            builder.push(&mut self.rows, self.row, column, text_of(cell))?;
            let (bottom, right) = (self.row + rows - 1, column + columns - 1);
            if rows > 1 || columns > 1 {
                self.merges.push(Merge { rows: (self.row, bottom), columns: (column, right) });
            }
            if rows > 1 {
                self.taken.extend((column..=right).map(|column| (column, bottom)));
            }
            column = right + 1;
        }
        Ok(())
    }
}

fn hides(style: &str) -> bool {
    style.to_lowercase().replace(' ', "").contains("display:none")
}

/// How many tables lie within each other at most.
fn depth_of_tables(page: &Html) -> u32 {
    use ego_tree::iter::Edge;
    let is_table = |node: &Node| node.as_element().is_some_and(|element| element.name() == "table");
    let (mut depth, mut deepest) = (0_u32, 0);
    for edge in page.tree.root().traverse() {
        match edge {
            Edge::Open(node) if is_table(node.value()) => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            Edge::Close(node) if is_table(node.value()) => depth -= 1,
            _ => {}
        }
    }
    deepest
}

fn enclosing_table(element: ElementRef<'_>) -> Option<ego_tree::NodeId> {
    let mut above = element.ancestors().filter_map(ElementRef::wrap);
    above.find(|ancestor| ancestor.value().name() == "table").map(|table| table.id())
}

/// The text of an element without that of the tables in it; `<br>` and paragraphs end lines.
fn text_of(element: ElementRef<'_>) -> String {
    use ego_tree::iter::Edge;
    let mut text = String::new();
    let mut skipped = 0_u32;
    let skips = |name: &str| matches!(name, "table" | "script" | "style");
    for edge in element.traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Element(inner) if node.id() != element.id() && skips(inner.name()) => skipped += 1,
                Node::Element(inner) if inner.name() == "br" && skipped == 0 => text.push('\n'),
                Node::Text(piece) if skipped == 0 => {
                    let mut words = piece.split_whitespace().peekable();
                    if piece.starts_with(char::is_whitespace) && words.peek().is_some() && !text.is_empty() {
                        text.push(' ');
                    }
                    text.push_str(&words.collect::<Vec<_>>().join(" "));
                }
                _ => {}
            },
            Edge::Close(node) => match node.value() {
                Node::Element(inner) if node.id() != element.id() && skips(inner.name()) => skipped -= 1,
                Node::Element(inner) if matches!(inner.name(), "p" | "div" | "li") && skipped == 0 => text.push('\n'),
                _ => {}
            },
        }
    }
    text
}

/// The encoding that the page's head names.
fn declared_encoding(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_lowercase();
    let label = head.split("charset").nth(1)?.trim_start_matches(['=', '"', '\'', ' ']);
    let label: String = label.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
    encoding_rs::Encoding::for_label(label.as_bytes())
}
