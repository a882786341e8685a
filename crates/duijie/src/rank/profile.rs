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
    /// How cosines of an encoder's vectors become the part `semantic`.
    pub semantic: SemanticScale,
    /// How many achievements are looked at closely.
    pub candidates: CandidateLimits,
    /// How achievements vote for their institution.
    pub institutions: InstitutionVoting,
    /// When a match is credible.
    pub verdict: VerdictWeights,
    /// The province whose candidates are asked for with every demand; none if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub home_province: Option<String>,
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
    /// BM25F of the demand's words, as a share of the greatest that any achievement has which the filter lets
    /// through; shown by field as the parts `title`, `keywords` and `summary`.
    pub text: f64,
    /// Cosine of the idf-weighted sets of Chinese characters, times (1 − c)², where c is the greatest cosine of
    /// concepts that any achievement has: characters stand in where the term base knows little of the demand.
    pub characters: f64,
    /// Cosine of the concept vectors (see [`crate::ConceptSpace`]), times 2c where c is below a half: the nearest of what
    /// the term base does not know is near by chance.
    pub concepts: f64,
    /// Nearness of the sub-industries.
    pub sub_industry: f64,
    /// Technology readiness, (TRL − 1) / 8; unknown counts as one half.
    pub maturity: f64,
    /// Cosine of an encoder's vectors, where both have one (see [`SemanticScale`]), times (1 − c)² as for the
    /// characters; an achievement without one counts one half.
    pub semantic: f64,
    /// The demand's indicators: met 1, not met 0, not stated one half; their mean. Judged for the best
    /// [`CandidateLimits::close`] candidates, one half for the others.
    pub indicators: f64,
    /// What a [`super::Reranker`] says of the best [`CandidateLimits::close`] candidates.
    pub reranker: f64,
}

/// How cosines of an encoder's vectors become shares of the part `semantic`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SemanticScale {
    /// Cosines up to this count 0, from here they rise evenly to 1; below 1. Texts that have nothing to do
    /// with each other have a cosine well above 0 with most encoders.
    pub floor: f64,
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
    /// Best by text, by concepts and by vectors among all.
    pub overall: usize,
    /// Likewise within the demand's chain.
    pub chain: usize,
    /// Likewise within the demand's sub-industry; all of it if it has no more.
    pub sub_industry: usize,
    /// How many of the best are looked at closely: their indicators judged, the reranker asked.
    pub close: usize,
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
    /// Weight of the mean maturity of the institution's related achievements.
    pub maturity: f64,
    /// Weight of the patents behind its related achievements.
    pub patents: f64,
    /// A voting achievement is related if it has this share of the institution's best score.
    pub related: f64,
}

/// When a match is credible: where these weights, times what the best achievements have of the
/// concepts ([`Parts::concept_share`]) and of the demand's words ([`Parts::text_share`]), add up to 1.
///
/// A linear rule fitted by logistic regression: one achievement that shares a demand's nouns is
/// found by chance; that a second and a third also deal with its concepts is not. A high first
/// share of words without a second speaks against the match for the same reason.
///
/// So a demand with a lone answer is often given up: by these parts, an only answer and the nearest of
/// those that are none look alike. `fixtures/results/collection.md` says how often.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerdictWeights {
    /// For the second-greatest cosine of concepts.
    pub second_concepts: f64,
    /// For the third-greatest cosine of concepts.
    pub third_concepts: f64,
    /// For the greatest share of words; may be negative.
    pub first_text: f64,
    /// For the second-greatest share of words.
    pub second_text: f64,
    /// A greatest share of words of at least this is credible whatever the others are: the
    /// achievement says what the demand says.
    pub certain_text: f64,
    /// One achievement by itself deals with the demand if their cosine of concepts is at least this.
    pub pair_concepts: f64,
}

/// The built-in profiles, by name.
const BUILT_IN: [(&str, &str); 3] = [
    ("default", include_str!("../../data/profiles/default.toml")),
    ("with-vectors", include_str!("../../data/profiles/with-vectors.toml")),
    ("bottleneck", include_str!("../../data/profiles/bottleneck.toml")),
];

impl Default for RankProfile {
    fn default() -> Self {
        Self::built_in("default").expect("there is a built-in profile of that name")
    }
}

impl RankProfile {
    /// A built-in profile: `default`, `with-vectors` (where an encoder's vectors are at hand) or `bottleneck`
    /// (for "卡脖子" listings: relevance, then depth, maturity and patents of the institution, and whether
    /// the province has a candidate).
    pub fn built_in(name: &str) -> Option<Self> {
        let (_, text) = BUILT_IN.iter().find(|(known, _)| *known == name)?;
        Some(toml::from_str(text).expect("the built-in profiles are profiles"))
    }

