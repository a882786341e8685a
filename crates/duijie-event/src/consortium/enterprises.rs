//! Enterprises of a chain that together work at its links.

use super::{ChainEnterprise, ChainPosition, ConsortiumMember, ConsortiumOptions};
use crate::EventError;
use crate::cover::{Choice, Coverage};
use crate::known::some_of;
use crate::survey::Survey;
use duijie::Demand;

/// Enterprises of the listing's chains, covering the links of the chain: sub-industries, and
/// positions where they are known.
pub(super) fn with_enterprises(
    survey: &Survey<'_>,
    listed: &[&Demand],
    options: &ConsortiumOptions,
) -> Result<(Vec<ConsortiumMember>, Choice), EventError> {
    let of_chain = |chain: &Option<String>| chain.is_some() && listed.iter().any(|own| own.chain == *chain);
    let on_list: Vec<&ChainEnterprise> =
        options.chain_enterprises.iter().filter(|enterprise| of_chain(&enterprise.chain)).collect();
    let demands: Vec<&Demand> = survey.demands.iter().filter(|demand| of_chain(&demand.chain)).collect();
    let lead = lead(survey, &demands, &on_list, options)?;
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
    let forced: Vec<usize> = lead.iter().map(|lead| member(lead, &mut names)).collect();
    let mut rows: Vec<(usize, Vec<String>, String)> = Vec::new();
    for demand in demands {
        let Some(enterprise) = demand.enterprise.as_deref() else { continue };
        let at = member(enterprise, &mut names);
        let mut of_demand = vec![survey.sub_industry_name(demand.sub_industry.as_deref())];
        let position = demand.extra.get("chain_position").and_then(|value| value.as_str());
        // Who leads is chosen for that, and stands at no link of its own.
        of_demand.extend(position.filter(|word| *word != ChainPosition::Lead.chinese()).map(str::to_owned));
        rows.push((at, of_demand, demand.id.clone()));
    }
    for enterprise in on_list {
        let at = member(&enterprise.name, &mut names);
        let mut own = vec![survey.sub_industry_name(enterprise.sub_industry.as_deref())];
        let position = enterprise.chain_position.filter(|position| *position != ChainPosition::Lead);
        own.extend(position.map(|position| position.chinese().to_owned()));
        rows.push((at, own, enterprise.products.join("、")));
    }
    for (at, of_demand, id) in rows {
        if !id.is_empty() {
            evidence[at].push(id);
        }
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
    Ok((members, choice))
}

/// The enterprise that leads: the one asked for, or the first 链主 of the list.
fn lead(
    survey: &Survey<'_>,
    demands: &[&Demand],
    on_list: &[&ChainEnterprise],
    options: &ConsortiumOptions,
) -> Result<Option<String>, EventError> {
    let Some(lead) = &options.lead_enterprise else {
        let leads = |enterprise: &&&ChainEnterprise| enterprise.chain_position == Some(ChainPosition::Lead);
        return Ok(on_list.iter().find(leads).map(|enterprise| enterprise.name.clone()));
    };
    let anywhere = survey.demands.iter().filter_map(|demand| demand.enterprise.as_deref());
    let anywhere = anywhere.chain(options.chain_enterprises.iter().map(|enterprise| enterprise.name.as_str()));
    if anywhere.into_iter().any(|name| name == lead) {
        return Ok(Some(lead.clone()));
    }
    let of_chain = on_list.iter().map(|enterprise| enterprise.name.as_str());
    let known = some_of(of_chain.chain(demands.iter().filter_map(|demand| demand.enterprise.as_deref())));
    Err(EventError::UnknownLead { name: lead.clone(), known })
}
