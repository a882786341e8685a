//! Rankings as files and as what a person reads.

mod csv_file;
mod explanation;
mod proposals;
mod report;
mod table;

pub(crate) use explanation::explanation_text;
pub(crate) use proposals::proposals_report;
pub(crate) use report::{ReportOutput, titled};
pub(crate) use table::{catalogue_table, print_match};

use anyhow::{Result, bail};
use csv_file::CsvMatches;
use duijie::{AtomicFile, Demand, DemandMatch, Matcher, write_trec};
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// Prints to standard output; that whoever reads it has gone is an error to be told from others, not a panic.
pub(crate) fn print(text: impl std::fmt::Display) -> Result<()> {
    Ok(writeln!(io::stdout(), "{text}")?)
}

/// How rankings are written.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum OutputFormat {
    /// A JSON object a demand
    Jsonl,
    /// TREC run lines
    Trec,
    /// A row a ranked entry, for spreadsheets
    Csv,
    /// 匹配结果, a workbook with a sheet a chain
    Xlsx,
    /// A table for people
    Table,
}

impl OutputFormat {
    /// The format that a file's ending asks for.
    pub(crate) fn of(path: &Path) -> Result<Self> {
        Ok(match path.extension().and_then(|ending| ending.to_str()) {
            _ if path == Path::new("-") => Self::Jsonl,
            Some("jsonl" | "ndjson") => Self::Jsonl,
            Some("trec" | "run") => Self::Trec,
            Some("csv") => Self::Csv,
            Some("xlsx") => Self::Xlsx,
            Some("txt") => Self::Table,
            _ => bail!("{}: the ending says no format; give --format", path.display()),
        })
    }
}

/// Writes rankings one by one; a file appears only when all of them are in it.
pub(crate) struct MatchWriter<'m> {
    format: OutputFormat,
    out: Out,
    /// For the format csv.
    csv: Option<CsvMatches>,
    matcher: &'m Matcher,
    tag: &'m str,
}

enum Out {
    File(AtomicFile),
    Standard(BufWriter<io::Stdout>),
}

impl Out {
    /// A file, or standard output.
    fn at(path: Option<&Path>) -> Result<Self> {
        Ok(match path {
            Some(path) => Self::File(AtomicFile::create(path)?),
            None => Self::Standard(BufWriter::new(io::stdout())),
        })
    }

    /// Makes the file appear, now that it is complete.
    fn finish(mut self) -> Result<()> {
        self.flush()?;
        match self {
            Self::File(file) => Ok(file.commit()?),
            Self::Standard(_) => Ok(()),
        }
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::File(file) => file.write(bytes),
            Self::Standard(out) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::File(file) => file.flush(),
            Self::Standard(out) => out.flush(),
        }
    }
}

impl<'m> MatchWriter<'m> {
    pub(crate) fn new(format: OutputFormat, path: Option<&Path>, matcher: &'m Matcher, tag: &'m str) -> Result<Self> {
        let mut out = Out::at(path.filter(|path| *path != Path::new("-")))?;
        let csv = match format {
            OutputFormat::Csv => Some(CsvMatches::start(matcher, &mut out)?),
            _ => None,
        };
        Ok(Self { format, out, csv, matcher, tag })
    }

    pub(crate) fn write(&mut self, demand: &Demand, matched: &DemandMatch) -> Result<()> {
        match self.format {
            OutputFormat::Jsonl => {
                serde_json::to_writer(&mut self.out, matched)?;
                self.out.write_all(b"\n")?;
            }
            OutputFormat::Trec => write_trec(&mut self.out, matched, self.tag)?,
            OutputFormat::Csv => {
                if let Some(csv) = &self.csv {
                    csv.write(&mut self.out, demand, matched, self.matcher)?;
                }
            }
            OutputFormat::Xlsx => bail!("a workbook is written as a whole"),
            OutputFormat::Table => print_match(&mut self.out, demand, matched, self.matcher)?,
        }
        Ok(())
    }

    pub(crate) fn finish(self) -> Result<()> {
        self.out.finish()
    }
}
