//! Plans of special forms, plans that cannot be, and plans mended after a no-show.

mod common;

use common::{World, institutions, random_world, ranking};
use duijie::{Catalogue, Demand, Verdict};
use duijie_event::{Absence, Event, EventError, PlanStatus, SavedPlan, UnmetReason, plan, plan_sheets, replan};
use std::collections::{HashMap, HashSet};

fn world(event: &str, scores: &[(&str, &[(&str, f64)])]) -> World {
    let row = |(id, row): &(&str, &[(&str, f64)])| {
        ranking(id, row.iter().map(|(institution, score)| ((*institution).to_owned(), *score)).collect())
    };
    let demand = |(id, _): &(&str, &[(&str, f64)])| Demand {
        id: (*id).into(),
        title: format!("需求{id}"),
        enterprise: Some(format!("企业{id}")),
        city: Some(if id.ends_with(['1', '2']) { "青岛" } else { "淄博市" }.into()),
        ..Demand::default()
    };
    World {
        event: event.parse().unwrap(),
        catalogue: Catalogue::default(),
        demands: scores.iter().map(demand).collect(),
        matches: scores.iter().map(row).collect(),
        institutions: institutions(4),
    }
}

#[test]
fn demands_left_out_do_not_stop_the_worst_served_of_the_others_from_being_raised() {
    // D1 or D2 is left out, since I0 has one meeting; D3 and D4 share I1 and I2.
    let world = world(
        "[limits]\nmeetings_per_institution = { max = 1 }\nmeetings_per_demand = { max = 1 }",
        &[
            ("D1", &[("I0", 0.9)]),
            ("D2", &[("I0", 0.8)]),
            ("D3", &[("I1", 0.9), ("I2", 0.5)]),
            ("D4", &[("I1", 0.6), ("I2", 0.1)]),
        ],
    );
    let plan = plan(&world.request(), &|_| {}).unwrap();
    assert_eq!((plan.served, plan.could_meet, plan.worst_score), (3, 4, Some(0.5)));
    // D3 with I1 and D4 with I2 would leave D4 with 0.1.
    assert!((plan.total_score - 2.0).abs() < 1e-9);
    assert_eq!(plan.unmet.len(), 1);
    let said = format!("{:?}", plan_sheets(&plan, &world.request())[0].rows);
    assert!(said.contains("4项有候选单位的需求排入3项，其余1项"), "{said}");
}

#[test]
fn the_worst_of_those_that_may_be_left_out_is() {
    let world = world(
        "slots = 2\n[limits]\nmeetings_per_institution = { max = 2 }\n[[exceptions]]\ndemand = \"D1\"\nmin = 0",
        &[("D1", &[("I0", 0.9)]), ("D2", &[("I0", 0.2)]), ("D3", &[("I0", 0.3)])],
    );
    let plan = plan(&world.request(), &|_| {}).unwrap();
    // Two of three whatever is done: then the worst as well as can be, then the total.
    assert_eq!((plan.served, plan.worst_score), (2, Some(0.3)));
    assert_eq!(plan.unmet[0].demand, "D2");
}

#[test]
fn whoever_meets_nobody_is_listed_with_the_reason() {
    let mut world = world(
        "minimum_score = 0.3\n[limits]\nmeetings_per_institution = { max = 1 }\n[[forbid]]\ndemand = \"D2\"\ninstitution = \"I0\"",
        &[
            ("D1", &[("I0", 0.9)]),
            ("D2", &[("I0", 0.8)]),
            ("D3", &[("I0", 0.2)]),
            ("D4", &[]),
            ("D5", &[("I1", 0.9)]),
            ("D6", &[("I0", 0.5)]),
        ],
    );
    world.matches[4].verdict = Verdict::NoCredibleMatch;
    let plan = plan(&world.request(), &|_| {}).unwrap();
    let reasons: Vec<(&str, UnmetReason)> =
        plan.unmet.iter().map(|unmet| (unmet.demand.as_str(), unmet.reason)).collect();
    assert_eq!(
        reasons,
        [
            ("D2", UnmetReason::Forbidden),
            ("D3", UnmetReason::BelowMinimum { best: 0.2, minimum: 0.3 }),
            ("D4", UnmetReason::NotRanked),
            ("D5", UnmetReason::NoCredibleMatch),
            ("D6", UnmetReason::NoRoom),
        ]
    );
    let json = serde_json::to_value(&plan).unwrap();
    assert_eq!(serde_json::from_value::<SavedPlan>(json.clone()).unwrap(), SavedPlan::from(&plan));
    let keys: Vec<&str> = json.as_object().unwrap().keys().map(String::as_str).take(6).collect();
    assert_eq!(keys, ["status", "total_score", "worst_score", "meetings", "unmet", "conflicts"]);
    let meeting = json["meetings"][0].as_object().unwrap();
    assert_eq!(meeting.keys().collect::<Vec<_>>(), ["demand", "institution", "slot", "table", "score"]);
    for sheet in plan_sheets(&plan, &world.request()) {
        assert!(sheet.rows.iter().all(|row| row.len() == sheet.header.len()), "{}", sheet.title);
    }
}

