//! From chosen pairs to meetings with slot and table, or slot and city.

use super::problem::{Bounds, Problem, UNBOUNDED};
use super::report::Meeting;
use super::timetable::{Edge, colour_evenly, seat};
use crate::EventForm;

/// Meetings of the chosen pairs, by slot, table and demand. `slots` gives the slot (from 1) that a
/// pair had before, to be kept where it can be.
pub(super) fn arrange(
    problem: &Problem,
    bounds: &Bounds,
    chosen: &[usize],
    stops: &[String],
    had: &dyn Fn(usize) -> Option<usize>,
) -> Vec<Meeting> {
    let mut meetings = match problem.form {
        EventForm::Hall => in_hall(problem, bounds, chosen, had),
        EventForm::Tour => on_tour(problem, chosen, stops),
    };
    sort(&mut meetings);
    meetings
}

pub(super) fn sort(meetings: &mut [Meeting]) {
    meetings.sort_by(|a, b| {
        (a.slot, a.table, &a.demand, &a.institution).cmp(&(b.slot, b.table, &b.demand, &b.institution))
    });
}

fn edge(problem: &Problem, pair: usize) -> Edge {
    let pair = &problem.pairs[pair];
    Edge { left: problem.guests[pair.guest].party, right: pair.institution }
}

/// Greatest number of meetings of an enterprise or institution.
fn most_of_one(edges: &[Edge]) -> usize {
    let mut counts = rustc_hash::FxHashMap::default();
    for edge in edges {
        *counts.entry((0, edge.left)).or_insert(0usize) += 1;
        *counts.entry((1, edge.right)).or_insert(0usize) += 1;
    }
    counts.into_values().max().unwrap_or(0)
}

fn in_hall(problem: &Problem, bounds: &Bounds, chosen: &[usize], had: &dyn Fn(usize) -> Option<usize>) -> Vec<Meeting> {
    let edges: Vec<Edge> = chosen.iter().map(|&pair| edge(problem, pair)).collect();
    let before: Vec<Option<usize>> = chosen.iter().map(|&pair| had(pair).map(|slot| slot - 1)).collect();
    let tables = bounds.tables.max(1);
    // No more slots than needed, so that the day ends early; no fewer than before.
    let latest = before.iter().flatten().map(|slot| slot + 1).max().unwrap_or(0);
    let slots = most_of_one(&edges).max(edges.len().div_ceil(tables)).max(latest);
    let slot_of = colour_evenly(&edges, &before, slots, tables);
    let seats: Vec<(usize, usize)> = slot_of.iter().zip(&edges).map(|(&slot, edge)| (slot, edge.right)).collect();
    let table_of = seat(&seats, &[]);
    let placed = chosen.iter().zip(slot_of.iter().zip(&table_of));
    placed.map(|(&pair, (&slot, &table))| meeting(problem, pair, slot + 1, Some(table + 1))).collect()
}

/// City after city; in each, all that can meet at once do.
fn on_tour(problem: &Problem, chosen: &[usize], stops: &[String]) -> Vec<Meeting> {
    let in_city = |city: usize| {
        let own = chosen.iter().filter(move |&&pair| problem.guests[problem.pairs[pair].guest].city == city);
        own.copied().collect::<Vec<usize>>()
    };
    let mut cities: Vec<usize> = (0..problem.cities.len()).collect();
    let stop =
        |city: usize| stops.iter().position(|stop| stop.strip_suffix('市').unwrap_or(stop) == problem.cities[city]);
    cities.sort_by_key(|&city| {
        (stop(city).unwrap_or(UNBOUNDED), std::cmp::Reverse(in_city(city).len()), problem.cities[city].clone())
    });
    let mut meetings = Vec::new();
    let mut first_slot = 1;
    for city in cities {
        let pairs = in_city(city);
        let edges: Vec<Edge> = pairs.iter().map(|&pair| edge(problem, pair)).collect();
        let slots = most_of_one(&edges);
        let slot_of = colour_evenly(&edges, &vec![None; edges.len()], slots, UNBOUNDED);
        meetings.extend(pairs.iter().zip(slot_of).map(|(&pair, slot)| meeting(problem, pair, first_slot + slot, None)));
        first_slot += slots;
    }
    meetings
}

pub(super) fn meeting(problem: &Problem, pair: usize, slot: usize, table: Option<usize>) -> Meeting {
    let pair = &problem.pairs[pair];
    let guest = &problem.guests[pair.guest];
    let on_tour = problem.form == EventForm::Tour;
    Meeting {
        demand: guest.demand.clone(),
        institution: problem.institutions[pair.institution].clone(),
        slot,
        table,
        score: pair.score,
        city: on_tour.then(|| problem.cities[guest.city].clone()),
    }
}
