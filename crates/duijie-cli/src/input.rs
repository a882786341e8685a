//! Options and readings that several commands share.

use anyhow::Result;
use duijie::{
    Catalogue, Demand, Filter, InstitutionKind, Intake, RankProfile, RecordReader, Strictness, write_rejects,
};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What to do with rows that cannot be used.
#[derive(clap::Args)]
pub(crate) struct Leniency {
    /// Set unusable rows aside into a reject file, with the reason, and go on with the rest
    #[arg(long)]
    lenient: bool,
    /// The reject file [default: rejects.jsonl in the current folder]
    #[arg(long, value_name = "FILE", requires = "lenient")]
    rejects: Option<PathBuf>,
}

impl Leniency {
    pub(crate) fn strictness(&self) -> Strictness {
        if self.lenient { Strictness::Lenient } else { Strictness::Strict }
    }

    /// Writes the rows set aside and says how many of how many there were.
    pub(crate) fn report<T>(&self, what: &str, intake: &Intake<T>, rejects: &mut Vec<duijie::Reject>) {
        let (used, aside) = (intake.records.len(), intake.rejects.len());
        if aside > 0 {
            eprintln!("{what}: {} rows read = {used} used + {aside} set aside", used + aside);
        }
        rejects.extend(intake.rejects.iter().cloned());
    }

    pub(crate) fn write(&self, rejects: &[duijie::Reject]) -> Result<()> {
        if rejects.is_empty() {
            return Ok(());
        }
        let path = self.rejects.as_deref().unwrap_or(Path::new("rejects.jsonl"));
        write_rejects(rejects, path)?;
        eprintln!("the {} rows set aside are in {}", rejects.len(), path.display());
        Ok(())
    }
}

/// Which achievements may match.
#[derive(clap::Args)]
pub(crate) struct FilterOptions {
    /// Only achievements of this chain (id or name)
    #[arg(long, value_name = "CHAIN")]
    chain: Option<String>,
    /// Only achievements of this sub-industry (code or name)
    #[arg(long, value_name = "SUB")]
    sub_industry: Option<String>,
    /// Only institutions of this province, such as 山东
    #[arg(long)]
    province: Option<String>,
    /// Only institutions of this kind: university or institute
    #[arg(long, value_parser = institution_kind)]
    kind: Option<InstitutionKind>,
    /// Only achievements of at least this technology readiness level, or of an unknown one
    #[arg(long, value_name = "TRL", value_parser = clap::value_parser!(u8).range(1..=9))]
    min_maturity: Option<u8>,
}

fn institution_kind(word: &str) -> Result<InstitutionKind, String> {
    InstitutionKind::from_word(word).ok_or_else(|| "give university or institute".to_owned())
}

impl FilterOptions {
    pub(crate) fn filter(&self, catalogue: &Catalogue) -> Result<Filter> {
        let (mut chain, mut sub_industry) = (self.chain.clone(), self.sub_industry.clone());
        catalogue.settle(&mut chain, &mut sub_industry)?;
        Ok(Filter {
            chain,
            sub_industry,
            province: self.province.clone(),
            kind: self.kind,
            min_maturity: self.min_maturity,
            ..Filter::default()
        })
    }
}

/// The weights.
#[derive(clap::Args)]
pub(crate) struct ProfileOption {
    /// A rank profile (TOML) in place of the built-in one
    #[arg(long, value_name = "FILE")]
    profile: Option<PathBuf>,
}

impl ProfileOption {
    pub(crate) fn profile(&self) -> Result<Arc<RankProfile>> {
        Ok(match &self.profile {
            Some(path) => Arc::new(RankProfile::load(path)?),
            None => Arc::default(),
        })
    }
}

/// Reads demands against a catalogue.
pub(crate) fn read_demands(paths: &[PathBuf], catalogue: &Catalogue, leniency: &Leniency) -> Result<Vec<Demand>> {
    let intake = RecordReader::new(catalogue, leniency.strictness()).demands(paths)?;
    let mut rejects = Vec::new();
    leniency.report("demands", &intake, &mut rejects);
    leniency.write(&rejects)?;
    Ok(intake.records)
}
