//! How often the verdict "no credible match" is right.

use super::collection::{Collection, Place, placed};
use anyhow::Result;
use duijie::{MatchOptions, Matcher, Verdict};
use duijie_eval::{Cell, Table};

/// Shares of the demands for which the verdict is "no credible match".
pub(super) struct Verdicts {
    /// All achievements there: wrongly given up.
    pub(super) wrong: [f64; 2],
    /// All that deal with the demand (grade 1 and above) taken out: rightly given up.
    pub(super) unanswered: [f64; 2],
    /// Only the answers (grade 2 and above) taken out.
    pub(super) unsolved: [f64; 2],
}

impl Verdicts {
    /// Each pair is of the demands as they are, and of the demands with chain and sub-industry blanked.
    pub(super) fn measure(collection: &Collection, matcher: &Matcher, options: &MatchOptions) -> Result<Self> {
        let given_up = |least: Option<i32>, place: Place| -> Result<f64> {
            let mut given_up = 0usize;
            for demand in &collection.demands {
                let mut options = MatchOptions { top: 1, ..options.clone() };
                let judged = collection.qrels.judged(&demand.id);
                let removed = judged.filter(|(_, grade)| least.is_some_and(|least| *grade >= least));
                options.filter.except = removed.map(|(id, _)| id.to_owned()).collect();
                let matched = matcher.match_one(&placed(demand, place), &options)?;
                given_up += usize::from(matched.verdict == Verdict::NoCredibleMatch);
            }
            Ok(given_up as f64 / collection.demands.len() as f64)
        };
        let both =
            |least| -> Result<[f64; 2]> { Ok([given_up(least, Place::Kept)?, given_up(least, Place::Blanked)?]) };
        Ok(Self { wrong: both(None)?, unanswered: both(Some(1))?, unsolved: both(Some(2))? })
    }

    pub(super) fn to_table(&self) -> Result<Table> {
        let mut table = Table::new(["share of demands given up", "as they are", "blanked"], 3);
        let rows = [
            ("everything in the index (wrongly given up)", self.wrong),
            ("achievements of grade 1 and above taken out (rightly given up)", self.unanswered),
            ("achievements of grade 2 and above taken out (rightly given up)", self.unsolved),
        ];
        for (name, [kept, blanked]) in rows {
            table.push([Cell::from(name), kept.into(), blanked.into()])?;
        }
        Ok(table)
    }
}
