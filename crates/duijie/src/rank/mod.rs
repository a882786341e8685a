//! From a demand to ranked achievements and institutions, with the reasons.

mod achievements;
mod candidates;
mod close_look;
mod common;
mod explain;
mod institutions;
mod parts;
mod passages;
mod places;
mod profile;
mod query;
mod results;

pub use close_look::Reranker;
pub use common::{ConceptReason, FormReason};
pub use explain::{Explanation, FieldShare, TermReason};
pub use parts::Parts;
pub use passages::{Passage, Span};
pub use profile::{
    AffinityWeights, CandidateLimits, InstitutionVoting, PartWeights, QueryWeights, RankProfile, SemanticScale,
    VerdictWeights,
};
pub use results::{
    AchievementMatch, DemandMatch, Evidence, HomeProvince, Indicator, IndicatorAnswer, InferredSubIndustry,
    InstitutionMatch, Ranking, Unit, Verdict,
};

pub(crate) use achievements::Ranker;
