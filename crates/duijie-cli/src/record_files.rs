//! Everything there is for an event: demands, achievements and institutions out of files.

use crate::input::{Intakes, Leniency, write_aside};
use anyhow::Result;
use duijie::{Achievement, Catalogue, Demand, Institutions};
use duijie_tables::Records;
use std::path::{Path, PathBuf};

/// The files that it is in.
#[derive(clap::Args)]
pub(crate) struct RecordFiles {
    /// Files of demands and 卡脖子 listings: .jsonl, .csv, and official tables (.xlsx, .xls, .ods, .docx, .html), also
    /// folders and patterns
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    demands: Vec<PathBuf>,
    /// Files of achievements, likewise
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    achievements: Vec<PathBuf>,
    /// Files of institutions (.jsonl, .csv)
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    institutions: Vec<PathBuf>,
    /// Another catalogue than the built-in Annex 1
    #[arg(long, value_name = "FILE")]
    catalogue: Option<PathBuf>,
    #[command(flatten)]
    leniency: Leniency,
}

/// What was in the files.
pub(crate) struct FileRecords {
    catalogue: Catalogue,
    institutions: Institutions,
    demands: Vec<Demand>,
    achievements: Vec<Achievement>,
}

impl RecordFiles {
    pub(crate) fn paths(&self) -> Vec<PathBuf> {
        [&self.demands[..], &self.achievements, &self.institutions].concat()
    }

    /// Reads them; `out` is what will be written.
    pub(crate) fn read(&self, out: Option<&Path>) -> Result<FileRecords> {
        let catalogue = match &self.catalogue {
            Some(path) => Catalogue::load(path)?,
            None => Catalogue::default(),
        };
        let aside = self.leniency.rejects(&[&self.paths()], out)?;
        let mut intakes = Intakes::new(&self.leniency, &catalogue);
        let institutions = Institutions::new(intakes.institutions(&self.institutions)?)?;
        let achievements = intakes.achievements(&self.achievements, &institutions)?;
        let demands = intakes.demands(&self.demands)?;
        write_aside(&intakes.aside, aside)?;
        Ok(FileRecords { catalogue, institutions, demands, achievements })
    }
}

impl FileRecords {
    pub(crate) fn records(&self) -> Records<'_> {
        let Self { catalogue, institutions, demands, achievements } = self;
        Records { catalogue, institutions, demands, achievements }
    }
}
