//! From single items to records: what is in a table's row, or in an object.

use super::account::{FileReading, SheetReading};
use super::draft::{Draft, DraftValue};
use super::filler::filler;
use super::objects::{Objects, without_ids};
use super::options::DoubtfulRows;
use super::reader::Reader;
use super::record::{TableRecord, hash, id_letter};
use super::{Counts, Problem, ProblemKind};
use crate::columns::{Assignment, How, Meaning};
use crate::layout::Item;
use crate::sheet::{Origin, column_letters};
use crate::values::{MaturityScale, Tick, tick};
use duijie::{DemandKind, FieldMap, RecordProblem};
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::hash::BuildHasher;
use std::sync::Arc;

/// Where the id of a record is from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum IdSource {
    /// Its table.
    Given,
    /// What it says.
    Derived,
}

/// The columns of a table and what they mean.
pub(super) struct Columns {
    pub(super) headers: Vec<Arc<str>>,
    /// What a tick in a column chooses: the lowest line of its head, where columns beside it have others under the
    /// same question.
    pub(super) choices: Vec<Option<Arc<str>>>,
    pub(super) found: Vec<Assignment>,
    /// How many have a head.
    pub(super) headed: usize,
    pub(super) scales: FxHashMap<Arc<str>, MaturityScale>,
    /// What the table's demands are, where they do not say.
    pub(super) kind: Option<DemandKind>,
}

