//! Random events with too little room for all, made from a seed by the same steps as in check_plan.py.

use crate::common::{SplitMix64, World, institutions, ranking, rules, scores};
use duijie::{Catalogue, Demand, DemandKind};
use duijie_event::{Cap, Event, EventForm, Labels, Range};

/// A hall or a tour of several cities with too little room for all.
pub(crate) fn crowded_world(seed: u64) -> World {
    let mut rng = SplitMix64(seed);
    let small = !seed.is_multiple_of(3);
    let demand_count = if small { 4 + rng.below(6) } else { 25 + rng.below(40) };
    let institution_count = if small { 2 + rng.below(3) } else { 6 + rng.below(10) };
    let candidates = 1 + rng.below(institution_count.min(8));
    let mut event = Event::default();
    event.form = if seed.is_multiple_of(2) { EventForm::Hall } else { EventForm::Tour };
    let least = usize::from(rng.below(4) == 0);
    event.limits.meetings_per_demand = Range { min: least, max: Some(1 + rng.below(3)) };
    event.limits.meetings_per_institution = Cap { max: Some(1 + rng.below(if small { 4 } else { 6 })) };
    event.limits.slots = Some(Labels::Count(2 + rng.below(if small { 3 } else { 6 })));
    event.limits.tables = Some(Labels::Count(1 + rng.below(institution_count)));
    event.priority.bottleneck = 1.0 + rng.below(2) as f64 / 2.0;
    let cities = 1 + rng.below(3);
    let demands: Vec<Demand> = (0..demand_count)
        .map(|at| Demand {
            id: format!("D{at}"),
            title: format!("需求{at}"),
            enterprise: Some(format!("企业{}", rng.below(demand_count))),
            city: Some(format!("城{}", rng.below(cities))),
            kind: if rng.below(3) == 0 { DemandKind::Bottleneck } else { DemandKind::Demand },
            ..Demand::default()
        })
        .collect();
    let matches = demands.iter().map(|demand| ranking(&demand.id, scores(&mut rng, candidates, institution_count)));
    let matches = matches.collect();
    event.forbid = rules(&mut rng, 4, demand_count, institution_count);
    event.require = rules(&mut rng, 2, demand_count, institution_count);
    let institutions = institutions(institution_count);
    World { event, catalogue: Catalogue::default(), demands, matches, institutions }
}
