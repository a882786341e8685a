//! Text tables: comma, tab or semicolon; UTF-8, UTF-16 or GB18030.

use super::builder::WorkbookBuilder;
use super::quotes::{OddMarkKind, Requoted, requoted};
use super::{FaultKind, Limits, Remark, Workbook};
use crate::sheet::Sheet;
use crate::{Result, TableError};
use encoding_rs::{Encoding, GB18030, GBK, UTF_8};
use std::borrow::Cow;
use std::path::Path;

pub(crate) fn read(path: &Path, bytes: &[u8], limits: &Limits) -> Result<Workbook> {
    let mut builder = WorkbookBuilder::new(path, limits);
    let text = decode(bytes, None, &mut builder.workbook.remarks);
    builder.has_broken_text = !builder.workbook.remarks.is_empty();
    let delimiter = delimiter(&text);
    let Requoted { text, marks } = requoted(&text, delimiter);
    for mark in marks {
        let kind = match mark.kind {
            OddMarkKind::Open => FaultKind::OpenQuote,
            OddMarkKind::AcrossRows(rows) => FaultKind::QuoteAcrossRows { rows },
            OddMarkKind::RowsInCell(rows) => FaultKind::RowsInCell { rows },
            OddMarkKind::InText => FaultKind::QuoteInText,
        };
        builder.fault(mark.line, mark.column, kind);
    }
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let mut record = csv::StringRecord::new();
    let (mut line, mut counted) = (1_u32, 0);
    let damaged = |error: csv::Error| TableError::Damaged { path: path.to_owned(), problem: error.to_string() };
    while reader.read_record(&mut record).map_err(damaged)? {
        // The reader's own line numbers are one behind after \r\n: a record may begin with the \n before it.
        let start = record.position().map_or(counted, |position| position.byte() as usize);
        let behind = &text.as_bytes()[counted..];
        let passed =
            start - counted + behind[start - counted..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        line += memchr::memchr_iter(b'\n', &behind[..passed]).count() as u32;
        counted += passed;
        for (column, field) in record.iter().enumerate() {
            builder.push(&mut rows, line, column as u32, field)?;
        }
    }
    builder.finish(Sheet { rows, ..Sheet::default() }, &[])?;
    Ok(builder.workbook())
}

/// The text of `bytes`: by its mark, as UTF-8 where it is that, as declared, or by its look.
pub(crate) fn decode<'b>(
    bytes: &'b [u8],
    declared: Option<&'static Encoding>,
    remarks: &mut Vec<Remark>,
) -> Cow<'b, str> {
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None if std::str::from_utf8(bytes).is_ok() => UTF_8,
        // Bytes that are nearly all UTF-8 are damaged UTF-8: in another encoding every character of it would be wrong.
        None if is_nearly_utf8(bytes) => UTF_8,
        None => declared.filter(|encoding| *encoding != UTF_8).unwrap_or_else(|| guess(bytes)),
    };
    // GBK is a part of GB18030, and what calls itself GBK often is GB18030.
    let encoding = if encoding == GBK { GB18030 } else { encoding };
    let (text, encoding, broken) = encoding.decode(bytes);
    if broken {
        remarks.push(Remark::BrokenText { encoding: encoding.name() });
    }
    text
}

/// Whether there are many more characters beyond ASCII in UTF-8 than places that are none. Text in GB18030 is
/// hardly ever three such bytes in a row by chance.
fn is_nearly_utf8(bytes: &[u8]) -> bool {
    let (mut characters, mut damages) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        characters += chunk.valid().chars().filter(|c| c.len_utf8() >= 3).count();
        damages += usize::from(!chunk.invalid().is_empty());
    }
    characters > 2 * damages
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(1 << 20)], true);
    detector.guess(Some(b"cn"), chardetng::Utf8Detection::Allow)
}

/// The delimiter that cuts most of the first lines into the same number of cells, two or more; of equals, into
/// the most.
fn delimiter(text: &str) -> u8 {
    let head: String = text.lines().filter(|line| !line.trim().is_empty()).take(20).flat_map(|l| [l, "\n"]).collect();
    let evenness = |delimiter: u8| -> (f64, usize) {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(head.as_bytes());
        let widths: Vec<usize> = reader.records().filter_map(std::result::Result::ok).map(|row| row.len()).collect();
        let rows_of = |width: usize| widths.iter().filter(|found| **found == width).count();
        let common = widths.iter().copied().filter(|width| *width > 1).max_by_key(|width| (rows_of(*width), *width));
        common.map_or((0.0, 0), |width| (rows_of(width) as f64 / widths.len() as f64, width))
    };
    let better = |a: &(f64, usize), b: &(f64, usize)| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1));
    let all = [b';', b'\t', b','].map(|delimiter| (evenness(delimiter), delimiter));
    // The last of equals: the comma, when nothing is cut at all.
    all.into_iter().max_by(|a, b| better(&a.0, &b.0)).map_or(b',', |(_, delimiter)| delimiter)
}
