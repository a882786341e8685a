use super::account::{ColumnReading, FileReading, Import, SheetReading};
use super::draft::{Draft, DraftValue, shared_header};
use super::objects::Objects;
use super::record::{TableRecord, hash, id_letter, scales};
use super::{Counts, Guess, Options, Problem, ProblemKind, Progress, duplicates};
use crate::columns::{Assignment, How, Meaning, RecordKind, assign};
use crate::layout::{Head, Item, ItemState, Lists, Surroundings, Table, forms, list};
use crate::read::{FileKind, file_bytes, read_workbook};
use crate::sheet::{Origin, Sheet, column_letters};
use crate::values::MaturityScale;
use crate::{Result, TableError};
use duijie::{Catalogue, DemandKind, FieldMap, Institutions};
use rustc_hash::FxHashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Reads files and rows into one import.
pub(super) struct Reader<'a, T> {
    import: Import<T>,
    options: &'a Options<'a>,
    around: Surroundings<'a>,
    institutions: &'a Institutions,
    ids: FxHashMap<String, usize>,
    /// Records of the file under way by a hash of what they say, to find exact repetitions.
    file_items: FxHashMap<u64, Vec<usize>>,
    files: (usize, usize),
    items: usize,
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
    pub(super) fn finish(self) -> Import<T> {
        self.tell();
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
        import
    }

    /// Reads the next file, of `all` in total.
    pub(super) fn file(&mut self, path: PathBuf, all: usize) {
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

    fn tell(&self) {
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

    fn objects(&mut self, found: Objects, origin: &Origin, reading: &mut FileReading) {
        let mut sheet =
            SheetReading { layout: Some(found.table.layout.chinese()), rows: found.rows, ..Default::default() };
        sheet.counts.read += found.rejected.len();
        sheet.counts.rejected += found.rejected.len();
        self.import.problems.extend(found.rejected);
        for (row, mut fields) in found.records {
            let origin = Origin { row, ..origin.clone() };
            sheet.counts.read += 1;
            self.items += 1;
            if !fields.contains_key("id") {
                let said = fields.iter().map(|(key, value)| format!("{key}{value}")).collect::<String>();
                fields.insert("id".into(), format!("{}-{:012x}", id_letter(T::KIND), hash(&said)).into());
            }
            let record = T::try_from(fields).and_then(|mut record| {
                record.settle(self.around.catalogue, self.institutions)?;
                Ok(record)
            });
            match record {
                Ok(record) => self.add(record, origin, &mut sheet.counts),
                Err(problem) => self.reject(origin, ProblemKind::Unusable(problem), &mut sheet.counts),
            }
        }
        self.table(&found.table, origin, &mut sheet, None);
        reading.sheets.push(sheet);
    }

    fn lists(&mut self, path: &Arc<PathBuf>, sheet: &Sheet, lists: Lists, reading: &mut FileReading) {
        let origin = Origin { file: path.clone(), sheet: sheet.name.as_str().into(), row: 0, column: None };
        let mut account = SheetReading { name: sheet.name.clone(), rows: sheet.rows.len(), ..SheetReading::default() };
        for (_, row_use) in &lists.uses {
            *account.other_rows.entry(row_use.chinese()).or_default() += 1;
        }
        for (row, text) in lists.unread {
            let origin = Origin { row, ..origin.clone() };
            self.import.problems.push(Problem { origin, header: None, kind: ProblemKind::NotRead { text } });
        }
        let kind = self.guessed_kind(path, &sheet.name, &origin);
        for table in &lists.tables {
            account.layout = Some(table.layout.chinese());
            self.table(table, &origin, &mut account, kind);
        }
        reading.sheets.push(account);
    }

    fn forms(&mut self, path: &Arc<PathBuf>, sheets: Vec<&Sheet>, reading: &mut FileReading) {
        let Some(first) = sheets.first() else { return };
        let origin = Origin { file: path.clone(), sheet: first.name.as_str().into(), row: 0, column: None };
        let mut account = SheetReading {
            name: sheets.iter().map(|sheet| sheet.name.as_str()).collect::<Vec<_>>().join("、"),
            rows: sheets.iter().map(|sheet| sheet.rows.len()).sum(),
            ..SheetReading::default()
        };
        match forms(&sheets, &self.around) {
            Some(table) => {
                account.layout = Some(table.layout.chinese());
                let kind = self.guessed_kind(path, &first.name, &origin);
                self.table(&table, &origin, &mut account, kind);
            }
            None => self.import.problems.push(Problem { origin, header: None, kind: ProblemKind::NoTable }),
        }
        reading.sheets.push(account);
    }

    /// 卡脖子 in the name of a file or sheet.
    fn guessed_kind(&mut self, path: &Path, sheet: &str, origin: &Origin) -> Option<DemandKind> {
        if T::KIND != RecordKind::Demand || self.options.demand_kind.is_some() {
            return self.options.demand_kind;
        }
        let file = path.file_stem().map_or(String::new(), |name| name.to_string_lossy().into_owned());
        let named = [&file, sheet].into_iter().find(|name| name.contains("卡脖子"))?;
        let reading = format!("名称“{named}”含“卡脖子”，未另注明的条目按“卡脖子”技术需求导入");
        self.import.guesses.push(Guess { origin: origin.clone(), header: String::new(), reading });
        Some(DemandKind::Bottleneck)
    }

    fn table(&mut self, table: &Table, origin: &Origin, account: &mut SheetReading, kind: Option<DemandKind>) {
        let mut samples: Vec<Vec<&str>> = vec![Vec::new(); table.columns.len()];
        for value in table.items.iter().take(500).flat_map(|item| &item.values) {
            samples[value.column].push(&value.text);
        }
        let Options { aliases, mapping, .. } = self.options;
        let found = assign(&table.columns, &samples, T::KIND, aliases, mapping, self.around.catalogue);
        for (column, assignment) in table.columns.iter().zip(&found) {
            self.column(column, assignment, origin, account);
        }
        let headers: Vec<Arc<str>> = table.columns.iter().map(shared_header).collect();
        let scales = scales(table, &found);
        for item in &table.items {
            self.items += 1;
            if self.items.is_multiple_of(1000) {
                self.tell();
            }
            account.counts.read += 1;
            let origin = Origin { row: item.row, column: None, ..origin.clone() };
            if item.state == ItemState::Hidden {
                self.reject(origin, ProblemKind::Hidden, &mut account.counts);
                continue;
            }
            self.item(item, &origin, &headers, &found, &scales, &mut account.counts, kind);
        }
    }

    fn column(
        &mut self,
        column: &crate::layout::Column,
        assignment: &Assignment,
        origin: &Origin,
        account: &mut SheetReading,
    ) {
        let field = match &assignment.meaning {
            Some(Meaning::Field(field)) => field.to_string(),
            Some(Meaning::Serial) => "序号".into(),
            Some(Meaning::PersonalId) => "身份证号（不导入）".into(),
            None => String::new(),
        };
        let header = column.header();
        if matches!(assignment.how, How::PartOfHeader | How::Content) {
            let origin = Origin { row: 0, column: column.column, ..origin.clone() };
            let reading = format!("列按“{field}”导入（依据：{}）", assignment.how.chinese());
            self.import.guesses.push(Guess { origin, header: header.clone(), reading });
        }
        let letters = column.column.map_or(String::new(), column_letters);
        let reading = ColumnReading { letters, header, field, how: assignment.how.chinese() };
        if !account.columns.contains(&reading) {
            account.columns.push(reading);
        }
    }

    #[expect(clippy::too_many_arguments, reason = "what one item is read by; a struct would be used once")]
    fn item(
        &mut self,
        item: &Item,
        origin: &Origin,
        headers: &[Arc<str>],
        found: &[Assignment],
        scales: &FxHashMap<Arc<str>, MaturityScale>,
        counts: &mut Counts,
        kind: Option<DemandKind>,
    ) {
        let mut draft = Draft {
            origin: origin.clone(),
            catalogue: self.around.catalogue,
            fields: Vec::new(),
            context: item.context.clone(),
            scales,
            guesses: Vec::new(),
            problems: Vec::new(),
            extra: FieldMap::new(),
        };
        for value in &item.values {
            let header = headers[value.column].clone();
            let (row, column) = value.place;
            let draft_value =
                DraftValue { header: header.clone(), text: value.text.clone(), column: Some(column), row };
            match &found[value.column].meaning {
                Some(Meaning::Field(field)) => draft.put(field, draft_value),
                Some(Meaning::Serial) => {}
                Some(Meaning::PersonalId) => draft.problem(&draft_value, ProblemKind::PersonalId),
                None => {
                    let name = if header.is_empty() { column_letters(column).into() } else { header };
                    draft.put(&name, draft_value);
                }
            }
        }
        let has_title = draft.fields.iter().any(|(field, _)| &**field == "title");
        if !has_title {
            self.import.problems.append(&mut draft.problems);
            self.reject(origin.clone(), ProblemKind::NoTitle, counts);
            return;
        }
        let given = draft.line("id").map(|id| id.split_whitespace().collect::<Vec<_>>().join("-"));
        let is_derived = given.is_none();
        let record = T::from_draft(&mut draft, given.unwrap_or_default(), self.institutions, kind);
        self.import.problems.append(&mut draft.problems);
        self.import.guesses.append(&mut draft.guesses);
        let mut record = record;
        if is_derived {
            let said = [record.title(), record.owner().unwrap_or_default(), record.body()].join("\u{1f}");
            record.set_id(format!("{}-{:012x}", id_letter(T::KIND), hash(&said)));
        }
        self.add(record, origin.clone(), counts);
    }

    /// Adds a record, unless it repeats one of its file exactly.
    fn add(&mut self, mut record: T, origin: Origin, counts: &mut Counts) {
        let said = hash(&[record.id(), record.title(), record.body()].join("\u{1f}"));
        let alike = self.file_items.entry(said).or_default();
        if let Some(&first) = alike.iter().find(|&&at| self.import.records[at] == record) {
            let first = self.import.origins[first].clone();
            self.import.problems.push(Problem { origin, header: None, kind: ProblemKind::Repeated { first } });
            counts.merged += 1;
            return;
        }
        let at = self.import.records.len();
        alike.push(at);
        if let Some(&first) = self.ids.get(record.id()) {
            let id = record.id().to_owned();
            let new = (2..).map(|n| format!("{id}-{n}")).find(|new| !self.ids.contains_key(new)).unwrap_or_default();
            record.set_id(new.clone());
            let first = self.import.origins[first].clone();
            let kind = ProblemKind::IdTaken { id, new, first };
            self.import.problems.push(Problem { origin: origin.clone(), header: None, kind });
        }
        self.ids.insert(record.id().to_owned(), at);
        self.import.records.push(record);
        self.import.origins.push(origin);
        counts.imported += 1;
    }

    fn reject(&mut self, origin: Origin, kind: ProblemKind, counts: &mut Counts) {
        counts.rejected += 1;
        self.import.problems.push(Problem { origin, header: None, kind });
    }
}
