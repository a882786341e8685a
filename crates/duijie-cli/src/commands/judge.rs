use crate::input::not_among;
use crate::record_files::RecordFiles;
use crate::render::print;
use anyhow::{Context, Result};
use duijie::AtomicFile;
use duijie_eval::Run;
use duijie_tables::{pool_rankings, read_judging_workbook, write_judging_workbook};
use std::io::Write;
use std::path::PathBuf;

/// Have pairs judged by hand: write a workbook for two judges, and read it back
#[derive(clap::Subcommand)]
pub(crate) enum Judge {
    /// Pool the pairs that runs of achievements rank highest into a workbook, blind to ranks and scores
    Write(WriteWorkbook),
    /// Read a judged workbook: agreement and disagreements, and qrels of the pairs that both judged
    Read(ReadWorkbook),
}

#[derive(clap::Args)]
pub(crate) struct WriteWorkbook {
    /// TREC runs of achievements
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    run: Vec<PathBuf>,
    /// How many of each demand's ranking are taken
    #[arg(long, value_name = "N", default_value_t = 10,
          value_parser = clap::builder::RangedU64ValueParser::<usize>::new().range(1..))]
    depth: usize,
    #[command(flatten)]
    files: RecordFiles,
    /// The workbook to write (.xlsx)
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

#[derive(clap::Args)]
pub(crate) struct ReadWorkbook {
    /// The judged workbook
    #[arg(value_name = "FILE")]
    workbook: PathBuf,
    /// The qrels to write; where the judges differ, the lower grade stands
    #[arg(long, value_name = "FILE")]
    qrels: Option<PathBuf>,
}

impl Judge {
    pub(crate) fn run(self) -> Result<()> {
        match self {
            Self::Write(command) => command.run(),
            Self::Read(command) => command.run(),
        }
    }
}

impl WriteWorkbook {
    fn run(self) -> Result<()> {
        let inputs = [self.run.clone(), self.files.paths()].concat();
        not_among(&self.out, inputs.iter().map(PathBuf::as_path))?;
        let runs = self.run.iter().map(Run::from_path).collect::<Result<Vec<_>, _>>()?;
        let read = self.files.read(Some(&self.out))?;
        let rankings = runs.iter().flat_map(|run| {
            run.demands().map(|demand| (demand, run.ranking(demand).iter().map(|ranked| ranked.id.as_str())))
        });
        let pairs = pool_rankings(rankings, self.depth);
        write_judging_workbook(&self.out, &pairs, &read.records())?;
        eprintln!("{} pairs for two judges are in {}", pairs.len(), self.out.display());
        Ok(())
    }
}

impl ReadWorkbook {
    fn run(self) -> Result<()> {
        if let Some(qrels) = &self.qrels {
            not_among(qrels, std::iter::once(self.workbook.as_path()))?;
        }
        let judged = read_judging_workbook(&self.workbook)?;
        print(judged.report())?;
        if let Some(path) = &self.qrels {
            let mut file = AtomicFile::create(path)?;
            file.write_all(judged.qrels().as_bytes()).with_context(|| format!("cannot write {}", path.display()))?;
            file.commit()?;
        }
        Ok(())
    }
}
