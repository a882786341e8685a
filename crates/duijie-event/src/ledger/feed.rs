//! What past events tell the next one.

use super::state::LedgerState;
use super::{Ledger, LedgerLine, LedgerMeeting};
use crate::{Event, EventError, Meeting, PairRule, Sheet};
use duijie::{Catalogue, Demand, Institutions};
use rusqlite::OptionalExtension;
use rustc_hash::FxHashSet;
use serde::Serialize;

/// Which pairs of the past are not proposed again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PastPairs {
    /// All that met, whatever came of it.
    #[default]
    NotAgain,
    /// Only those that declined or have a contract; others may meet again.
    SettledOnly,
    /// None: all may meet again.
    Again,
}

/// A demand of an earlier event that nobody has solved or is about to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CarriedOver {
    /// Id of the demand.
    pub demand: String,
    /// The last event that it came to.
    pub event: String,
    /// Why it met nobody, or what its last meeting came to.
    pub reason: String,
    /// The demand as it was then, where the ledger has it.
    pub record: Option<Demand>,
}

impl Ledger {
    /// Rules for the `[[forbid]]` of the next event, so that pairs of the past do not meet again;
    /// only of the demands given.
    ///
    /// # Errors
    ///
    /// [`EventError::Ledger`].
    pub fn past_pairs(&self, demands: &[Demand], past: PastPairs) -> Result<Vec<PairRule>, EventError> {
        self.past_rules(demands, past, &|_| false)
    }

    /// As [`Ledger::past_pairs`], without the lines that `of_event` tells to be no past.
    fn past_rules(
        &self,
        demands: &[Demand],
        past: PastPairs,
        of_event: &dyn Fn(&LedgerMeeting) -> bool,
    ) -> Result<Vec<PairRule>, EventError> {
        let known: FxHashSet<&str> = demands.iter().map(|demand| demand.id.as_str()).collect();
        let settled = |state| matches!(state, LedgerState::Contract | LedgerState::Delivered | LedgerState::Declined);
        let mut seen = FxHashSet::default();
        // Who was planned otherwise has not met.
        let lines = self.lines()?.into_iter().filter(|line| line.state != LedgerState::Superseded);
        let lines = lines.filter(|line| !of_event(&line.meeting));
        let lines = lines.filter(|line| match past {
            PastPairs::NotAgain => true,
            PastPairs::SettledOnly => settled(line.state),
            PastPairs::Again => false,
        });
        let lines = lines.filter(|line| known.contains(line.meeting.demand.as_str()));
        let lines = lines.filter(|line| seen.insert((line.meeting.demand.clone(), line.meeting.institution.clone())));
        let rules = lines.map(|line| PairRule {
            demand: Some(line.meeting.demand),
            enterprise: None,
            institution: Some(line.meeting.institution),
            reason: Some(format!("{}{}", line.meeting.event, line.state.chinese())),
        });
        Ok(rules.collect())
    }

    /// Forbids pairs of the past to an event, apart from those that the event requires: these were asked for.
    /// What the ledger already has of this very event (by its name, and its date if it has one), and the
    /// meetings of the `previous` plan that is to be mended, are no past. Answers how many pairs are kept apart.
    ///
    /// # Errors
    ///
    /// [`EventError::Ledger`]; [`EventError::UnknownEvent`] if the catalogue lacks the event.
    pub fn keep_apart(
        &self,
        event: &mut Event,
        catalogue: &Catalogue,
        demands: &[Demand],
        institutions: &Institutions,
        past: PastPairs,
        previous: &[Meeting],
    ) -> Result<usize, EventError> {
        let name = event.name(catalogue)?;
        let of_event = |line: &LedgerMeeting| line.event == name && event.date.is_none_or(|date| date == line.met_on);
        let mut rules = self.past_rules(demands, past, &of_event)?;
        let planned: FxHashSet<(&str, &str)> =
            previous.iter().map(|meeting| (meeting.demand.as_str(), meeting.institution.as_str())).collect();
        let id = |rule: &PairRule| {
            rule.institution.as_deref().and_then(|name| institutions.resolve(name).ok()).map(|i| &i.id)
        };
        // An institution that the index no longer knows meets nobody anyway.
        rules.retain(|rule| id(rule).is_some());
        rules.retain(|rule| !event.require.iter().any(|asked| asked.demand == rule.demand && id(asked) == id(rule)));
        let stands = |rule: &PairRule| {
            let institution = id(rule).map(String::as_str);
            rule.demand.as_deref().zip(institution).is_some_and(|pair| planned.contains(&pair))
        };
        rules.retain(|rule| !stands(rule));
        let count = rules.len();
        event.forbid.extend(rules);
        Ok(count)
    }

