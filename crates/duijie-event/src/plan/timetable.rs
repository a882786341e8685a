//! Slots and tables for chosen pairs: colouring the edges of a bipartite multigraph.
//!
//! Kőnig: as many colours as the greatest degree suffice. De Werra: a colouring can be evened out
//! so that no colour has more edges than edges ÷ colours, rounded up. So slots and tables exist
//! whenever nobody has more meetings than slots and all have room in slots × tables.

/// One meeting of two parties that can be at one place at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Edge {
    pub(super) left: usize,
    pub(super) right: usize,
}

/// A colour for each edge, from 0, so that edges that share an end differ; the colours that some
/// edges have already (and in which they differ) are kept where they do not stand in the way.
fn colour(edges: &[Edge], had: &[Option<usize>], colours: usize) -> Vec<usize> {
    let lefts = edges.iter().map(|edge| edge.left + 1).max().unwrap_or(0);
    let rights = edges.iter().map(|edge| edge.right + 1).max().unwrap_or(0);
    let mut colouring = Colouring {
        edges,
        offset: lefts,
        at: vec![vec![None; colours]; lefts + rights],
        colour: vec![usize::MAX; edges.len()],
    };
    for (edge, had) in had.iter().enumerate() {
        if let Some(colour) = had {
            colouring.set(edge, *colour);
        }
    }
    for edge in (0..edges.len()).filter(|&edge| had[edge].is_none()) {
        colouring.add(edge);
    }
    colouring.colour
}

/// A colour for each edge, from 0, so that edges that share an end differ and no more than `most`
/// are of one colour. Needs `edges ≤ colours × most` and no end of more than `colours` edges.
/// Edges that `had` a colour keep it where they can.
pub(super) fn colour_evenly(edges: &[Edge], had: &[Option<usize>], colours: usize, most: usize) -> Vec<usize> {
    let lefts = edges.iter().map(|edge| edge.left + 1).max().unwrap_or(0);
    let mut colour = colour(edges, had, colours);
    loop {
        let mut counts = vec![0usize; colours];
        for &own in &colour {
            counts[own] += 1;
        }
        let Some(full) = counts.iter().position(|&count| count > most) else { return colour };
        let Some(free) = (0..colours).min_by_key(|&other| counts[other]).filter(|&other| counts[other] < most) else {
            return colour;
        };
        let path = longer_path(edges, &colour, lefts, full, free);
        for edge in path {
            colour[edge] = if colour[edge] == full { free } else { full };
        }
    }
}

/// A path of edges alternating between two colours with one more of `full` than of `free`; there
/// is one whenever `full` has more edges.
fn longer_path(edges: &[Edge], colour: &[usize], offset: usize, full: usize, free: usize) -> Vec<usize> {
    let nodes = offset + edges.iter().map(|edge| edge.right + 1).max().unwrap_or(0);
    let mut at = vec![[None; 2]; nodes];
    for (index, edge) in edges.iter().enumerate() {
        let side = if colour[index] == full {
            0
        } else if colour[index] == free {
            1
        } else {
            continue;
        };
        at[edge.left][side] = Some(index);
        at[offset + edge.right][side] = Some(index);
    }
    for start in 0..nodes {
        // A path that begins with `full` at an end without `free`; it is longer if it ends so too.
        if at[start][0].is_none() || at[start][1].is_some() {
            continue;
        }
        let mut path = Vec::new();
        let (mut node, mut side) = (start, 0);
        while let Some(edge) = at[node][side] {
            path.push(edge);
            let other = (edges[edge].left, offset + edges[edge].right);
            node = if node == other.0 { other.1 } else { other.0 };
            side = 1 - side;
        }
        if path.len() % 2 == 1 {
            return path;
        }
    }
    unreachable!("a colour with more edges than another has a longer alternating path")
}

struct Colouring<'a> {
    edges: &'a [Edge],
    /// Right ends are numbered behind the left ones.
    offset: usize,
    /// The edge of each colour at each node.
    at: Vec<Vec<Option<usize>>>,
    colour: Vec<usize>,
}

