//! Options and readings that several commands share.

use crate::progress;
use anyhow::{Result, bail};
use duijie::{
    Achievement, Catalogue, Demand, DemandVectors, Filter, Institution, InstitutionKind, Institutions, Intake, Lexicon,
    Matcher, RankProfile, RecordReader, Reject, Strictness, write_rejects,
};
use duijie_encoder::VectorFile;
use duijie_tables::{Collected, Options, Progress, collect_achievements, collect_demands};
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

    /// Says how many of how many rows were set aside, and keeps them for the reject file.
    pub(crate) fn report<T>(&self, what: &str, intake: &Intake<T>, rejects: &mut Vec<duijie::Reject>) {
        let (used, aside) = (intake.records.len(), intake.rejects.len());
        if aside > 0 {
            eprintln!("{what}: {} rows read = {used} used + {aside} set aside", used + aside);
        }
        rejects.extend(intake.rejects.iter().cloned());
    }

    /// The reject file; none of the files that are read, nor the one that is written.
    pub(crate) fn rejects(&self, inputs: &[&[PathBuf]], out: Option<&Path>) -> Result<PathBuf> {
        let rejects = self.rejects.clone().unwrap_or_else(|| PathBuf::from("rejects.jsonl"));
        let taken = inputs.iter().copied().flatten().map(PathBuf::as_path).chain(out);
        if self.lenient {
            not_among(&rejects, taken)?
        }
        Ok(rejects)
    }
}

/// Writes the rows set aside.
pub(crate) fn write_aside(rejects: &[duijie::Reject], path: PathBuf) -> Result<()> {
    if rejects.is_empty() {
        return Ok(());
    }
    write_rejects(rejects, &path)?;
    eprintln!("the {} rows set aside are in {}", rejects.len(), path.display());
    Ok(())
}

/// Refuses to write over a file that is read, or written, in the same run.
pub(crate) fn not_among<'p>(written: &Path, mut taken: impl Iterator<Item = &'p Path>) -> Result<()> {
    let place = |path: &Path| std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let own = place(written);
    let standard = Path::new("-");
    if written != standard && taken.any(|path| path != standard && place(path) == own && !is_device(path)) {
        bail!("{} would be written over itself; give another file to write", written.display());
    }
    Ok(())
}

fn is_device(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|metadata| !metadata.is_file())
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

/// The weights, and what else a ranking is made with.
#[derive(clap::Args)]
pub(crate) struct RankingOptions {
    /// A built-in rank profile (default, with-vectors, bottleneck) or a file (TOML) [default: with-vectors
    /// where --demand-vectors is given, else default]
    #[arg(long, value_name = "NAME|FILE")]
    profile: Option<PathBuf>,
    /// An encoder's vectors of the demands (.npy, float32, one row a demand, in their order or that of the ids
    /// in the .ids file beside it); the index must have vectors of the same encoder
    #[arg(long, value_name = "FILE")]
    demand_vectors: Option<PathBuf>,
}

impl RankingOptions {
    pub(crate) fn profile(&self) -> Result<Arc<RankProfile>> {
        let named = |name: &str| RankProfile::built_in(name);
        let Some(path) = &self.profile else {
            let name = if self.demand_vectors.is_some() { "with-vectors" } else { "default" };
            return Ok(Arc::new(named(name).expect("both are built in")));
        };
        let profile = match path.to_str().and_then(named) {
            Some(profile) => profile,
            // What has neither folder nor ending is meant as a name.
            None if path.extension().is_none() && path.file_name() == Some(path.as_os_str()) && !path.exists() => {
                let known: Vec<&str> = RankProfile::built_in_names().collect();
                bail!("there is no profile {}; give {}, or a file (TOML)", path.display(), known.join(", "))
            }
            None => RankProfile::load(path)?,
        };
        if profile.parts.semantic > 0.0 && self.demand_vectors.is_none() {
            bail!(
                "the profile {} weighs an encoder's vectors, and none are given; give --demand-vectors (made by \
                 `duijie encode`, say), or another profile",
                profile.name
            );
        }
        Ok(Arc::new(profile))
    }

