//! How rankings have moved since an event.

use super::Ledger;
use crate::{EventError, Sheet};
use duijie::{Demand, DemandMatch, Institutions};
use rusqlite::params;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

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

impl Movement {
    /// The word that an official reads.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::New => "新进",
            Self::Up => "上升",
            Self::Same => "不变",
            Self::Down => "下降",
            Self::Gone => "退出",
        }
    }
}

impl Ledger {
    /// Names of the events whose rankings are kept, in the order they were recorded.
    ///
    /// # Errors
    ///
    /// [`EventError::Ledger`].
    pub fn events(&self) -> Result<Vec<String>, EventError> {
        let query = "SELECT event FROM ranking GROUP BY event ORDER BY min(rowid)";
        let mut statement = self.connection.prepare(query).map_err(self.failed())?;
        let rows = statement.query_map([], |row| row.get(0));
        rows.and_then(|rows| rows.collect::<Result<_, _>>()).map_err(self.failed())
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

/// Movements as a table; ranks that stayed are left out.
pub fn movement_sheet(movements: &[RankMovement], demands: &[Demand], institutions: &Institutions) -> Sheet {
    let titles: FxHashMap<&str, &str> =
        demands.iter().map(|demand| (demand.id.as_str(), demand.title.as_str())).collect();
    let mut sheet = Sheet::new("名次变化", &["需求编号", "需求", "单位", "上次名次", "本次名次", "变化"]);
    let rank = |rank: Option<usize>| rank.map_or_else(|| "—".to_owned(), |rank| rank.to_string());
    for moved in movements.iter().filter(|moved| moved.movement != Movement::Same) {
        let name = institutions.get(&moved.institution).map_or(&moved.institution, |found| &found.name);
        sheet.push(vec![
            moved.demand.clone(),
            titles.get(moved.demand.as_str()).copied().unwrap_or_default().to_owned(),
            name.clone(),
            rank(moved.before),
            rank(moved.now),
            moved.movement.chinese().to_owned(),
        ]);
    }
    sheet
}
