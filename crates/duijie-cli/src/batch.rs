//! Ranking a batch of demands: what the commands share that rank.

use crate::asked::{Asked, Question, Threads};
use crate::input::FilterOptions;
use anyhow::{Context, Result};
use duijie::{Catalogue, Chain, Demand, DemandMatch, MatchOptions, Matcher, Month, Unit};
use std::path::Path;

/// Which demands are ranked, against what, and how.
#[derive(clap::Args)]
pub(crate) struct Batch {
    #[command(flatten)]
    question: Question,
    /// Only the demands of the chain whose event has this number, or is next
    #[arg(long, value_name = "N|next")]
    event: Option<Event>,
    /// The day that `--event next` counts from [default: today]
    #[arg(long, value_name = "YYYY-MM-DD", requires = "event")]
    today: Option<jiff::civil::Date>,
    #[command(flatten)]
    threads: Threads,
    #[command(flatten)]
    filter: FilterOptions,
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

/// A batch that has been read.
pub(crate) struct Prepared {
    pub(crate) matcher: Matcher,
    pub(crate) demands: Vec<Demand>,
    pub(crate) options: MatchOptions,
    /// The chain of the event, if one was named.
    pub(crate) chain: Option<Chain>,
    threads: Threads,
}

impl Batch {
    /// Opens the index and reads the demands; `out` is what will be written.
    pub(crate) fn prepare(&self, out: Option<&Path>, unit: Unit, top: usize) -> Result<Prepared> {
        let asked = self.question.read(out.as_slice())?;
        let Asked { matcher, catalogue, mut demands, profile, vectors } = asked;
        let chain = self.event.map(|event| self.chain_of(event, &catalogue)).transpose()?.cloned();
        if let Some(chain) = &chain {
            let all = demands.len();
            demands.retain(|demand| demand.chain.as_ref() == Some(&chain.id));
            eprintln!("event {} ({}): {} of {all} demands", chain.no, chain.name, demands.len());
        }
        let options = MatchOptions {
            unit,
            top,
            filter: self.filter.filter(&catalogue)?,
            profile,
            vectors,
            ..MatchOptions::default()
        };
        Ok(Prepared { matcher, demands, options, chain, threads: self.threads })
    }

    fn chain_of<'c>(&self, event: Event, catalogue: &'c Catalogue) -> Result<&'c Chain> {
        match event {
            Event::Number(number) => catalogue.event(number).with_context(|| {
                let last = catalogue.chains.iter().map(|chain| chain.no).max().unwrap_or(0);
                format!("catalogue {} has no event {number}; its events are 1 to {last}", catalogue.version)
            }),
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
                })
            }
        }
    }
}

impl Prepared {
    /// Ranks every demand; `each` is given the rankings in the order of the demands.
    pub(crate) fn run(&self, each: impl FnMut(&Demand, DemandMatch) -> Result<()>) -> Result<()> {
        self.threads.rank(&self.matcher, &self.demands, &self.options, each)
    }

    /// All rankings at once.
    pub(crate) fn matches(&self) -> Result<Vec<DemandMatch>> {
        let mut matches = Vec::with_capacity(self.demands.len());
        self.run(|_, matched| {
            matches.push(matched);
            Ok(())
        })?;
        Ok(matches)
    }
}
