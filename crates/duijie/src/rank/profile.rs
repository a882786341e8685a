use super::{Parts, Verdict};
use crate::{Error, Result};
use serde::{Deserialize, Serialize};
use std::path::Path;
use std::sync::Arc;

/// The weights of a ranking: one small readable TOML file (`data/profiles/default.toml`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RankProfile {
    /// Names the profile; the tag of run files.
    pub name: String,
    /// What a word of the demand weighs.
    pub query: QueryWeights,
    /// Weights of the parts of an achievement's score.
    pub parts: PartWeights,
    /// Shares of the part `sub_industry`.
    pub affinity: AffinityWeights,
    /// How many achievements are looked at closely.
    pub candidates: CandidateLimits,
    /// How achievements vote for their institution.
    pub institutions: InstitutionVoting,
    /// When a match is credible.
    pub verdict: VerdictWeights,
}

/// Weights of words by where they stand in the demand.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QueryWeights {
    /// Words of the title.
    pub title: f32,
    /// Words of the description.
    pub description: f32,
    /// Words of the indicators.
    pub indicators: f32,
}

/// Weights of the parts that add up to an achievement's score.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartWeights {
    /// BM25F of the demand's words, as a share of what an achievement with all of them would get.
    pub text: f64,
    /// Cosine of the concept vectors (see [`crate::ConceptSpace`]).
    pub concepts: f64,
    /// Nearness of the sub-industries.
    pub sub_industry: f64,
    /// Technology readiness, (TRL − 1) / 8; unknown counts as one half.
    pub maturity: f64,
}

/// Shares of the part `sub_industry`, 0–1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AffinityWeights {
    /// Demand and achievement are of one sub-industry.
    pub same_sub_industry: f64,
    /// Of one chain, but different sub-industries.
    pub same_chain: f64,
    /// Of different chains.
    pub other: f64,
    /// Not known of one of them.
    pub unknown: f64,
}

/// How many achievements are looked at closely, by where they were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CandidateLimits {
    /// Best by text among all.
    pub overall: usize,
    /// Best by text within the demand's chain.
    pub chain: usize,
    /// Best by text within the demand's sub-industry; all of it if it has no more.
    pub sub_industry: usize,
}

/// How achievements vote for their institution: CombSUM over its best achievements (Fox & Shaw,
/// TREC-2 1994; Macdonald & Ounis, CIKM 2006), each further vote discounted by rank and, for
/// institutions with more achievements than the average, by size.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InstitutionVoting {
    /// The i-th best achievement (i from 0) counts decayⁱ.
    pub decay: f64,
    /// How many achievements vote.
    pub votes: usize,
    /// How many achievements are shown as evidence.
    pub evidence: usize,
}

/// When a match is credible: where these weights, times what the best achievements have of the
/// parts `concepts` and `text` (as shares of the parts' weights, 0–1), add up to 1.
///
/// A linear rule fitted by logistic regression: one achievement that shares a demand's nouns is
/// found by chance; that a second and a third also deal with its concepts is not. A high first
/// `text` without a second speaks against the match for the same reason.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerdictWeights {
    /// For the second-greatest part `concepts`.
    pub second_concepts: f64,
    /// For the third-greatest part `concepts`.
    pub third_concepts: f64,
    /// For the greatest part `text`; may be negative.
    pub first_text: f64,
    /// For the second-greatest part `text`.
    pub second_text: f64,
    /// A greatest part `text` of at least this share is credible whatever the others are: the
    /// achievement says what the demand says.
    pub certain_text: f64,
    /// One achievement by itself deals with the demand if its part `concepts` has this share.
    pub pair_concepts: f64,
}

impl Default for RankProfile {
    fn default() -> Self {
        toml::from_str(include_str!("../../data/profiles/default.toml"))
            .expect("data/profiles/default.toml is a profile")
    }
}

impl RankProfile {
    /// Loads a profile from a TOML file.
    ///
    /// # Errors
    ///
    /// [`Error::Read`] if the file cannot be read, [`Error::Profile`] naming the line and field
    /// that is missing, unknown, of the wrong type, negative or no number.
    pub fn load(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| Error::Read { path: path.to_owned(), source: Arc::new(source) })?;
        let problem = |problem| Error::Profile { path: path.to_owned(), problem };
        let profile: Self = toml::from_str(&text).map_err(|error| problem(error.to_string()))?;
        profile.check().map_err(problem)?;
        Ok(profile)
    }

    /// Whether a ranking with these parts of scores is credible; see [`VerdictWeights`].
    ///
    /// Of fewer than three achievements the rule for many cannot be asked; one that by itself deals with the
    /// demand is then enough.
    pub fn verdict<'p>(&self, ranking: impl IntoIterator<Item = &'p Parts>) -> Verdict {
        let ranking: Vec<&Parts> = ranking.into_iter().collect();
        let weights = &self.verdict;
        let greatest = |part: &str, weight: f64| {
            let mut shares: Vec<f64> = ranking.iter().map(|parts| parts.share(part, weight)).collect();
            shares.sort_unstable_by(|a, b| b.total_cmp(a));
            move |place: usize| shares.get(place).copied().unwrap_or(0.0)
        };
        let concepts = greatest("concepts", self.parts.concepts);
        let text = greatest("text", self.parts.text);
        let evidence = weights.second_concepts * concepts(1)
            + weights.third_concepts * concepts(2)
            + weights.first_text * text(0)
            + weights.second_text * text(1);
        let few = ranking.len() < 3 && ranking.iter().any(|parts| self.nearness(parts) >= 1.0);
        let credible = evidence >= 1.0 || text(0) >= weights.certain_text || few;
        if credible { Verdict::Matched } else { Verdict::NoCredibleMatch }
    }

    /// How near one achievement comes to dealing with its demand, by the parts of its score: 1 and
    /// more is credible. The verdict on a demand looks at several achievements; this is for one pair.
    pub fn nearness(&self, parts: &Parts) -> f64 {
        let concepts = parts.share("concepts", self.parts.concepts) / self.verdict.pair_concepts;
        let text = parts.share("text", self.parts.text) / self.verdict.certain_text;
        concepts.max(text)
    }

    fn check(&self) -> Result<(), String> {
        let weights = [
            ("query.title", f64::from(self.query.title)),
            ("query.description", f64::from(self.query.description)),
            ("query.indicators", f64::from(self.query.indicators)),
            ("parts.text", self.parts.text),
            ("parts.concepts", self.parts.concepts),
            ("parts.sub_industry", self.parts.sub_industry),
            ("parts.maturity", self.parts.maturity),
            ("affinity.same_sub_industry", self.affinity.same_sub_industry),
            ("affinity.same_chain", self.affinity.same_chain),
            ("affinity.other", self.affinity.other),
            ("affinity.unknown", self.affinity.unknown),
            ("institutions.decay", self.institutions.decay),
        ];
        match weights.iter().find(|(_, weight)| !(0.0..=1000.0).contains(weight)) {
            Some((name, weight)) => Err(format!("{name} should be between 0 and 1000, found {weight}")),
            None if self.name.is_empty() || self.name.contains(char::is_whitespace) => {
                Err("name should be one word".to_owned())
            }
            None => Ok(()),
        }
    }
}