    /// Demands of earlier events that nobody has solved or is about to: they met nobody, or all
    /// their meetings were declined or ended. In the order of the ledger.
    ///
    /// # Errors
    ///
    /// [`EventError::Ledger`].
    pub fn carried_over(&self) -> Result<Vec<CarriedOver>, EventError> {
        let lines = self.lines()?;
        let of_demand = |line: &LedgerLine| {
            (line.meeting.demand.clone(), line.meeting.event.clone(), line.state.chinese().to_owned())
        };
        let (superseded, met): (Vec<&LedgerLine>, Vec<&LedgerLine>) =
            lines.iter().partition(|line| line.state == LedgerState::Superseded);
        let alive: FxHashSet<&str> = met
            .iter()
            .filter(|line| !matches!(line.state, LedgerState::Declined | LedgerState::Ended))
            .map(|line| line.meeting.demand.as_str())
            .collect();
        let query = "SELECT demand, event, reason FROM (SELECT 0 AS later, rowid AS at, demand, event, reason \
                     FROM unsolved UNION ALL SELECT 1, id, demand, event, reason FROM unsolved_later) \
                     ORDER BY later, at";
        let mut statement = self.connection.prepare(query).map_err(self.failed())?;
        let mut unsolved: Vec<(String, String, String)> = statement
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .and_then(|rows| rows.collect::<Result<_, _>>())
            .map_err(self.failed())?;
        // One plan had no place for it, a later one of the same event had.
        let met_at: FxHashSet<(&str, &str)> =
            met.iter().map(|line| (line.meeting.demand.as_str(), line.meeting.event.as_str())).collect();
        unsolved.retain(|(demand, event, _)| !met_at.contains(&(demand.as_str(), event.as_str())));
        let mut carried: Vec<CarriedOver> = Vec::new();
        // What says most comes last: a meeting that never was, what a meeting came to, why there was none.
        let all = superseded.into_iter().map(of_demand).chain(met.iter().map(|line| of_demand(line))).chain(unsolved);
        for (demand, event, reason) in all.filter(|(demand, ..)| !alive.contains(demand.as_str())) {
            match carried.iter_mut().find(|known| known.demand == demand) {
                Some(known) => (known.event, known.reason) = (event, reason),
                None => carried.push(CarriedOver { record: self.record_of(&demand)?, demand, event, reason }),
            }
        }
        Ok(carried)
    }

    /// The demand as the last event had it.
    fn record_of(&self, demand: &str) -> Result<Option<Demand>, EventError> {
        let query = "SELECT record FROM record WHERE demand = ?1 ORDER BY rowid DESC LIMIT 1";
        let text: Option<String> =
            self.connection.query_row(query, [demand], |row| row.get(0)).optional().map_err(self.failed())?;
        let parsed = text.map(|text| serde_json::from_str(&text)).transpose();
        parsed.map_err(|error| {
            let source = rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(error));
            self.failed()(source)
        })
    }
}

/// Demands carried over, as a table.
pub fn carried_over_sheet(carried: &[CarriedOver]) -> Sheet {
    let mut sheet = Sheet::new("结转需求", &["需求编号", "需求", "企业", "上次活动", "情况"]);
    for demand in carried {
        let record = demand.record.as_ref();
        sheet.push(vec![
            demand.demand.clone(),
            record.map_or_else(String::new, |record| record.title.clone()),
            record.and_then(|record| record.enterprise.clone()).unwrap_or_default(),
            demand.event.clone(),
            demand.reason.clone(),
        ]);
    }
    sheet
}
