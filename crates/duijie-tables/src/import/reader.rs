use super::account::{FileReading, Import};
use super::objects::Objects;
use super::record::TableRecord;
use super::{Options, Problem, ProblemKind, Progress, duplicates};
use crate::columns::{label_key, mapped_heads, names};
use crate::industries::Industries;
use crate::layout::{
    Column, Head, Surroundings, first_row, is_continuation, is_instructions, is_prose_form, list, particulars_of,
    unnest,
};
use crate::read::{CellFault, FaultKind, FileKind, file_bytes, read_workbook};
use crate::sheet::{Origin, Sheet, column_letters};
use crate::values::Memos;
use crate::{Result, TableError};
use duijie::{FieldMap, Institutions};
use rustc_hash::FxHashMap;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;

/// Reads files and rows into one import.
pub(super) struct Reader<'a, T> {
    pub(super) import: Import<T>,
    pub(super) options: &'a Options<'a>,
    pub(super) around: Surroundings<'a>,
    pub(super) industries: &'a Industries<'a>,
    pub(super) memos: Rc<Memos>,
    mapping: Mapping,
    /// Sheet and row of what the file under way has damaged cells in.
    pub(super) damaged_rows: FxHashMap<(Arc<str>, u32), ProblemKind>,
    pub(super) institutions: &'a Institutions,
    pub(super) ids: FxHashMap<String, usize>,
    /// Records of the file under way by a hash of what they say, to find exact repetitions.
    pub(super) file_items: FxHashMap<u64, Vec<usize>>,
    files: (usize, usize),
    pub(super) items: usize,
}

impl<'a, T: TableRecord> Reader<'a, T> {
    pub(super) fn new(
        industries: &'a Industries<'a>,
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
        let around = Surroundings {
            aliases: &options.aliases,
            kind: T::KIND,
            industries,
            hidden: options.hidden_rows,
            mapping: &options.mapping,
            mapped_heads: mapped_heads(&options.mapping),
        };
        let mapping = Mapping { met: vec![false; options.mapping.len()], seen: Vec::new() };
        let (ids, file_items) = (FxHashMap::default(), FxHashMap::default());
        let damaged_rows = FxHashMap::default();
        Ok(Self {
            import,
            options,
            around,
            industries,
            memos: Rc::default(),
            mapping,
            damaged_rows,
            institutions,
            ids,
            file_items,
            files: (0, 1),
            items: 0,
        })
    }

