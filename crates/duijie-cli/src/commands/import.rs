use crate::input::not_among;
use crate::progress;
use crate::render::print;
use anyhow::{Context, Result, bail, ensure};
use duijie::{Catalogue, DemandKind, Institutions, RecordReader, Strictness};
use duijie_tables::{
    Aliases, HiddenRows, Import as Imported, ImportReport, Options, Progress, read_achievements, read_demands,
};
use serde::Serialize;
use std::path::{Path, PathBuf};

/// Read official tables into records (.jsonl), with a report of every guess and problem
///
/// Files and rows that cannot be used are in the report, and the rest is read. Each record has its place in the tables
/// as the field `origin`.
#[derive(clap::Args)]
#[command(group = clap::ArgGroup::new("tables").required(true).args(["demands", "achievements"]))]
pub(crate) struct Import {
    /// Tables of demands: .xlsx, .xls, .ods, .docx, .csv, .html, .jsonl; also folders and patterns (征集表/*.docx)
    #[arg(long, num_args = 1.., value_name = "FILE")]
    demands: Vec<PathBuf>,
    /// Tables of achievements, likewise
    #[arg(long, num_args = 1.., value_name = "FILE")]
    achievements: Vec<PathBuf>,
    /// Files of institutions, which the achievements name
    #[arg(long, num_args = 1.., value_name = "FILE", conflicts_with = "demands", required_unless_present = "demands")]
    institutions: Vec<PathBuf>,
    /// The records to write (.jsonl)
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// The report as a web page (.html) or a workbook (.xlsx); the terminal has it in any case
    #[arg(long, num_args = 1.., value_name = "FILE")]
    report: Vec<PathBuf>,
    /// What columns mean, whatever the dictionary says: header or letter, and the field's name in the dictionary
    #[arg(long, num_args = 1.., value_name = "HEADER=FIELD", value_parser = column)]
    columns: Vec<(String, String)>,
    /// A dictionary of headers (TOML) that adds to the built-in one
    #[arg(long, value_name = "FILE")]
    aliases: Option<PathBuf>,
    /// Read hidden rows and sheets like all others
    #[arg(long)]
    hidden: bool,
    /// The demands are 卡脖子 listings, where the tables do not say
    #[arg(long, conflicts_with = "achievements")]
    bottlenecks: bool,
    /// Another catalogue than the built-in Annex 1
    #[arg(long, value_name = "FILE")]
    catalogue: Option<PathBuf>,
}

fn column(text: &str) -> Result<(String, String), String> {
    let (header, field) = text.rsplit_once('=').ok_or("give HEADER=FIELD, such as 榜额=budget_wan")?;
    Ok((header.to_owned(), field.to_owned()))
}

impl Import {
    pub(crate) fn run(self) -> Result<()> {
        let inputs = [&self.demands[..], &self.achievements, &self.institutions].concat();
        for written in self.report.iter().chain([&self.out]) {
            not_among(written, inputs.iter().map(PathBuf::as_path))?;
        }
        let records = self.out.extension().is_some_and(|ending| ending == "jsonl") || self.out == Path::new("-");
        ensure!(
            records,
            "{}: records are written as JSON Lines; give --out a name that ends in .jsonl",
            self.out.display()
        );
        for report in &self.report {
            ReportFormat::of(report)?;
        }
        let catalogue = match &self.catalogue {
            Some(path) => Catalogue::load(path)?,
            None => Catalogue::default(),
        };
        let bar = progress::reading_bar();
        let tell = |now: Progress| progress::show_reading(&bar, now);
        let options = Options {
            aliases: match &self.aliases {
                Some(path) => Aliases::default().extended_by(path)?,
                None => Aliases::default(),
            },
            mapping: self.columns.clone(),
            hidden_rows: if self.hidden { HiddenRows::Read } else { HiddenRows::Reject },
            demand_kind: self.bottlenecks.then_some(DemandKind::Bottleneck),
            progress: Some(&tell),
            ..Options::default()
        };
        if self.demands.is_empty() {
            let reader = RecordReader::new(&catalogue, Strictness::Strict);
            let institutions = Institutions::new(reader.institutions(&self.institutions)?.records)?;
            let import = read_achievements(&self.achievements, &catalogue, &institutions, &options)?;
            bar.finish_and_clear();
            self.write(&import)
        } else {
            let import = read_demands(&self.demands, &catalogue, &options)?;
            bar.finish_and_clear();
            self.write(&import)
        }
    }

    fn write<T: Serialize>(&self, import: &Imported<T>) -> Result<()> {
        let report = import.report();
        for path in &self.report {
            ReportFormat::of(path)?.write(&report, path)?;
        }
        let imported = import.counts().imported;
        let to_stdout = self.out == Path::new("-");
        // Before the report is shown: whoever reads it may go away.
        if imported > 0 && !to_stdout {
            import.write_jsonl(&self.out)?;
        }
        print(report.to_string().trim_end())?;
        ensure!(imported > 0, "no row of the tables became a record; the report says why");
        if to_stdout {
            import.write_jsonl(&self.out)?;
        }
        eprintln!("{imported} records are in {}", self.out.display());
        Ok(())
    }
}

#[derive(Clone, Copy)]
enum ReportFormat {
    Html,
    Xlsx,
}

impl ReportFormat {
    fn of(path: &Path) -> Result<Self> {
        let ending =
            path.extension().and_then(|ending| ending.to_str()).context("give the report as .html or .xlsx")?;
        Ok(match ending {
            "html" | "htm" => Self::Html,
            "xlsx" => Self::Xlsx,
            _ => bail!("{}: give the report as .html or .xlsx", path.display()),
        })
    }

    fn write(self, report: &ImportReport, path: &Path) -> Result<()> {
        match self {
            Self::Html => report.write_html(path)?,
            Self::Xlsx => report.write_xlsx(path)?,
        }
        Ok(())
    }
}
