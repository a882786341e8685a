//! The import report, for the official who sent for the tables.

mod html;
mod text;
mod xlsx;

use crate::import::{Counts, FileReading, Import};
use crate::{Result, TableError};
use std::path::Path;

/// The account of an import as officials read it: on a terminal, as a web page, as a workbook.
#[derive(Clone, Debug)]
pub struct ImportReport {
    what: &'static str,
    counts: Counts,
    files: Vec<FileReport>,
    guesses: Vec<[String; 5]>,
    problems: Vec<[String; 5]>,
    duplicates: Vec<[String; 5]>,
}

#[derive(Clone, Debug)]
struct FileReport {
    path: String,
    counts: Counts,
    error: Option<String>,
    remarks: Vec<String>,
    sheets: Vec<SheetReport>,
}

#[derive(Clone, Debug)]
struct SheetReport {
    name: String,
    layout: &'static str,
    rows: usize,
    counts: Counts,
    other_rows: String,
    /// Letter, header, what officials call the field, the field, how.
    columns: Vec<[String; 5]>,
}

const GUESS_HEADS: [&str; 5] = ["文件", "工作表", "单元格", "表头", "推断"];
const PROBLEM_HEADS: [&str; 5] = ["文件", "工作表", "单元格", "表头", "问题"];
const DUPLICATE_HEADS: [&str; 5] = ["编号一", "位置一", "编号二", "位置二", "依据（请人工确认）"];

impl<T> Import<T> {
    /// The account as officials read it.
    pub fn report(&self) -> ImportReport {
        let place =
            |origin: &crate::Origin| [origin.file.display().to_string(), origin.sheet.to_string(), origin.cell_name()];
        let line = |origin: &crate::Origin, header: &str, text: String| {
            let [file, sheet, cell] = place(origin);
            [file, sheet, cell, header.to_owned(), text]
        };
        ImportReport {
            what: self.what,
            counts: self.counts(),
            files: self.files.iter().map(FileReport::of).collect(),
            guesses: self
                .guesses
                .iter()
                .map(|guess| line(&guess.origin, &guess.header, guess.reading.clone()))
                .collect(),
            problems: self
                .problems
                .iter()
                .map(|problem| {
                    line(&problem.origin, problem.header.as_deref().unwrap_or_default(), problem.kind.to_string())
                })
                .collect(),
            duplicates: self
                .duplicates
                .iter()
                .map(|pair| {
                    let (first, second) = (pair.first_origin.to_string(), pair.second_origin.to_string());
                    [pair.first.clone(), first, pair.second.clone(), second, pair.likeness.chinese().to_owned()]
                })
                .collect(),
        }
    }
}

impl FileReport {
    fn of(file: &FileReading) -> Self {
        let sheet = |sheet: &crate::SheetReading| SheetReport {
            name: sheet.name.clone(),
            layout: sheet.layout.unwrap_or("未识别"),
            rows: sheet.rows,
            counts: sheet.counts,
            other_rows: sheet
                .other_rows
                .iter()
                .map(|(row_use, n)| format!("{row_use}{n}"))
                .collect::<Vec<_>>()
                .join("、"),
            columns: sheet
                .columns
                .iter()
                .map(|c| [c.letters.clone(), c.header.clone(), c.name.clone(), c.field.clone(), c.how.to_owned()])
                .collect(),
        };
        Self {
            path: file.path.display().to_string(),
            counts: file.counts(),
            error: file.error.as_ref().map(refusal),
            remarks: file.remarks.clone(),
            sheets: file.sheets.iter().map(sheet).collect(),
        }
    }
}

/// Why a file was not read, for officials.
fn refusal(error: &TableError) -> String {
    match error {
        TableError::LegacyWord { .. } => "旧版Word文件（.doc），请用Word或WPS另存为.docx".into(),
        TableError::Pdf { .. } => "PDF文件，表格无法可靠读取，请向报送单位索取.docx或.xlsx".into(),
        TableError::Picture { .. } => "图片文件，请向报送单位索取.docx或.xlsx".into(),
        TableError::Password { .. } => "文件有密码保护，请取消密码后重新保存".into(),
        TableError::UnknownKind { .. } => "不是可读取的表格格式，请另存为.xlsx或.docx".into(),
        TableError::Damaged { problem, .. } => format!("文件损坏（{problem}），请打开后重新保存"),
        TableError::TooLarge { of, limit, .. } => {
            let of = match *of {
                "cells" => "单元格数",
                "bytes unpacked" => "解压后字节数",
                "files" => "文件数",
                _ => "字节数",
            };
            format!("{of}超过上限{limit}，请拆分文件，或核实来源后调高上限")
        }
        TableError::Empty { .. } => "空文件，没有任何单元格，请向报送单位索取已填写的表格".into(),
        TableError::Read { source, .. } => format!("无法打开文件（{source}）"),
        other => other.to_string(),
    }
}

fn counts_line(counts: Counts) -> String {
    let Counts { read, imported, rejected, merged } = counts;
    format!("读到{read}条 = 导入{imported} + 未导入{rejected} + 合并重复{merged}")
}

impl ImportReport {
    /// Writes the report as a web page.
    ///
    /// # Errors
    ///
    /// Whatever writing meets.
    pub fn write_html(&self, path: &Path) -> Result<()> {
        html::write(self, path)
    }

    /// The report as a web page that needs nothing else.
    pub fn to_html(&self) -> String {
        html::page(self)
    }

    /// Writes the report as a workbook: 文件, 列对应, 推断, 问题, 疑似重复.
    ///
    /// # Errors
    ///
    /// Whatever writing meets.
    pub fn write_xlsx(&self, path: &Path) -> Result<()> {
        xlsx::write(self, path)
    }
}
