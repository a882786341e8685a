//! The event as numbers: who could meet whom, and what bounds it.

use super::report::{Unmet, UnmetReason};
use super::rules::Rules;
use crate::known::some_of;
use crate::{Event, EventError, EventForm, NoCredibleMatch};
use duijie::{Demand, DemandKind, DemandMatch, Institutions, Ranking, Verdict};
use rustc_hash::{FxHashMap, FxHashSet};

/// More meetings than any event has: the value of a limit that does not limit.
pub(super) const UNBOUNDED: usize = 1_000_000;

/// The demands that have an allowed candidate, the institutions, and every pair that could meet
/// if limits were relaxed. Pairs are sorted by demand, then institution.
#[derive(Debug)]
pub(super) struct Problem {
    pub(super) form: EventForm,
    pub(super) guests: Vec<Guest>,
    pub(super) institutions: Vec<String>,
    pub(super) pairs: Vec<Pair>,
    /// How many enterprises; each has at most one meeting a slot, however many its demands.
    pub(super) parties: usize,
    /// Cities of the guests of a tour.
    pub(super) cities: Vec<String>,
}

/// A demand that takes part.
#[derive(Debug)]
pub(super) struct Guest {
    pub(super) demand: String,
    pub(super) party: usize,
    /// Index of its city; 0 in a hall.
    pub(super) city: usize,
    /// Factor on its scores in the total.
    pub(super) weight: f64,
}

#[derive(Debug)]
pub(super) struct Pair {
    pub(super) guest: usize,
    pub(super) institution: usize,
    pub(super) score: f64,
    pub(super) forbidden_by: Vec<usize>,
    pub(super) required_by: Vec<usize>,
}

/// The values of all limits.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Bounds {
    pub(super) demand_min: usize,
    pub(super) demand_max: usize,
    pub(super) institution_max: usize,
    pub(super) slots: usize,
    pub(super) tables: usize,
    pub(super) minimum_score: f64,
    /// Which rules hold.
    pub(super) forbid: Vec<bool>,
    pub(super) require: Vec<bool>,
    pub(super) exceptions: Vec<BoundException>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct BoundException {
    pub(super) target: ExceptionTarget,
    pub(super) min: Option<usize>,
    pub(super) max: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ExceptionTarget {
    Guest(usize),
    Institution(usize),
    /// A demand or institution that has no allowed candidate.
    Nobody,
}

impl Bounds {
    /// Whether a pair may meet: required, or good enough; and not forbidden.
    pub(super) fn allows(&self, pair: &Pair) -> bool {
        let required = self.requires(pair);
        (required || pair.score >= self.minimum_score) && !pair.forbidden_by.iter().any(|&rule| self.forbid[rule])
    }

    pub(super) fn requires(&self, pair: &Pair) -> bool {
        pair.required_by.iter().any(|&rule| self.require[rule])
    }

    /// Least and greatest number of meetings of a guest.
    pub(super) fn guest(&self, guest: usize) -> (usize, usize) {
        let own = self.exceptions.iter().filter(|exception| exception.target == ExceptionTarget::Guest(guest));
        own.fold((self.demand_min, self.demand_max), |(min, max), exception| {
            (exception.min.unwrap_or(min), exception.max.unwrap_or(max))
        })
    }

    /// Greatest number of meetings of an institution.
    pub(super) fn institution(&self, institution: usize) -> usize {
        let own = |exception: &&BoundException| exception.target == ExceptionTarget::Institution(institution);
        self.exceptions.iter().filter(own).fold(self.institution_max, |max, exception| exception.max.unwrap_or(max))
    }

    /// Meetings that slots and tables have room for.
    pub(super) fn room(&self) -> usize {
        self.slots.saturating_mul(self.tables).min(UNBOUNDED)
    }
}

/// The problem, its bounds, and the demands that have no allowed candidate.
pub(super) struct Prepared {
    pub(super) problem: Problem,
    pub(super) bounds: Bounds,
    pub(super) unmet: Vec<Unmet>,
    /// How many demands are of other chains than the event's.
    pub(super) other_chains: usize,
}

/// What the problem is made of.
#[derive(Clone, Copy)]
pub(super) struct Inputs<'a> {
    pub(super) event: &'a Event,
    pub(super) chain: Option<&'a str>,
    pub(super) demands: &'a [Demand],
    pub(super) matches: &'a [DemandMatch],
    pub(super) institutions: &'a Institutions,
}

