use super::{Parts, Passage};
use serde::{Deserialize, Serialize};

/// What is ranked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Universities and institutes, each with its evidence.
    #[default]
    Institution,
    /// Single achievements.
    Achievement,
}

/// Whether a demand has a match worth showing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// At least one credible match.
    Matched,
    /// Nothing that deals with the demand was found; the ranking is the best of a bad lot.
    NoCredibleMatch,
}

/// The ranking for one demand; serialises as a line of `matches.jsonl`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DemandMatch {
    /// Id of the demand.
    pub demand: String,
    /// Whether the best of it is credible.
    pub verdict: Verdict,
    /// Where the demand probably belongs, if it does not say; absent otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inferred: Option<InferredSubIndustry>,
    /// Best first.
    #[serde(flatten)]
    pub ranking: Ranking,
}

/// A sub-industry inferred from the demand's concepts.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct InferredSubIndustry {
    /// Its code.
    pub sub_industry: String,
    /// 0–1.
    pub probability: f64,
}

/// Institutions or achievements, by [`Unit`]; best first, ties by id.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Ranking {
    /// For [`Unit::Institution`].
    Institutions(Vec<InstitutionMatch>),
    /// For [`Unit::Achievement`].
    Achievements(Vec<AchievementMatch>),
}

impl Ranking {
    /// Ids and scores, best first.
    pub fn entries(&self) -> Vec<(&str, f64)> {
        match self {
            Self::Institutions(list) => list.iter().map(|entry| (entry.institution.as_str(), entry.score)).collect(),
            Self::Achievements(list) => list.iter().map(|entry| (entry.achievement.as_str(), entry.score)).collect(),
        }
    }
}

/// One institution of a ranking.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct InstitutionMatch {
    /// Id of the institution.
    pub institution: String,
    /// From 1.
    pub rank: usize,
    /// Sum of `parts`.
    pub score: f64,
    /// `best_achievement` and `further_achievements`.
    pub parts: Parts,
    /// Its best achievements for the demand, best first.
    pub evidence: Vec<Evidence>,
}

/// An achievement that speaks for its institution.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Evidence {
    /// Id of the achievement.
    pub achievement: String,
    /// Sum of `parts`.
    pub score: f64,
    /// What the score is made of.
    pub parts: Parts,
    /// The sentences that speak for it.
    pub passages: Vec<Passage>,
}

/// One achievement of a ranking.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AchievementMatch {
    /// Id of the achievement.
    pub achievement: String,
    /// From 1.
    pub rank: usize,
    /// Sum of `parts`.
    pub score: f64,
    /// What the score is made of.
    pub parts: Parts,
    /// The sentences that speak for it.
    pub passages: Vec<Passage>,
}
