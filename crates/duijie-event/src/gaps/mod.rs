//! What is missing: demands without a match in the province, achievements nobody asks for, needs
//! that enterprises share, and the weak links (基础薄弱环节) in the order of their promise.

mod common_needs;
mod heat_map;
mod weak_links;

pub use common_needs::{CommonNeed, CommonNeedOptions, common_needs};
pub use heat_map::{HeatMap, HeatMapRow};
pub use weak_links::{Potential, PotentialWeights, WeakLink};

use crate::survey::Survey;
use crate::{EventError, Sheet};
use duijie::{Ranking, Verdict};
use rustc_hash::FxHashSet;
use serde::Serialize;

/// How to look for gaps.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GapOptions {
    /// When demands are one need.
    pub common_needs: CommonNeedOptions,
    /// What makes a weak link promising.
    pub potential: PotentialWeights,
}

/// What is missing.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GapReport {
    /// Per sub-industry, in the order of the catalogue; those of no known sub-industry last.
    pub sub_industries: Vec<SubIndustryGap>,
    /// Demands without a credible match in the province, in their order.
    pub unmet: Vec<UnmetInProvince>,
    /// Achievements that speak for no credible match of any demand.
    pub unasked: Vec<UnaskedAchievement>,
    /// 共性需求: needs that several enterprises have, the most widespread first.
    pub common_needs: Vec<CommonNeed>,
    /// 基础薄弱环节, the most promising first.
    pub weak_links: Vec<WeakLink>,
    /// Demands by sub-industry and outcome.
    pub heat_map: HeatMap,
}

/// The gap of one sub-industry.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SubIndustryGap {
    /// Name of the chain.
    pub chain: String,
    /// Name of the sub-industry.
    pub sub_industry: String,
    /// Demands and listings.
    pub demands: usize,
    /// Of these, matched credibly in the province.
    pub met_in_province: usize,
    /// Of these, matched credibly only elsewhere.
    pub met_elsewhere_only: usize,
    /// Of these, matched nowhere.
    pub met_nowhere: usize,
    /// Achievements of the province's institutions.
    pub achievements: usize,
    /// Of these, asked for by nobody.
    pub unasked: usize,
}

/// A demand without a credible match in the province.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UnmetInProvince {
    /// Id of the demand.
    pub demand: String,
    /// Its title.
    pub title: String,
    /// Its enterprise.
    pub enterprise: Option<String>,
    /// Name of its chain.
    pub chain: String,
    /// Name of its sub-industry.
    pub sub_industry: String,
    /// The institution of the province that comes nearest.
    pub nearest: Option<String>,
    /// Institutions of other provinces that match credibly, best first.
    pub elsewhere: Vec<String>,
}

/// An achievement that nobody asks for.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UnaskedAchievement {
    /// Id of the achievement.
    pub achievement: String,
    /// Its title.
    pub title: String,
    /// Name of its institution.
    pub institution: String,
    /// Name of its chain.
    pub chain: String,
    /// Name of its sub-industry.
    pub sub_industry: String,
}

/// Finds the gaps of a survey. An achievement is asked for if it is evidence of a credible match,
/// or stands in a credible ranking among `achievement_matches` (which may be empty).
///
/// # Errors
///
/// [`EventError::NotInstitutions`] or [`EventError::NoRanking`] for a demand of the survey without
/// a ranking of institutions.
pub fn gaps(
    survey: &Survey<'_>,
    achievement_matches: &[duijie::DemandMatch],
    options: &GapOptions,
) -> Result<GapReport, EventError> {
    let prospects = survey.prospects();
    if let Some(demand) = survey.demands.iter().find(|demand| !prospects.iter().any(|p| p.demand.id == demand.id)) {
        return Err(match survey.matches.iter().any(|ranking| ranking.demand == demand.id) {
            true => EventError::NotInstitutions { demand: demand.id.clone() },
            false => EventError::NoRanking { demand: demand.id.clone() },
        });
    }
    let mut asked: FxHashSet<&str> = FxHashSet::default();
    for entry in prospects.iter().flat_map(|prospects| prospects.inside.iter().chain(&prospects.outside)) {
        asked.extend(entry.evidence.iter().map(|evidence| evidence.achievement.as_str()));
    }
    for ranking in achievement_matches.iter().filter(|ranking| ranking.verdict == Verdict::Matched) {
        if let Ranking::Achievements(entries) = &ranking.ranking {
            let credible = entries.iter().filter(|entry| survey.profile.nearness(&entry.parts) >= 1.0);
            asked.extend(credible.map(|entry| entry.achievement.as_str()));
        }
    }
    let unmet = prospects.iter().filter(|prospects| prospects.inside.is_empty());
    let unmet = unmet.map(|prospects| UnmetInProvince {
        demand: prospects.demand.id.clone(),
        title: prospects.demand.title.clone(),
        enterprise: prospects.demand.enterprise.clone(),
        chain: survey.chain_name(prospects.demand.chain.as_deref()),
        sub_industry: survey.sub_industry_name(prospects.demand.sub_industry.as_deref()),
        nearest: prospects.nearest.map(|entry| survey.institution_name(&entry.institution)),
        elsewhere: prospects.outside.iter().map(|entry| survey.institution_name(&entry.institution)).collect(),
    });
    let unasked = survey.achievements.iter().filter(|achievement| !asked.contains(achievement.id.as_str()));
    let unasked = unasked.map(|achievement| UnaskedAchievement {
        achievement: achievement.id.clone(),
        title: achievement.title.clone(),
        institution: achievement
            .institution
            .as_deref()
            .map_or("未注明".to_owned(), |id| survey.institution_name(id)),
        chain: survey.chain_name(achievement.chain.as_deref()),
        sub_industry: survey.sub_industry_name(achievement.sub_industry.as_deref()),
    });
    let common_needs = common_needs(survey.demands, survey.lexicon, &options.common_needs);
    let sub_industries = by_sub_industry(survey, &prospects, &asked);
    Ok(GapReport {
        unmet: unmet.collect(),
        unasked: unasked.collect(),
        weak_links: weak_links::weak_links(survey, &prospects, &common_needs, &options.potential),
        heat_map: HeatMap::new(&sub_industries),
        sub_industries,
        common_needs,
    })
}

