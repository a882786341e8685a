use super::Records;
use duijie::{Achievement, Catalogue, Demand, DemandMatch, Institutions, Matcher, Ranking};
use std::collections::BTreeSet;

/// What documents show of an index: its institutions, and the achievements that some rankings name.
#[derive(Clone, Debug)]
pub struct Holdings {
    catalogue: Catalogue,
    institutions: Institutions,
    achievements: Vec<Achievement>,
}

impl Holdings {
    /// Those of `matcher` that `matches` name.
    ///
    /// # Errors
    ///
    /// [`duijie::Error::UnknownId`] if the matches are of another index.
    pub fn of(matches: &[DemandMatch], matcher: &Matcher) -> duijie::Result<Self> {
        let mut ids = BTreeSet::new();
        for matched in matches {
            match &matched.ranking {
                Ranking::Institutions(list) => {
                    ids.extend(list.iter().flat_map(|entry| &entry.evidence).map(|found| found.achievement.as_str()));
                }
                Ranking::Achievements(list) => ids.extend(list.iter().map(|entry| entry.achievement.as_str())),
            }
        }
        let achievements = ids.into_iter().map(|id| matcher.achievement(id)).collect::<duijie::Result<_>>()?;
        Ok(Self { catalogue: matcher.catalogue(), institutions: matcher.institutions(), achievements })
    }

    /// The records that documents of these `demands` are written from.
    pub fn records<'a>(&'a self, demands: &'a [Demand]) -> Records<'a> {
        let Self { catalogue, institutions, achievements } = self;
        Records { catalogue, institutions, demands, achievements }
    }
}
