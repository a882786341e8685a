//! What past events tell the next one.

use super::Ledger;
use super::line::LedgerState;
use crate::{EventError, PairRule};
use duijie::{Demand, DemandMatch};
use rusqlite::params;
use rustc_hash::{FxHashMap, FxHashSet};
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

/// How an institution's rank for a demand has moved since an event.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RankMovement {
    /// Id of the demand.
    pub demand: String,
    /// Id of the institution.
    pub institution: String,
    /// Rank then.
    pub before: Option<usize>,
    /// Rank now.
    pub now: Option<usize>,
    /// What became of it.
    pub movement: Movement,
}

/// The direction of a movement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Movement {
    /// Not ranked then.
    New,
    /// Ranked better now.
    Up,
    /// As before.
    Same,
    /// Ranked worse now.
    Down,
    /// Not ranked now.
    Gone,
}

impl Ledger {
    /// Rules for the `[[forbid]]` of the next event, so that pairs of the past do not meet again;
    /// only of the demands given.
    ///
    /// # Errors
    ///
    /// [`EventError::Ledger`].
    pub fn past_pairs(&self, demands: &[Demand], past: PastPairs) -> Result<Vec<PairRule>, EventError> {
        let known: FxHashSet<&str> = demands.iter().map(|demand| demand.id.as_str()).collect();
        let settled = |state| matches!(state, LedgerState::Contract | LedgerState::Delivered | LedgerState::Declined);
        let mut seen = FxHashSet::default();
        let lines = self.lines()?.into_iter();
        let lines = lines.filter(|line| match past {
            PastPairs::NotAgain => true,
            PastPairs::SettledOnly => settled(line.state),
            PastPairs::Again => false,
        });
        let lines = lines.filter(|line| known.contains(line.demand.as_str()));
        let lines = lines.filter(|line| seen.insert((line.demand.clone(), line.institution.clone())));
        let rules = lines.map(|line| PairRule {
            demand: Some(line.demand),
            enterprise: None,
            institution: Some(line.institution),
            reason: Some(format!("{}{}", line.event, line.state.chinese())),
        });
        Ok(rules.collect())
    }

    /// Ids of demands of earlier events that nobody has solved or is about to: they met nobody, or
    /// all their meetings were declined or ended. In the order of the ledger.
    ///
    /// # Errors
    ///
    /// [`EventError::Ledger`].
    pub fn carried_over(&self) -> Result<Vec<String>, EventError> {
        let lines = self.lines()?;
        let alive: FxHashSet<&str> = lines
            .iter()
            .filter(|line| !matches!(line.state, LedgerState::Declined | LedgerState::Ended))
            .map(|line| line.demand.as_str())
            .collect();
        let mut statement =
            self.connection.prepare("SELECT demand FROM unsolved ORDER BY rowid").map_err(self.failed())?;
        let unsolved: Vec<String> = statement
            .query_map([], |row| row.get(0))
            .and_then(|rows| rows.collect::<Result<_, _>>())
            .map_err(self.failed())?;
        let mut seen = FxHashSet::default();
        let all = lines.iter().map(|line| line.demand.clone()).chain(unsolved);
        Ok(all.filter(|demand| !alive.contains(demand.as_str()) && seen.insert(demand.clone())).collect())
    }

    /// How ranks have moved since `event`, for demands that are ranked now and were then.
    ///
    /// # Errors
    ///
    /// [`EventError::Ledger`].
    pub fn rank_movements(&self, event: &str, now: &[DemandMatch]) -> Result<Vec<RankMovement>, EventError> {
        let query = "SELECT institution, rank FROM ranking WHERE event = ?1 AND demand = ?2 ORDER BY rank";
        let mut statement = self.connection.prepare(query).map_err(self.failed())?;
        let mut movements = Vec::new();
        for ranking in now {
            let before: Vec<(String, usize)> = statement
                .query_map(params![event, ranking.demand], |row| Ok((row.get(0)?, row.get::<_, i64>(1)? as usize)))
                .and_then(|rows| rows.collect::<Result<_, _>>())
                .map_err(self.failed())?;
            if before.is_empty() {
                continue;
            }
            let were: FxHashMap<&str, usize> = before.iter().map(|(id, rank)| (id.as_str(), *rank)).collect();
            let entries = ranking.ranking.entries();
            let are: FxHashSet<&str> = entries.iter().map(|(id, _)| *id).collect();
            for (rank, (institution, _)) in (1..).zip(&entries) {
                let then = were.get(institution).copied();
                let movement = match then {
                    None => Movement::New,
                    Some(then) if then > rank => Movement::Up,
                    Some(then) if then < rank => Movement::Down,
                    Some(_) => Movement::Same,
                };
                movements.push(RankMovement {
                    demand: ranking.demand.clone(),
                    institution: (*institution).to_owned(),
                    before: then,
                    now: Some(rank),
                    movement,
                });
            }
            let gone = before.iter().filter(|(id, _)| !are.contains(id.as_str()));
            movements.extend(gone.map(|(id, rank)| RankMovement {
                demand: ranking.demand.clone(),
                institution: id.clone(),
                before: Some(*rank),
                now: None,
                movement: Movement::Gone,
            }));
        }
        Ok(movements)
    }
}
