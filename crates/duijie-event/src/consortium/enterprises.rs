//! Enterprises of a chain that together work at its links.

use super::{ConsortiumMember, ConsortiumOptions};
use crate::cover::{Choice, Coverage};
use crate::survey::Survey;
use duijie::Demand;

/// Enterprises of the listing's chains, covering the links of the chain: sub-industries, and
/// positions where they are known.
pub(super) fn with_enterprises(
    survey: &Survey<'_>,
    listed: &[&Demand],
    options: &ConsortiumOptions,
) -> (Vec<ConsortiumMember>, Choice) {
    let of_chain = |demand: &&Demand| demand.chain.is_some() && listed.iter().any(|own| own.chain == demand.chain);
    let mut names: Vec<String> = Vec::new();
    let mut links: Vec<String> = Vec::new();
    let mut works_at: Vec<Vec<usize>> = Vec::new();
    let mut evidence: Vec<Vec<String>> = Vec::new();
    let mut member = |name: &str, names: &mut Vec<String>| match names.iter().position(|known| known == name) {
        Some(at) => at,
        None => {
            names.push(name.to_owned());
            works_at.push(Vec::new());
            evidence.push(Vec::new());
            names.len() - 1
        }
    };
    let forced: Vec<usize> = options.lead_enterprise.iter().map(|lead| member(lead, &mut names)).collect();
    let mut rows: Vec<(usize, Vec<String>, String)> = Vec::new();
    for demand in survey.demands.iter().filter(of_chain) {
        let Some(enterprise) = demand.enterprise.as_deref() else { continue };
        let at = member(enterprise, &mut names);
        let sub_industry = survey.sub_industry_name(demand.sub_industry.as_deref());
        let mut of_demand = vec![sub_industry];
        if let Some(position) = demand.extra.get("chain_position").and_then(|value| value.as_str()) {
            of_demand.push(position.to_owned());
        }
        rows.push((at, of_demand, demand.id.clone()));
    }
    for (at, of_demand, id) in rows {
        evidence[at].push(id);
        for link in of_demand {
            let link_at = links.iter().position(|known| *known == link).unwrap_or_else(|| {
                links.push(link);
                links.len() - 1
            });
            if !works_at[at].contains(&link_at) {
                works_at[at].push(link_at);
            }
        }
    }
    // Those who bring the listing have a stake in it.
    let has_stake = |name: &str| listed.iter().any(|demand| demand.enterprise.as_deref() == Some(name));
    let coverage = Coverage {
        points: vec![1.0; links.len()],
        items: works_at
            .iter()
            .map(|own| (0..links.len()).map(|link| if own.contains(&link) { 1.0 } else { 0.0 }).collect())
            .collect(),
        bonus: names.iter().map(|name| if has_stake(name) { 1.0 } else { 0.0 }).collect(),
    };
    let choice = coverage.choose(&forced, options.enterprises, options.least_gain);
    let mut seen: Vec<usize> = Vec::new();
    let members = choice.picks.iter().map(|&(item, adds)| {
        let fresh: Vec<usize> = works_at[item].iter().copied().filter(|link| !seen.contains(link)).collect();
        seen.extend(&fresh);
        ConsortiumMember {
            id: names[item].clone(),
            name: names[item].clone(),
            adds,
            brings: fresh.into_iter().map(|link| links[link].clone()).collect(),
            evidence: evidence[item].clone(),
        }
    });
    let members = members.collect();
    (members, choice)
}
