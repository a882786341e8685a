//! Seeded random corpora, queries and filters.

use duijie_impact::{BitSet, Bm25f, FieldWeight, ImpactBuilder, ImpactIndex, Scope};

/// SplitMix64: small, seeded, the same everywhere.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ z >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ z >> 31
    }

    /// A number below `bound`.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(bound)) >> 64) as u64
    }

    /// A number from 0 to 1.
    pub(crate) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// A term number below `vocabulary`; low numbers come often, as in Zipf's law.
    pub(crate) fn term(&mut self, vocabulary: u64) -> u64 {
        ((vocabulary as f64 + 1.0).powf(self.unit()) as u64 - 1).min(vocabulary - 1)
    }
}

/// Documents as (field, term number) tokens.
pub(crate) struct Corpus {
    pub(crate) documents: Vec<Vec<(usize, u64)>>,
    pub(crate) vocabulary: u64,
    pub(crate) model: Bm25f,
}

impl Corpus {
    pub(crate) fn random(random: &mut Random, documents: u64, vocabulary: u64, fields: usize, tokens: u64) -> Self {
        let model = Bm25f {
            k1: 0.1 + 2.0 * random.unit() as f32,
            fields: (0..fields)
                .map(|_| FieldWeight { weight: 3.0 * random.unit() as f32, b: random.unit() as f32 })
                .collect(),
        };
        let documents = (0..documents)
            .map(|_| {
                (0..random.below(tokens + 1))
                    .map(|_| (random.below(fields as u64) as usize, random.term(vocabulary)))
                    .collect()
            })
            .collect();
        Self { documents, vocabulary, model }
    }

    /// As many documents, all drawn from a few different ones, so that many score alike.
    pub(crate) fn repeating(random: &mut Random, documents: u64, different: u64) -> Self {
        let few = Self::random(random, different, 60, 2, 12);
        let draw = |_| few.documents[random.below(different) as usize].clone();
        Self { documents: (0..documents).map(draw).collect(), ..few }
    }

    pub(crate) fn index(&self) -> ImpactIndex {
        self.index_with(ImpactBuilder::new(self.model.clone()).unwrap(), 0..self.documents.len())
    }

    pub(crate) fn index_with(&self, mut builder: ImpactBuilder, range: std::ops::Range<usize>) -> ImpactIndex {
        for tokens in &self.documents[range] {
            builder.add_document(|document| tokens.iter().for_each(|&(field, term)| document.add(field, &name(term))));
        }
        builder.finish()
    }

    /// A query of `len` terms, most of them of this corpus: names and weights.
    pub(crate) fn query(&self, random: &mut Random, len: u64) -> Vec<(String, f32)> {
        (0..len).map(|_| (name(random.term(self.vocabulary + 2)), weight(random))).collect()
    }
}

pub(crate) fn name(term: u64) -> String {
    format!("词{term}")
}

/// Weights in steps, so that different sums come out equal, or over many orders of magnitude.
fn weight(random: &mut Random) -> f32 {
    match random.below(4) {
        0 => 1.0,
        1 => random.below(8) as f32 / 2.0,
        2 => 10f32.powf(12.0 * random.unit() as f32 - 6.0),
        _ => 8.0 * random.unit() as f32,
    }
}

/// A filter, as ranges and accepted documents.
pub(crate) struct Filter {
    pub(crate) ranges: Option<Vec<std::ops::Range<u32>>>,
    pub(crate) accept: Option<BitSet>,
}

impl Filter {
    pub(crate) fn random(random: &mut Random, documents: u32) -> Self {
        let bound = u64::from(documents) + 3;
        let ranges = (random.below(2) == 0).then(|| {
            let mut range = || random.below(bound) as u32..random.below(bound) as u32;
            (0..3).map(|_| range()).collect()
        });
        // Of ten thousand documents so many are accepted; and none of one stretch, perhaps whole blocks.
        let accept = (random.below(2) == 0).then(|| {
            let share = [1, 200, 5_000, 9_500, 10_000][random.below(5) as usize];
            let gone = random.below(bound) as u32..random.below(bound) as u32;
            (0..documents).map(|document| random.below(10_000) < share && !gone.contains(&document)).collect()
        });
        Self { ranges, accept }
    }

    pub(crate) fn allows(&self, document: u32) -> bool {
        self.ranges.as_ref().is_none_or(|ranges| ranges.iter().any(|range| range.contains(&document)))
            && self.accept.as_ref().is_none_or(|accept| accept.contains(document))
    }

    pub(crate) fn scope(&self) -> Scope<'_> {
        let scope = self.ranges.clone().map_or(Scope::all(), Scope::ranges);
        match &self.accept {
            Some(accept) => scope.accepting(accept),
            None => scope,
        }
    }
}
