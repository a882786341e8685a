//! From a demand to ranked achievements and institutions, with the reasons.

mod achievements;
mod common;
mod explain;
mod institutions;
mod parts;
mod passages;
mod places;
mod profile;
mod query;
mod results;

pub use common::{ConceptReason, FormReason};
pub use explain::{Explanation, FieldShare, TermReason};
pub use parts::Parts;
pub use passages::{Passage, Span};
pub use profile::{
    AffinityWeights, CandidateLimits, InstitutionVoting, PartWeights, QueryWeights, RankProfile, VerdictWeights,
};
pub use results::{
    AchievementMatch, DemandMatch, Evidence, InferredSubIndustry, InstitutionMatch, Ranking, Unit, Verdict,
};

pub(crate) use achievements::Ranker;
