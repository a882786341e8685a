use duijie::{DemandMatch, Ranking};
use std::collections::BTreeSet;

/// A demand and an achievement to be judged together, by their ids.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pair {
    /// Id of the demand.
    pub demand: String,
    /// Id of the achievement.
    pub achievement: String,
}

/// The pairs of rankings that give a demand and its achievements, best first, up to `depth` of each; as
/// [`pool`] does of matches.
pub fn pool_rankings<'a, R>(rankings: impl IntoIterator<Item = (&'a str, R)>, depth: usize) -> Vec<Pair>
where
    R: IntoIterator<Item = &'a str>,
{
    let pairs = rankings.into_iter().flat_map(|(demand, ranking)| {
        let pair = move |achievement: &str| Pair { demand: demand.to_owned(), achievement: achievement.to_owned() };
        ranking.into_iter().take(depth).map(pair)
    });
    pairs.collect::<BTreeSet<Pair>>().into_iter().collect()
}

/// The pairs that the runs rank up to `depth`, each once, in the order of their ids: which run they
/// came from, and how high they stood, cannot be told from it.
pub fn pool(runs: &[&[DemandMatch]], depth: usize) -> Vec<Pair> {
    let mut pairs = BTreeSet::new();
    for matched in runs.iter().flat_map(|run| run.iter()) {
        let achievements: Vec<&str> = match &matched.ranking {
            Ranking::Achievements(list) => list.iter().take(depth).map(|entry| entry.achievement.as_str()).collect(),
            Ranking::Institutions(list) => {
                list.iter().take(depth).flat_map(|entry| &entry.evidence).map(|e| e.achievement.as_str()).collect()
            }
        };
        let pair = |achievement: &str| Pair { demand: matched.demand.clone(), achievement: achievement.to_owned() };
        pairs.extend(achievements.into_iter().map(pair));
    }
    pairs.into_iter().collect()
}
