//! How often the verdict "no credible match" is right.

use super::collection::{Collection, Place, placed};
use super::folds::folds;
use super::verdict_fit::{Example, Truth, fitted};
use anyhow::{Result, bail, ensure};
use duijie::{MatchOptions, Matcher, Parts, RankProfile, Ranking, Unit, Verdict};
use duijie_eval::{Cell, Qrels, Table};
use std::collections::HashSet;

/// How often the verdict is "no credible match".
pub(super) struct Verdicts {
    /// With the built-in weights, which were fitted to these very demands.
    pub(super) built_in: Shares,
    /// On each fold with weights fitted to the others.
    pub(super) held_out: Shares,
}

/// Shares of the demands for which the verdict is "no credible match".
pub(super) struct Shares {
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
#[derive(Clone, Copy, PartialEq, Eq)]
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

/// Of a ranking, what the verdict may go by: far more than the few best shares that it does go by.
const LOOKED_AT: usize = 100;

/// How every demand is ranked once some achievements are taken out.
struct Ranked {
    taken_out: TakenOut,
    place: Place,
    /// In the order of the collection.
    parts: Vec<Vec<Parts>>,
}

const TAKEN_OUT: [TakenOut; 4] = [TakenOut::Nothing, TakenOut::From(1), TakenOut::From(2), TakenOut::AllButBest];
const PLACES: [Place; 2] = [Place::Kept, Place::Blanked];

fn ranked(
    collection: &Collection,
    matcher: &Matcher,
    options: &MatchOptions,
    taken_out: TakenOut,
    place: Place,
) -> Result<Ranked> {
    let mut all = Vec::with_capacity(collection.demands.len());
    for demand in &collection.demands {
        let mut options = MatchOptions { top: LOOKED_AT, unit: Unit::Achievement, ..options.clone() };
        options.filter.except = taken_out.ids(&collection.qrels, &demand.id).into_iter().collect();
        let matched = matcher.match_one(&placed(demand, place), &options)?;
        let Ranking::Achievements(list) = matched.ranking else { bail!("achievements were asked for") };
        let parts: Vec<Parts> = list.into_iter().map(|entry| entry.parts).collect();
        ensure!(options.profile.verdict(&parts) == matched.verdict, "the verdict on {} looks deeper", demand.id);
        all.push(parts);
    }
    Ok(Ranked { taken_out, place, parts: all })
}

impl Verdicts {
    /// Each pair is of the demands as they are, and of the demands with chain and sub-industry blanked.
    pub(super) fn measure(collection: &Collection, matcher: &Matcher, options: &MatchOptions) -> Result<Self> {
        let mut all = Vec::new();
        for taken_out in TAKEN_OUT {
            for place in PLACES {
                all.push(ranked(collection, matcher, options, taken_out, place)?);
            }
        }
        let built_in = vec![options.profile.as_ref().clone(); collection.demands.len()];
        let held_out = held_out(collection, &options.profile, &all)?;
        Ok(Self { built_in: Shares::of(&all, &built_in), held_out: Shares::of(&all, &held_out) })
    }

    pub(super) fn to_table(&self) -> Result<Table> {
        let heads = ["as they are", "blanked", "as they are, held out", "blanked, held out"];
        let mut table = Table::new(["share of demands given up"].into_iter().chain(heads), 3);
        let (built_in, held_out) = (&self.built_in, &self.held_out);
        let rows = [
            ("everything in the index (wrongly given up)", built_in.wrong, held_out.wrong),
            (
                "achievements of grade 1 and above taken out (rightly given up)",
                built_in.unanswered,
                held_out.unanswered,
            ),
            ("achievements of grade 2 and above taken out (rightly given up)", built_in.unsolved, held_out.unsolved),
            ("all of grade 2 and above but one of the best taken out (wrongly given up)", built_in.lone, held_out.lone),
        ];
        for (name, built_in, held_out) in rows {
            let values = built_in.into_iter().chain(held_out).map(Cell::Value);
            table.push([Cell::from(name)].into_iter().chain(values))?;
        }
        Ok(table)
    }
}

impl Shares {
    /// `profiles` decide, one a demand.
    fn of(all: &[Ranked], profiles: &[RankProfile]) -> Self {
        let share = |taken_out: TakenOut, place: Place| {
            let ranked = all.iter().find(|ranked| ranked.taken_out == taken_out && ranked.place == place);
            let parts = ranked.map_or(&[][..], |ranked| &ranked.parts);
            let given_up = parts.iter().zip(profiles);
            let given_up = given_up.filter(|(parts, profile)| profile.verdict(*parts) == Verdict::NoCredibleMatch);
            given_up.count() as f64 / parts.len().max(1) as f64
        };
        let both = |taken_out| PLACES.map(|place| share(taken_out, place));
        Self {
            wrong: both(TakenOut::Nothing),
            unanswered: both(TakenOut::From(1)),
            unsolved: both(TakenOut::From(2)),
            lone: both(TakenOut::AllButBest),
        }
    }
}

/// For every demand the profile whose verdict was fitted to the demands of the other folds.
fn held_out(collection: &Collection, profile: &RankProfile, all: &[Ranked]) -> Result<Vec<RankProfile>> {
    let folds = folds(collection)?;
    let place_of = |id: &str| collection.demands.iter().position(|demand| demand.id == id);
    let mut profiles = vec![profile.clone(); collection.demands.len()];
    for fold in 0..folds.count() {
        let training: Vec<usize> = folds.training(fold).into_iter().filter_map(place_of).collect();
        let mut examples = Vec::new();
        for ranked in all {
            let truth = match ranked.taken_out {
                TakenOut::Nothing => Truth::Answered,
                TakenOut::From(_) => Truth::Unanswered,
                // Measured only: the weights are for pools in which answers have company.
                TakenOut::AllButBest => continue,
            };
            examples.extend(training.iter().map(|&at| Example::new(&ranked.parts[at], truth)));
        }
        let fitted = fitted(profile, &examples)?;
        for at in folds.held_out(fold).iter().filter_map(|id| place_of(id)) {
            profiles[at] = fitted.clone();
        }
    }
    Ok(profiles)
}
