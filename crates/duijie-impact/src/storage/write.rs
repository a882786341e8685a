use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use super::header::{ALIGNMENT, HEADER_BYTES, Header, SECTIONS, Section};
use crate::error::ImpactError;
use crate::index::Parts;
use crate::raw::bytes;

/// Writes `parts` beside `path` and then gives the file its name.
pub(crate) fn write(parts: &Parts, path: &Path, fingerprint: u128) -> Result<(), ImpactError> {
    sweep(path);
    let aside = aside(path);
    let written = write_file(parts, &aside, fingerprint).and_then(|()| std::fs::rename(&aside, path));
    written.map_err(|source| {
        // What is left aside is of no use; that it can't be removed either is not the news.
        let _ = std::fs::remove_file(&aside);
        ImpactError::Io { path: path.to_owned(), source: Arc::new(source) }
    })
}

/// A name in the same folder that no other process, and no other thread of this one, uses.
fn aside(path: &Path) -> PathBuf {
    static WRITTEN: AtomicU64 = AtomicU64::new(0);
    let mut name = path.file_name().unwrap_or_default().to_owned();
    let number = WRITTEN.fetch_add(1, Ordering::Relaxed);
    name.push(format!(".{}.{number}.partial", std::process::id()));
    path.with_file_name(name)
}

/// Removes what writers that were killed have left beside `path`. A file that was written to within
/// the last hour may still be at work, and stays.
fn sweep(path: &Path) {
    let Some(name) = path.file_name().map(|name| format!("{}.", name.to_string_lossy())) else { return };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let left =
            entry.file_name().to_string_lossy().strip_prefix(&name).is_some_and(|rest| rest.ends_with(".partial"));
        let written = entry.metadata().and_then(|metadata| metadata.modified());
        let old = written.is_ok_and(|at| at.elapsed().is_ok_and(|age| age > ABANDONED));
        if left && old {
            // Whoever owns it may have removed it meanwhile, or it can't be removed: it is in nobody's way.
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

const ABANDONED: Duration = Duration::from_secs(3600);

fn write_file(parts: &Parts, path: &Path, fingerprint: u128) -> io::Result<()> {
    let meta = meta(parts);
    let contents = contents(parts, &meta);
    let mut sections = [Section::default(); SECTIONS];
    let mut end = HEADER_BYTES as u64;
    for (section, content) in sections.iter_mut().zip(contents) {
        let start = end.next_multiple_of(ALIGNMENT);
        *section = Section { start, bytes: content.len() as u64, crc: crc32fast::hash(content) };
        end = start + section.bytes;
    }
    let mut file = BufWriter::with_capacity(1 << 20, File::create(path)?);
    file.write_all(&Header { file_bytes: end, fingerprint, sections }.to_bytes())?;
    let mut written = HEADER_BYTES as u64;
    for (section, content) in sections.iter().zip(contents) {
        file.write_all(&[0; ALIGNMENT as usize][..(section.start - written) as usize])?;
        file.write_all(content)?;
        written = section.start + section.bytes;
    }
    file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
}

/// The numbers that are not arrays: fields, documents, lanes, blocked terms, k1, then weight, b and
/// reference length of each field.
fn meta(parts: &Parts) -> Vec<u8> {
    let mut meta = Vec::new();
    let numbers = [
        parts.model.fields.len() as u32,
        parts.postings.documents,
        parts.postings.lane_terms,
        parts.postings.blocked_terms,
    ];
    numbers.iter().for_each(|number| meta.extend(number.to_le_bytes()));
    meta.extend(parts.model.k1.to_le_bytes());
    for (field, length) in parts.model.fields.iter().zip(&parts.reference_lengths) {
        [field.weight, field.b, *length].iter().for_each(|number| meta.extend(number.to_le_bytes()));
    }
    meta
}

/// The sections in the order of the format; [`super::read`] takes them in the same order.
fn contents<'a>(parts: &'a Parts, meta: &'a [u8]) -> [&'a [u8]; SECTIONS] {
    let (terms, forward, postings) = (&parts.terms, &parts.forward, &parts.postings);
    [
        meta,
        bytes(&terms.slots),
        bytes(&terms.starts),
        &terms.bytes,
        bytes(&parts.document_frequencies),
        bytes(&forward.rows),
        bytes(&forward.common),
        bytes(&forward.others),
        &forward.codes,
        bytes(&forward.tuples),
        bytes(&forward.escaped),
        bytes(&forward.escaped_tuples),
        bytes(&postings.steps),
        &postings.smallest,
        &postings.levels,
        &postings.lanes,
        bytes(&postings.blocked_starts),
        bytes(&postings.blocked_places),
        &postings.blocked_bytes,
        bytes(&postings.rare_starts),
        bytes(&postings.rare_documents),
        &postings.rare_bytes,
        bytes(&parts.labels),
    ]
}
