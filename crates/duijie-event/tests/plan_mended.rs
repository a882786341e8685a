//! Tours of enterprises with several cities, and what a mended plan keeps and says of itself.

mod common;

use common::{World, institutions, random_world, ranking};
use duijie::{Catalogue, Demand};
use duijie_event::{
    Absence, EventRecord, Ledger, Meeting, PastPairs, PlanStatus, Replan, SavedPlan, plan, replan, replan_sheets,
};
use proptest::prelude::*;
use std::collections::{HashMap, HashSet};

/// Demand (enterprise, city) with its scores of institutions.
type Row = (usize, usize, Vec<f64>);

fn tour(slots: usize, most: usize, rows: &[Row]) -> World {
    let id = |at: usize| format!("D{at}");
    let demand = |(at, (enterprise, city, _)): (usize, &Row)| Demand {
        id: id(at),
        title: format!("需求{at}"),
        enterprise: Some(format!("企业{enterprise}")),
        city: Some(["青岛", "淄博市", "烟台"][*city].into()),
        ..Demand::default()
    };
    let scores = |(at, (_, _, scores)): (usize, &Row)| {
        ranking(&id(at), scores.iter().enumerate().map(|(i, score)| (format!("I{i}"), *score)).collect())
    };
    let event = format!("form = \"tour\"\nslots = {slots}\n[limits]\nmeetings_per_demand = {{ max = {most} }}");
    World {
        event: event.parse().unwrap(),
        catalogue: Catalogue::default(),
        demands: rows.iter().enumerate().map(demand).collect(),
        matches: rows.iter().enumerate().map(scores).collect(),
        institutions: institutions(5),
    }
}

fn keeps_to_slots(world: &World, meetings: &[Meeting], slots: usize) {
    let enterprise: HashMap<&str, &str> =
        world.demands.iter().map(|demand| (demand.id.as_str(), demand.enterprise.as_deref().unwrap())).collect();
    let mut busy = HashSet::new();
    let mut city = HashMap::new();
    for meeting in meetings {
        assert!((1..=slots).contains(&meeting.slot), "{meeting:?}");
        assert!(busy.insert((meeting.slot, enterprise[meeting.demand.as_str()])), "{meeting:?}");
        assert!(busy.insert((meeting.slot, meeting.institution.as_str())), "{meeting:?}");
        assert_eq!(*city.entry(meeting.slot).or_insert(&meeting.city), &meeting.city);
    }
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let score = (1u32..100).prop_map(|score| f64::from(score) / 100.0);
    proptest::collection::vec((0usize..3, 0usize..3, proptest::collection::vec(score, 1..=5)), 2..7)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn tours_keep_their_slots_whatever_the_order_of_demands(slots in 2usize..6, most in 1usize..5, rows in rows()) {
        let mut world = tour(slots, most, &rows);
        let first = plan(&world.request(), &|_| {}).unwrap();
        keeps_to_slots(&world, &first.meetings, slots);
        world.demands.reverse();
        world.matches.reverse();
        let second = plan(&world.request(), &|_| {}).unwrap();
        keeps_to_slots(&world, &second.meetings, slots);
        prop_assert_eq!(first.worst_score, second.worst_score);
        prop_assert!((first.total_score - second.total_score).abs() < 1e-6);
    }

    #[test]
    fn a_mended_tour_keeps_its_slots(slots in 2usize..6, most in 1usize..5, rows in rows(), away in 0usize..5) {
        let world = tour(slots, most, &rows);
        let before = plan(&world.request(), &|_| {}).unwrap();
        prop_assume!(!before.meetings.is_empty());
        let after = without(&world, &SavedPlan::from(&before), &format!("I{away}"));
        keeps_to_slots(&world, &after.plan.meetings, slots);
    }
}

fn without(world: &World, previous: &SavedPlan, institution: &str) -> Replan {
    let absence = Absence { institutions: vec![institution.to_owned()], ..Absence::default() };
    replan(&world.request(), previous, &absence, &|_| {}).unwrap()
}

