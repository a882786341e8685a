//! What is written into the ledger.

use super::super::plan::follow;
use super::LedgerFile;
use crate::ranked::RankedInput;
use crate::render::print;
use anyhow::{Context, Result, anyhow};
use duijie_event::{Event, EventError, EventRecord, LEDGER_COLUMNS, LedgerState, LedgerStep, SavedPlan, Sheet};
use duijie_tables::read_titled_table;
use jiff::civil::Date;
use std::path::PathBuf;

/// Record the meetings of an event from its plan, with the demands that met nobody and the rankings
///
/// Recording an event twice adds nothing; a plan that was mended since is recorded with --replaces.
#[derive(clap::Args)]
pub(super) struct Record {
    #[command(flatten)]
    ledger: LedgerFile,
    #[command(flatten)]
    input: RankedInput,
    /// The plan that was held: the .json that duijie plan wrote
    #[arg(long, value_name = "FILE")]
    plan: PathBuf,
    /// The event file (TOML)
    #[arg(long, value_name = "FILE")]
    event: PathBuf,
    /// The day of the meetings [default: that of the schedule, else of the event file]
    #[arg(long, value_name = "YYYY-MM-DD")]
    on: Option<Date>,
    /// The schedule that `duijie calendar move` writes, for an event that was moved
    #[arg(long, value_name = "FILE")]
    schedule: Option<PathBuf>,
    /// Who records it
    #[arg(long)]
    who: String,
    /// Why this plan takes the place of the one recorded before: meetings that it does without are superseded,
    /// unless something was noted of them since
    #[arg(long, value_name = "WHY")]
    replaces: Option<String>,
}

impl Record {
    pub(super) fn run(self) -> Result<()> {
        let mut event = Event::load(&self.event)?;
        let plan = SavedPlan::load(&self.plan)?;
        let mut opened = self.input.open(&[])?;
        if let Some(path) = &self.schedule {
            follow(&mut event, path, &opened.catalogue)?;
        }
        let name = event.name(&opened.catalogue)?;
        let day = self.on.or(event.date);
        let date = day.with_context(|| format!("{} has no date; give it with --on", self.event.display()))?;
        let chain = event.chain(&opened.catalogue)?.map(|chain| chain.id.clone());
        opened.keep_chain(chain.as_deref());
        let ranked = opened.rank()?;
        let recorded = self.ledger.open_or_create()?.record_event(&EventRecord {
            event: &name,
            date,
            plan: &plan,
            matches: &ranked.matches,
            demands: &ranked.demands,
            institutions: &ranked.institutions,
            catalogue: &ranked.catalogue,
            who: &self.who,
            replaces: self.replaces.as_deref(),
        })?;
        let replaced = match recorded.superseded + recorded.kept {
            0 => String::new(),
            _ => format!(", {} superseded, {} kept that something was noted of", recorded.superseded, recorded.kept),
        };
        print(format!(
            "{name}: {} meetings recorded, {} known already, {} demands met nobody{replaced}",
            recorded.added, recorded.known, recorded.unsolved
        ))
    }
}

/// Add a step to a line: an intention, a contract, a delivery, an end, or a note of progress
#[derive(clap::Args)]
pub(super) struct Step {
    #[command(flatten)]
    ledger: LedgerFile,
    /// Number of the line
    #[arg(long, value_name = "N")]
    line: i64,
    /// What has come about: met, intention, contract, delivered, declined, ended or superseded, or the Chinese word
    #[arg(long, value_parser = state)]
    state: LedgerState,
    /// Who says so
    #[arg(long)]
    who: String,
    /// Why, or what happened
    #[arg(long)]
    why: String,
    /// The day it came about [default: today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    on: Option<Date>,
    /// Amount of the contract or delivery, in 万元
    #[arg(long, value_parser = amount)]
    amount: Option<f64>,
    /// Funds asked for, in 万元
    #[arg(long, value_parser = amount)]
    fund_need: Option<f64>,
    /// The team behind it
    #[arg(long)]
    team: Option<String>,
    /// What comes next
    #[arg(long)]
    next_step: Option<String>,
    /// Until when
    #[arg(long, value_name = "YYYY-MM-DD")]
    due: Option<Date>,
}

fn state(word: &str) -> Result<LedgerState, String> {
    let known = || LedgerState::ALL.map(|state| format!("{} ({})", state.word(), state.chinese())).join(", ");
    LedgerState::from_word(word).ok_or_else(|| format!("give one of {}", known()))
}

fn amount(text: &str) -> Result<f64, String> {
    let number = text.parse().ok().filter(|amount: &f64| amount.is_finite() && *amount >= 0.0);
    number.ok_or_else(|| "give a number of 万元".to_owned())
}

impl Step {
    pub(super) fn run(self) -> Result<()> {
        let step = LedgerStep {
            state: self.state,
            on: self.on.unwrap_or_else(|| jiff::Zoned::now().date()),
            who: self.who,
            why: self.why,
            amount: self.amount,
            fund_need: self.fund_need,
            team: self.team,
            next_step: self.next_step,
            due: self.due,
        };
        self.ledger.open()?.step(self.line, &step)?;
        print(format!("line {}: {}", self.line, step.state.chinese()))
    }
}

/// Take in the official table: unknown meetings become lines, changed ones get a step; all rows or none
#[derive(clap::Args)]
pub(super) struct Import {
    #[command(flatten)]
    ledger: LedgerFile,
    /// The table: .xlsx, .xls, .ods, .docx, .csv or .html with the columns that export writes
    #[arg(long, value_name = "FILE")]
    table: PathBuf,
    /// Who hands it in
    #[arg(long)]
    who: String,
    /// Why, where a row does not say
    #[arg(long, default_value = "台账导入")]
    why: String,
}

impl Import {
    /// What officials hand in is answered in their language.
    pub(super) fn run(self) -> Result<()> {
        let path = self.table.display();
        let table = read_titled_table(&self.table, &[LEDGER_COLUMNS[1], LEDGER_COLUMNS[2]])
            .with_context(|| format!("{path}：未读到含“{}”“{}”两列的台账表", LEDGER_COLUMNS[1], LEDGER_COLUMNS[2]))?;
        let sheet = Sheet { title: table.title, header: table.header, rows: table.rows };
        let said = |error: EventError| match error.chinese() {
            Some(text) => anyhow!("{path}：{text}。台账未作改动"),
            None => error.into(),
        };
        let ledger = self.ledger.open_or_create();
        let recorded = ledger.and_then(|mut ledger| ledger.import(&sheet, &self.who, &self.why).map_err(said))?;
        print(format!("新增对接{}项，台账中已有{}项，新增进展{}条", recorded.added, recorded.known, recorded.steps))
    }
}
