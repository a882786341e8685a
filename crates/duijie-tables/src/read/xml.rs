//! Reading the XML of office files without holding more than one event of it.

use crate::{Result, TableError};
use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};
use std::io::BufRead;
use std::path::Path;

/// Elements within elements that a sane document does not exceed.
const MAX_DEPTH: usize = 512;

/// What a document consists of, for its reader: local names, text with its references resolved.
pub(crate) enum Piece<'a> {
    Open(&'a BytesStart<'a>),
    Close(&'a str),
    Text(&'a str),
}

/// Hands every piece of a document to `take`; an element without content opens and closes.
pub(crate) fn pieces(path: &Path, input: impl BufRead, mut take: impl FnMut(Piece<'_>) -> Result<()>) -> Result<()> {
    let damaged = |problem: String| TableError::Damaged { path: path.to_owned(), problem };
    let mut reader = Reader::from_reader(input);
    let mut buffer = Vec::new();
    let mut depth = 0_usize;
    loop {
        match reader.read_event_into(&mut buffer).map_err(|error| damaged(error.to_string()))? {
            Event::Start(start) => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Err(damaged(format!("elements nested deeper than {MAX_DEPTH}")));
                }
                take(Piece::Open(&start))?;
            }
            Event::Empty(start) => {
                take(Piece::Open(&start))?;
                take(Piece::Close(start.local_name().as_ref()))?;
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                take(Piece::Close(end.local_name().as_ref()))?;
            }
            Event::Text(text) => take(Piece::Text(&text))?,
            Event::CData(text) => take(Piece::Text(&text))?,
            Event::GeneralRef(reference) => {
                if let Some(text) = resolve_xml_entity(&reference) {
                    take(Piece::Text(text))?;
                } else if let Ok(Some(character)) = reference.resolve_char_ref() {
                    take(Piece::Text(character.encode_utf8(&mut [0; 4])))?;
                }
                // Entities of a document's own are not expanded: that is how XML bombs work.
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
        buffer.clear();
    }
}

/// The value of the attribute with this local name.
pub(crate) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let found = attributes.with_checks(false).flatten().find(|found| found.key.local_name().as_ref() == name)?;
    match quick_xml::escape::unescape(&found.value) {
        Ok(value) => Some(value.into_owned()),
        Err(_) => Some(found.value.into_owned()),
    }
}

/// The whole number in an attribute, at most `max`.
pub(crate) fn number(element: &BytesStart<'_>, name: &str, max: u32) -> Option<u32> {
    attribute(element, name)?.trim().parse::<u64>().ok().map(|found| found.min(u64::from(max)) as u32)
}