#[test]
fn a_conflict_names_its_limits_and_the_relaxation_works_and_is_least() {
    let scores: &[(&str, &[(&str, f64)])] =
        &[("D1", &[("I0", 0.9)]), ("D2", &[("I0", 0.8)]), ("D3", &[("I0", 0.7), ("I1", 0.6)])];
    let limits = |max: usize| {
        format!(
            "slots = 9\ntables = 9\n[limits]\nmeetings_per_demand = {{ min = 1 }}\nmeetings_per_institution = {{ max = {max} }}"
        )
    };
    let conflicting = plan(&world(&limits(1), scores).request(), &|_| {}).unwrap();
    assert_eq!(conflicting.status, PlanStatus::Infeasible);
    assert_eq!(conflicting.conflicts[0].limits, ["meetings_per_demand.min = 1", "meetings_per_institution.max = 1"]);
    assert_eq!(conflicting.conflicts[0].demands, ["D1", "D2"]);
    assert_eq!(conflicting.conflicts[0].institutions, ["I0"]);
    let changes: Vec<String> = conflicting
        .relaxations
        .iter()
        .flat_map(|relaxation| &relaxation.changes)
        .map(|change| format!("{} {} -> {}", change.limit, change.from, change.to))
        .collect();
    assert_eq!(changes, ["meetings_per_demand.min 1 -> 0", "meetings_per_institution.max 1 -> 2"]);
    let relaxed = plan(&world(&limits(2), scores).request(), &|_| {}).unwrap();
    assert_eq!(relaxed.status, PlanStatus::Optimal);
}

#[test]
fn what_must_and_must_not_meet_conflicts() {
    let world = world(
        "[[forbid]]\nenterprise = \"企业D1\"\ninstitution = \"院0\"\n[[require]]\ndemand = \"D1\"\ninstitution = \"I0\"",
        &[("D1", &[("I0", 0.9), ("I1", 0.5)])],
    );
    let plan = plan(&world.request(), &|_| {}).unwrap();
    assert_eq!(plan.conflicts[0].limits, ["[[forbid]] #1 (企业D1 × 院0)", "[[require]] #1 (D1 × I0)"]);
    assert!(plan.relaxations.iter().all(|relaxation| relaxation.changes[0].to == "absent"));
}

#[test]
fn rules_that_name_nobody_are_errors() {
    let scores: &[(&str, &[(&str, f64)])] = &[("D1", &[("I0", 0.9)])];
    let error = |event: &str| plan(&world(event, scores).request(), &|_| {}).unwrap_err();
    assert!(matches!(error("[[forbid]]\nreason = \"?\""), EventError::EmptyRule { number: 1, .. }));
    assert!(matches!(error("[[forbid]]\ndemand = \"D9\""), EventError::UnknownDemand { .. }));
    assert!(matches!(error("[[forbid]]\nenterprise = \"无此公司\""), EventError::UnknownEnterprise { .. }));
    assert!(matches!(error("[[require]]\ndemand = \"D1\""), EventError::RequireNeedsPair { number: 1 }));
    assert!(matches!(
        error("[[require]]\ndemand = \"D1\"\ninstitution = \"无此大学\""),
        EventError::UnknownInstitution { .. }
    ));
    let exception = |fields: &str| error(&format!("[[exceptions]]\n{fields}"));
    assert!(matches!(exception("demand = \"D1\"\ninstitution = \"I0\""), EventError::ExceptionOfTwo { number: 1 }));
    assert!(matches!(exception("institution = \"I0\"\nmin = 1"), EventError::MinimumOfInstitution { number: 1 }));
    assert!(matches!(error("event = \"飞行汽车\""), EventError::UnknownEvent { .. }));
    assert!(matches!("slots = 3\n[limits]\nslots = 4".parse::<Event>(), Err(EventError::GivenTwice { .. })));
    assert!(matches!("limit = 3".parse::<Event>(), Err(EventError::EventFile { .. })));
    let said = "slots = [\"09:00\", \"09:20\", \"09:00\"]".parse::<Event>().unwrap_err();
    assert!(matches!(&said, EventError::LabelTwice { field: "slots", label, .. } if label == "09:00"));
    let said = error("[priority]\nlead_enterprises = [\"企业D9\"]").to_string();
    assert!(said.contains("企业D9") && said.contains("企业D1"), "{said}");
    let said = error("form = \"tour\"\n[tour]\ncities = [\"青岛市\", \"火星\"]").to_string();
    assert!(said.contains("火星") && said.contains("青岛"), "{said}");
}