    /// The import, with what may be the same in it.
    ///
    /// # Errors
    ///
    /// [`TableError::UnmatchedColumns`]; [`duijie::Error::Cancelled`] when asked to stop.
    pub(super) fn finish(self) -> Result<Import<T>> {
        self.tell();
        if self.options.is_cancelled() {
            return Err(duijie::Error::Cancelled.into());
        }
        self.mapping.check(&self.options.mapping)?;
        let mut import = self.import;
        import.problems.extend(self.options.aliases.idle_files().iter().map(|file| {
            let origin = Origin { file: Arc::new(file.clone()), sheet: "".into(), row: 0, column: None };
            Problem { origin, header: None, kind: ProblemKind::IdleAliases }
        }));
        let compared: Vec<_> = import
            .records
            .iter()
            .zip(&import.origins)
            .map(|(record, origin)| duplicates::Compared {
                id: record.id(),
                title: record.title(),
                owner: record.owner(),
                body: record.body(),
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
        self.damaged_rows.clear();
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
        if bytes.is_empty() {
            return Err(TableError::Empty { path: path.to_path_buf() });
        }
        let kind = FileKind::of(path, &bytes)?;
        if kind == FileKind::Jsonl {
            let origin = Origin { file: path.clone(), sheet: "".into(), row: 0, column: None };
            self.objects(Objects::of_lines(&bytes, &origin, &self.options.mapping), &origin, reading);
            return Ok(());
        }
        let mut workbook = read_workbook(path, &bytes, kind, &self.options.limits)?;
        drop(bytes);
        reading.remarks = workbook.remarks.iter().map(crate::read::Remark::chinese).collect();
        self.faults(path, workbook.faults);
        if workbook.sheets.is_empty() {
            return Err(TableError::Empty { path: path.to_path_buf() });
        }
        let is_single = workbook.sheets.len() == 1;
        let carries = matches!(kind, FileKind::Docx | FileKind::Html);
        let mut head: Option<Head> = None;
        let mut form: Vec<&Sheet> = Vec::new();
        let mut above: Vec<(Arc<str>, String)> = Vec::new();
        // What was said by the end of the list before, for a table that goes on.
        let mut before: Option<Vec<(Arc<str>, String)>> = None;
        unnest(&mut workbook.sheets, &self.around);
        for sheet in &mut workbook.sheets {
            // The text behind the tables is a form of its own, or a note.
            if sheet.rows.is_empty() && !is_single {
                if is_prose_form(sheet, &self.around) {
                    self.forms(path, std::mem::take(&mut form), reading);
                    self.forms(path, vec![&*sheet], reading);
                }
                continue;
            }
            if is_instructions(sheet) {
                self.instructions(path, sheet, reading);
                continue;
            }
            // A block of labels and values in a document says what holds for the list behind it.
            let said = particulars_of(&form, &self.around);
            let goes_on = carries && form.is_empty() && sheet.preamble.iter().all(|line| is_continuation(line));
            let fields = match before.take().filter(|_| goes_on) {
                Some(before) => before,
                None if form.is_empty() => above.clone(),
                None => said.fields.clone(),
            };
            match list(
                sheet,
                head.as_ref().filter(|head| carries && head.fits(sheet, &self.around)),
                &fields,
                &self.around,
            ) {
                Some(mut lists) => {
                    before = Some(std::mem::take(&mut lists.said));
                    let form = std::mem::take(&mut form);
                    if !form.is_empty() {
                        above.clone_from(&said.fields);
                    }
                    if said.is_empty() {
                        self.forms(path, form, reading);
                    } else {
                        self.particulars(path, &form, said, reading);
                    }
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

    fn faults(&mut self, path: &Arc<PathBuf>, faults: Vec<CellFault>) {
        for CellFault { sheet, row, column, kind } in faults {
            let sheet: Arc<str> = sheet.into();
            let kind = match kind {
                FaultKind::OpenQuote => ProblemKind::OpenQuote,
                FaultKind::QuoteAcrossRows { rows } => ProblemKind::QuoteAcrossRows { rows },
                FaultKind::RowsInCell { rows } => ProblemKind::RowsInCell { rows },
                FaultKind::QuoteInText => ProblemKind::QuoteInText,
                FaultKind::BrokenText => ProblemKind::BrokenText,
                FaultKind::NoResult => ProblemKind::NoResult,
                FaultKind::ErrorValue(text) => ProblemKind::ErrorValue { text },
            };
            self.damaged_rows.entry((sheet.clone(), row)).or_insert_with(|| kind.clone());
            let origin = Origin { file: path.clone(), sheet, row, column: Some(column) };
            self.import.problems.push(Problem { origin, header: None, kind });
        }
    }

    /// Notes columns for the mapping: what it names of them, and what there is.
    pub(super) fn note_columns(&mut self, columns: &[Column]) {
        for ((given, _), met) in self.options.mapping.iter().zip(&mut self.mapping.met) {
            *met |= columns.iter().any(|column| names(given, column));
        }
        self.mapping.saw(columns.iter().map(|column| {
            let letters = column.column.map_or(String::new(), |place| format!("{}=", column_letters(place)));
            format!("{letters}{}", column.header())
        }));
    }

    /// Notes a sheet of which nothing is known.
    pub(super) fn note_unknown(&mut self, sheet: &Sheet) {
        for ((given, _), met) in self.options.mapping.iter().zip(&mut self.mapping.met) {
            let is_it = |text: &str| label_key(text) == label_key(given);
            *met |= sheet.rows.iter().take(20).flat_map(|row| &row.cells).any(|cell| is_it(&cell.text));
        }
        self.mapping.saw(first_row(sheet).into_iter());
    }
}

/// Which entries of the caller's mapping named a column, and the columns that there were.
struct Mapping {
    met: Vec<bool>,
    seen: Vec<String>,
}

/// Columns that are named to the caller at most.
const MAX_SEEN: usize = 60;

impl Mapping {
    fn saw(&mut self, columns: impl Iterator<Item = String>) {
        if self.met.is_empty() {
            return;
        }
        for column in columns {
            if self.seen.len() < MAX_SEEN && !self.seen.contains(&column) {
                self.seen.push(column);
            }
        }
    }

    /// A mapping that names no column is a slip of the pen; where no table could be read at all, the account of the
    /// files says why.
    fn check(&self, mapping: &[(String, String)]) -> Result<()> {
        let unmet = mapping.iter().zip(&self.met).filter(|(_, met)| !**met);
        let columns: Vec<&str> = unmet.map(|((given, _), _)| given.as_str()).collect();
        if columns.is_empty() || self.seen.is_empty() {
            return Ok(());
        }
        Err(TableError::UnmatchedColumns { columns: columns.join("、"), seen: self.seen.join("、") })
    }
}
