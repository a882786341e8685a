//! From a demand to ranked achievements and institutions, with the reasons.

mod achievements;
mod explain;
mod institutions;
mod parts;
mod passages;
mod places;
mod profile;
mod query;
mod results;

pub use explain::{Explanation, FieldShare, TermReason};
pub use parts::Parts;
pub use passages::{Passage, Span};
pub use profile::{
    AffinityWeights, CandidateLimits, InstitutionVoting, PartWeights, QueryWeights, RankProfile, VerdictThresholds,
};
pub use results::{AchievementMatch, DemandMatch, Evidence, InstitutionMatch, Ranking, Unit, Verdict};

pub(crate) use achievements::Ranker;
