//! 创新联合体与平台: few partners that together cover the technical points of a listing.

mod chain_enterprise;
mod enterprises;
mod institutions;

pub use chain_enterprise::{ChainEnterprise, ChainPosition};

use crate::cover::{Choice, GUARANTEE};
use crate::similar::{TextSpace, TextVector};
use crate::survey::{Survey, achievement_text, demand_text};
use crate::{EventError, Sheet};
use duijie::Demand;
use enterprises::with_enterprises;
use institutions::with_institutions;
use serde::Serialize;

/// How to form a consortium.
#[derive(Clone, Debug, PartialEq)]
pub struct ConsortiumOptions {
    /// Most institutions.
    pub institutions: usize,
    /// Most enterprises, the lead enterprise included.
    pub enterprises: usize,
    /// The enterprise that leads, always a member; if not given, the 链主 among the chain's enterprises.
    pub lead_enterprise: Option<String>,
    /// What is known of the chain's enterprises and where in it they stand.
    pub chain_enterprises: Vec<ChainEnterprise>,
    /// A point counts as covered from this degree on, 0–1: see [`consortium`]. On the test collection four of
    /// five points covered so have an achievement that the judgments call an answer; below, every second.
    pub covered_from: f64,
    /// A partner that adds less than this much (in points) is not asked.
    pub least_gain: f64,
}

impl Default for ConsortiumOptions {
    fn default() -> Self {
        Self {
            institutions: 5,
            enterprises: 6,
            lead_enterprise: None,
            chain_enterprises: Vec::new(),
            covered_from: 0.5,
            least_gain: 0.1,
        }
    }
}

/// A proposed consortium.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Consortium {
    /// Ids of the demands it is for.
    pub demands: Vec<String>,
    /// The technical points and who covers them.
    pub points: Vec<TechnicalPoint>,
    /// Institutions, in the order in which they add most.
    pub institutions: Vec<ConsortiumMember>,
    /// Enterprises of the chain, the lead enterprise first.
    pub enterprises: Vec<ConsortiumMember>,
    /// How the institutions were chosen, and how good the choice is at least.
    pub institutions_bound: CoverBound,
    /// The same of the enterprises.
    pub enterprises_bound: CoverBound,
}

/// A technical point of a listing.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TechnicalPoint {
    /// The demand it is of.
    pub demand: String,
    /// Its text.
    pub text: String,
    /// How well the institutions together cover it, 0–1.
    pub covered: f64,
    /// The institution that covers it best, if it counts as covered.
    pub by: Option<String>,
}

/// A member and what it adds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ConsortiumMember {
    /// Id of the institution, or name of the enterprise.
    pub id: String,
    /// Name.
    pub name: String,
    /// What it added when chosen, in points.
    pub adds: f64,
    /// The points (of an institution) or sub-industries and positions (of an enterprise) that it
    /// brings beyond those chosen before.
    pub brings: Vec<String>,
    /// The achievements or demands that speak for it.
    pub evidence: Vec<String>,
}

/// How good a greedy choice is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct CoverBound {
    /// What the choice covers, in points.
    pub value: f64,
    /// No choice of as many members covers more.
    pub best_possible: f64,
    /// The share of the best choice's value that this one has, at least: known afterwards.
    pub at_least: f64,
    /// The share that greedy has on any input: 1 − 1/e, where the lead enterprise is free.
    pub guaranteed: f64,
}

impl CoverBound {
    fn of(choice: &Choice) -> Self {
        Self { value: choice.value, best_possible: choice.bound, at_least: choice.share(), guaranteed: GUARANTEE }
    }
}

