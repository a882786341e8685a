//! What goes out: lists, handbooks and matching results, with the fields its audience may see.

mod audience;
mod brand;
mod contacts;
mod enterprise;
mod fields;
mod grid;
mod handbook;
mod holdings;
mod lists;
mod lists_html;
mod matched_text;
mod matches;
mod persons;
mod records;
mod sheets;
mod spreadsheet_cell;
mod titled;
mod veil;
mod word;
mod workbook;

pub use audience::{Audience, Disclosure, Disclosures};
pub use handbook::{Handbook, write_handbook_docx};
pub use holdings::Holdings;
pub use lists::{PublishedList, write_list_docx, write_list_xlsx, write_lists};
pub use lists_html::write_lists_html;
pub use matched_text::{answer_text, home_text, indicators_text, inferred_text, parts_text};
pub use matches::{write_matches_csv, write_matches_jsonl, write_matches_xlsx};
pub use records::Records;
pub use spreadsheet_cell::spreadsheet_cell;
pub use titled::{ColourScale, TitledTable, write_table_csv, write_tables_docx, write_tables_xlsx};

pub(crate) use enterprise::{core, without_form};
pub(crate) use lists_html::render;
pub(crate) use sheets::{Sheet, save_sheets};
pub(crate) use spreadsheet_cell::cell_text;
pub(crate) use veil::Veil;
pub(crate) use workbook::{Formats, limited, row_height, save, set_up_print};

use crate::Result;
use duijie::AtomicFile;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

/// Puts finished bytes at `path`, whole or not at all.
pub(crate) fn put(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut file = AtomicFile::create(path)?;
    file.write_all(bytes).map_err(|source| duijie::Error::Write { path: path.to_owned(), source: Arc::new(source) })?;
    Ok(file.commit()?)
}
