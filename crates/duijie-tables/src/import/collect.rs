//! One reading for tables and record files, with the rules of the record files.

use super::options::{DoubtfulRows, Options};
use super::record::TableRecord;
use super::sources::read;
use super::{Import, Problem};
use crate::{Result, TableError};
use duijie::{
    Achievement, Catalogue, Demand, Institutions, Intake, Provenance, RecordProblem, RecordReader, Reject, Strictness,
};
use rustc_hash::FxHashMap;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Records of tables and record files.
#[derive(Clone, Debug)]
pub struct Collected<T> {
    /// The records in the order of the paths, and the rows set aside.
    pub intake: Intake<T>,
    /// Guesses about the tables, and values in them that were not taken as they stand;
    /// [`crate::Import`] has them one by one.
    pub remarks: usize,
}

/// Reads demands from record files (.jsonl, .csv headed by the fields' names, `-`) and from tables.
///
/// The rules are those of [`RecordReader`] for both: a row that does not become a record of its own stops
/// a strict reading, and a lenient one sets it aside. Also hidden and repeated rows are such rows.
///
/// # Errors
///
/// Those of [`RecordReader::demands`]; [`TableError::Row`] for the first row of a table when strict; what
/// makes a file unreadable; [`TableError::NoTable`] for a file without a table.
pub fn collect_demands(
    paths: &[PathBuf],
    catalogue: &Catalogue,
    strictness: Strictness,
    options: &Options<'_>,
) -> Result<Collected<Demand>> {
    collect(paths, catalogue, &Institutions::default(), strictness, options, |reader, paths, _| reader.demands(paths))
}

/// Reads achievements, whose institutions are among `institutions`, as [`collect_demands`] does demands.
///
/// # Errors
///
/// As [`collect_demands`].
pub fn collect_achievements(
    paths: &[PathBuf],
    catalogue: &Catalogue,
    institutions: &Institutions,
    strictness: Strictness,
    options: &Options<'_>,
) -> Result<Collected<Achievement>> {
    collect(paths, catalogue, institutions, strictness, options, |reader, paths, institutions| {
        reader.achievements(paths, institutions)
    })
}

fn collect<T: TableRecord>(
    paths: &[PathBuf],
    catalogue: &Catalogue,
    institutions: &Institutions,
    strictness: Strictness,
    options: &Options<'_>,
    read_records: impl Fn(&RecordReader<'_>, &[PathBuf], &Institutions) -> duijie::Result<Intake<T>>,
) -> Result<Collected<T>> {
    let options = Options { doubtful_rows: DoubtfulRows::Reject, ..options.clone() };
    let reader = RecordReader::new(catalogue, strictness);
    let mut all =
        Collected { intake: Intake { records: Vec::new(), provenance: Vec::new(), rejects: Vec::new() }, remarks: 0 };
    let mut ids: FxHashMap<String, Provenance> = FxHashMap::default();
    // Runs of files of one kind are read together, so that the order is that of the paths.
    for run in paths.chunk_by(|a, b| is_record_file(a) == is_record_file(b)) {
        let intake = if is_record_file(&run[0]) {
            read_records(&reader, run, institutions)?
        } else {
            let import = read::<T>(run, catalogue, institutions, &options)?;
            all.remarks += import.guesses.len();
            all.remarks += import.problems.iter().filter(|problem| problem.kind.left_out().is_none()).count();
            intake(import, strictness)?
        };
        all.intake.rejects.extend(intake.rejects);
        for (record, provenance) in intake.records.into_iter().zip(intake.provenance) {
            if let Some(first) = ids.get(record.id()) {
                let problem = RecordProblem::DuplicateId { id: record.id().to_owned(), first: first.to_string() };
                if strictness == Strictness::Strict {
                    let Provenance { path, line } = provenance;
                    return Err(duijie::Error::Record { path: path.to_path_buf(), line, problem }.into());
                }
                all.intake.rejects.push(Reject { provenance, problem, raw: record.id().to_owned() });
                continue;
            }
            ids.insert(record.id().to_owned(), provenance.clone());
            all.intake.records.push(record);
            all.intake.provenance.push(provenance);
        }
    }
    Ok(all)
}

/// What an import comes to by the rules of the record files.
fn intake<T>(import: Import<T>, strictness: Strictness) -> Result<Intake<T>> {
    for file in import.files {
        if let Some(error) = file.error {
            return Err(error);
        }
        if !file.sheets.is_empty() && file.sheets.iter().all(|sheet| sheet.layout.is_none()) {
            return Err(TableError::NoTable { path: file.path.to_path_buf() });
        }
    }
    let mut rejects = Vec::new();
    for Problem { origin, header, kind } in import.problems {
        let Some(problem) = kind.left_out() else { continue };
        if strictness == Strictness::Strict {
            return Err(TableError::Row { origin, header, problem: Box::new(problem) });
        }
        let provenance = Provenance { path: origin.file.clone(), line: u64::from(origin.row) };
        let sheet = if origin.sheet.is_empty() { String::new() } else { format!("〔{}〕", origin.sheet) };
        rejects.push(Reject { provenance, problem, raw: format!("{sheet}{}", origin.cell_name()) });
    }
    let provenance = |origin: crate::Origin| Provenance { path: origin.file, line: u64::from(origin.row) };
    let provenance = import.origins.into_iter().map(provenance).collect();
    Ok(Intake { records: import.records, provenance, rejects })
}

/// Whether a path is read as records with the fields' own names: JSON Lines, or a csv with such a header.
fn is_record_file(path: &Path) -> bool {
    let ending = path.extension().map_or(String::new(), |ending| ending.to_string_lossy().to_lowercase());
    match ending.as_str() {
        "jsonl" | "ndjson" => true,
        "" => !path.is_dir() && !path.to_string_lossy().contains(['*', '?', '[']),
        "csv" => has_record_header(path),
        _ => false,
    }
}

/// Whether the first line names the fields `id` or `title`; UTF-16 is read by its ASCII.
fn has_record_header(path: &Path) -> bool {
    let mut head = Vec::new();
    let Ok(file) = std::fs::File::open(path) else { return true };
    if file.take(4096).read_to_end(&mut head).is_err() {
        return true;
    }
    head.retain(|byte| byte.is_ascii() && *byte != 0);
    let line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let name = |cell: &[u8]| cell.trim_ascii().to_ascii_lowercase();
    line.split(|byte| *byte == b',').any(|cell| {
        let cell = name(cell);
        let cell = cell.strip_prefix(b"\"").and_then(|cell| cell.strip_suffix(b"\"")).unwrap_or(&cell);
        cell == b"id" || cell == b"title"
    })
}
