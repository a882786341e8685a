//! Events: plans, gaps, outreach, consortia, showcases, the ledger, the calendar.

mod ledger;
mod planning;
mod products;
mod report;
mod schedule;
mod survey;

pub(crate) use ledger::Ledger;
pub(crate) use planning::{plan, replan};
pub(crate) use products::showcase;
pub(crate) use report::Report;
pub(crate) use schedule::{calendar, calendar_done, calendar_move};
pub(crate) use survey::{consortium, gaps, outreach};

use crate::error::{Kind, access_error, engine_error};
use crate::long_work::Watch;
use crate::matcher::Matcher;
use crate::profile::RankProfile;
use duijie::{BatchOptions, Demand, DemandMatch, MatchOptions};
use duijie_event::EventError;
use pyo3::prelude::*;
use std::sync::atomic::Ordering;

/// An error of planning and keeping events as a Python exception.
fn event_error(error: EventError) -> PyErr {
    let kind = match error {
        EventError::Matching(error) => return engine_error(error),
        EventError::Read { ref path, ref source } => return access_error(error.to_string(), path, source),
        EventError::Ledger { .. } => Kind::Access,
        EventError::UnknownLine { .. } | EventError::UnknownAbsent { .. } | EventError::UnknownTask { .. } => {
            Kind::UnknownId
        }
        _ => Kind::Input,
    };
    kind.error(error.to_string())
}

/// The ranking of every institution for each of the demands.
fn rank_all(matcher: &Matcher, profile: &RankProfile, demands: &[Demand], watch: &Watch) -> PyResult<Vec<DemandMatch>> {
    let top = matcher.0.institutions().len().max(1);
    let options = MatchOptions { top, profile: profile.0.clone(), ..MatchOptions::default() };
    let tell = |done| watch.done.store(done, Ordering::Relaxed);
    let batch = BatchOptions { threads: 0, progress: Some(&tell), cancel: Some(&watch.cancel) };
    let mut matches = Vec::with_capacity(demands.len());
    let outcome = matcher.0.match_batch(demands, &options, &batch, |matched| {
        matches.push(matched);
        Ok(())
    });
    outcome.map_err(engine_error)?;
    Ok(matches)
}

/// A day, or today.
fn day(text: Option<&str>) -> PyResult<jiff::civil::Date> {
    match text {
        None => Ok(jiff::Zoned::now().date()),
        Some(text) => {
            text.parse().map_err(|_| Kind::Input.error(format!("{text:?} is no date of the form 2024-03-20")))
        }
    }
}
