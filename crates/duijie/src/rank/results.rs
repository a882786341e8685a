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
    /// Whether the home province has a candidate, if the profile names one; absent otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub home: Option<HomeProvince>,
    /// Best first.
    #[serde(flatten)]
    pub ranking: Ranking,
}

/// What the home province has for a demand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HomeProvince {
    /// Its name.
    pub province: String,
    /// Its institution whose achievement ranks first of those that by themselves deal with the demand, if there is
    /// one.
    pub candidate: Option<String>,
}

/// What an achievement says to one of the demand's indicators.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Indicator {
    /// The indicator as the demand has it.
    pub asked: String,
    /// Whether it is met.
    pub answer: IndicatorAnswer,
    /// What the achievement states of it, in its own words; absent where it states nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offered: Option<String>,
}

/// Whether an indicator is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum IndicatorAnswer {
    /// The achievement states as much.
    Met,
    /// The achievement states less.
    NotMet,
    /// The achievement does not say; neither good nor bad.
    NotStated,
}

/// A sub-industry inferred from the demand's concepts.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct InferredSubIndustry {
    /// Its code.
    pub sub_industry: String,
    /// Its name in the catalogue.
    pub name: String,
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
    /// `best_achievement`, `further_achievements`, and what the profile gives for strength.
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
    /// What it says to each of the demand's indicators; left out of `matches.jsonl` where the demand has none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub indicators: Vec<Indicator>,
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
    /// What it says to each of the demand's indicators; left out of `matches.jsonl` where the demand has none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub indicators: Vec<Indicator>,
}
