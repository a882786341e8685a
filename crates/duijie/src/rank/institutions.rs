use super::achievements::{Scored, maturity_share};
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

/// So many patents, or more, give the whole of the part `institution_patents`.
const MANY_PATENTS: f64 = 20.0;

/// Lets the scored achievements, best first, vote for their institutions.
///
/// score = s₀ + c · Σᵢ decayⁱ · sᵢ over the institution's achievements i = 1 … votes − 1, with the
/// size correction c = min(1, ln(1 + average size) / ln(1 + size)): an institution with many
/// achievements finds further votes more easily, and is not to win by that alone. On top of that, where the
/// profile gives weight to them, come the mean maturity of the institution's related achievements among
/// those that vote and ln(1 + their patents) / ln(1 + 20), at most 1.
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
        let related = || {
            let least = voting.related * achievements[0].score;
            achievements.iter().take(voting.votes).take_while(move |achievement| achievement.score >= least)
        };
        if voting.maturity > 0.0 {
            let shares = related().map(|achievement| maturity_share(documents.maturity(achievement.document)));
            parts.push("institution_maturity", voting.maturity * shares.sum::<f64>() / related().count() as f64);
        }
        if voting.patents > 0.0 {
            let patents: f64 = related().map(|achievement| f64::from(documents.patents(achievement.document))).sum();
            parts.push("institution_patents", voting.patents * (patents.ln_1p() / MANY_PATENTS.ln_1p()).min(1.0));
        }
        Candidate { institution, score: parts.total(), parts, achievements }
    });
    candidates.collect()
}
