//! From chosen pairs to meetings with slot and table, or slot and city.

use super::problem::{Bounds, Problem, UNBOUNDED};
use super::report::Meeting;
use super::timetable::{Edge, colour_evenly, seat};
use crate::EventForm;
use rustc_hash::{FxHashMap, FxHashSet};

/// Where meetings were before, to be kept where they can be.
#[derive(Debug, Default)]
pub(super) struct Before {
    /// Slot and table of each pair that met and may meet still, from 1.
    pub(super) places: FxHashMap<usize, (usize, Option<usize>)>,
    /// First and last slot in each city of a tour, lost meetings included.
    pub(super) visits: FxHashMap<String, (usize, usize)>,
}

impl Before {
    fn slot(&self, pair: usize) -> Option<usize> {
        self.places.get(&pair).map(|(slot, _)| *slot)
    }
}

/// Meetings of the chosen pairs, by slot, table and demand.
pub(super) fn arrange(
    problem: &Problem,
    bounds: &Bounds,
    chosen: &[usize],
    stops: &[String],
    before: &Before,
) -> Vec<Meeting> {
    let mut meetings = match problem.form {
        EventForm::Hall => in_hall(problem, bounds, chosen, before),
        EventForm::Tour => on_tour(problem, bounds, chosen, stops, before),
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
    let mut counts = FxHashMap::default();
    for edge in edges {
        *counts.entry((0, edge.left)).or_insert(0usize) += 1;
        *counts.entry((1, edge.right)).or_insert(0usize) += 1;
    }
    counts.into_values().max().unwrap_or(0)
}

fn in_hall(problem: &Problem, bounds: &Bounds, chosen: &[usize], before: &Before) -> Vec<Meeting> {
    let edges: Vec<Edge> = chosen.iter().map(|&pair| edge(problem, pair)).collect();
    let had: Vec<Option<usize>> = chosen.iter().map(|&pair| before.slot(pair).map(|slot| slot - 1)).collect();
    let tables = bounds.tables.max(1);
    // No more slots than needed, so that the day ends early; no fewer than before.
    let latest = had.iter().flatten().map(|slot| slot + 1).max().unwrap_or(0);
    let slots = most_of_one(&edges).max(edges.len().div_ceil(tables)).max(latest);
    let slot_of = colour_evenly(&edges, &had, slots, tables);
    // Whoever keeps the slot keeps the table; the others sit down around them.
    let mut table_of = vec![None; chosen.len()];
    let mut taken = Vec::new();
    let mut occupied = FxHashSet::default();
    for (at, pair) in chosen.iter().enumerate().filter(|(at, _)| had[*at] == Some(slot_of[*at])) {
        let table = before.places.get(pair).and_then(|(_, table)| table.filter(|table| (1..=tables).contains(table)));
        if let Some(table) = table.filter(|&table| occupied.insert((slot_of[at], table))) {
            table_of[at] = Some(table - 1);
            taken.push((slot_of[at], edges[at].right, table - 1));
        }
    }
    let standing: Vec<usize> = (0..chosen.len()).filter(|&at| table_of[at].is_none()).collect();
    let wanted: Vec<(usize, usize)> = standing.iter().map(|&at| (slot_of[at], edges[at].right)).collect();
    for (at, table) in standing.into_iter().zip(seat(&wanted, &taken)) {
        table_of[at] = Some(table);
    }
    let placed = chosen.iter().zip(slot_of.iter().zip(&table_of));
    placed.map(|(&pair, (&slot, &table))| meeting(problem, pair, slot + 1, table.map(|table| table + 1))).collect()
}

/// What a tour does in one city.
struct Visit {
    pairs: Vec<usize>,
    edges: Vec<Edge>,
    /// First slot that it had.
    first: Option<usize>,
    /// Fewest slots that its meetings fit in.
    needed: usize,
    slots: usize,
}

/// City after city; in each, all that can meet at once do. Cities keep their order and their slots
/// where there are enough of them.
fn on_tour(problem: &Problem, bounds: &Bounds, chosen: &[usize], stops: &[String], before: &Before) -> Vec<Meeting> {
    let mut visits: Vec<(usize, Visit)> =
        (0..problem.cities.len()).map(|city| (city, visit(problem, chosen, city, before))).collect();
    let stop =
        |city: usize| stops.iter().position(|stop| stop.strip_suffix('市').unwrap_or(stop) == problem.cities[city]);
    visits.sort_by_key(|(city, visit)| {
        let stop = stop(*city).unwrap_or(UNBOUNDED);
        let size = std::cmp::Reverse(visit.pairs.len());
        (visit.first.unwrap_or(UNBOUNDED), stop, size, problem.cities[*city].clone())
    });
    let mut remaining: usize = visits.iter().map(|(_, visit)| visit.slots).sum();
    for (_, visit) in &mut visits {
        let less = remaining.saturating_sub(bounds.slots).min(visit.slots - visit.needed);
        visit.slots -= less;
        remaining -= less;
    }
    let mut meetings = Vec::new();
    let mut next = 1;
    for (_, visit) in visits {
        let latest_start = (bounds.slots + 1).saturating_sub(remaining);
        let start = visit.first.unwrap_or(next).min(latest_start).max(next);
        let had = |&pair: &usize| before.slot(pair)?.checked_sub(visit.first?).filter(|&slot| slot < visit.slots);
        let had: Vec<Option<usize>> = visit.pairs.iter().map(had).collect();
        let slot_of = colour_evenly(&visit.edges, &had, visit.slots, UNBOUNDED);
        meetings
            .extend(visit.pairs.iter().zip(slot_of).map(|(&pair, slot)| meeting(problem, pair, start + slot, None)));
        next = start + visit.slots;
        remaining -= visit.slots;
    }
    meetings
}

fn visit(problem: &Problem, chosen: &[usize], city: usize, before: &Before) -> Visit {
    let here = |&pair: &usize| problem.guests[problem.pairs[pair].guest].city == city;
    let pairs: Vec<usize> = chosen.iter().copied().filter(here).collect();
    let edges: Vec<Edge> = pairs.iter().map(|&pair| edge(problem, pair)).collect();
    let needed = most_of_one(&edges);
    let had = before.visits.get(&problem.cities[city]).filter(|_| needed > 0);
    let slots = had.map_or(needed, |(first, last)| needed.max(last + 1 - first));
    Visit { pairs, edges, first: had.map(|(first, _)| *first), needed, slots }
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