pub(super) fn prepare(inputs: Inputs<'_>) -> Result<Prepared, EventError> {
    let event = inputs.event;
    let rules = Rules::resolve(event, inputs.demands, inputs.institutions)?;
    let rankings: FxHashMap<&str, &DemandMatch> =
        inputs.matches.iter().map(|ranking| (ranking.demand.as_str(), ranking)).collect();
    let of_event = |demand: &&Demand| match (inputs.chain, &demand.chain) {
        (Some(chain), Some(own)) => chain == own,
        _ => true, // an unknown chain is no mismatch
    };
    let taking_part: Vec<&Demand> = inputs.demands.iter().filter(of_event).collect();
    known_names(event, inputs.demands, &taking_part)?;

    let limits = &event.limits;
    let room = |labels: &Option<crate::Labels>| labels.as_ref().map_or(UNBOUNDED, crate::Labels::len);
    let mut bounds = Bounds {
        demand_min: limits.meetings_per_demand.min,
        demand_max: limits.meetings_per_demand.max.unwrap_or(UNBOUNDED),
        institution_max: limits.meetings_per_institution.max.unwrap_or(UNBOUNDED),
        slots: room(&limits.slots),
        tables: if event.form == EventForm::Hall { room(&limits.tables) } else { UNBOUNDED },
        minimum_score: limits.minimum_score.unwrap_or(f64::NEG_INFINITY),
        forbid: vec![true; event.forbid.len()],
        require: vec![true; event.require.len()],
        exceptions: Vec::new(),
    };
    let mut problem = Problem {
        form: event.form,
        guests: Vec::new(),
        institutions: inputs.institutions.iter().map(|institution| institution.id.clone()).collect(),
        pairs: Vec::new(),
        parties: 0,
        cities: Vec::new(),
    };
    problem.institutions.sort();
    let institution_at: FxHashMap<String, usize> =
        problem.institutions.iter().enumerate().map(|(at, id)| (id.clone(), at)).collect();
    let mut parties: FxHashMap<&str, usize> = FxHashMap::default();
    let mut unmet = Vec::new();
    let mut guest_at: FxHashMap<&str, usize> = FxHashMap::default();

    for demand in &taking_part {
        let Some(ranking) = rankings.get(demand.id.as_str()) else {
            return Err(EventError::NoRanking { demand: demand.id.clone() });
        };
        let candidates = candidates(demand, ranking, &rules, event)?;
        let guest = problem.guests.len();
        let mut pairs: Vec<Pair> = Vec::with_capacity(candidates.len());
        for (id, score) in candidates {
            let institution = institution_at.get(id.as_str()).copied().ok_or_else(|| {
                EventError::Matching(duijie::Error::UnknownId { kind: "institution", id: id.clone() })
            })?;
            pairs.push(Pair {
                guest,
                institution,
                score,
                forbidden_by: rules.forbidding(demand, &id),
                required_by: rules.requiring(demand, &id),
            });
        }
        let city = demand.city.as_deref().map(str::trim).filter(|city| !city.is_empty());
        let reason = if event.form == EventForm::Tour && city.is_none() {
            Some(UnmetReason::NoCity)
        } else {
            no_candidate(demand, ranking, &pairs, &bounds, event)
        };
        if let Some(reason) = reason {
            unmet.push(Unmet { demand: demand.id.clone(), reason });
            continue;
        }
        pairs.sort_by_key(|pair| pair.institution);
        problem.pairs.append(&mut pairs);
        let party_name = demand.enterprise.as_deref().unwrap_or(&demand.id);
        let next = parties.len();
        let party = *parties.entry(party_name).or_insert(next);
        guest_at.insert(&demand.id, guest);
        problem.guests.push(Guest {
            demand: demand.id.clone(),
            party,
            city: city_index(&mut problem.cities, city, event.form),
            weight: weight(demand, event),
        });
    }
    problem.parties = parties.len();
    bounds.exceptions = rules.exceptions(event, |demand| guest_at.get(demand).copied(), &institution_at);
    Ok(Prepared { problem, bounds, unmet, other_chains: inputs.demands.len() - taking_part.len() })
}

