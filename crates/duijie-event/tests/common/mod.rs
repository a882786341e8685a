//! Random events, made from a seed by the same steps as in check_plan.py.

use duijie::{
    Catalogue, Demand, DemandKind, DemandMatch, Institution, InstitutionMatch, Institutions, Parts, Ranking, Verdict,
};
use duijie_event::{Cap, Event, Labels, PairRule, PlanRequest, Range};

pub(crate) struct SplitMix64(pub(crate) u64);

impl SplitMix64 {
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((bits ^ (bits >> 31)) % bound as u64) as usize
    }
}

pub(crate) struct World {
    pub(crate) event: Event,
    pub(crate) catalogue: Catalogue,
    pub(crate) demands: Vec<Demand>,
    pub(crate) matches: Vec<DemandMatch>,
    pub(crate) institutions: Institutions,
}

impl World {
    pub(crate) fn request(&self) -> PlanRequest<'_> {
        PlanRequest {
            event: &self.event,
            catalogue: &self.catalogue,
            demands: &self.demands,
            matches: &self.matches,
            institutions: &self.institutions,
        }
    }
}

pub(crate) fn ranking(demand: &str, mut scores: Vec<(String, f64)>) -> DemandMatch {
    scores.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let entries = scores.into_iter().enumerate().map(|(at, (institution, score))| InstitutionMatch {
        institution,
        rank: at + 1,
        score,
        parts: Parts::default(),
        evidence: Vec::new(),
    });
    DemandMatch {
        demand: demand.into(),
        verdict: Verdict::Matched,
        inferred: None,
        home: None,
        ranking: Ranking::Institutions(entries.collect()),
    }
}

pub(crate) fn institutions(count: usize) -> Institutions {
    let named = |at: usize| Institution { id: format!("I{at}"), name: format!("院{at}"), ..Institution::default() };
    Institutions::new((0..count).map(named).collect()).unwrap()
}

pub(crate) fn random_world(seed: u64) -> World {
    let mut rng = SplitMix64(seed);
    let small = seed.is_multiple_of(5);
    let demand_count = if small { 3 + rng.below(8) } else { 20 + rng.below(281) };
    let institution_count = if small { 2 + rng.below(4) } else { 10 + rng.below(51) };
    let candidates = 1 + rng.below(institution_count.min(20));
    let least = rng.below(3);
    let mut event = Event::default();
    event.limits.meetings_per_demand = Range { min: least, max: Some(least.max(1) + rng.below(3)) };
    event.limits.meetings_per_institution =
        Cap { max: Some(1 + demand_count * least.max(1) / institution_count + rng.below(8)) };
    event.limits.slots = Some(Labels::Count(if small { 2 } else { 6 } + rng.below(8)));
    event.limits.tables = Some(Labels::Count(1 + institution_count / 2 + rng.below(institution_count)));
    event.limits.minimum_score = Some(rng.below(4) as f64 / 20.0);
    event.priority.bottleneck = 1.0 + rng.below(2) as f64 / 2.0;
    let demands: Vec<Demand> = (0..demand_count)
        .map(|at| Demand {
            id: format!("D{at}"),
            title: format!("需求{at}"),
            enterprise: Some(format!("企业{}", rng.below(demand_count))),
            kind: if rng.below(4) == 0 { DemandKind::Bottleneck } else { DemandKind::Demand },
            ..Demand::default()
        })
        .collect();
    let matches = demands.iter().map(|demand| ranking(&demand.id, scores(&mut rng, candidates, institution_count)));
    let matches = matches.collect();
    event.forbid = rules(&mut rng, 6, demand_count, institution_count);
    event.require = rules(&mut rng, 3, demand_count, institution_count);
    let institutions = institutions(institution_count);
    World { event, catalogue: Catalogue::default(), demands, matches, institutions }
}

pub(crate) fn rules(rng: &mut SplitMix64, most: usize, demands: usize, institutions: usize) -> Vec<PairRule> {
    let count = rng.below(most);
    let mut rule = || PairRule {
        demand: Some(format!("D{}", rng.below(demands))),
        institution: Some(format!("I{}", rng.below(institutions))),
        ..PairRule::default()
    };
    (0..count).map(|_| rule()).collect()
}

pub(crate) fn scores(rng: &mut SplitMix64, candidates: usize, institutions: usize) -> Vec<(String, f64)> {
    let mut row: Vec<(String, f64)> = Vec::new();
    for _ in 0..candidates {
        let institution = format!("I{}", rng.below(institutions));
        let score = (1 + rng.below(9999)) as f64 / 10000.0;
        if !row.iter().any(|(id, _)| *id == institution) {
            row.push((institution, score));
        }
    }
    row
}
