use super::report::{Report, Rows, json};
use super::{event_error, rank_all};
use crate::columns::Holds::{self, Count, Number, Text};
use crate::error::Kind;
use crate::long_work::long_work;
use crate::matcher::Matcher;
use crate::profile::RankProfile;
use crate::records::DemandList;
use duijie::{Catalogue, Demand, Institutions};
use duijie_event::{Absence, Event, Ledger, PastPairs, PlanRequest, SavedPlan, Schedule, Sheet};
use pyo3::prelude::*;
use serde_json::Value;
use std::path::{Path, PathBuf};

const MEETINGS: &[(&str, Holds)] =
    &[("demand", Text), ("institution", Text), ("slot", Count), ("table", Count), ("city", Text), ("score", Number)];
const UNMET: &[(&str, Holds)] = &[("demand", Text), ("reason", Text)];
const CONFLICTS: &[(&str, Holds)] = &[("limits", Text), ("demands", Text), ("institutions", Text)];
const RELAXATIONS: &[(&str, Holds)] = &[("changes", Text)];
const ALTERNATES: &[(&str, Holds)] = &[("demand", Text), ("institution", Text), ("slot", Count), ("instead", Text)];
const MOVED: &[(&str, Holds)] = &[("from", Text), ("to", Text)];

/// The text of an event file, or of the values of one.
fn event(text: &str) -> PyResult<Event> {
    let text = match serde_json::from_str::<toml::Table>(text) {
        Ok(table) => toml::to_string(&table).map_err(|error| Kind::Input.error(error.to_string()))?,
        Err(_) => text.to_owned(),
    };
    text.parse().map_err(event_error)
}

/// What the ledger of past events says to the event: `past` is `not_again`, `settled_only` or `again`.
fn heed(
    ledger: &Path,
    past: &str,
    event: &mut Event,
    demands: &mut Vec<Demand>,
    catalogue: &Catalogue,
    institutions: &Institutions,
) -> PyResult<()> {
    let past = match past {
        "not_again" => PastPairs::NotAgain,
        "settled_only" => PastPairs::SettledOnly,
        "again" => PastPairs::Again,
        other => {
            let what = format!("past should be not_again, settled_only or again, found {other:?}");
            return Err(Kind::Input.error(what));
        }
    };
    let ledger = Ledger::open(ledger).map_err(event_error)?;
    let chain = event.chain(catalogue).map_err(event_error)?.map(|chain| chain.id.clone());
    for record in ledger.carried_over().map_err(event_error)?.into_iter().filter_map(|carried| carried.record) {
        let of_chain = chain.is_none() || record.chain == chain;
        if of_chain && demands.iter().all(|known| known.id != record.id) {
            demands.push(record);
        }
    }
    ledger.keep_apart(event, catalogue, demands, institutions, past, &[]).map_err(event_error)?;
    Ok(())
}

/// What a plan needs, made ready by ranking.
struct Ready {
    event: Event,
    name: String,
    catalogue: Catalogue,
    institutions: Institutions,
    demands: Vec<Demand>,
    matches: Vec<duijie::DemandMatch>,
}

impl Ready {
    fn request(&self) -> PlanRequest<'_> {
        PlanRequest {
            event: &self.event,
            catalogue: &self.catalogue,
            demands: &self.demands,
            matches: &self.matches,
            institutions: &self.institutions,
        }
    }
}

fn ready(
    matcher: &Matcher,
    demands: &DemandList,
    profile: &RankProfile,
    event_text: &str,
    schedule: Option<&Path>,
    ledger: Option<(&Path, &str)>,
    watch: &crate::long_work::Watch,
) -> PyResult<Ready> {
    let (mut event, catalogue, institutions) = (event(event_text)?, matcher.0.catalogue(), matcher.0.institutions());
    let mut demands = demands.records.clone();
    if let Some(path) = schedule {
        event.follow(&Schedule::load(path).map_err(event_error)?, &catalogue).map_err(event_error)?;
    }
    if let Some((path, past)) = ledger {
        heed(path, past, &mut event, &mut demands, &catalogue, &institutions)?;
    }
    let chain = event.chain(&catalogue).map_err(event_error)?.map(|chain| chain.id.clone());
    let own: Vec<Demand> = demands.iter().filter(|demand| chain.is_none() || demand.chain == chain).cloned().collect();
    let matches = rank_all(matcher, profile, &own, watch)?;
    let name = event.name(&catalogue).map_err(event_error)?;
    Ok(Ready { event, name, catalogue, institutions, demands, matches })
}

fn report(title: &str, value: &Value, sheets: Vec<Sheet>, changes: bool) -> Report {
    let mut rows = vec![
        Rows::of(value, "meetings", MEETINGS),
        Rows::of(value, "unmet", UNMET),
        Rows::of(value, "conflicts", CONFLICTS),
        Rows::of(value, "relaxations", RELAXATIONS),
        Rows::of(value, "alternates", ALTERNATES),
    ];
    if changes {
        rows.extend(["lost", "added", "dropped"].map(|name| Rows::of(value, name, MEETINGS)));
        rows.push(Rows::of(value, "moved", MOVED));
    }
    Report::new(title, value, rows, sheets)
}

/// Who meets whom; `event` is the text of an event file or its values as JSON.
#[pyfunction]
#[pyo3(signature = (matcher, demands, profile, event, *, schedule, ledger, past, progress))]
#[expect(clippy::too_many_arguments, reason = "called with keywords from one place")]
pub(crate) fn plan(
    py: Python<'_>,
    matcher: &Matcher,
    demands: &DemandList,
    profile: &RankProfile,
    event: &str,
    schedule: Option<PathBuf>,
    ledger: Option<PathBuf>,
    past: &str,
    progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<Report> {
    long_work(py, progress, |watch| {
        let ledger = ledger.as_deref().map(|path| (path, past));
        let ready = ready(matcher, demands, profile, event, schedule.as_deref(), ledger, watch)?;
        let plan = duijie_event::plan(&ready.request(), &|_| {}).map_err(event_error)?;
        let sheets = duijie_event::plan_sheets(&plan, &ready.request());
        Ok(report(&format!("{}安排表", ready.name), &json(&plan)?, sheets, false))
    })
}

/// A plan, given as JSON, mended for those who are absent.
#[pyfunction]
#[pyo3(signature = (matcher, demands, profile, event, previous, absent, *, schedule, progress))]
#[expect(clippy::too_many_arguments, reason = "called with keywords from one place")]
pub(crate) fn replan(
    py: Python<'_>,
    matcher: &Matcher,
    demands: &DemandList,
    profile: &RankProfile,
    event: &str,
    previous: &str,
    absent: Vec<String>,
    schedule: Option<PathBuf>,
    progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<Report> {
    let previous: SavedPlan = serde_json::from_str(previous)
        .map_err(|error| Kind::Input.error(format!("the previous plan is none: {error}")))?;
    long_work(py, progress, |watch| {
        let ready = ready(matcher, demands, profile, event, schedule.as_deref(), None, watch)?;
        let absence = Absence::of(&absent, &ready.demands, &ready.institutions).map_err(event_error)?;
        let mended = duijie_event::replan(&ready.request(), &previous, &absence, &|_| {}).map_err(event_error)?;
        let sheets = duijie_event::replan_sheets(&mended, &ready.request());
        Ok(report(&format!("{}安排表（调整）", ready.name), &json(&mended)?, sheets, true))
    })
}
