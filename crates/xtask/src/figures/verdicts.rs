//! How often the verdict "no credible match" is right.

use super::collection::{Collection, Place, placed};
use anyhow::Result;
use duijie::{MatchOptions, Matcher, Verdict};
use duijie_eval::{Cell, Qrels, Table};
use std::collections::HashSet;

/// Shares of the demands for which the verdict is "no credible match".
pub(super) struct Verdicts {
    /// All achievements there: wrongly given up.
    pub(super) wrong: [f64; 2],
    /// All that deal with the demand (grade 1 and above) taken out: rightly given up.
    pub(super) unanswered: [f64; 2],
    /// Only the answers (grade 2 and above) taken out.
    pub(super) unsolved: [f64; 2],
    /// All answers taken out but one of the highest grade: wrongly given up.
    pub(super) lone: [f64; 2],
}

/// Which achievements are taken out of the index.
#[derive(Clone, Copy)]
enum TakenOut {
    Nothing,
    /// Those of this grade and above.
    From(i32),
    /// The answers, grade 2 and above, but the first of the best.
    AllButBest,
}

impl TakenOut {
    /// Their ids, for a demand.
    fn ids(self, judgments: &Qrels, demand: &str) -> HashSet<String> {
        let least = match self {
            Self::Nothing => return HashSet::new(),
            Self::From(grade) => grade,
            Self::AllButBest => 2,
        };
        let taken = judgments.judged(demand).filter(|(_, grade)| *grade >= least);
        let mut ids: HashSet<String> = taken.map(|(id, _)| id.to_owned()).collect();
        if let Self::AllButBest = self {
            let best = judgments.judged(demand).max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(a.0)));
            best.map(|(id, _)| ids.remove(id));
        }
        ids
    }
}

impl Verdicts {
    /// Each pair is of the demands as they are, and of the demands with chain and sub-industry blanked.
    pub(super) fn measure(collection: &Collection, matcher: &Matcher, options: &MatchOptions) -> Result<Self> {
        let given_up = |taken_out: TakenOut, place: Place| -> Result<f64> {
            let mut given_up = 0usize;
            for demand in &collection.demands {
                let mut options = MatchOptions { top: 1, ..options.clone() };
                options.filter.except = taken_out.ids(&collection.qrels, &demand.id).into_iter().collect();
                let matched = matcher.match_one(&placed(demand, place), &options)?;
                given_up += usize::from(matched.verdict == Verdict::NoCredibleMatch);
            }
            Ok(given_up as f64 / collection.demands.len() as f64)
        };
        let both = |taken_out| -> Result<[f64; 2]> {
            Ok([given_up(taken_out, Place::Kept)?, given_up(taken_out, Place::Blanked)?])
        };
        Ok(Self {
            wrong: both(TakenOut::Nothing)?,
            unanswered: both(TakenOut::From(1))?,
            unsolved: both(TakenOut::From(2))?,
            lone: both(TakenOut::AllButBest)?,
        })
    }

    pub(super) fn to_table(&self) -> Result<Table> {
        let mut table = Table::new(["share of demands given up", "as they are", "blanked"], 3);
        let rows = [
            ("everything in the index (wrongly given up)", self.wrong),
            ("achievements of grade 1 and above taken out (rightly given up)", self.unanswered),
            ("achievements of grade 2 and above taken out (rightly given up)", self.unsolved),
            ("all of grade 2 and above but one of the best taken out (wrongly given up)", self.lone),
        ];
        for (name, [kept, blanked]) in rows {
            table.push([Cell::from(name), kept.into(), blanked.into()])?;
        }
        Ok(table)
    }
}
