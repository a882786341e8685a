//! Whether limits can be kept at all: a circulation with lower bounds, decided by a maximum flow.
//!
//! source → enterprise (slots) → demand (min..max) → strong or weak → pair (0..1, 1 if required)
//! → institution (max, slots) → sink, and back from sink to source what slots × tables have room for.

use super::problem::{Bounds, Problem, UNBOUNDED};
use super::solve::Service;
use petgraph::algo::dinics;
use petgraph::graph::{DiGraph, NodeIndex};

/// Whether every limit can be kept, with the service asked for.
///
/// Demands that must meet anyway have just the meetings that they must have, the others one or none; so as many
/// are served as the meetings altogether are more than those. `included` leaves out the demands that it is
/// `false` for, with all their pairs.
pub(super) fn feasible(
    problem: &Problem,
    bounds: &Bounds,
    service: Option<Service>,
    included: Option<&[bool]>,
) -> bool {
    let mut network = Circulation::default();
    let source = network.node();
    let sink = network.node();
    let takes_part = |guest: usize| included.is_none_or(|included| included[guest]);
    let is_strong = |score: f64| service.is_none_or(|service| score >= service.score);
    let parties: Vec<NodeIndex> = (0..problem.parties).map(|_| network.node()).collect();
    for &party in &parties {
        network.edge(source, party, 0, bounds.slots);
    }
    let mut required = vec![Required::default(); problem.guests.len()];
    for pair in problem.pairs.iter().filter(|pair| bounds.requires(pair)) {
        let of_guest = &mut required[pair.guest];
        *if is_strong(pair.score) { &mut of_guest.strong } else { &mut of_guest.weak } += 1;
    }
    // Meetings that there are at least, and demands that these serve.
    let (mut compulsory, mut compelled) = (0, 0);
    let mut strong = Vec::with_capacity(problem.guests.len());
    let mut weak = Vec::with_capacity(problem.guests.len());
    for (at, guest) in problem.guests.iter().enumerate() {
        let node = network.node();
        let (good, other) = match service {
            Some(_) => (network.node(), network.node()),
            None => (node, node),
        };
        let (min, max) = bounds.guest(at);
        let Required { strong: good_ones, weak: other_ones } = required[at];
        match service {
            _ if !takes_part(at) => {}
            None => network.edge(parties[guest.party], node, min, max),
            Some(_) if min + good_ones + other_ones > 0 => {
                let least = min.max(other_ones + good_ones.max(1));
                network.edge(parties[guest.party], node, least, least.min(max));
                network.edge(node, good, 1, UNBOUNDED);
                network.edge(node, other, 0, UNBOUNDED);
                compulsory += least;
                compelled += 1;
            }
            Some(_) => {
                network.edge(parties[guest.party], node, 0, max.min(1));
                network.edge(node, good, 0, 1);
            }
        }
        strong.push(good);
        weak.push(other);
    }
    let institutions: Vec<NodeIndex> = (0..problem.institutions.len()).map(|_| network.node()).collect();
    for (at, &institution) in institutions.iter().enumerate() {
        network.edge(institution, sink, 0, bounds.institution(at).min(bounds.slots));
    }
    for pair in problem.pairs.iter().filter(|pair| takes_part(pair.guest)) {
        let (allowed, required) = (bounds.allows(pair), bounds.requires(pair));
        if allowed || required {
            let from = if is_strong(pair.score) { strong[pair.guest] } else { weak[pair.guest] };
            network.edge(from, institutions[pair.institution], usize::from(required), usize::from(allowed));
        }
    }
    let others = service.map_or(0, |service| service.demands.saturating_sub(compelled));
    network.edge(sink, source, compulsory + others, bounds.room());
    network.feasible()
}

/// How many pairs of a demand are required, by whether they are as good as asked for.
#[derive(Clone, Copy, Default)]
struct Required {
    strong: usize,
    weak: usize,
}

/// Edges with least and greatest flow; feasible if some flow keeps to them and leaves nothing behind.
#[derive(Default)]
struct Circulation {
    graph: DiGraph<(), u32>,
    /// What lower bounds bring to each node, less what they take.
    surplus: Vec<i64>,
    impossible: bool,
}

impl Circulation {
    fn node(&mut self) -> NodeIndex {
        self.surplus.push(0);
        self.graph.add_node(())
    }

    fn edge(&mut self, from: NodeIndex, to: NodeIndex, least: usize, greatest: usize) {
        if least > greatest {
            self.impossible = true;
        } else if greatest > 0 {
            self.surplus[to.index()] += least as i64;
            self.surplus[from.index()] -= least as i64;
            if greatest > least {
                self.graph.add_edge(from, to, (greatest - least).min(UNBOUNDED) as u32);
            }
        }
    }

    fn feasible(mut self) -> bool {
        if self.impossible {
            return false;
        }
        let (source, sink) = (self.graph.add_node(()), self.graph.add_node(()));
        let mut needed = 0u32;
        for (at, &surplus) in self.surplus.iter().enumerate() {
            let node = NodeIndex::new(at);
            if surplus > 0 {
                self.graph.add_edge(source, node, surplus as u32);
                needed += surplus as u32;
            } else if surplus < 0 {
                self.graph.add_edge(node, sink, surplus.unsigned_abs() as u32);
            }
        }
        needed == 0 || dinics(&self.graph, source, sink).0 == needed
    }
}
