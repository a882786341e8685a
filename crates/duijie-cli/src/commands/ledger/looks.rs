//! What the ledger tells.

use super::LedgerFile;
use crate::ranked::RankedInput;
use crate::render::{ReportOutput, titled};
use anyhow::{Result, ensure};
use duijie_event::{
    ConversionBy, carried_over_sheet, conversion_sheet, history_sheet, ledger_overview_sheet, movement_sheet,
};
use jiff::civil::Date;

/// Write the official table of all lines; on the terminal, its most important columns
#[derive(clap::Args)]
pub(super) struct Export {
    #[command(flatten)]
    ledger: LedgerFile,
    #[command(flatten)]
    output: ReportOutput,
}

impl Export {
    pub(super) fn run(self) -> Result<()> {
        self.output.check()?;
        let ledger = self.ledger.open()?;
        let lines = ledger.lines()?;
        let sheet = if self.output.is_shown()? {
            eprintln!("the most important columns; all are in a file: --out 台账.xlsx");
            ledger_overview_sheet(&lines)
        } else {
            ledger.sheet()?
        };
        self.output.write("产学研对接工作台账", &lines, titled(vec![sheet]))
    }
}

/// Show every step of a line: when, who and why; files have the time besides at which it was written down
#[derive(clap::Args)]
pub(super) struct History {
    #[command(flatten)]
    ledger: LedgerFile,
    /// Number of the line
    #[arg(long, value_name = "N")]
    line: i64,
    #[command(flatten)]
    output: ReportOutput,
}

impl History {
    pub(super) fn run(self) -> Result<()> {
        let steps = self.ledger.open()?.history(self.line)?;
        let mut sheet = history_sheet(self.line, &steps);
        if self.output.is_shown()? {
            // When it was written down says little beside the day, and has no room on a terminal.
            sheet.header.pop();
            sheet.rows.iter_mut().for_each(|row| drop(row.pop()));
        }
        self.output.write("产学研对接进展", &steps, titled(vec![sheet]))
    }
}

/// List what is overdue, what is due soon, and open lines without a date
#[derive(clap::Args)]
pub(super) struct Due {
    #[command(flatten)]
    ledger: LedgerFile,
    /// How many days ahead
    #[arg(long, value_name = "N", default_value_t = 30)]
    days: u16,
    /// The day that counts as today
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<Date>,
    #[command(flatten)]
    output: ReportOutput,
}

impl Due {
    pub(super) fn run(self) -> Result<()> {
        let today = self.today.unwrap_or_else(|| jiff::Zoned::now().date());
        let list = self.ledger.open()?.due(today, self.days)?;
        self.output.write("到期与逾期事项", &list, titled(vec![list.sheet()]))
    }
}

/// Count meetings, intentions, contracts and deliveries
#[derive(clap::Args)]
pub(super) struct ConversionReport {
    #[command(flatten)]
    ledger: LedgerFile,
    /// What to count by
    #[arg(long, value_enum, default_value_t = By::Chain)]
    by: By,
    #[command(flatten)]
    output: ReportOutput,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum By {
    Chain,
    SubIndustry,
    Institution,
    Event,
}

impl ConversionReport {
    pub(super) fn run(self) -> Result<()> {
        let by = match self.by {
            By::Chain => ConversionBy::Chain,
            By::SubIndustry => ConversionBy::SubIndustry,
            By::Institution => ConversionBy::Institution,
            By::Event => ConversionBy::Event,
        };
        let rows = self.ledger.open()?.conversions(by)?;
        self.output.write("产学研对接成效", &rows, titled(vec![conversion_sheet(by, &rows)]))
    }
}

/// List teams, projects, rewards, fund needs and cases for the tasks 12 to 16 of Annex 2
#[derive(clap::Args)]
pub(super) struct FollowUps {
    #[command(flatten)]
    ledger: LedgerFile,
    /// Only the list of this task
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(12..=16))]
    task: Option<u32>,
    #[command(flatten)]
    output: ReportOutput,
}

impl FollowUps {
    pub(super) fn run(self) -> Result<()> {
        let mut lists = self.ledger.open()?.follow_ups()?;
        lists.retain(|list| self.task.is_none_or(|task| list.task == task));
        let sheets = lists.iter().map(|list| list.sheet.clone()).collect();
        self.output.write("产学研对接后续工作清单", &lists, titled(sheets))
    }
}

/// List demands of earlier events that nobody has solved or is about to
#[derive(clap::Args)]
pub(super) struct CarriedOver {
    #[command(flatten)]
    ledger: LedgerFile,
    #[command(flatten)]
    output: ReportOutput,
}

impl CarriedOver {
    pub(super) fn run(self) -> Result<()> {
        let carried = self.ledger.open()?.carried_over()?;
        self.output.write("结转需求", &carried, titled(vec![carried_over_sheet(&carried)]))
    }
}

/// Show how ranks have moved since an event
#[derive(clap::Args)]
pub(super) struct Ranks {
    #[command(flatten)]
    ledger: LedgerFile,
    #[command(flatten)]
    input: RankedInput,
    /// The event, by its name in the ledger
    #[arg(long, value_name = "NAME")]
    since: String,
    #[command(flatten)]
    output: ReportOutput,
}

impl Ranks {
    pub(super) fn run(self) -> Result<()> {
        self.output.check()?;
        let ledger = self.ledger.open()?;
        let events = ledger.events()?;
        ensure!(
            events.contains(&self.since),
            "the ledger has no rankings of {:?}; its events are {}",
            self.since,
            events.join(", ")
        );
        let ranked = self.input.open(self.output.path().as_slice())?.rank()?;
        let moved = ledger.rank_movements(&self.since, &ranked.matches)?;
        let sheet = movement_sheet(&moved, &ranked.demands, &ranked.institutions);
        self.output.write("名次变化", &moved, titled(vec![sheet]))
    }
}
