use super::achievements::Scored;
use super::{InstitutionVoting, Parts};
use crate::index::{DocumentTable, UNKNOWN};
use std::collections::BTreeMap;

/// An institution with the achievements that voted for it, best first.
pub(super) struct Candidate {
    /// Position in the list of institutions.
    pub(super) institution: u16,
    pub(super) parts: Parts,
    pub(super) score: f64,
    pub(super) achievements: Vec<Scored>,
}

/// Lets the scored achievements, best first, vote for their institutions.
///
/// score = s₀ + c · Σᵢ decayⁱ · sᵢ over the institution's achievements i = 1 … votes − 1, with the
/// size correction c = min(1, ln(1 + average size) / ln(1 + size)): an institution with many
/// achievements finds further votes more easily, and is not to win by that alone.
pub(super) fn vote(scored: &[Scored], documents: &DocumentTable, voting: &InstitutionVoting) -> Vec<Candidate> {
    let mut by_institution: BTreeMap<u16, Vec<Scored>> = BTreeMap::new();
    for achievement in scored {
        let institution = documents.institution(achievement.document);
        if institution != UNKNOWN {
            by_institution.entry(institution).or_default().push(achievement.clone());
        }
    }
    let sizes = &documents.institution_sizes;
    let holders = sizes.iter().filter(|&&size| size > 0).count().max(1);
    let average = sizes.iter().map(|&size| f64::from(size)).sum::<f64>() / holders as f64;
    let candidates = by_institution.into_iter().map(|(institution, achievements)| {
        let size = f64::from(sizes[usize::from(institution)]);
        let correction = (average.ln_1p() / size.ln_1p()).min(1.0);
        let further = achievements.iter().take(voting.votes).skip(1);
        let shares = std::iter::successors(Some(voting.decay), |share| Some(share * voting.decay));
        let further: f64 = further.zip(shares).map(|(achievement, share)| achievement.score * share).sum();
        let mut parts = Parts::default();
        parts.push("best_achievement", achievements[0].score);
        parts.push("further_achievements", correction * further);
        Candidate { institution, score: parts.total(), parts, achievements }
    });
    candidates.collect()
}
