//! Plans of 50 random events, and of 40 crowded halls and tours, serve as many demands and have the
//! worst score and the total that scipy's HiGHS finds (`check_plan.py`), and keep to every limit.

mod common;
mod crowded;

use common::{World, random_world};
use crowded::crowded_world;
use duijie::DemandKind;
use duijie_event::{EventForm, EventPlan, PlanStatus, plan};
use serde::Deserialize;
use std::collections::HashMap;
use std::time::Instant;

#[derive(Deserialize)]
struct Known {
    seed: u64,
    status: PlanStatus,
    served: usize,
    worst: Option<f64>,
    total: f64,
}

#[test]
fn fifty_random_events_reach_the_optimum_of_an_independent_solver() {
    let known: Vec<Known> = serde_json::from_str(include_str!("data/plans.json")).unwrap();
    assert_eq!(known.len(), 50);
    assert!(known.iter().filter(|known| known.status == PlanStatus::Optimal).count() >= 30);
    for known in known {
        is_optimal(&random_world(known.seed), &known);
    }
}

#[test]
fn crowded_halls_and_tours_reach_the_optimum_of_an_independent_solver() {
    let known: Vec<Known> = serde_json::from_str(include_str!("data/crowded.json")).unwrap();
    assert_eq!(known.len(), 40);
    let mut left_out = [0, 0];
    for known in known {
        let world = crowded_world(known.seed);
        let plan = is_optimal(&world, &known);
        let form = usize::from(world.event.form == EventForm::Tour);
        left_out[form] += usize::from(plan.status == PlanStatus::Optimal && plan.served < plan.could_meet);
    }
    assert!(left_out.iter().all(|count| *count >= 8), "{left_out:?}");
}

fn is_optimal(world: &World, known: &Known) -> EventPlan {
    let plan = plan(&world.request(), &|_| {}).unwrap();
    assert_eq!((plan.status, plan.served), (known.status, known.served), "seed {}", known.seed);
    assert_eq!(plan.worst_score, known.worst, "seed {}", known.seed);
    let apart = (plan.weighted_total - known.total).abs();
    assert!(apart < 1e-5, "seed {}: {} {}", known.seed, plan.weighted_total, known.total);
    assert!(plan.gap.unwrap() < 1e-9);
    keeps_to_limits(world, &plan);
    plan
}

fn keeps_to_limits(world: &World, plan: &EventPlan) {
    let limits = &world.event.limits;
    let (slots, tables) = (limits.slots.as_ref().unwrap().len(), limits.tables.as_ref().unwrap().len());
    let enterprise: HashMap<&str, &str> =
        world.demands.iter().map(|demand| (demand.id.as_str(), demand.enterprise.as_deref().unwrap())).collect();
    let mut at_once = HashMap::new();
    let mut in_slot = HashMap::new();
    let mut of = HashMap::new();
    for meeting in &plan.meetings {
        assert!((1..=slots).contains(&meeting.slot));
        // The teams of a tour are in one city at a time.
        assert_eq!(in_slot.entry(meeting.slot).or_insert(&meeting.city), &&meeting.city);
        let table = meeting.table.map(|table| ("table", table.to_string()));
        assert_eq!(table.is_some(), world.event.form == EventForm::Hall);
        assert!(meeting.table.is_none_or(|table| (1..=tables).contains(&table)));
        let parties = [
            ("institution", meeting.institution.clone()),
            ("enterprise", enterprise[meeting.demand.as_str()].to_owned()),
        ];
        for who in parties.into_iter().chain(table) {
            assert!(
                at_once.insert((meeting.slot, who.clone()), meeting).is_none(),
                "{who:?} twice in {}",
                meeting.slot
            );
        }
        *of.entry(("demand", meeting.demand.as_str())).or_insert(0) += 1;
        *of.entry(("institution", meeting.institution.as_str())).or_insert(0) += 1;
        let forbidden = world.event.forbid.iter().any(|rule| {
            rule.demand.as_ref() == Some(&meeting.demand) && rule.institution.as_ref() == Some(&meeting.institution)
        });
        assert!(!forbidden);
    }
    let unmet: Vec<&str> = plan.unmet.iter().map(|unmet| unmet.demand.as_str()).collect();
    for demand in &world.demands {
        let held = of.get(&("demand", demand.id.as_str())).copied().unwrap_or(0);
        assert!(held <= limits.meetings_per_demand.max.unwrap());
        assert_eq!(held == 0, unmet.contains(&demand.id.as_str()), "{}", demand.id);
        if plan.status == PlanStatus::Optimal && held > 0 {
            assert!(held >= limits.meetings_per_demand.min);
        }
    }
    for institution in world.institutions.iter() {
        let held = of.get(&("institution", institution.id.as_str())).copied().unwrap_or(0);
        assert!(held <= limits.meetings_per_institution.max.unwrap());
    }
    if plan.status == PlanStatus::Optimal {
        for rule in &world.event.require {
            let held = |meeting: &duijie_event::Meeting| {
                rule.demand.as_ref() == Some(&meeting.demand) && rule.institution.as_ref() == Some(&meeting.institution)
            };
            assert!(plan.meetings.iter().any(held));
        }
    }
}

#[test]
fn three_hundred_demands_with_sixty_candidates_each_take_seconds() {
    let mut world = random_world(1);
    world.event = "[limits]\nmeetings_per_demand = { min = 1, max = 3 }\nmeetings_per_institution = { max = 12 }\nslots = 12\ntables = 60"
        .parse()
        .unwrap();
    world.institutions = common::institutions(60);
    let mut state = 7u64;
    let mut score = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f64 / (1u64 << 24) as f64
    };
    world.demands = (0..300)
        .map(|at| duijie::Demand {
            id: format!("D{at}"),
            title: "需求".into(),
            kind: DemandKind::Demand,
            ..duijie::Demand::default()
        })
        .collect();
    world.matches = world
        .demands
        .iter()
        .map(|demand| common::ranking(&demand.id, (0..60).map(|at| (format!("I{at}"), score())).collect()))
        .collect();
    let start = Instant::now();
    let plan = plan(&world.request(), &|_| {}).unwrap();
    assert_eq!(plan.status, PlanStatus::Optimal);
    assert_eq!(plan.meetings.len(), 720);
    // Seconds on an office machine; the bound leaves room for a busy one.
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}
