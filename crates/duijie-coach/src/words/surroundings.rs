use super::sequences::{Sequence, Sequences};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::ops::Range;

/// Where a sequence stands, and between what.
pub(super) struct Surroundings {
    /// Record and place of its first occurrence.
    pub(super) first: (usize, Range<usize>),
    last_record: usize,
    records: usize,
    left: Neighbours,
    right: Neighbours,
}

/// The characters next to a sequence on one side.
#[derive(Default)]
struct Neighbours {
    characters: BTreeMap<char, usize>,
    /// Ends of the text, punctuation, letters and digits: there a word ends, so each counts as a neighbour of its own.
    bounds: usize,
}

impl Neighbours {
    fn add(&mut self, neighbour: Option<char>) {
        match neighbour.filter(|c| c.is_alphabetic() && !c.is_ascii()) {
            Some(c) => *self.characters.entry(c).or_default() += 1,
            None => self.bounds += 1,
        }
    }

    /// -Σ p ln p over the neighbours.
    fn entropy(&self) -> f64 {
        let total = (self.characters.values().sum::<usize>() + self.bounds) as f64;
        let part = |count: usize| (count as f64 / total) * (total / count as f64).ln();
        self.characters.values().map(|count| part(*count)).sum::<f64>() + self.bounds as f64 * part(1)
    }
}

impl Surroundings {
    pub(super) fn records(&self) -> usize {
        self.records
    }

    pub(super) fn left_entropy(&self) -> f64 {
        self.left.entropy()
    }

    pub(super) fn right_entropy(&self) -> f64 {
        self.right.entropy()
    }
}

/// Looks at every occurrence of the frequent sequences that are worth it; in no particular order.
pub(super) fn observe(
    sequences: &Sequences<'_>,
    worth: impl Fn(&Sequence) -> bool,
) -> FxHashMap<Sequence, Surroundings> {
    let mut chosen: FxHashMap<Sequence, bool> = FxHashMap::default();
    let mut found: FxHashMap<Sequence, Surroundings> = FxHashMap::default();
    sequences.each(|record, sequence, place| {
        if sequences.frequency(&sequence) == 0 || !*chosen.entry(sequence).or_insert_with(|| worth(&sequence)) {
            return;
        }
        let text = &sequences.batch.records[record].text;
        let seen = found.entry(sequence).or_insert_with(|| Surroundings {
            first: (record, place.clone()),
            last_record: record,
            records: 1,
            left: Neighbours::default(),
            right: Neighbours::default(),
        });
        if seen.last_record != record {
            (seen.last_record, seen.records) = (record, seen.records + 1);
        }
        seen.left.add(text[..place.start].chars().next_back());
        seen.right.add(text[place.end..].chars().next());
    });
    found
}

#[cfg(test)]
mod tests {
    use super::Neighbours;

    fn entropy(neighbours: &[Option<char>]) -> f64 {
        let mut seen = Neighbours::default();
        neighbours.iter().for_each(|neighbour| seen.add(*neighbour));
        seen.entropy()
    }

    #[test]
    fn one_neighbour_is_no_freedom_and_bounds_are() {
        assert_eq!(entropy(&[Some('区'); 5]), 0.0);
        assert!((entropy(&[Some('区'), Some('响')]) - 2f64.ln()).abs() < 1e-12);
        assert!((entropy(&[None, Some('，'), Some('5'), Some('a')]) - 4f64.ln()).abs() < 1e-12);
    }
}