/// Proposes a consortium for a 卡脖子 listing or a group of common needs: institutions whose
/// achievements together cover its technical points, and enterprises of the chain (for a
/// 省制造业创新中心) of which is known, from their own demands or from a list of the chain's
/// enterprises, at which of its links they work.
///
/// An achievement covers a point (the title, a sentence of the description, an indicator) to the degree
///
/// > √( matter · own ),
///
/// where *matter* says whether it deals with the matter at all, and *own* whether with this point:
/// matter is the cosine of concepts between the achievement and the point under its title, or the
/// share of their idf-weighted words that the achievement has, from the 0.45 on that is
/// certain for a match too; own is the greater of cosine and share for the point alone. So common
/// words in another matter cover nothing, and the right matter alone covers no point in full.
///
/// Where a demand's field `chain_position` (上游, 中游, 下游) is known, enterprises are chosen across
/// positions too; unknown positions are passed over.
///
/// # Errors
///
/// [`duijie::Error::UnknownId`] (as [`EventError::Matching`]) for a demand that the survey does not have,
/// [`EventError::UnknownLead`] for a lead enterprise that neither demands nor the chain's enterprises have.
pub fn consortium(
    survey: &Survey<'_>,
    demands: &[String],
    options: &ConsortiumOptions,
) -> Result<Consortium, EventError> {
    let listed: Vec<&Demand> = demands
        .iter()
        .map(|id| {
            survey
                .demands
                .iter()
                .find(|demand| demand.id == *id)
                .ok_or_else(|| EventError::Matching(duijie::Error::UnknownId { kind: "demand", id: id.clone() }))
        })
        .collect::<Result<_, _>>()?;
    let achievement_texts: Vec<String> = survey.achievements.iter().map(achievement_text).collect();
    let demand_texts: Vec<String> = survey.demands.iter().map(demand_text).collect();
    let space = TextSpace::new(survey.lexicon, achievement_texts.iter().chain(&demand_texts).map(String::as_str));
    let points: Vec<Point<'_>> = listed
        .iter()
        .flat_map(|&demand| texts_of_points(demand).into_iter().map(move |text| (demand, text)))
        .map(|(demand, text)| Point {
            own: space.vector(&text),
            matter: space.vector(&format!("{}\n{text}", demand.title)),
            demand,
            text,
        })
        .filter(|point| !point.own.is_empty())
        .collect();
    let vectors: Vec<TextVector> = achievement_texts.iter().map(|text| space.vector(text)).collect();
    let (mut proposal, choice) = with_institutions(survey, &points, &vectors, options);
    proposal.demands = demands.to_vec();
    proposal.institutions_bound = CoverBound::of(&choice);
    let (enterprises, choice) = with_enterprises(survey, &listed, options)?;
    proposal.enterprises = enterprises;
    proposal.enterprises_bound = CoverBound::of(&choice);
    Ok(proposal)
}

/// A technical point to be covered.
struct Point<'a> {
    demand: &'a Demand,
    text: String,
    /// Its text alone.
    own: TextVector,
    /// Its text under the title of its demand, which says what it is about.
    matter: TextVector,
}

/// The share of a text's words from which another deals with its matter, whatever their concepts.
const CERTAIN_WORDS: f64 = 0.45;

impl Point<'_> {
    /// To what degree an achievement covers the point.
    fn covered_by(&self, achievement: &TextVector) -> f64 {
        let words = Some(self.matter.words_in(achievement)).filter(|share| *share >= CERTAIN_WORDS);
        let matter = self.matter.concepts(achievement).max(words.unwrap_or(0.0));
        let own = self.own.concepts(achievement).max(self.own.words_in(achievement));
        (matter * own).sqrt()
    }
}

/// The title, each sentence of the description and each indicator.
fn texts_of_points(demand: &Demand) -> Vec<String> {
    let sentences = demand.description.split(['。', '；', ';', '！', '？', '\n']);
    let all =
        std::iter::once(demand.title.as_str()).chain(sentences).chain(demand.indicators.iter().map(String::as_str));
    all.map(str::trim).filter(|text| text.chars().count() >= 4).map(String::from).collect()
}

impl Consortium {
    /// The proposal as tables.
    pub fn sheets(&self) -> Vec<Sheet> {
        let mut members = Sheet::new("联合体成员", &["序号", "类别", "单位", "新增贡献", "新增覆盖", "依据"]);
        let kinds = [("高校院所", &self.institutions), ("链上企业", &self.enterprises)];
        for (kind, list) in kinds {
            for (at, member) in list.iter().enumerate() {
                members.push(vec![
                    (at + 1).to_string(),
                    kind.to_owned(),
                    member.name.clone(),
                    format!("{:.2}", member.adds),
                    member.brings.join("；"),
                    member.evidence.join("、"),
                ]);
            }
        }
        let mut points = Sheet::new("技术要点覆盖", &["需求编号", "技术要点", "覆盖程度", "承担单位"]);
        for point in &self.points {
            points.push(vec![
                point.demand.clone(),
                point.text.clone(),
                format!("{:.0}%", point.covered * 100.0),
                point.by.clone().unwrap_or_else(|| "尚未覆盖".into()),
            ]);
        }
        let mut bounds = Sheet::new("选择依据", &["类别", "方法", "覆盖量", "理论上限", "不低于最优的"]);
        for (kind, bound) in [("高校院所", &self.institutions_bound), ("链上企业", &self.enterprises_bound)] {
            bounds.push(vec![
                kind.to_owned(),
                format!("次模函数贪心覆盖（任何情形下不低于最优的{:.0}%）", bound.guaranteed * 100.0),
                format!("{:.2}", bound.value),
                format!("{:.2}", bound.best_possible),
                format!("{:.0}%", bound.at_least * 100.0),
            ]);
        }
        vec![members, points, bounds]
    }
}