#[test]
fn priority_decides_who_gets_the_last_place() {
    let scores: &[(&str, &[(&str, f64)])] = &[("D1", &[("I0", 0.6)]), ("D2", &[("I0", 0.5)])];
    let winner = |priority: &str| {
        let event = format!("[limits]\nmeetings_per_institution = {{ max = 1 }}\n[priority]\n{priority}");
        plan(&world(&event, scores).request(), &|_| {}).unwrap().meetings[0].demand.clone()
    };
    assert_eq!(winner(""), "D1");
    assert_eq!(winner("lead_enterprise = 1.5\nlead_enterprises = [\"企业D2\"]"), "D2");
}

#[test]
fn a_tour_visits_city_after_city_within_its_slots() {
    let world = world(
        "form = \"tour\"\nslots = 3\n[limits]\nmeetings_per_demand = { max = 2 }\n[tour]\ncities = [\"淄博\"]",
        &[
            ("D1", &[("I0", 0.9), ("I1", 0.8)]),
            ("D2", &[("I0", 0.7), ("I1", 0.6)]),
            ("D3", &[("I0", 0.9), ("I2", 0.5)]),
            ("D4", &[("I0", 0.4)]),
        ],
    );
    let plan = plan(&world.request(), &|_| {}).unwrap();
    assert_eq!(plan.status, PlanStatus::Optimal);
    // One slot in Zibo (D3 with I2, D4 with I0) leaves two for all four meetings in Qingdao: 0.9 + 3.0,
    // more than the 3.3 of two slots in Zibo.
    assert!((plan.total_score - 3.9).abs() < 1e-9);
    assert_eq!(plan.worst_score, Some(0.4));
    let mut city_of_slot: HashMap<usize, &str> = HashMap::new();
    let mut busy = HashSet::new();
    for meeting in &plan.meetings {
        let city = meeting.city.as_deref().unwrap();
        assert!(meeting.slot <= 3 && meeting.table.is_none());
        assert_eq!(*city_of_slot.entry(meeting.slot).or_insert(city), city);
        assert!(busy.insert((meeting.slot, meeting.institution.clone())));
        assert!(busy.insert((meeting.slot, meeting.demand.clone())));
    }
    assert_eq!((city_of_slot[&1], city_of_slot[&2], city_of_slot[&3]), ("淄博", "青岛", "青岛"));
}

#[test]
fn after_a_no_show_all_other_meetings_stay_where_limits_allow() {
    let mut mended_without_change = 0;
    for seed in [1, 2, 4, 7, 8, 12, 14, 20, 25, 48] {
        let world = random_world(seed);
        let before = plan(&world.request(), &|_| {}).unwrap();
        assert_eq!(before.status, PlanStatus::Optimal);
        let absent = before.meetings[before.meetings.len() / 2].institution.clone();
        let absence = Absence { institutions: vec![absent.clone()], ..Absence::default() };
        let after = replan(&world.request(), &SavedPlan::from(&before), &absence, &|_| {}).unwrap();
        let held = before.meetings.iter().filter(|meeting| meeting.institution == absent).count();
        assert_eq!(after.lost.len(), held);
        assert!(after.plan.meetings.iter().all(|meeting| meeting.institution != absent));
        if after.plan.status == PlanStatus::Infeasible {
            assert!(!after.plan.conflicts.is_empty());
            continue;
        }
        let kept = before.meetings.len() - held - after.dropped.len();
        assert_eq!(after.plan.meetings.len(), kept + after.added.len());
        if after.proven_fewest {
            assert!(after.moved.is_empty() && after.dropped.is_empty(), "seed {seed}");
            mended_without_change += 1;
        }
        let enterprise = |id: &str| world.demands.iter().find(|d| d.id == id).unwrap().enterprise.clone();
        let limits = &world.event.limits;
        let mut at_once = HashSet::new();
        let mut of_demand: HashMap<&str, usize> = HashMap::new();
        for meeting in &after.plan.meetings {
            assert!(meeting.slot <= limits.slots.as_ref().unwrap().len());
            assert!(meeting.table.unwrap() <= limits.tables.as_ref().unwrap().len());
            assert!(at_once.insert((meeting.slot, Some(meeting.institution.clone()))));
            assert!(at_once.insert((meeting.slot, enterprise(&meeting.demand))));
            assert!(at_once.insert((meeting.slot, meeting.table.map(|table| format!("table {table}")))));
            *of_demand.entry(&meeting.demand).or_default() += 1;
        }
        let range = limits.meetings_per_demand;
        assert!(of_demand.values().all(|count| (range.min..=range.max.unwrap()).contains(count)), "seed {seed}");
    }
    assert!(mended_without_change >= 5, "{mended_without_change}");
}