#[test]
fn an_enterprise_with_demands_in_two_cities_does_not_break_the_slots() {
    let world = tour(5, 4, &[(0, 0, vec![0.9, 0.8, 0.7, 0.6]), (0, 1, vec![0.9, 0.8])]);
    let plan = plan(&world.request(), &|_| {}).unwrap();
    keeps_to_slots(&world, &plan.meetings, 5);
    assert_eq!(plan.meetings.len(), 5);
}

#[test]
fn who_dropped_out_stays_out_when_the_plan_is_mended_again() {
    let world = random_world(7);
    let before = plan(&world.request(), &|_| {}).unwrap();
    let (first, second) = (&before.meetings[0].institution, "I1");
    let once = without(&world, &SavedPlan::from(&before), first);
    // As the file of the mended plan has it.
    let saved: SavedPlan = serde_json::from_value(serde_json::to_value(&once).unwrap()).unwrap();
    assert_eq!(saved, SavedPlan::from(&once));
    let twice = without(&world, &saved, second);
    assert!(twice.plan.meetings.iter().all(|meeting| meeting.institution != *first && meeting.institution != second));
    assert_eq!(twice.absent.institutions, [first.clone(), second.to_owned()]);
}

/// A hall of demands with their scores of institutions.
fn hall(scores: &[(&str, &[(&str, f64)])], limits: &str) -> World {
    let row = |(id, row): &(&str, &[(&str, f64)])| {
        ranking(id, row.iter().map(|(institution, score)| ((*institution).to_owned(), *score)).collect())
    };
    let demand =
        |(id, _): &(&str, &[(&str, f64)])| Demand { id: (*id).into(), title: (*id).into(), ..Demand::default() };
    World {
        event: format!("[limits]\n{limits}").parse().unwrap(),
        catalogue: Catalogue::default(),
        demands: scores.iter().map(demand).collect(),
        matches: scores.iter().map(row).collect(),
        institutions: institutions(5),
    }
}

#[test]
fn a_mended_plan_does_not_call_itself_the_best() {
    let limits = "meetings_per_institution = { max = 1 }\nmeetings_per_demand = { max = 1 }\nslots = 1\ntables = 4";
    let world = hall(&[("D0", &[("I0", 0.9), ("I1", 0.8)]), ("D1", &[("I1", 0.7), ("I2", 0.6)])], limits);
    let before = plan(&world.request(), &|_| {}).unwrap();
    let after = without(&world, &SavedPlan::from(&before), "I0");
    // D1 stays with I1, so that D0 meets nobody; planned anew, D0 takes I1 and D1 takes I2.
    assert!(after.proven_fewest && after.moved.is_empty() && after.dropped.is_empty());
    let best = after.optimum.unwrap();
    assert_eq!((after.plan.served, after.plan.worst_score), (1, Some(0.7)));
    assert_eq!((best.served, best.worst_score), (2, Some(0.6)));
    assert!((best.weighted_total - 1.4).abs() < 1e-9);
    assert_eq!(after.plan.gap, None);
    let said = format!("{:?}", replan_sheets(&after, &world.request())[1].rows);
    assert!(said.contains("改动最少，总分未必最优") && !said.contains("已证明最优"), "{said}");
}

