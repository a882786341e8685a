use super::report::{Report, Rows, json};
use super::{day, event_error, rank_all};
use crate::columns::Holds::{self, Count, Number, Text};
use crate::error::{Kind, table_error};
use crate::long_work::long_work;
use crate::matcher::Matcher;
use crate::profile::RankProfile;
use crate::records::DemandList;
use duijie_event::{
    ConversionBy, EventRecord, LEDGER_COLUMNS, LedgerState, LedgerStep, SavedPlan, Sheet, carried_over_sheet,
    conversion_sheet, history_sheet, movement_sheet,
};
use duijie_tables::read_titled_table;
use pyo3::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::PathBuf;

const LINES: &[(&str, Holds)] = &[
    ("line", Count),
    ("event", Text),
    ("demand", Text),
    ("title", Text),
    ("enterprise", Text),
    ("institution", Text),
    ("institution_name", Text),
    ("chain", Text),
    ("sub_industry", Text),
    ("met_on", Text),
    ("responsible", Text),
    ("state", Text),
    ("reached", Text),
    ("since", Text),
    ("progress", Text),
    ("amount", Number),
    ("fund_need", Number),
    ("team", Text),
    ("next_step", Text),
    ("due", Text),
];
const STEPS: &[(&str, Holds)] = &[
    ("state", Text),
    ("on", Text),
    ("who", Text),
    ("why", Text),
    ("amount", Number),
    ("fund_need", Number),
    ("team", Text),
    ("next_step", Text),
    ("due", Text),
    ("recorded_at", Text),
];
const CONVERSION: &[(&str, Holds)] = &[
    ("name", Text),
    ("meetings", Count),
    ("intentions", Count),
    ("contracts", Count),
    ("delivered", Count),
    ("ended", Count),
    ("amount", Number),
];
const CARRIED: &[(&str, Holds)] = &[("demand", Text), ("event", Text), ("reason", Text)];
const RANKS: &[(&str, Holds)] =
    &[("demand", Text), ("institution", Text), ("before", Count), ("now", Count), ("movement", Text)];
const FOLLOW_UPS: &[(&str, Holds)] = &[("task", Count), ("content", Text), ("responsible", Text), ("rows", Count)];

/// The ledger of a file; opened for each call, so that others may write meanwhile.
#[pyclass(frozen, module = "duijie._duijie")]
pub(crate) struct Ledger(PathBuf);

/// A list as a report of one table.
fn single(
    title: &str,
    name: &'static str,
    columns: &'static [(&'static str, Holds)],
    list: Value,
    sheet: Sheet,
) -> Report {
    let value = json!({ name: list });
    Report::new(title, &value, vec![Rows::of(&value, name, columns)], vec![sheet])
}

impl Ledger {
    fn read(&self) -> PyResult<duijie_event::Ledger> {
        duijie_event::Ledger::open(&self.0).map_err(event_error)
    }
}

#[pymethods]
impl Ledger {
    /// Opens a ledger, which is made if it is not there.
    #[staticmethod]
    fn open(path: PathBuf) -> PyResult<Self> {
        let ledger = Self(path);
        ledger.read().map(|_| ledger)
    }

