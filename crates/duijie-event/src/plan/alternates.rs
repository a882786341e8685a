//! Who could step in for a meeting.

use super::problem::{Bounds, Problem};
use super::report::{Alternate, Alternates, Meeting};
use rustc_hash::{FxHashMap, FxHashSet};

/// How many are named for a meeting.
const MOST: usize = 3;

/// For each meeting, institutions that the demand may meet and does not, that are free in the slot
/// and have not reached their limit.
pub(super) fn alternates(problem: &Problem, bounds: &Bounds, meetings: &[Meeting]) -> Vec<Alternates> {
    let mut busy: FxHashSet<(&str, usize)> = FxHashSet::default();
    let mut held: FxHashMap<&str, usize> = FxHashMap::default();
    let mut met: FxHashSet<(&str, &str)> = FxHashSet::default();
    for meeting in meetings {
        busy.insert((&meeting.institution, meeting.slot));
        *held.entry(&meeting.institution).or_default() += 1;
        met.insert((&meeting.demand, &meeting.institution));
    }
    let mut candidates: FxHashMap<&str, Vec<Alternate>> = FxHashMap::default();
    for pair in problem.pairs.iter().filter(|pair| bounds.allows(pair)) {
        let demand = problem.guests[pair.guest].demand.as_str();
        let institution = problem.institutions[pair.institution].as_str();
        let limit = bounds.institution(pair.institution).min(bounds.slots);
        if !met.contains(&(demand, institution)) && held.get(institution).copied().unwrap_or(0) < limit {
            let alternate = Alternate { institution: institution.to_owned(), score: pair.score };
            candidates.entry(demand).or_default().push(alternate);
        }
    }
    for list in candidates.values_mut() {
        list.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.institution.cmp(&b.institution)));
    }
    let instead = |meeting: &Meeting| {
        let own = candidates.get(meeting.demand.as_str()).into_iter().flatten();
        let free = own.filter(|alternate| !busy.contains(&(alternate.institution.as_str(), meeting.slot)));
        free.take(MOST).cloned().collect()
    };
    let for_meeting = |meeting: &Meeting| Alternates {
        demand: meeting.demand.clone(),
        institution: meeting.institution.clone(),
        slot: meeting.slot,
        instead: instead(meeting),
    };
    meetings.iter().map(for_meeting).collect()
}