#[test]
fn a_rearranged_hall_keeps_tables_and_lists_those_that_change() {
    let mut rearranged = 0;
    for seed in 1..50 {
        let world = random_world(seed);
        let before = plan(&world.request(), &|_| {}).unwrap();
        if before.status == PlanStatus::Infeasible || before.meetings.is_empty() {
            continue;
        }
        // Another table than the timetable alone would give, so that keeping it is no accident.
        let tables = world.event.limits.tables.as_ref().unwrap().len();
        let mut previous = SavedPlan::from(&before);
        for meeting in &mut previous.meetings {
            meeting.table = meeting.table.map(|table| tables + 1 - table);
        }
        // A table that the hall has no more.
        previous.meetings[0].table = Some(tables + 1);
        let away = before.meetings[before.meetings.len() / 2].institution.clone();
        let after = without(&world, &previous, &away);
        if after.proven_fewest || after.plan.status == PlanStatus::Infeasible {
            continue;
        }
        rearranged += 1;
        let listed: HashSet<(&str, &str)> =
            after.moved.iter().map(|moved| (moved.from.demand.as_str(), moved.from.institution.as_str())).collect();
        for was in &previous.meetings {
            let same = |now: &&Meeting| now.demand == was.demand && now.institution == was.institution;
            let Some(now) = after.plan.meetings.iter().find(same) else { continue };
            let moved = (now.slot, now.table) != (was.slot, was.table);
            assert_eq!(
                moved,
                listed.contains(&(was.demand.as_str(), was.institution.as_str())),
                "seed {seed}: {was:?}"
            );
            let there = was.table <= Some(tables);
            assert!(now.slot != was.slot || !there || now.table == was.table, "seed {seed}: {was:?} {now:?}");
        }
    }
    assert!(rearranged > 0);
}

#[test]
fn an_absence_in_one_city_leaves_the_slots_of_the_others() {
    // Three demands in each of three cities; every one must keep three meetings.
    let rows: Vec<Row> =
        (0..9).map(|at| (at, at / 3, (0..5).map(|i| 0.5 + ((at * 7 + i * 3) % 11) as f64 / 30.0).collect())).collect();
    let mut world = tour(9, 3, &rows);
    world.event.limits.meetings_per_demand.min = 3;
    let before = plan(&world.request(), &|_| {}).unwrap();
    assert_eq!(before.status, PlanStatus::Optimal);
    let mut previous = SavedPlan::from(&before);
    // The slots of a city may be in any order among themselves: another than planning finds.
    let mut window: HashMap<Option<String>, (usize, usize)> = HashMap::new();
    for meeting in &previous.meetings {
        let slots = window.entry(meeting.city.clone()).or_insert((meeting.slot, meeting.slot));
        *slots = (slots.0.min(meeting.slot), slots.1.max(meeting.slot));
    }
    for meeting in &mut previous.meetings {
        let (first, last) = window[&meeting.city];
        meeting.slot = first + last - meeting.slot;
    }
    for institution in (0..5).map(|at| format!("I{at}")) {
        let after = without(&world, &previous, &institution);
        let lost: HashSet<&Option<String>> = after.lost.iter().map(|meeting| &meeting.city).collect();
        assert!(after.moved.iter().all(|moved| lost.contains(&moved.from.city)), "{institution}: {:?}", after.moved);
        assert!(after.moved.len() < previous.meetings.len() / 2, "{institution}: {}", after.moved.len());
    }
}

#[test]
fn what_the_ledger_has_of_the_event_itself_is_no_past() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::open(&folder.path().join("ledger.sqlite")).unwrap();
    let mut world = random_world(7);
    world.event.title = Some("第1场".into());
    let held = SavedPlan::from(&plan(&world.request(), &|_| {}).unwrap());
    let record = EventRecord {
        event: "第1场",
        date: jiff::civil::date(2024, 3, 20),
        plan: &held,
        matches: &world.matches,
        demands: &world.demands,
        institutions: &world.institutions,
        catalogue: &world.catalogue,
        who: "张三",
        replaces: None,
    };
    ledger.record_event(&record).unwrap();
    let apart = |title: &str, previous: &[Meeting]| {
        let mut event = world.event.clone();
        event.title = Some(title.to_owned());
        event.require.clear();
        let (catalogue, institutions) = (&world.catalogue, &world.institutions);
        ledger.keep_apart(&mut event, catalogue, &world.demands, institutions, PastPairs::NotAgain, previous).unwrap()
    };
    assert_eq!(apart("第1场", &[]), 0);
    assert_eq!(apart("第2场", &held.meetings), 0);
    assert_eq!(apart("第2场", &[]), held.meetings.len());
}
