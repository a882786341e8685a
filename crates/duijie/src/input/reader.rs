use super::{Provenance, Reject, Row, csv, jsonl};
use crate::records::{Achievement, Demand, FieldMap, Institution, Product, RecordProblem};
use crate::{Catalogue, Error, Institutions, Result};
use rustc_hash::FxHashMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What to do with a row that is not usable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Strictness {
    /// Stop with an error that names it.
    #[default]
    Strict,
    /// Set it aside and go on.
    Lenient,
}

/// What a reading gave: `records` in the order of the files, and the rows set aside.
#[derive(Clone, Debug)]
pub struct Intake<T> {
    /// The usable records.
    pub records: Vec<T>,
    /// Where each of them came from.
    pub provenance: Vec<Provenance>,
    /// The rows set aside; empty in strict reading.
    pub rejects: Vec<Reject>,
}

/// Reads records and holds them against a catalogue: chains and sub-industries become its ids,
/// institutions become the ids of a list.
#[derive(Clone, Debug)]
pub struct RecordReader<'c> {
    catalogue: &'c Catalogue,
    strictness: Strictness,
}

impl<'c> RecordReader<'c> {
    /// A reader against `catalogue`.
    pub fn new(catalogue: &'c Catalogue, strictness: Strictness) -> Self {
        Self { catalogue, strictness }
    }

    /// Reads institutions.
    ///
    /// # Errors
    ///
    /// As [`RecordReader::demands`].
    pub fn institutions(&self, paths: &[PathBuf]) -> Result<Intake<Institution>> {
        self.read(paths, Institution::try_from, |institution| &institution.id)
    }

    /// Reads demands.
    ///
    /// # Errors
    ///
    /// [`Error::Read`] and [`Error::FileKind`] for a file that cannot be read, [`Error::Record`]
    /// for the first unusable row when strict.
    pub fn demands(&self, paths: &[PathBuf]) -> Result<Intake<Demand>> {
        let read = |fields| {
            let mut demand = Demand::try_from(fields)?;
            self.catalogue.settle(&mut demand.chain, &mut demand.sub_industry)?;
            Ok(demand)
        };
        self.read(paths, read, |demand| &demand.id)
    }

    /// Reads achievements whose institutions are among `institutions`.
    ///
    /// # Errors
    ///
    /// As [`RecordReader::demands`].
    pub fn achievements(&self, paths: &[PathBuf], institutions: &Institutions) -> Result<Intake<Achievement>> {
        let read = |fields| {
            let mut achievement = Achievement::try_from(fields)?;
            self.catalogue.settle(&mut achievement.chain, &mut achievement.sub_industry)?;
            if let Some(name) = &achievement.institution {
                achievement.institution = Some(institutions.resolve(name)?.id.clone());
            }
            Ok(achievement)
        };
        self.read(paths, read, |achievement| &achievement.id)
    }

    /// Reads products.
    ///
    /// # Errors
    ///
    /// As [`RecordReader::demands`].
    pub fn products(&self, paths: &[PathBuf]) -> Result<Intake<Product>> {
        let read = |fields| {
            let mut product = Product::try_from(fields)?;
            self.catalogue.settle(&mut product.chain, &mut product.sub_industry)?;
            Ok(product)
        };
        self.read(paths, read, |product| &product.id)
    }

    fn read<T>(
        &self,
        paths: &[PathBuf],
        convert: impl Fn(FieldMap) -> Result<T, RecordProblem>,
        id: impl Fn(&T) -> &str,
    ) -> Result<Intake<T>> {
        let mut intake = Intake { records: Vec::new(), provenance: Vec::new(), rejects: Vec::new() };
        let mut seen: FxHashMap<String, Provenance> = FxHashMap::default();
        for path in paths {
            let bytes = read_file(path)?;
            let shared = Arc::new(path.clone());
            let mut take = |row: Row| -> Result<()> {
                let provenance = Provenance { path: shared.clone(), line: row.line };
                let record = row.fields.and_then(&convert).and_then(|record| match seen.get(id(&record)) {
                    Some(first) => {
                        Err(RecordProblem::DuplicateId { id: id(&record).to_owned(), first: first.to_string() })
                    }
                    None => Ok(record),
                });
                match record {
                    Ok(record) => {
                        seen.insert(id(&record).to_owned(), provenance.clone());
                        intake.records.push(record);
                        intake.provenance.push(provenance);
                    }
                    Err(problem) if self.strictness == Strictness::Strict => {
                        return Err(Error::Record { path: path.clone(), line: provenance.line, problem });
                    }
                    Err(problem) => intake.rejects.push(Reject { provenance, problem, raw: row.raw }),
                }
                Ok(())
            };
            match extension(path).as_str() {
                "csv" => csv::rows(&bytes).into_iter().try_for_each(&mut take)?,
                "jsonl" | "ndjson" | "" => jsonl::rows(&bytes).try_for_each(&mut take)?,
                other => return Err(Error::FileKind { path: path.clone(), extension: other.to_owned() }),
            }
        }
        Ok(intake)
    }
}

fn extension(path: &Path) -> String {
    path.extension().map_or(String::new(), |extension| extension.to_string_lossy().to_lowercase())
}

/// The whole file; `-` is standard input.
fn read_file(path: &Path) -> Result<Vec<u8>> {
    let bytes = if path == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        std::fs::read(path)
    };
    bytes.map_err(|source| Error::Read { path: path.to_owned(), source: Arc::new(source) })
}