impl Colouring<'_> {
    fn ends(&self, edge: usize) -> (usize, usize) {
        (self.edges[edge].left, self.offset + self.edges[edge].right)
    }

    fn free(&self, node: usize) -> usize {
        let free = self.at[node].iter().position(Option::is_none);
        free.expect("nobody has more meetings than there are slots")
    }

    fn add(&mut self, edge: usize) {
        let (left, right) = self.ends(edge);
        let common = (0..self.at[left].len()).find(|&c| self.at[left][c].is_none() && self.at[right][c].is_none());
        let colour = common.unwrap_or_else(|| {
            let (a, b) = (self.free(left), self.free(right));
            self.swap_from(right, a, b);
            a
        });
        self.set(edge, colour);
    }

    /// Swaps colours `a` and `b` on the path from `node` that begins with `a`; then `a` is free there.
    fn swap_from(&mut self, node: usize, a: usize, b: usize) {
        let (mut node, mut colour) = (node, a);
        let mut path = Vec::new();
        while let Some(edge) = self.at[node][colour] {
            path.push(edge);
            let (left, right) = self.ends(edge);
            node = if node == left { right } else { left };
            colour = if colour == a { b } else { a };
        }
        for &edge in &path {
            let (left, right) = self.ends(edge);
            let old = self.colour[edge];
            self.at[left][old] = None;
            self.at[right][old] = None;
        }
        for edge in path {
            let swapped = if self.colour[edge] == a { b } else { a };
            self.set(edge, swapped);
        }
    }

    fn set(&mut self, edge: usize, colour: usize) {
        let (left, right) = self.ends(edge);
        self.colour[edge] = colour;
        self.at[left][colour] = Some(edge);
        self.at[right][colour] = Some(edge);
    }
}

/// A table (from 0) for each meeting of (slot, institution): an institution stays at its table
/// where that is free.
pub(super) fn seat(meetings: &[(usize, usize)], taken: &[(usize, usize, usize)]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..meetings.len()).collect();
    order.sort_by_key(|&at| meetings[at]);
    let mut home: rustc_hash::FxHashMap<usize, usize> = rustc_hash::FxHashMap::default();
    let mut occupied: rustc_hash::FxHashSet<(usize, usize)> = rustc_hash::FxHashSet::default();
    for &(slot, institution, table) in taken {
        occupied.insert((slot, table));
        home.entry(institution).or_insert(table);
    }
    let mut tables = vec![usize::MAX; meetings.len()];
    for slot in order.chunk_by(|&a, &b| meetings[a].0 == meetings[b].0) {
        // Those who have a table sit down before those who look for one.
        for &at in slot {
            let (slot, institution) = meetings[at];
            if let Some(&table) = home.get(&institution)
                && occupied.insert((slot, table))
            {
                tables[at] = table;
            }
        }
        for &at in slot {
            if tables[at] == usize::MAX {
                let (slot, institution) = meetings[at];
                let table = (0..).find(|&table| !occupied.contains(&(slot, table))).unwrap_or(0);
                occupied.insert((slot, table));
                tables[at] = table;
                home.entry(institution).or_insert(table);
            }
        }
    }
    tables
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn degree(edges: &[Edge]) -> usize {
        let ends = edges.iter().flat_map(|edge| [(0, edge.left), (1, edge.right)]);
        let mut counts = std::collections::HashMap::new();
        ends.for_each(|end| *counts.entry(end).or_insert(0usize) += 1);
        counts.values().copied().max().unwrap_or(0)
    }

    proptest! {
        #[test]
        fn edges_that_share_an_end_differ_and_no_colour_overflows(
            ends in proptest::collection::vec((0usize..9, 0usize..7), 1..60),
            spare in 0usize..3,
        ) {
            let edges: Vec<Edge> = ends.into_iter().map(|(left, right)| Edge { left, right }).collect();
            let colours = degree(&edges) + spare;
            let most = edges.len().div_ceil(colours);
            let colour = colour_evenly(&edges, &vec![None; edges.len()], colours, most);
            for (a, first) in edges.iter().enumerate() {
                prop_assert!(colour[a] < colours);
                for (b, second) in edges.iter().enumerate().skip(a + 1) {
                    if first.left == second.left || first.right == second.right {
                        prop_assert_ne!(colour[a], colour[b]);
                    }
                }
            }
            for own in 0..colours {
                prop_assert!(colour.iter().filter(|&&other| other == own).count() <= most);
            }
        }
    }

    #[test]
    fn an_institution_keeps_its_table_and_no_table_is_used_twice_in_a_slot() {
        let tables = seat(&[(0, 3), (0, 1), (1, 3), (1, 2), (1, 1)], &[]);
        assert_eq!(tables, [1, 0, 1, 2, 0]);
    }
}