fn by_sub_industry(
    survey: &Survey<'_>,
    prospects: &[crate::survey::Prospects<'_>],
    asked: &FxHashSet<&str>,
) -> Vec<SubIndustryGap> {
    let chains = survey.catalogue.chains.iter();
    let known =
        chains.flat_map(|chain| chain.sub_industries.iter().map(move |sub| (Some(chain), Some(sub.code.as_str()))));
    let count = |chain: String, code: Option<&str>| {
        let is_known = |code: &str| survey.catalogue.sub_industry(code).is_some();
        let same = |own: Option<&str>| match code {
            Some(code) => own == Some(code),
            None => own.is_none_or(|own| !is_known(own)),
        };
        let own: Vec<_> = prospects.iter().filter(|p| same(p.demand.sub_industry.as_deref())).collect();
        let achievements: Vec<_> = survey
            .achievements
            .iter()
            .filter(|achievement| same(achievement.sub_industry.as_deref()))
            .filter(|a| a.institution.as_deref().is_none_or(|id| survey.side(id) == crate::survey::Side::InProvince))
            .collect();
        let inside = own.iter().filter(|p| !p.inside.is_empty()).count();
        let elsewhere = own.iter().filter(|p| p.inside.is_empty() && !p.outside.is_empty()).count();
        SubIndustryGap {
            chain,
            sub_industry: survey.sub_industry_name(code),
            demands: own.len(),
            met_in_province: inside,
            met_elsewhere_only: elsewhere,
            met_nowhere: own.len() - inside - elsewhere,
            achievements: achievements.len(),
            unasked: achievements.iter().filter(|achievement| !asked.contains(achievement.id.as_str())).count(),
        }
    };
    let mut rows: Vec<SubIndustryGap> =
        known.map(|(chain, code)| count(survey.chain_name(chain.map(|chain| chain.id.as_str())), code)).collect();
    rows.push(count("未注明产业链".to_owned(), None));
    rows.retain(|row| row.demands > 0 || row.achievements > 0);
    rows
}

impl GapReport {
    /// The report as tables.
    pub fn sheets(&self) -> Vec<Sheet> {
        let mut overview = Sheet::new(
            "供需缺口总表",
            &["产业链", "细分行业", "需求数", "省内可对接", "仅省外可对接", "暂无对接", "省内成果数", "无人问津成果"],
        );
        for row in &self.sub_industries {
            let numbers = [
                row.demands,
                row.met_in_province,
                row.met_elsewhere_only,
                row.met_nowhere,
                row.achievements,
                row.unasked,
            ];
            let mut cells = vec![row.chain.clone(), row.sub_industry.clone()];
            cells.extend(numbers.map(|number| number.to_string()));
            overview.push(cells);
        }
        let mut unmet = Sheet::new(
            "省内无可信匹配需求",
            &["编号", "需求", "企业", "产业链", "细分行业", "省内最接近单位", "省外可对接单位"],
        );
        for row in &self.unmet {
            unmet.push(vec![
                row.demand.clone(),
                row.title.clone(),
                row.enterprise.clone().unwrap_or_else(|| "不详".into()),
                row.chain.clone(),
                row.sub_industry.clone(),
                row.nearest.clone().unwrap_or_else(|| "无".into()),
                if row.elsewhere.is_empty() { "无".into() } else { row.elsewhere.join("、") },
            ]);
        }
        let mut unasked = Sheet::new("暂无需求的成果", &["编号", "成果", "单位", "产业链", "细分行业"]);
        for row in &self.unasked {
            unasked.push(vec![
                row.achievement.clone(),
                row.title.clone(),
                row.institution.clone(),
                row.chain.clone(),
                row.sub_industry.clone(),
            ]);
        }
        vec![
            overview,
            self.heat_map.sheet(),
            unmet,
            unasked,
            common_needs::sheet(&self.common_needs),
            weak_links::sheet(&self.weak_links),
        ]
    }
}
