//! 基础薄弱环节: what the province cannot do, and where a breakthrough is nearest.

use super::CommonNeed;
use crate::Sheet;
use crate::survey::{Prospects, Survey};
use duijie::DemandKind;
use rustc_hash::FxHashMap;
use serde::Serialize;

/// What a full measure of each reason weighs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PotentialWeights {
    /// How near the province's best institution comes.
    pub foundation: f64,
    /// How mature its best achievement is, (TRL − 1) / 8; unknown counts as one half.
    pub maturity: f64,
    /// How many enterprises have the need, 4 or more being full measure.
    pub breadth: f64,
    /// That it is a 卡脖子 listing.
    pub bottleneck: f64,
    /// That institutions elsewhere match credibly, with whom one could work.
    pub partners: f64,
}

impl Default for PotentialWeights {
    fn default() -> Self {
        Self { foundation: 0.35, maturity: 0.2, breadth: 0.15, bottleneck: 0.2, partners: 0.1 }
    }
}

/// A weak link: a demand, or a need that several enterprises have, without a credible match in the
/// province, or a 卡脖子 listing whose matches in the province are not yet mature (TRL below 7).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WeakLink {
    /// From 1, the most promising first.
    pub rank: usize,
    /// Id of the (representative) demand.
    pub demand: String,
    /// Its title.
    pub title: String,
    /// Name of its chain.
    pub chain: String,
    /// Name of its sub-industry.
    pub sub_industry: String,
    /// Whether it is a 卡脖子 listing.
    pub bottleneck: bool,
    /// The enterprises that have the need.
    pub enterprises: Vec<String>,
    /// Institution of the province that comes nearest.
    pub nearest: Option<String>,
    /// Institutions elsewhere that match credibly.
    pub partners: Vec<String>,
    /// Breakthrough potential: the sum of the parts.
    pub potential: f64,
    /// What the potential is made of.
    pub parts: Vec<Potential>,
}

/// A reason for the breakthrough potential.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Potential {
    /// What it is, as an official reads it.
    pub reason: String,
    /// Its share of the potential.
    pub value: f64,
}

/// The level from which an achievement is no longer work in progress.
const MATURE: u8 = 7;

/// The most that the province's foundation counts where nobody in it matches credibly.
const SHORT_OF_CREDIBLE: f64 = 0.99;

pub(super) fn weak_links(
    survey: &Survey<'_>,
    prospects: &[Prospects<'_>],
    needs: &[CommonNeed],
    weights: &PotentialWeights,
) -> Vec<WeakLink> {
    let maturity: FxHashMap<&str, Option<u8>> =
        survey.achievements.iter().map(|achievement| (achievement.id.as_str(), achievement.maturity)).collect();
    let level = |prospects: &Prospects<'_>| {
        let best = prospects.nearest.and_then(|entry| entry.evidence.first())?;
        maturity.get(best.achievement.as_str()).copied().flatten()
    };
    let weak = prospects.iter().filter(|prospects| {
        let immature = level(prospects).is_none_or(|level| level < MATURE);
        prospects.inside.is_empty() || (prospects.demand.kind == DemandKind::Bottleneck && immature)
    });
    let mut seen: Vec<&str> = Vec::new();
    let mut links = Vec::new();
    for prospects in weak {
        let need = needs.iter().find(|need| need.demands.contains(&prospects.demand.id));
        if let Some(need) = need {
            // A need that several have is one link.
            if seen.contains(&need.representative.as_str()) {
                continue;
            }
            seen.push(&need.representative);
        }
        links.push(link(survey, prospects, need, level(prospects), weights));
    }
    links.sort_by(|a, b| b.potential.total_cmp(&a.potential).then_with(|| a.demand.cmp(&b.demand)));
    links.iter_mut().zip(1..).for_each(|(link, rank)| link.rank = rank);
    links
}

fn link(
    survey: &Survey<'_>,
    prospects: &Prospects<'_>,
    need: Option<&CommonNeed>,
    level: Option<u8>,
    weights: &PotentialWeights,
) -> WeakLink {
    let demand = prospects.demand;
    let enterprises = match need {
        Some(need) => need.enterprises.clone(),
        None => demand.enterprise.iter().cloned().collect(),
    };
    let best = prospects.nearest.and_then(|entry| entry.evidence.first());
    // An achievement may come near while the verdict on the demand is that nobody matches: never full measure.
    let most = if prospects.inside.is_empty() { SHORT_OF_CREDIBLE } else { 1.0 };
    let foundation = best.map_or(0.0, |best| survey.profile.nearness(&best.parts)).min(most);
    let partners: Vec<String> =
        prospects.outside.iter().map(|entry| survey.institution_name(&entry.institution)).collect();
    let mut parts = Vec::new();
    let mut part = |reason: String, value: f64| {
        if value > 0.0 {
            parts.push(Potential { reason, value: (value * 1e4).round() / 1e4 });
        }
    };
    let nearest = prospects.nearest.map(|entry| survey.institution_name(&entry.institution));
    part(
        format!("省内基础：{}接近程度{:.0}%", nearest.as_deref().unwrap_or("无"), foundation * 100.0),
        weights.foundation * foundation,
    );
    let (words, share) = match level {
        Some(level) => (format!("最接近成果成熟度TRL{level}"), f64::from(level.saturating_sub(1)) / 8.0),
        None => ("最接近成果成熟度不详".to_owned(), 0.5),
    };
    part(words, weights.maturity * if nearest.is_some() { share } else { 0.0 });
    let breadth = (enterprises.len() as f64 / 4.0).min(1.0);
    part(format!("{}家企业提出", enterprises.len()), weights.breadth * breadth);
    let bottleneck = demand.kind == DemandKind::Bottleneck;
    part("列入“卡脖子”清单".to_owned(), if bottleneck { weights.bottleneck } else { 0.0 });
    part(format!("省外{}家单位可合作", partners.len()), if partners.is_empty() { 0.0 } else { weights.partners });
    WeakLink {
        rank: 0,
        demand: demand.id.clone(),
        title: demand.title.clone(),
        chain: survey.chain_name(demand.chain.as_deref()),
        sub_industry: survey.sub_industry_name(demand.sub_industry.as_deref()),
        bottleneck,
        enterprises,
        nearest,
        partners,
        potential: parts.iter().map(|part| part.value).sum(),
        parts,
    }
}

pub(super) fn sheet(links: &[WeakLink]) -> Sheet {
    let mut sheet = Sheet::new(
        "基础薄弱环节",
        &["序号", "薄弱环节", "产业链", "细分行业", "卡脖子", "提出企业", "突破潜力", "理由", "省外可合作单位"],
    );
    for link in links {
        let reasons: Vec<String> =
            link.parts.iter().map(|part| format!("{}（+{:.2}）", part.reason, part.value)).collect();
        sheet.push(vec![
            link.rank.to_string(),
            link.title.clone(),
            link.chain.clone(),
            link.sub_industry.clone(),
            if link.bottleneck { "是" } else { "否" }.to_owned(),
            link.enterprises.join("、"),
            format!("{:.2}", link.potential),
            reasons.join("；"),
            if link.partners.is_empty() { "无".to_owned() } else { link.partners.join("、") },
        ]);
    }
    sheet
}
