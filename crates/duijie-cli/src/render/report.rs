//! Reports: JSON for scripts, tables for people, spreadsheets and documents to hand out.

use super::Out;
use super::table::plain_table;
use anyhow::{Context, Result, bail};
use duijie_event::Sheet;
use duijie_tables::{TitledTable, write_table_csv, write_tables_docx, write_tables_xlsx};
use serde::Serialize;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

/// Where a report goes, and in what form.
#[derive(clap::Args)]
pub(crate) struct ReportOutput {
    /// The file to write (.json, .xlsx, .docx, .csv or .txt), - for standard output; left out on a terminal,
    /// tables are shown
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// [default: by the ending of --out, else json]
    #[arg(long, value_enum)]
    format: Option<ReportFormat>,
    /// Title of the one table to write [default: all; the first in a csv]
    #[arg(long, value_name = "TITLE")]
    table: Option<String>,
}

/// How a report is written.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum ReportFormat {
    /// One JSON object
    Json,
    /// A workbook, a sheet a table
    Xlsx,
    /// A Word document in landscape
    Docx,
    /// One table, for spreadsheets
    Csv,
    /// Tables for people
    Table,
}

impl ReportFormat {
    fn of(path: &Path) -> Result<Self> {
        Ok(match path.extension().and_then(|ending| ending.to_str()) {
            _ if path == Path::new("-") => Self::Json,
            Some("json") => Self::Json,
            Some("xlsx") => Self::Xlsx,
            Some("docx") => Self::Docx,
            Some("csv") => Self::Csv,
            Some("txt") => Self::Table,
            _ => bail!("{}: the ending says no format; end it in .json, .xlsx, .docx, .csv or .txt", path.display()),
        })
    }
}

/// A report's tables, ready to be written.
pub(crate) fn titled(sheets: Vec<Sheet>) -> Vec<TitledTable> {
    let table =
        |sheet: Sheet| TitledTable { title: sheet.title, header: sheet.header, rows: sheet.rows, scales: Vec::new() };
    sheets.into_iter().map(table).collect()
}

impl ReportOutput {
    /// The file that will be written, if it is one.
    pub(crate) fn path(&self) -> Option<&Path> {
        self.out.as_deref().filter(|path| *path != Path::new("-"))
    }

    fn format(&self) -> Result<ReportFormat> {
        match (self.format, &self.out) {
            (Some(format), _) => Ok(format),
            (None, Some(path)) => ReportFormat::of(path),
            (None, None) if std::io::stdout().is_terminal() => Ok(ReportFormat::Table),
            (None, None) => Ok(ReportFormat::Json),
        }
    }

    /// Whether tables are shown for people to read on the spot, where few columns have room.
    pub(crate) fn is_shown(&self) -> Result<bool> {
        Ok(self.format()? == ReportFormat::Table && self.path().is_none())
    }

    /// Fails where the ending says no format: before anything is done that would be for nothing.
    pub(crate) fn check(&self) -> Result<()> {
        match self.format()? {
            ReportFormat::Xlsx | ReportFormat::Docx if self.path().is_none() => {
                bail!("a workbook or document needs a file; give --out FILE.xlsx or FILE.docx")
            }
            _ => Ok(()),
        }
    }

    /// Writes the report: `value` as JSON, or its tables under a title.
    pub(crate) fn write(&self, title: &str, value: &impl Serialize, mut tables: Vec<TitledTable>) -> Result<()> {
        self.check()?;
        if let Some(wanted) = &self.table {
            let titles: Vec<String> = tables.iter().map(|table| table.title.clone()).collect();
            tables.retain(|table| table.title == *wanted);
            if tables.is_empty() {
                bail!("there is no table {wanted:?} in this report; its tables are {}", titles.join("、"));
            }
        }
        let file = self.path();
        match (self.format()?, file) {
            (ReportFormat::Xlsx, Some(path)) => return Ok(write_tables_xlsx(path, &tables)?),
            (ReportFormat::Docx, Some(path)) => return Ok(write_tables_docx(path, title, &tables)?),
            _ => {}
        }
        let mut out = Out::at(file)?;
        match self.format()? {
            ReportFormat::Json => {
                serde_json::to_writer_pretty(&mut out, value)?;
                out.write_all(b"\n")?;
            }
            ReportFormat::Csv => {
                let (first, others) = tables.split_first().context("this report has no table")?;
                write_table_csv(&mut out, first)?;
                if !others.is_empty() {
                    let others: Vec<&str> = others.iter().map(|table| table.title.as_str()).collect();
                    eprintln!("the csv holds the table {}; others with --table: {}", first.title, others.join("、"));
                }
            }
            _ => print_tables(&mut out, title, &tables)?,
        }
        out.finish()
    }
}

fn print_tables(out: &mut impl Write, title: &str, tables: &[TitledTable]) -> Result<()> {
    writeln!(out, "{title}")?;
    for sheet in tables {
        writeln!(out, "\n【{}】", sheet.title)?;
        if sheet.rows.is_empty() {
            writeln!(out, "（无）")?;
            continue;
        }
        let mut table = plain_table();
        table.set_header(&sheet.header).add_rows(&sheet.rows);
        writeln!(out, "{table}")?;
    }
    Ok(())
}