    /// The names of the built-in profiles.
    pub fn built_in_names() -> impl ExactSizeIterator<Item = &'static str> {
        BUILT_IN.iter().map(|(name, _)| *name)
    }

    /// Loads a profile from a TOML file.
    ///
    /// # Errors
    ///
    /// [`Error::Read`] if the file cannot be read, [`Error::Profile`] naming the line and field
    /// that is missing, unknown, of the wrong type, negative or no number.
    pub fn load(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| Error::Read { path: path.to_owned(), source: Arc::new(source) })?;
        Self::from_toml(&text, path)
    }

    /// Reads a profile from the text of a TOML file; messages call it `origin`.
    ///
    /// # Errors
    ///
    /// As [`RankProfile::load`].
    pub fn from_toml(text: &str, origin: &Path) -> Result<Self> {
        let problem = |problem| Error::Profile { path: origin.to_owned(), problem };
        let profile: Self = toml::from_str(text).map_err(|error| problem(error.to_string()))?;
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
        let greatest = |share: &dyn Fn(&Parts) -> f64| {
            let mut shares: Vec<f64> = ranking.iter().map(|parts| share(parts)).collect();
            shares.sort_unstable_by(|a, b| b.total_cmp(a));
            move |place: usize| shares.get(place).copied().unwrap_or(0.0)
        };
        let concepts = greatest(&|parts| self.concept_share(parts));
        let text = greatest(&|parts| self.text_share(parts));
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
        let concepts = self.concept_share(parts) / self.verdict.pair_concepts;
        concepts.max(self.text_share(parts) / self.verdict.certain_text)
    }

    fn concept_share(&self, parts: &Parts) -> f64 {
        if self.parts.concepts > 0.0 { parts.concept_share() } else { 0.0 }
    }

    fn text_share(&self, parts: &Parts) -> f64 {
        if self.parts.text > 0.0 { parts.text_share() } else { 0.0 }
    }

    fn check(&self) -> Result<(), String> {
        let Self { query, parts, affinity, institutions, verdict, .. } = self;
        let within = [
            ("query.title", query.title.into(), 0.0, 1000.0),
            ("query.description", query.description.into(), 0.0, 1000.0),
            ("query.indicators", query.indicators.into(), 0.0, 1000.0),
            ("parts.text", parts.text, 0.0, 1000.0),
            ("parts.characters", parts.characters, 0.0, 1000.0),
            ("parts.concepts", parts.concepts, 0.0, 1000.0),
            ("parts.sub_industry", parts.sub_industry, 0.0, 1000.0),
            ("parts.maturity", parts.maturity, 0.0, 1000.0),
            ("parts.semantic", parts.semantic, 0.0, 1000.0),
            ("parts.indicators", parts.indicators, 0.0, 1000.0),
            ("parts.reranker", parts.reranker, 0.0, 1000.0),
            ("affinity.same_sub_industry", affinity.same_sub_industry, 0.0, 1000.0),
            ("affinity.same_chain", affinity.same_chain, 0.0, 1000.0),
            ("affinity.other", affinity.other, 0.0, 1000.0),
            ("affinity.unknown", affinity.unknown, 0.0, 1000.0),
            ("semantic.floor", self.semantic.floor, -1.0, 0.999),
            ("institutions.decay", institutions.decay, 0.0, 1.0),
            ("institutions.related", institutions.related, 0.0, 1.0),
            ("institutions.maturity", institutions.maturity, 0.0, 1000.0),
            ("institutions.patents", institutions.patents, 0.0, 1000.0),
            ("verdict.second_concepts", verdict.second_concepts, -1000.0, 1000.0),
            ("verdict.third_concepts", verdict.third_concepts, -1000.0, 1000.0),
            ("verdict.first_text", verdict.first_text, -1000.0, 1000.0),
            ("verdict.second_text", verdict.second_text, -1000.0, 1000.0),
            ("verdict.certain_text", verdict.certain_text, 0.001, 1000.0),
            ("verdict.pair_concepts", verdict.pair_concepts, 0.001, 1000.0),
        ];
        for (name, value, least, most) in within {
            if !(least..=most).contains(&value) {
                return Err(format!("{name} should be between {least} and {most}, found {value}"));
            }
        }
        if institutions.votes == 0 {
            return Err("institutions.votes should be at least 1, found 0".to_owned());
        }
        if self.name.is_empty() || self.name.contains(char::is_whitespace) {
            return Err("name should be one word".to_owned());
        }
        Ok(())
    }
}
