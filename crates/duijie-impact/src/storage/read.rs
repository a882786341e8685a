use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use memmap2::Mmap;

use super::check;
use super::column::Column;
use super::header::{FORMAT, HEADER_BYTES, Header, NoHeader, Reader, SECTIONS, Section};
use crate::error::ImpactError;
use crate::forward::ForwardIndex;
use crate::index::Parts;
use crate::model::{Bm25f, FieldWeight, MAX_FIELDS};
use crate::postings::Postings;
use crate::raw::{Plain, map};
use crate::term_table::TermTable;

/// Maps the file at `path` and checks it. Returns its parts and its fingerprint.
pub(crate) fn open(path: &Path) -> Result<(Parts, u128), ImpactError> {
    let io_error = |source| ImpactError::Io { path: path.to_owned(), source: Arc::new(source) };
    let damaged = |what| ImpactError::Damaged { path: path.to_owned(), what };
    let file = File::open(path).map_err(io_error)?;
    let found = file.metadata().map_err(io_error)?.len();
    if found == 0 {
        return Err(ImpactError::NotAnImpactIndex { path: path.to_owned() });
    }
    let map = Arc::new(map(&file).map_err(io_error)?);
    let header = Header::from_bytes(&map).map_err(|reason| match reason {
        NoHeader::OtherFile => ImpactError::NotAnImpactIndex { path: path.to_owned() },
        NoHeader::OtherFormat(found) => ImpactError::OtherVersion { path: path.to_owned(), found, expected: FORMAT },
        NoHeader::CutOff => ImpactError::Truncated { path: path.to_owned(), expected: HEADER_BYTES as u64, found },
        NoHeader::Damaged => damaged("the header's checksum"),
    })?;
    if header.file_bytes != found {
        return Err(ImpactError::Truncated { path: path.to_owned(), expected: header.file_bytes, found });
    }
    compare_checksums(&map, &header.sections).map_err(damaged)?;
    let parts = parts(&map, &header.sections).ok_or_else(|| damaged("a section's length"))?;
    check(&parts).map_err(damaged)?;
    Ok((parts, header.fingerprint))
}

fn compare_checksums(map: &Mmap, sections: &[Section; SECTIONS]) -> Result<(), &'static str> {
    use rayon::prelude::*;
    // Long sections are cut for the sake of threads; CRC-32s of neighbours combine.
    sections.par_iter().try_for_each(|section| {
        let bytes = section.range().and_then(|range| map.get(range)).ok_or("a section's place")?;
        let whole = bytes.par_chunks(16 << 20).map(|part| {
            let mut hasher = crc32fast::Hasher::new();
            hasher.update(part);
            hasher
        });
        let combine = |mut first: crc32fast::Hasher, second: crc32fast::Hasher| {
            first.combine(&second);
            first
        };
        let crc = whole.reduce(crc32fast::Hasher::new, combine).finalize();
        if crc == section.crc { Ok(()) } else { Err("a section's checksum") }
    })
}

/// Sections one after the other, as [`super::write`] wrote them.
struct Sections<'a> {
    map: &'a Arc<Mmap>,
    rest: std::slice::Iter<'a, Section>,
}

impl Sections<'_> {
    fn next<T: Plain>(&mut self) -> Option<Column<T>> {
        Column::mapped(self.map, self.rest.next()?.range()?)
    }
}

fn parts(map: &Arc<Mmap>, sections: &[Section; SECTIONS]) -> Option<Parts> {
    let mut sections = Sections { map, rest: sections.iter() };
    let meta = sections.next::<u8>()?;
    let mut meta = Reader(&meta);
    let mut number = || Some(u32::from_le_bytes(meta.take()?));
    let (fields, documents, lane_terms, blocked_terms) = (number()? as usize, number()?, number()?, number()?);
    if fields > MAX_FIELDS {
        return None;
    }
    let mut real = || Some(f32::from_le_bytes(meta.take()?));
    let mut model = Bm25f { k1: real()?, fields: Vec::new() };
    let mut reference_lengths = Vec::new();
    for _ in 0..fields {
        model.fields.push(FieldWeight { weight: real()?, b: real()? });
        reference_lengths.push(real()?);
    }
    Some(Parts {
        model,
        reference_lengths,
        terms: TermTable { slots: sections.next()?, starts: sections.next()?, bytes: sections.next()? },
        document_frequencies: sections.next()?,
        forward: ForwardIndex {
            fields,
            rows: sections.next()?,
            common: sections.next()?,
            others: sections.next()?,
            codes: sections.next()?,
            tuples: sections.next()?,
            escaped: sections.next()?,
            escaped_tuples: sections.next()?,
        },
        postings: Postings {
            documents,
            lane_terms,
            blocked_terms,
            steps: sections.next()?,
            smallest: sections.next()?,
            levels: sections.next()?,
            lanes: sections.next()?,
            blocked_starts: sections.next()?,
            blocked_places: sections.next()?,
            blocked_bytes: sections.next()?,
            rare_starts: sections.next()?,
            rare_documents: sections.next()?,
            rare_bytes: sections.next()?,
        },
        labels: sections.next()?,
    })
}