    /// The vectors of `demands`, which are all of those that were read.
    pub(crate) fn vectors(&self, demands: &[Demand], matcher: &Matcher) -> Result<Option<Arc<DemandVectors>>> {
        let Some(path) = &self.demand_vectors else { return Ok(None) };
        let Some(width) = matcher.vector_width() else {
            bail!(
                "the index has no vectors to compare those in {} with; build it with --achievement-vectors",
                path.display()
            );
        };
        let file = VectorFile::read(path)?;
        file.require_width(width)?;
        let ids: Vec<&str> = demands.iter().map(|demand| demand.id.as_str()).collect();
        let encoder = file.encoder().map(str::to_owned);
        let vectors = DemandVectors::new(ids.iter().copied(), file.for_records(&ids)?)?;
        Ok(Some(Arc::new(match encoder {
            Some(encoder) => vectors.made_by(&encoder),
            None => vectors,
        })))
    }
}

/// Words of your own.
#[derive(clap::Args)]
pub(crate) struct LexiconOptions {
    /// Term files (.tsv; named after the sub-industry's code, or shared.tsv) that add to the built-in term
    /// base; an index is read with the same files that it was built with
    #[arg(long, num_args = 1.., value_name = "FILE")]
    terms: Vec<PathBuf>,
}

impl LexiconOptions {
    /// The lexicon for records of a catalogue, by which the names of the files are checked.
    pub(crate) fn lexicon_for(&self, catalogue: &Catalogue) -> Result<Lexicon> {
        self.terms.iter().try_for_each(|path| catalogue.check_term_file(path))?;
        self.lexicon()
    }

    pub(crate) fn lexicon(&self) -> Result<Lexicon> {
        Ok(Lexicon::with_term_files(&self.terms)?)
    }
}

/// Reads demands and achievements out of tables and record files alike, and says what was made of them.
pub(crate) struct Intakes<'a> {
    leniency: &'a Leniency,
    catalogue: &'a Catalogue,
    pub(crate) aside: Vec<Reject>,
}

impl<'a> Intakes<'a> {
    pub(crate) fn new(leniency: &'a Leniency, catalogue: &'a Catalogue) -> Self {
        Self { leniency, catalogue, aside: Vec::new() }
    }

    pub(crate) fn institutions(&mut self, paths: &[PathBuf]) -> Result<Vec<Institution>> {
        let intake = RecordReader::new(self.catalogue, self.leniency.strictness()).institutions(paths)?;
        self.leniency.report("institutions", &intake, &mut self.aside);
        Ok(intake.records)
    }

    pub(crate) fn demands(&mut self, paths: &[PathBuf]) -> Result<Vec<Demand>> {
        let collected =
            with_progress(|options| collect_demands(paths, self.catalogue, self.leniency.strictness(), options))?;
        Ok(self.take("demands", collected))
    }

    pub(crate) fn achievements(&mut self, paths: &[PathBuf], institutions: &Institutions) -> Result<Vec<Achievement>> {
        let collected = with_progress(|options| {
            collect_achievements(paths, self.catalogue, institutions, self.leniency.strictness(), options)
        })?;
        Ok(self.take("achievements", collected))
    }

    fn take<T>(&mut self, what: &str, collected: Collected<T>) -> Vec<T> {
        self.leniency.report(what, &collected.intake, &mut self.aside);
        if collected.remarks > 0 {
            eprintln!(
                "{what}: {} values or columns of the tables were guessed or not taken as they stand; \
                 duijie import --report lists them",
                collected.remarks
            );
        }
        collected.intake.records
    }
}

/// Reads tables with a progress bar.
pub(crate) fn with_progress<R>(read: impl FnOnce(&Options<'_>) -> R) -> R {
    let bar = progress::reading_bar();
    let tell = |now: Progress| progress::show_reading(&bar, now);
    let result = read(&Options { progress: Some(&tell), ..Options::default() });
    bar.finish_and_clear();
    result
}

/// Reads demands against a catalogue; rows set aside go into `rejects`.
pub(crate) fn read_demands(
    paths: &[PathBuf],
    catalogue: &Catalogue,
    leniency: &Leniency,
    rejects: PathBuf,
) -> Result<Vec<Demand>> {
    let mut intakes = Intakes::new(leniency, catalogue);
    let demands = intakes.demands(paths)?;
    write_aside(&intakes.aside, rejects)?;
    if demands.is_empty() {
        eprintln!("there are no demands in the files given");
    }
    Ok(demands)
}
