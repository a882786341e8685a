//! Whether limits can be kept at all: a circulation with lower bounds, decided by a maximum flow.
//!
//! source → enterprise (slots) → demand (min..max) → strong or weak → pair (0..1, 1 if required)
//! → institution (max, slots) → sink, and back from sink to source what slots × tables have room for.

use super::problem::{Bounds, Problem, UNBOUNDED};
use petgraph::algo::dinics;
use petgraph::graph::{DiGraph, NodeIndex};

/// Whether every limit can be kept, with every demand having a meeting of at least `threshold`.
///
/// `included` leaves out the demands that it is `false` for, with all their pairs.
pub(super) fn feasible(problem: &Problem, bounds: &Bounds, threshold: Option<f64>, included: Option<&[bool]>) -> bool {
    let mut network = Circulation::default();
    let source = network.node();
    let sink = network.node();
    let takes_part = |guest: usize| included.is_none_or(|included| included[guest]);
    let parties: Vec<NodeIndex> = (0..problem.parties).map(|_| network.node()).collect();
    for &party in &parties {
        network.edge(source, party, 0, bounds.slots);
    }
    let mut strong = Vec::with_capacity(problem.guests.len());
    let mut weak = Vec::with_capacity(problem.guests.len());
    for (at, guest) in problem.guests.iter().enumerate() {
        let node = network.node();
        let (good, other) = match threshold {
            Some(_) => (network.node(), network.node()),
            None => (node, node),
        };
        if takes_part(at) {
            let (min, max) = bounds.guest(at);
            network.edge(parties[guest.party], node, min, max);
            if threshold.is_some() {
                network.edge(node, good, 1, UNBOUNDED);
                network.edge(node, other, 0, UNBOUNDED);
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
            let good = threshold.is_none_or(|threshold| pair.score >= threshold);
            let from = if good { strong[pair.guest] } else { weak[pair.guest] };
            network.edge(from, institutions[pair.institution], usize::from(required), usize::from(allowed));
        }
    }
    network.edge(sink, source, 0, bounds.room());
    network.feasible()
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
