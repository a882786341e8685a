//! `[[forbid]]`, `[[require]]` and `[[exceptions]]`, held against the demands and institutions.

use super::problem::{BoundException, ExceptionTarget};
use crate::{Event, EventError, PairRule};
use duijie::{Demand, Institutions};
use rustc_hash::{FxHashMap, FxHashSet};

/// The rules with institutions as ids.
#[derive(Debug)]
pub(super) struct Rules {
    forbid: Vec<PairRule>,
    require: Vec<PairRule>,
    /// Institution of each exception, if it is of one.
    exception_institutions: Vec<Option<String>>,
}

impl Rules {
    pub(super) fn resolve(event: &Event, demands: &[Demand], institutions: &Institutions) -> Result<Self, EventError> {
        let known = Known {
            demands: demands.iter().map(|demand| demand.id.as_str()).collect(),
            enterprises: demands.iter().filter_map(|demand| demand.enterprise.as_deref()).collect(),
            institutions,
        };
        let mut rules = Self {
            forbid: known.rules("forbid", &event.forbid)?,
            require: known.rules("require", &event.require)?,
            exception_institutions: Vec::new(),
        };
        if let Some(at) = rules.require.iter().position(|rule| rule.demand.is_none() || rule.institution.is_none()) {
            return Err(EventError::RequireNeedsPair { number: at + 1 });
        }
        for (at, exception) in event.exceptions.iter().enumerate() {
            let number = at + 1;
            if exception.demand.is_some() && exception.institution.is_some() {
                return Err(EventError::ExceptionOfTwo { number });
            }
            if exception.institution.is_some() && exception.min.is_some() {
                return Err(EventError::MinimumOfInstitution { number });
            }
            let rule = PairRule {
                demand: exception.demand.clone(),
                institution: exception.institution.clone(),
                ..PairRule::default()
            };
            rules.exception_institutions.push(known.rule("exceptions", number, &rule)?.institution);
        }
        Ok(rules)
    }

    /// Numbers of the rules that forbid the pair.
    pub(super) fn forbidding(&self, demand: &Demand, institution: &str) -> Vec<usize> {
        numbers(&self.forbid, demand, institution)
    }

    /// Numbers of the rules that require the pair.
    pub(super) fn requiring(&self, demand: &Demand, institution: &str) -> Vec<usize> {
        numbers(&self.require, demand, institution)
    }

    /// Institutions that the demand must meet.
    pub(super) fn required_of(&self, demand: &Demand) -> Vec<String> {
        let own = self.require.iter().filter(|rule| rule.demand.as_deref() == Some(&demand.id));
        let mut ids: Vec<String> = own.filter_map(|rule| rule.institution.clone()).collect();
        ids.sort();
        ids.dedup();
        ids
    }

    pub(super) fn exceptions(
        &self,
        event: &Event,
        guest: impl Fn(&str) -> Option<usize>,
        institution_at: &FxHashMap<String, usize>,
    ) -> Vec<BoundException> {
        let target = |demand: Option<&str>, institution: &Option<String>| match (demand, institution) {
            (Some(demand), _) => guest(demand).map_or(ExceptionTarget::Nobody, ExceptionTarget::Guest),
            (None, Some(id)) => ExceptionTarget::Institution(institution_at[id]),
            (None, None) => ExceptionTarget::Nobody,
        };
        let exceptions = event.exceptions.iter().zip(&self.exception_institutions);
        exceptions
            .map(|(exception, institution)| BoundException {
                target: target(exception.demand.as_deref(), institution),
                min: exception.min,
                max: exception.max,
            })
            .collect()
    }
}

fn numbers(rules: &[PairRule], demand: &Demand, institution: &str) -> Vec<usize> {
    let applies = |rule: &PairRule| {
        rule.demand.as_ref().is_none_or(|id| *id == demand.id)
            && rule.enterprise.as_ref().is_none_or(|name| demand.enterprise.as_ref() == Some(name))
            && rule.institution.as_ref().is_none_or(|id| id == institution)
    };
    rules.iter().enumerate().filter(|(_, rule)| applies(rule)).map(|(at, _)| at).collect()
}

struct Known<'a> {
    demands: FxHashSet<&'a str>,
    enterprises: FxHashSet<&'a str>,
    institutions: &'a Institutions,
}

impl Known<'_> {
    fn rules(&self, section: &'static str, rules: &[PairRule]) -> Result<Vec<PairRule>, EventError> {
        rules.iter().enumerate().map(|(at, rule)| self.rule(section, at + 1, rule)).collect()
    }

    fn rule(&self, section: &'static str, number: usize, rule: &PairRule) -> Result<PairRule, EventError> {
        if rule.demand.is_none() && rule.enterprise.is_none() && rule.institution.is_none() {
            return Err(EventError::EmptyRule { section, number });
        }
        if let Some(demand) = rule.demand.as_ref().filter(|id| !self.demands.contains(id.as_str())) {
            return Err(EventError::UnknownDemand { section, number, demand: demand.clone() });
        }
        if let Some(enterprise) = rule.enterprise.as_ref().filter(|name| !self.enterprises.contains(name.as_str())) {
            return Err(EventError::UnknownEnterprise { section, number, enterprise: enterprise.clone() });
        }
        let mut resolved = rule.clone();
        if let Some(name) = &rule.institution {
            let found = self.institutions.resolve(name);
            let institution = found.map_err(|problem| EventError::UnknownInstitution { section, number, problem })?;
            resolved.institution = Some(institution.id.clone());
        }
        Ok(resolved)
    }
}