    /// Records the meetings of a plan (JSON); answers what was recorded, by name.
    #[pyo3(signature = (matcher, demands, profile, plan, *, event, on, who, replaces))]
    #[expect(clippy::too_many_arguments, reason = "called with keywords from one place")]
    fn record(
        &self,
        py: Python<'_>,
        matcher: &Matcher,
        demands: &DemandList,
        profile: &RankProfile,
        plan: &str,
        event: &str,
        on: Option<&str>,
        who: &str,
        replaces: Option<&str>,
    ) -> PyResult<BTreeMap<&'static str, usize>> {
        let plan: SavedPlan =
            serde_json::from_str(plan).map_err(|error| Kind::Input.error(format!("the plan is none: {error}")))?;
        let date = day(on)?;
        long_work(py, None, |watch| {
            let matches = rank_all(matcher, profile, &demands.records, watch)?;
            let (institutions, catalogue) = (matcher.0.institutions(), matcher.0.catalogue());
            let record = EventRecord {
                event,
                date,
                plan: &plan,
                matches: &matches,
                demands: &demands.records,
                institutions: &institutions,
                catalogue: &catalogue,
                who,
                replaces,
            };
            let recorded = self.read()?.record_event(&record).map_err(event_error)?;
            Ok(BTreeMap::from([
                ("added", recorded.added),
                ("known", recorded.known),
                ("unsolved", recorded.unsolved),
                ("superseded", recorded.superseded),
                ("kept", recorded.kept),
            ]))
        })
    }

    /// Adds a step to a line.
    #[pyo3(signature = (line, state, *, who, why, on, amount, fund_need, team, next_step, due))]
    #[expect(clippy::too_many_arguments, reason = "called with keywords from one place")]
    fn step(
        &self,
        line: i64,
        state: &str,
        who: String,
        why: String,
        on: Option<&str>,
        amount: Option<f64>,
        fund_need: Option<f64>,
        team: Option<String>,
        next_step: Option<String>,
        due: Option<&str>,
    ) -> PyResult<()> {
        let known = || LedgerState::ALL.map(LedgerState::word).join(", ");
        let state = LedgerState::from_word(state)
            .ok_or_else(|| Kind::Input.error(format!("state should be one of {}, found {state:?}", known())))?;
        let due = due.map(|due| day(Some(due))).transpose()?;
        let step = LedgerStep { state, on: day(on)?, who, why, amount, fund_need, team, next_step, due };
        self.read()?.step(line, &step).map_err(event_error)
    }

    /// Takes in the official table; answers how many meetings were added and known.
    #[pyo3(signature = (table, *, who, why))]
    fn import_table(&self, table: PathBuf, who: &str, why: &str) -> PyResult<(usize, usize)> {
        let table = read_titled_table(&table, &[LEDGER_COLUMNS[1], LEDGER_COLUMNS[2]]).map_err(table_error)?;
        let sheet = Sheet { title: table.title, header: table.header, rows: table.rows };
        let recorded = self.read()?.import(&sheet, who, why).map_err(event_error)?;
        Ok((recorded.added, recorded.known))
    }

    /// All lines.
    fn lines(&self) -> PyResult<Report> {
        let ledger = self.read()?;
        let lines = ledger.lines().map_err(event_error)?;
        Ok(single("产学研对接工作台账", "lines", LINES, json(&lines)?, ledger.sheet().map_err(event_error)?))
    }

    /// All steps of a line.
    fn history(&self, line: i64) -> PyResult<Report> {
        let steps = self.read()?.history(line).map_err(event_error)?;
        Ok(single("产学研对接进展", "steps", STEPS, json(&steps)?, history_sheet(line, &steps)))
    }

    /// What is overdue, due, and without a date.
    #[pyo3(signature = (*, days, today))]
    fn due(&self, days: u16, today: Option<&str>) -> PyResult<Report> {
        let list = self.read()?.due(day(today)?, days).map_err(event_error)?;
        let value = json(&list)?;
        let rows = ["overdue", "due", "undated"].map(|name| Rows::of(&value, name, LINES)).into();
        Ok(Report::new("到期与逾期事项", &value, rows, vec![list.sheet()]))
    }

    /// Counts by `chain`, `sub_industry`, `institution` or `event`.
    fn conversion(&self, by: &str) -> PyResult<Report> {
        let by = match by {
            "chain" => ConversionBy::Chain,
            "sub_industry" => ConversionBy::SubIndustry,
            "institution" => ConversionBy::Institution,
            "event" => ConversionBy::Event,
            other => {
                let what = format!("by should be chain, sub_industry, institution or event, found {other:?}");
                return Err(Kind::Input.error(what));
            }
        };
        let rows = self.read()?.conversions(by).map_err(event_error)?;
        Ok(single("产学研对接成效", "conversion", CONVERSION, json(&rows)?, conversion_sheet(by, &rows)))
    }

    /// The lists of tasks 12 to 16.
    fn follow_ups(&self) -> PyResult<Report> {
        let lists = self.read()?.follow_ups().map_err(event_error)?;
        let rows: Vec<Value> = lists
            .iter()
            .map(|list| {
                let rows = list.sheet.rows.len();
                json!({ "task": list.task, "content": list.content, "responsible": list.responsible, "rows": rows })
            })
            .collect();
        let value = json!({ "tasks": rows, "lists": json(&lists)? });
        let rows = vec![Rows::of(&value, "tasks", FOLLOW_UPS)];
        Ok(Report::new("产学研对接后续工作清单", &value, rows, lists.into_iter().map(|list| list.sheet).collect()))
    }

    /// Demands that nobody has solved or is about to.
    fn carried_over(&self) -> PyResult<Report> {
        let carried = self.read()?.carried_over().map_err(event_error)?;
        Ok(single("结转需求", "demands", CARRIED, json(&carried)?, carried_over_sheet(&carried)))
    }

    /// How ranks have moved since an event.
    fn ranks(
        &self,
        py: Python<'_>,
        matcher: &Matcher,
        demands: &DemandList,
        profile: &RankProfile,
        since: &str,
    ) -> PyResult<Report> {
        long_work(py, None, |watch| {
            let matches = rank_all(matcher, profile, &demands.records, watch)?;
            let moved = self.read()?.rank_movements(since, &matches).map_err(event_error)?;
            let sheet = movement_sheet(&moved, &demands.records, &matcher.0.institutions());
            Ok(single("名次变化", "ranks", RANKS, json(&moved)?, sheet))
        })
    }
}
