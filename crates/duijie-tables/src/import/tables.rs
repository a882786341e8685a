//! From the tables of a sheet to their items, with what each column was taken for.

use super::account::{ColumnReading, FileReading, SheetReading};
use super::cell::CHOICES;
use super::draft::shared_header;
use super::items::Columns;
use super::reader::Reader;
use super::record::{TableRecord, scales};
use super::{Guess, Options, Problem, ProblemKind};
use crate::columns::{Assignment, How, Meaning, RecordKind, assign, label_key};
use crate::layout::{Column, Heading, ItemState, Layout, Lists, Particulars, RowUse, Table, forms, is_unfilled};
use crate::sheet::{Origin, Sheet, column_letters};
use crate::values::Vocabulary;
use duijie::DemandKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

impl<T: TableRecord> Reader<'_, T> {
    pub(super) fn lists(&mut self, path: &Arc<PathBuf>, sheet: &Sheet, lists: Lists, reading: &mut FileReading) {
        let origin = Origin { file: path.clone(), sheet: sheet.name.as_str().into(), row: 0, column: None };
        let mut account = SheetReading { name: sheet.name.clone(), rows: sheet.rows.len(), ..SheetReading::default() };
        for (_, row_use) in &lists.uses {
            *account.other_rows.entry(row_use.chinese()).or_default() += 1;
        }
        for (row, text) in lists.unread {
            let origin = Origin { row, ..origin.clone() };
            self.import.problems.push(Problem { origin, header: None, kind: ProblemKind::NotRead { text } });
        }
        for (row, reading) in lists.guesses {
            let origin = Origin { row, ..origin.clone() };
            self.import.guesses.push(Guess { origin, header: String::new(), reading });
        }
        for (row, text) in lists.unknown_sections {
            let origin = Origin { row, ..origin.clone() };
            self.import.problems.push(Problem { origin, header: None, kind: ProblemKind::UnknownSection { text } });
        }
        let kind = self.guessed_kind(path, &sheet.name, &origin);
        for table in lists.tables {
            account.layout = Some(table.layout.chinese());
            self.table(table, &origin, &mut account, kind);
        }
        reading.sheets.push(account);
    }

    /// Notes sheets that were read for what they say of the list behind them.
    pub(super) fn particulars(
        &mut self,
        path: &Arc<PathBuf>,
        sheets: &[&Sheet],
        said: Particulars,
        reading: &mut FileReading,
    ) {
        let first: Arc<str> = sheets.first().map_or("", |sheet| sheet.name.as_str()).into();
        for (row, text) in said.unread {
            let origin = Origin { file: path.clone(), sheet: first.clone(), row, column: None };
            self.import.problems.push(Problem { origin, header: None, kind: ProblemKind::NotRead { text } });
        }
        for sheet in sheets {
            let mut account = SheetReading { name: sheet.name.clone(), rows: sheet.rows.len(), ..Default::default() };
            account.layout = Some(Layout::Form.chinese());
            account.other_rows.insert(RowUse::Title.chinese(), sheet.rows.len());
            reading.sheets.push(account);
            let origin = Origin { file: path.clone(), sheet: sheet.name.as_str().into(), row: 0, column: None };
            let reading = "该表各项用于其后列表的各条".to_owned();
            self.import.guesses.push(Guess { origin, header: String::new(), reading });
        }
    }

    /// Notes a sheet that says how to fill in another.
    pub(super) fn instructions(&mut self, path: &Arc<PathBuf>, sheet: &Sheet, reading: &mut FileReading) {
        let origin = Origin { file: path.clone(), sheet: sheet.name.as_str().into(), row: 0, column: None };
        self.import.problems.push(Problem { origin, header: None, kind: ProblemKind::Instructions });
        let mut account = SheetReading { name: sheet.name.clone(), rows: sheet.rows.len(), ..Default::default() };
        account.other_rows.insert(RowUse::Note.chinese(), sheet.rows.len());
        reading.sheets.push(account);
    }

    pub(super) fn forms(&mut self, path: &Arc<PathBuf>, sheets: Vec<&Sheet>, reading: &mut FileReading) {
        let Some(first) = sheets.first() else { return };
        let origin = Origin { file: path.clone(), sheet: first.name.as_str().into(), row: 0, column: None };
        let mut account = SheetReading {
            name: sheets.iter().map(|sheet| sheet.name.as_str()).collect::<Vec<_>>().join("、"),
            rows: sheets
                .iter()
                .map(|sheet| if sheet.rows.is_empty() { sheet.preamble.len() } else { sheet.rows.len() })
                .sum(),
            ..SheetReading::default()
        };
        match forms(&sheets, &self.around) {
            Some(table) => {
                account.layout = Some(table.layout.chinese());
                for (row, text) in &table.unread {
                    let origin = Origin { row: *row, ..origin.clone() };
                    let kind = ProblemKind::NotRead { text: text.clone() };
                    self.import.problems.push(Problem { origin, header: None, kind });
                }
                for told in &table.told {
                    let sheet = told.sheet.clone().unwrap_or_else(|| origin.sheet.clone());
                    let (row, column) = told.place;
                    let origin = Origin { sheet, row, column: Some(column), ..origin.clone() };
                    let (header, reading) = (told.header.clone(), told.reading.clone());
                    self.import.guesses.push(Guess { origin, header, reading });
                }
                let kind = self.guessed_kind(path, &first.name, &origin);
                self.table(table, &origin, &mut account, kind);
            }
            None => {
                sheets.iter().for_each(|sheet| self.note_unknown(sheet));
                let empty = is_unfilled(&sheets, &self.around);
                let kind = if empty { ProblemKind::Unfilled } else { ProblemKind::NoTable };
                self.import.problems.push(Problem { origin, header: None, kind });
            }
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

    pub(super) fn table(
        &mut self,
        table: Table,
        origin: &Origin,
        account: &mut SheetReading,
        kind: Option<DemandKind>,
    ) {
        self.note_columns(&table.columns);
        let mut samples: Vec<Vec<&str>> = vec![Vec::new(); table.columns.len()];
        for value in table.items.iter().take(500).flat_map(|item| &item.values) {
            samples[value.column].push(&value.text);
        }
        let Options { aliases, mapping, .. } = self.options;
        let found = assign(&table.columns, &samples, T::KIND, aliases, mapping, self.industries);
        for (column, assignment) in table.columns.iter().zip(&found) {
            self.column(column, assignment, origin, account);
        }
        let headers = table.columns.iter().map(shared_header).collect();
        let headed = table.columns.iter().filter(|column| column.heading == Heading::Headed).count();
        let choices = choices(&table.columns, &found);
        let columns = Columns { headers, choices, scales: scales(&table, &found), found, headed, kind };
        for item in table.items {
            if self.options.is_cancelled() {
                return;
            }
            self.items += 1;
            if self.items.is_multiple_of(1000) {
                self.tell();
            }
            account.counts.read += 1;
            let sheet = item.sheet.clone().unwrap_or_else(|| origin.sheet.clone());
            let origin = Origin { sheet, row: item.row, column: None, ..origin.clone() };
            if item.state == ItemState::Hidden {
                self.reject(origin, ProblemKind::Hidden, &mut account.counts);
                continue;
            }
            self.item(item, &origin, &columns, &mut account.counts);
        }
    }

    fn column(&mut self, column: &Column, assignment: &Assignment, origin: &Origin, account: &mut SheetReading) {
        let field = match &assignment.meaning {
            Some(Meaning::Field(field)) => field.to_string(),
            Some(Meaning::Serial) => "序号".into(),
            Some(Meaning::PersonalId) => "身份证号（不导入）".into(),
            None => String::new(),
        };
        let name = match &assignment.meaning {
            Some(Meaning::Field(field)) => self.options.aliases.chinese(T::KIND, field),
            _ => field.clone(),
        };
        let header = column.header();
        if matches!(assignment.how, How::PartOfHeader | How::Content) {
            let origin = Origin { row: 0, column: column.column, ..origin.clone() };
            let reading = format!("列按“{name}”导入（依据：{}）", assignment.how.chinese());
            self.import.guesses.push(Guess { origin, header: header.clone(), reading });
        }
        let letters = column.column.map_or(String::new(), column_letters);
        let reading = ColumnReading { letters, header, name, field, how: assignment.how.chinese() };
        if !account.columns.contains(&reading) {
            account.columns.push(reading);
        }
    }
}

/// What a tick in each column chooses: the lowest line of its head under a question, or the mode that heads it alone.
fn choices(columns: &[Column], found: &[Assignment]) -> Vec<Option<Arc<str>>> {
    let is_choice = |assignment: &Assignment| matches!(&assignment.meaning, Some(Meaning::Field(field)) if CHOICES.contains(&&**field));
    let choice = |(column, assignment): (&Column, &Assignment)| {
        let (last, question) = column.heads.split_last()?;
        if question.is_empty() {
            // 转让方式 is a question itself: only a column told by its ticks has the choice for its head.
            let is_mode = matches!(&assignment.meaning, Some(Meaning::Field(field)) if &**field == "mode");
            return (is_mode
                && assignment.how == How::Content
                && Vocabulary::built_in().mode(&label_key(last)).is_some())
            .then(|| last.as_str().into());
        }
        let asks =
            |other: &&Column| other.heads.split_last().is_some_and(|(line, above)| above == question && line != last);
        (is_choice(assignment) && columns.iter().any(|other| asks(&other))).then(|| last.as_str().into())
    };
    columns.iter().zip(found).map(choice).collect()
}
