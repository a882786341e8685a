//! 走出去: which institutions of other provinces to go to, by the unmet demand they could serve.

use crate::survey::Survey;
use crate::{EventError, Sheet};
use duijie::short_province;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// An institution of another province, and the unmet demands it could serve.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OutreachTarget {
    /// Its id.
    pub institution: String,
    /// Its name.
    pub name: String,
    /// Its province.
    pub province: String,
    /// Unmet demands that it matches credibly, over all chains.
    pub demands: usize,
    /// Sum of their scores: what targets are ordered by.
    pub weight: f64,
    /// Chain by chain, the most demands first.
    pub chains: Vec<OutreachChain>,
}

/// The unmet demands of one chain that a target could serve.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OutreachChain {
    /// Name of the chain.
    pub chain: String,
    /// Share of the chain's unmet demands, 0–1.
    pub share: f64,
    /// The demands, best score first.
    pub demands: Vec<OutreachDemand>,
}

/// A demand that a target could serve.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OutreachDemand {
    /// Id of the demand.
    pub demand: String,
    /// Its title.
    pub title: String,
    /// Its enterprise.
    pub enterprise: Option<String>,
    /// Score of the match.
    pub score: f64,
    /// The achievement that speaks for it.
    pub achievement: Option<String>,
}

impl Survey<'_> {
    /// Whether any institution is of the own province; of one that has none everything would be
    /// out of province.
    ///
    /// # Errors
    ///
    /// [`EventError::UnknownProvince`] with the provinces that there are.
    pub fn check_province(&self) -> Result<(), EventError> {
        let provinces: BTreeSet<&str> = self
            .institutions
            .iter()
            .filter_map(|institution| institution.province.as_deref())
            .map(short_province)
            .collect();
        if provinces.contains(short_province(self.province)) {
            return Ok(());
        }
        let known = provinces.into_iter().collect::<Vec<_>>().join("、");
        Err(EventError::UnknownProvince { name: self.province.to_owned(), known })
    }
}

/// Institutions of other provinces by the concentration of demand that the own province cannot
/// meet (no credible match there) and they can, the heaviest first.
pub fn outreach(survey: &Survey<'_>) -> Vec<OutreachTarget> {
    let prospects = survey.prospects();
    let unmet: Vec<_> = prospects.iter().filter(|prospects| prospects.inside.is_empty()).collect();
    let mut unmet_of_chain: BTreeMap<Option<&str>, usize> = BTreeMap::new();
    let mut targets: BTreeMap<&str, BTreeMap<Option<&str>, Vec<OutreachDemand>>> = BTreeMap::new();
    for prospects in &unmet {
        let chain = prospects.demand.chain.as_deref();
        *unmet_of_chain.entry(chain).or_default() += 1;
        for entry in &prospects.outside {
            targets.entry(&entry.institution).or_default().entry(chain).or_default().push(OutreachDemand {
                demand: prospects.demand.id.clone(),
                title: prospects.demand.title.clone(),
                enterprise: prospects.demand.enterprise.clone(),
                score: entry.score,
                achievement: entry.evidence.first().map(|evidence| evidence.achievement.clone()),
            });
        }
    }
    let target = |(institution, by_chain): (&str, BTreeMap<Option<&str>, Vec<OutreachDemand>>)| {
        let mut chains: Vec<OutreachChain> = by_chain
            .into_iter()
            .map(|(chain, mut demands)| {
                demands.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.demand.cmp(&b.demand)));
                OutreachChain {
                    chain: survey.chain_name(chain),
                    share: demands.len() as f64 / unmet_of_chain[&chain] as f64,
                    demands,
                }
            })
            .collect();
        chains.sort_by(|a, b| b.demands.len().cmp(&a.demands.len()).then_with(|| a.chain.cmp(&b.chain)));
        let all = || chains.iter().flat_map(|chain| &chain.demands);
        let province = survey.institutions.get(institution).and_then(|found| found.province.clone());
        OutreachTarget {
            institution: institution.to_owned(),
            name: survey.institution_name(institution),
            province: province.unwrap_or_else(|| "不详".to_owned()),
            demands: all().count(),
            weight: all().map(|demand| demand.score).sum(),
            chains,
        }
    };
    let mut targets: Vec<OutreachTarget> = targets.into_iter().map(target).collect();
    targets.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.institution.cmp(&b.institution)));
    targets
}

/// The targets as tables: one line each, and the demands behind each.
pub fn outreach_sheets(targets: &[OutreachTarget]) -> Vec<Sheet> {
    let mut overview =
        Sheet::new("走出去对接单位", &["序号", "单位", "省份", "可解决需求数", "需求集中度", "涉及产业链"]);
    let mut behind = Sheet::new(
        "走出去对接需求",
        &["单位", "产业链", "占该链未满足需求", "需求编号", "需求", "企业", "匹配得分", "依据成果"],
    );
    for (at, target) in targets.iter().enumerate() {
        let chains: Vec<String> =
            target.chains.iter().map(|chain| format!("{}（{}项）", chain.chain, chain.demands.len())).collect();
        overview.push(vec![
            (at + 1).to_string(),
            target.name.clone(),
            target.province.clone(),
            target.demands.to_string(),
            format!("{:.2}", target.weight),
            chains.join("、"),
        ]);
        for chain in &target.chains {
            for demand in &chain.demands {
                behind.push(vec![
                    target.name.clone(),
                    chain.chain.clone(),
                    format!("{:.0}%", chain.share * 100.0),
                    demand.demand.clone(),
                    demand.title.clone(),
                    demand.enterprise.clone().unwrap_or_else(|| "不详".into()),
                    format!("{:.3}", demand.score),
                    demand.achievement.clone().unwrap_or_default(),
                ]);
            }
        }
    }
    vec![overview, behind]
}
