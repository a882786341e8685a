use super::account::{FileReading, Import};
use super::objects::Objects;
use super::record::TableRecord;
use super::{Options, Progress, duplicates};
use crate::layout::{Head, Surroundings, list};
use crate::read::{FileKind, file_bytes, read_workbook};
use crate::sheet::{Origin, Sheet};
use crate::{Result, TableError};
use duijie::{Catalogue, FieldMap, Institutions};
use rustc_hash::FxHashMap;
use std::path::PathBuf;
use std::sync::Arc;

/// Reads files and rows into one import.
pub(super) struct Reader<'a, T> {
    pub(super) import: Import<T>,
    pub(super) options: &'a Options<'a>,
    pub(super) around: Surroundings<'a>,
    pub(super) institutions: &'a Institutions,
    pub(super) ids: FxHashMap<String, usize>,
    /// Records of the file under way by a hash of what they say, to find exact repetitions.
    pub(super) file_items: FxHashMap<u64, Vec<usize>>,
    files: (usize, usize),
    pub(super) items: usize,
}

impl<'a, T: TableRecord> Reader<'a, T> {
    pub(super) fn new(
        catalogue: &'a Catalogue,
        institutions: &'a Institutions,
        options: &'a Options<'a>,
    ) -> Result<Self> {
        let fields = options.aliases.fields(T::KIND);
        for (column, field) in &options.mapping {
            if !fields.iter().any(|known| **known == **field) {
                let known = fields.join(", ");
                return Err(TableError::UnknownField { column: column.clone(), field: field.clone(), known });
            }
        }
        let import: Import<T> = Import {
            what: T::KIND.chinese(),
            records: Vec::new(),
            origins: Vec::new(),
            files: Vec::new(),
            guesses: Vec::new(),
            problems: Vec::new(),
            duplicates: Vec::new(),
        };
        let around = Surroundings { aliases: &options.aliases, kind: T::KIND, catalogue, hidden: options.hidden_rows };
        let (ids, file_items) = (FxHashMap::default(), FxHashMap::default());
        Ok(Self { import, options, around, institutions, ids, file_items, files: (0, 1), items: 0 })
    }

    /// The import, with what may be the same in it.
    pub(super) fn finish(self) -> Result<Import<T>> {
        self.tell();
        if self.options.is_cancelled() {
            return Err(duijie::Error::Cancelled.into());
        }
        let mut import = self.import;
        let compared: Vec<_> = import
            .records
            .iter()
            .zip(&import.origins)
            .map(|(record, origin)| duplicates::Compared {
                id: record.id(),
                title: record.title(),
                owner: record.owner(),
                origin,
            })
            .collect();
        import.duplicates = duplicates::find(&compared);
        Ok(import)
    }

    /// Reads the next file, of `all` in total.
    pub(super) fn file(&mut self, path: PathBuf, all: usize) {
        if self.options.is_cancelled() {
            return;
        }
        self.files.1 = all;
        self.file_items.clear();
        let path = Arc::new(path);
        let mut reading = FileReading { path: path.clone(), error: None, remarks: Vec::new(), sheets: Vec::new() };
        if let Err(error) = self.content(&path, &mut reading) {
            reading.error = Some(error);
        }
        self.import.files.push(reading);
        self.files.0 += 1;
        self.tell();
    }

    /// Reads rows that are in no file; `name` stands in the place of the file.
    pub(super) fn rows(&mut self, name: &str, rows: Vec<FieldMap>) {
        let path = Arc::new(PathBuf::from(name));
        let mut reading = FileReading { path: path.clone(), error: None, remarks: Vec::new(), sheets: Vec::new() };
        let origin = Origin { file: path, sheet: "".into(), row: 0, column: None };
        self.objects(Objects::of_rows(rows, &self.options.mapping), &origin, &mut reading);
        self.import.files.push(reading);
    }

    pub(super) fn tell(&self) {
        if let Some(progress) = self.options.progress {
            progress(Progress { files: self.files.0, all_files: self.files.1, items: self.items });
        }
    }

    fn content(&mut self, path: &Arc<PathBuf>, reading: &mut FileReading) -> Result<()> {
        let bytes = file_bytes(path, &self.options.limits)?;
        let kind = FileKind::of(path, &bytes)?;
        if kind == FileKind::Jsonl {
            let origin = Origin { file: path.clone(), sheet: "".into(), row: 0, column: None };
            self.objects(Objects::of_lines(&bytes, &origin), &origin, reading);
            return Ok(());
        }
        let workbook = read_workbook(path, &bytes, kind, &self.options.limits)?;
        drop(bytes);
        reading.remarks = workbook.remarks.iter().map(crate::read::Remark::chinese).collect();
        let carries = matches!(kind, FileKind::Docx | FileKind::Html);
        let mut head: Option<Head> = None;
        let mut form: Vec<&Sheet> = Vec::new();
        for sheet in &workbook.sheets {
            match list(sheet, head.as_ref().filter(|head| carries && head.fits(sheet)), &self.around) {
                Some(lists) => {
                    self.forms(path, std::mem::take(&mut form), reading);
                    head = lists.head.clone();
                    self.lists(path, sheet, lists, reading);
                }
                // A form may go on over the tables of a document, but not over worksheets.
                None => {
                    form.push(sheet);
                    if !carries {
                        self.forms(path, std::mem::take(&mut form), reading);
                    }
                }
            }
        }
        self.forms(path, form, reading);
        Ok(())
    }
}
