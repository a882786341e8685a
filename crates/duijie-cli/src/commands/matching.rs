use crate::input::{FilterOptions, Leniency, LexiconOptions, RankingOptions, not_among, read_demands};
use crate::progress;
use crate::render::{MatchWriter, OutputFormat};
use anyhow::{Context, Result};
use duijie::{BatchOptions, Catalogue, Demand, Error, MatchOptions, Matcher, Month, Unit};
use std::io::IsTerminal;
use std::path::PathBuf;

/// Rank institutions or achievements for every demand
#[derive(clap::Args)]
pub(crate) struct Match {
    /// The folder of the index
    #[arg(long, value_name = "DIR")]
    index: PathBuf,
    /// Files of demands: .jsonl, or .csv in UTF-8 or GB18030; - is standard input (JSONL)
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    demands: Vec<PathBuf>,
    /// Only the demands of the chain whose event has this number, or is next
    #[arg(long, value_name = "N|next")]
    event: Option<Event>,
    /// The day that `--event next` counts from [default: today]
    #[arg(long, value_name = "YYYY-MM-DD", requires = "event")]
    today: Option<jiff::civil::Date>,
    /// What is ranked
    #[arg(long, value_enum, default_value_t = UnitName::Institution)]
    unit: UnitName,
    /// How many for each demand at most
    #[arg(long, default_value_t = 10, value_parser = clap::builder::RangedU64ValueParser::<usize>::new().range(1..))]
    top: usize,
    /// [default: by the ending of --out, else jsonl]
    #[arg(long, value_enum)]
    format: Option<OutputFormat>,
    /// The file to write, - for standard output; left out on a terminal, a table is shown
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Threads, at most 256 [default: all cores]
    #[arg(long, default_value_t = 0, hide_default_value = true,
          value_parser = clap::builder::RangedU64ValueParser::<usize>::new().range(0..=256))]
    threads: usize,
    #[command(flatten)]
    filter: FilterOptions,
    #[command(flatten)]
    ranking: RankingOptions,
    #[command(flatten)]
    lexicon: LexiconOptions,
    #[command(flatten)]
    leniency: Leniency,
}

#[derive(Clone, Copy, clap::ValueEnum)]
pub(crate) enum UnitName {
    Institution,
    Achievement,
}

#[derive(Clone, Copy)]
enum Event {
    Number(u32),
    Next,
}

impl std::str::FromStr for Event {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "next" => Ok(Self::Next),
            number => number.parse().map(Self::Number).map_err(|_| "give the number of an event, or next".to_owned()),
        }
    }
}

impl Match {
    pub(crate) fn run(self) -> Result<()> {
        let matcher = Matcher::open_with(&self.index, self.lexicon.lexicon()?)?;
        let catalogue = matcher.catalogue();
        if let Some(out) = &self.out {
            not_among(out, self.demands.iter().map(PathBuf::as_path))?;
        }
        let rejects = self.leniency.rejects(&[&self.demands], self.out.as_deref())?;
        let mut demands = read_demands(&self.demands, &catalogue, &self.leniency, rejects)?;
        let vectors = self.ranking.vectors(&demands, &matcher)?;
        if let Some(event) = self.event {
            demands = self.of_event(event, demands, &catalogue)?;
        }
        let options = MatchOptions {
            unit: match self.unit {
                UnitName::Institution => Unit::Institution,
                UnitName::Achievement => Unit::Achievement,
            },
            top: self.top,
            filter: self.filter.filter(&catalogue)?,
            profile: self.ranking.profile()?,
            vectors,
            ..MatchOptions::default()
        };
        let format = match (self.format, &self.out) {
            (Some(format), _) => format,
            (None, Some(path)) => OutputFormat::of(path)?,
            (None, None) if std::io::stdout().is_terminal() => OutputFormat::Table,
            (None, None) => OutputFormat::Jsonl,
        };
        let cancel = progress::cancel_on_interrupt()?;
        let mut writer = MatchWriter::new(format, self.out.as_deref(), &matcher, &options.profile.name)?;
        let bar = progress::bar(demands.len(), "matching");
        let batch = BatchOptions {
            threads: self.threads,
            progress: Some(&|done| bar.set_position(done as u64)),
            cancel: Some(cancel),
        };
        let mut failed = None;
        let mut remaining = demands.iter();
        let outcome = matcher.match_batch(&demands, &options, &batch, |matched| {
            let demand = remaining.next().filter(|demand| demand.id == matched.demand);
            let demand = demand.unwrap_or_else(|| unreachable!("results come in the order of the demands"));
            writer.write(demand, &matched).map_err(|error| {
                failed = Some(error);
                Error::Cancelled
            })
        });
        bar.finish_and_clear();
        if let Some(error) = failed {
            return Err(error);
        }
        outcome?;
        writer.finish()
    }

    fn of_event(&self, event: Event, demands: Vec<Demand>, catalogue: &Catalogue) -> Result<Vec<Demand>> {
        let chain = match event {
            Event::Number(number) => catalogue.event(number).with_context(|| {
                let last = catalogue.chains.iter().map(|chain| chain.no).max().unwrap_or(0);
                format!("catalogue {} has no event {number}; its events are 1 to {last}", catalogue.version)
            })?,
            Event::Next => {
                let today = self.today.unwrap_or_else(|| jiff::Zoned::now().date());
                let month = Month { year: today.year().unsigned_abs(), month: today.month().unsigned_abs() };
                catalogue.next_event(month).with_context(|| {
                    let last = catalogue.chains.iter().map(|chain| chain.event_window.to).max();
                    let last = last.map_or_else(String::new, |last| format!(" (the last is in {last})"));
                    format!(
                        "no event of catalogue {} comes after {today}{last}; give an earlier day with --today, \
                         a number with --event, or build the index with a newer --catalogue",
                        catalogue.version
                    )
                })?
            }
        };
        let all = demands.len();
        let chosen: Vec<Demand> =
            demands.into_iter().filter(|demand| demand.chain.as_ref() == Some(&chain.id)).collect();
        eprintln!("event {} ({}): {} of {all} demands", chain.no, chain.name, chosen.len());
        Ok(chosen)
    }
}