/// Fails for a lead enterprise that no demand is of, or a city of the tour that no demand of the event is in.
fn known_names(event: &Event, demands: &[Demand], taking_part: &[&Demand]) -> Result<(), EventError> {
    let enterprises = || demands.iter().filter_map(|demand| demand.enterprise.as_deref());
    let lead = event.priority.lead_enterprises.iter().find(|name| enterprises().all(|known| known != name.as_str()));
    if let Some(name) = lead {
        return Err(EventError::UnknownLeadEnterprise { name: name.clone(), known: some_of(enterprises()) });
    }
    let cities = || taking_part.iter().filter_map(|demand| demand.city.as_deref()).map(plain_city);
    let elsewhere = event.tour.cities.iter().find(|city| cities().all(|known| known != plain_city(city)));
    match elsewhere.filter(|_| event.form == EventForm::Tour) {
        Some(city) => Err(EventError::UnknownCity { city: city.clone(), known: some_of(cities()) }),
        None => Ok(()),
    }
}

/// A city without 市.
fn plain_city(city: &str) -> &str {
    let city = city.trim();
    city.strip_suffix('市').unwrap_or(city)
}

/// Institutions and scores of the ranking, best first, and those that a rule requires besides.
fn candidates(
    demand: &Demand,
    ranking: &DemandMatch,
    rules: &Rules,
    event: &Event,
) -> Result<Vec<(String, f64)>, EventError> {
    let Ranking::Institutions(ranked) = &ranking.ranking else {
        return Err(EventError::NotInstitutions { demand: demand.id.clone() });
    };
    let credible = ranking.verdict == Verdict::Matched || event.no_credible_match == NoCredibleMatch::Include;
    let required = rules.required_of(demand);
    let mut seen = FxHashSet::default();
    let mut candidates: Vec<(String, f64)> = ranked
        .iter()
        .filter(|entry| credible || required.contains(&entry.institution))
        .filter(|entry| seen.insert(entry.institution.as_str()))
        .map(|entry| (entry.institution.clone(), entry.score))
        .collect();
    // A required institution that was not ranked meets with no score to its credit.
    candidates.extend(required.iter().filter(|id| !seen.contains(id.as_str())).map(|id| (id.clone(), 0.0)));
    Ok(candidates)
}

/// Why the demand cannot meet anybody whatever the numbers of meetings; `None` if it can.
fn no_candidate(
    demand: &Demand,
    ranking: &DemandMatch,
    pairs: &[Pair],
    bounds: &Bounds,
    event: &Event,
) -> Option<UnmetReason> {
    // A required pair takes part even where a rule forbids it, so that the conflict is named.
    if pairs.iter().any(|pair| bounds.allows(pair) || bounds.requires(pair)) {
        return None;
    }
    debug_assert_eq!(demand.id, ranking.demand);
    if pairs.is_empty() {
        let empty = ranking.ranking.entries().is_empty() || event.no_credible_match == NoCredibleMatch::Include;
        return Some(if empty { UnmetReason::NotRanked } else { UnmetReason::NoCredibleMatch });
    }
    let best = pairs.iter().map(|pair| pair.score).fold(f64::NEG_INFINITY, f64::max);
    if best < bounds.minimum_score {
        return Some(UnmetReason::BelowMinimum { best, minimum: bounds.minimum_score });
    }
    Some(UnmetReason::Forbidden)
}

fn city_index(cities: &mut Vec<String>, city: Option<&str>, form: EventForm) -> usize {
    let Some(city) = city.filter(|_| form == EventForm::Tour) else { return 0 };
    let name = plain_city(city);
    cities.iter().position(|known| known == name).unwrap_or_else(|| {
        cities.push(name.to_owned());
        cities.len() - 1
    })
}

fn weight(demand: &Demand, event: &Event) -> f64 {
    let priority = &event.priority;
    let bottleneck = if demand.kind == DemandKind::Bottleneck { priority.bottleneck } else { 1.0 };
    let lead = demand.enterprise.as_ref().is_some_and(|name| priority.lead_enterprises.contains(name));
    bottleneck * if lead { priority.lead_enterprise } else { 1.0 }
}