impl<T: TableRecord> Reader<'_, T> {
    pub(super) fn objects(&mut self, found: Objects, origin: &Origin, reading: &mut FileReading) {
        let mut sheet =
            SheetReading { layout: Some(found.table.layout.chinese()), rows: found.rows, ..Default::default() };
        sheet.counts.read += found.rejected.len();
        sheet.counts.rejected += found.rejected.len();
        self.import.problems.extend(found.rejected);
        for (row, mut fields) in found.records {
            if self.options.is_cancelled() {
                return;
            }
            let origin = Origin { row, ..origin.clone() };
            sheet.counts.read += 1;
            self.items += 1;
            for header in without_ids(&mut fields) {
                let kind = ProblemKind::PersonalId;
                self.import.problems.push(Problem { origin: origin.clone(), header: Some(header), kind });
            }
            let source = if fields.contains_key("id") { IdSource::Given } else { IdSource::Derived };
            if source == IdSource::Derived {
                let said = fields.iter().map(|(key, value)| format!("{key}{value}")).collect::<String>();
                fields.insert("id".into(), format!("{}-{:012x}", id_letter(T::KIND), hash(&said)).into());
            }
            let record = T::try_from(fields).and_then(|mut record| {
                record.settle(self.industries.catalogue, self.institutions)?;
                Ok(record)
            });
            match record {
                Ok(record) => self.add(record, source, origin, &mut sheet.counts),
                Err(problem) => self.reject(origin, ProblemKind::Unusable(problem), &mut sheet.counts),
            }
        }
        self.table(found.table, origin, &mut sheet, None);
        reading.sheets.push(sheet);
    }

    pub(super) fn item(&mut self, mut item: Item, origin: &Origin, columns: &Columns, counts: &mut Counts) {
        let memos = self.memos.clone();
        let mut draft = Draft {
            origin: origin.clone(),
            industries: self.industries,
            memos: &memos,
            fields: Vec::new(),
            context: item.context.clone(),
            scales: &columns.scales,
            guesses: Vec::new(),
            problems: Vec::new(),
            extra: FieldMap::new(),
        };
        draft.fields.reserve_exact(item.values.len());
        let mut serial = None;
        for value in &mut item.values {
            let header = columns.headers[value.column].clone();
            let (row, column) = value.place;
            if let Some(choice) = &columns.choices[value.column] {
                match tick(&value.text) {
                    Some(Tick::Chosen) => value.text = choice.to_string(),
                    Some(Tick::Not) => continue,
                    None => {}
                }
            }
            let draft_value =
                DraftValue { header: header.clone(), text: std::mem::take(&mut value.text), column: Some(column), row };
            match &columns.found[value.column].meaning {
                Some(Meaning::Field(field)) => draft.put(field, draft_value),
                Some(Meaning::Serial) => serial = Some(draft_value.text),
                Some(Meaning::PersonalId) => draft.problem(&draft_value, ProblemKind::PersonalId),
                None => {
                    if columns.found[value.column].how == How::Beyond {
                        let (found, expected) = (column as usize + 1, columns.headed);
                        draft.problem(
                            &draft_value,
                            ProblemKind::Surplus { text: draft_value.text.clone(), found, expected },
                        );
                    }
                    let name = if header.is_empty() { column_letters(column).into() } else { header };
                    draft.put(&name, draft_value);
                }
            }
        }
        let is_title = |(field, _): &&(Arc<str>, DraftValue)| &**field == "title";
        let others = draft.fields.iter().filter(|value| !is_title(value)).map(|(_, value)| value.text.as_str());
        let unfit = match draft.fields.iter().find(is_title) {
            Some((_, title)) => filler(serial.as_deref(), &title.text, others),
            None => Some(ProblemKind::NoTitle),
        };
        if let Some(kind) = unfit {
            self.import.problems.append(&mut draft.problems);
            self.reject(origin.clone(), kind, counts);
            return;
        }
        let given = draft.line("id").map(|id| id.split_whitespace().collect::<Vec<_>>().join("-"));
        let source = if given.is_some() { IdSource::Given } else { IdSource::Derived };
        let mut record = T::from_draft(&mut draft, given.unwrap_or_default(), self.institutions, columns.kind);
        if self.options.doubtful_rows == DoubtfulRows::Reject {
            if let Some(doubt) = self.damage(&item, origin) {
                self.reject(origin.clone(), ProblemKind::Unusable(doubt), counts);
                return;
            }
            let mut doubts = draft.problems.iter().filter_map(|problem| Some((problem, problem.kind.doubt()?)));
            if let Some((Problem { origin, header, .. }, doubt)) = doubts.next() {
                let kind = ProblemKind::Unusable(doubt);
                self.import.problems.push(Problem { origin: origin.clone(), header: header.clone(), kind });
                counts.rejected += 1;
                return;
            }
        }
        self.import.problems.append(&mut draft.problems);
        self.import.guesses.append(&mut draft.guesses);
        if source == IdSource::Derived {
            let said = [record.title(), record.owner().unwrap_or_default(), record.body()].join("\u{1f}");
            record.set_id(format!("{}-{:012x}", id_letter(T::KIND), hash(&said)));
        }
        self.add(record, source, origin.clone(), counts);
    }

    /// What is wrong with cells of the item that its values do not tell.
    fn damage(&self, item: &Item, origin: &Origin) -> Option<RecordProblem> {
        let last = item.values.last().map_or(item.row, |value| value.place.0);
        (item.row..=last).find_map(|row| self.damaged_rows.get(&(origin.sheet.clone(), row))?.doubt())
    }

    /// Adds a record, unless it repeats one of its file exactly.
    fn add(&mut self, mut record: T, source: IdSource, origin: Origin, counts: &mut Counts) {
        let said = FxBuildHasher.hash_one((record.id(), record.title(), record.body()));
        let mut alike = self.file_items.get(&said).into_iter().flatten();
        if let Some(&first) = alike.find(|&&at| self.import.records[at] == record) {
            let first = self.import.origins[first].clone();
            self.import.problems.push(Problem { origin, header: None, kind: ProblemKind::Repeated { first } });
            counts.merged += 1;
            return;
        }
        if let Some(&first) = self.ids.get(record.id()) {
            let first = self.import.origins[first].clone();
            let id = record.id().to_owned();
            if self.options.doubtful_rows == DoubtfulRows::Reject {
                let problem = RecordProblem::DuplicateId { id, first: first.to_string() };
                self.reject(origin, ProblemKind::Unusable(problem), counts);
                return;
            }
            let new = (2..).map(|n| format!("{id}-{n}")).find(|new| !self.ids.contains_key(new)).unwrap_or_default();
            record.set_id(new.clone());
            // An id that no table gave is nothing to report; that the records are alike is told as a duplicate.
            if source == IdSource::Given {
                let kind = ProblemKind::IdTaken { id, new, first };
                self.import.problems.push(Problem { origin: origin.clone(), header: None, kind });
            }
        }
        let at = self.import.records.len();
        self.file_items.entry(said).or_default().push(at);
        self.ids.insert(record.id().to_owned(), at);
        self.import.records.push(record);
        self.import.origins.push(origin);
        counts.imported += 1;
    }

    pub(super) fn reject(&mut self, origin: Origin, kind: ProblemKind, counts: &mut Counts) {
        counts.rejected += 1;
        self.import.problems.push(Problem { origin, header: None, kind });
    }
}
