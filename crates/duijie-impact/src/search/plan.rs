use crate::postings::{Form, Postings};
use crate::query::{Query, TermId};
use crate::raw::Quad;

/// A query in the integers of one index.
///
/// One unit of an accumulator is worth [`Plan::unit`]. A posting's byte q of term t adds
/// `⌊q · multiplier_t / 256⌋`, at least 1; a code of a lane adds what a table says, rounded up,
/// times 2^[`Plan::shift`]. Let A be a document's accumulator and S its exact score:
///
/// - `S ≤ unit · (A + slack)`: every posting loses less than one unit by rounding down, and single
///   precision loses little;
/// - `unit · A ≤ S + unit · (margin − slack)`: bytes and levels are rounded up by a known step.
///
/// All accumulators fit 16 bits.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    pub(crate) quads: Vec<Quad>,
    pub(crate) shift: u32,
    pub(crate) blocked: Vec<BlockedTerm>,
    pub(crate) rare: Vec<RareTerm>,
    pub(crate) unit: f64,
    pub(crate) slack: f64,
    /// A document whose accumulator is lower than the k-th highest by more than this is not among the best k.
    pub(crate) margin: u32,
    /// What `margin` would be if documents were usually, not always, to keep to it.
    pub(crate) usual_margin: u32,
    lanes: Vec<LaneTerm>,
    sparse: Vec<(u32, f64)>,
}

/// A term that is added whole.
#[derive(Debug, Clone, Copy)]
struct LaneTerm {
    term: u32,
    lane: u32,
    /// What one unit of its bytes is worth in this query.
    step: f64,
}

/// A term that is scattered block by block.
#[derive(Debug, Clone, Copy)]
pub(crate) struct BlockedTerm {
    pub(crate) number: u32,
    pub(crate) multiplier: u16,
}

/// A term that is scattered from a plain list.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RareTerm {
    pub(crate) cursor: u32,
    pub(crate) end: u32,
    pub(crate) multiplier: u16,
}

/// What the sum of an accumulator can reach.
const ROOM: f64 = 65_000.0;
/// What the tables of a quad can add, before each of the four is rounded up.
const QUAD_ROOM: f64 = 251.0;
const MOST_SHIFT: u32 = 6;
/// Accumulators exceed scores by some 6 % of what they could at most: terms are absent, or their
/// bytes are just below their level.
const USUAL_SHARE: f64 = 0.2;

impl Plan {
    /// Takes up `query`. `false`: it has too many terms for 16 bits, every document must be scored exactly.
    pub(crate) fn prepare(&mut self, query: &Query, postings: &Postings) -> bool {
        self.lanes.clear();
        self.sparse.clear();
        let (mut highest, mut rounding) = (0.0, 0.0);
        for &(TermId(term), weight) in &query.terms {
            let Some(&step) = postings.steps.get(term as usize) else { continue };
            let step = f64::from(step) * f64::from(weight);
            if step <= 0.0 {
                continue;
            }
            highest += 255.0 * step;
            match postings.form(term) {
                Form::Lane(lane) => self.lanes.push(LaneTerm { term, lane, step }),
                _ => {
                    rounding += least_multiplier(postings.smallest[term as usize]) + 2.0;
                    self.sparse.push((term, step));
                }
            }
        }
        let lanes = self.lanes.len() as f64;
        if rounding + lanes > ROOM / 2.0 {
            return false;
        }
        let quad_unit = self.group();
        let fits = |shift: &u32| {
            let scale = f64::from(1u32 << shift);
            quad_unit > 0.0 && highest / (quad_unit / scale) + rounding + lanes * scale <= ROOM
        };
        (self.shift, self.unit) = match (0..=MOST_SHIFT).rev().find(fits) {
            Some(shift) => (shift, quad_unit / f64::from(1u32 << shift)),
            None => (0, highest / (ROOM - rounding - lanes)),
        };
        let errors = self.fill_tables(postings) + self.fill_sparse(postings);
        // Single precision: every product and every addition is off by at most 2⁻²⁴ of the sum.
        let (terms, sparse) = ((self.lanes.len() + self.sparse.len()) as f64, self.sparse.len() as f64);
        let inexact = 65_536.0 * (terms + 2.0) / f64::from(1 << 22);
        self.slack = sparse + inexact;
        self.margin = (errors + sparse + 2.0 * inexact).ceil() as u32 + 1;
        self.usual_margin = (errors * USUAL_SHARE + self.slack).ceil() as u32 + 1;
        true
    }

    /// Puts lanes together in fours that weigh about the same, and returns what one unit of their
    /// tables must be worth at least.
    fn group(&mut self) -> f64 {
        self.lanes.sort_by(|a, b| b.step.total_cmp(&a.step));
        let count = self.lanes.len().div_ceil(4);
        self.quads.clear();
        self.quads.resize(count, Quad::default());
        let mut heaviest = 0.0;
        for number in 0..count {
            let own = (0..4).filter_map(|turn| self.lanes.get(place_of(number, turn, count)));
            heaviest = own.map(|lane| 255.0 * lane.step).sum::<f64>().max(heaviest);
        }
        heaviest / QUAD_ROOM
    }

    /// Fills the quads and returns by how much they can exceed what they stand for, in units.
    fn fill_tables(&mut self, postings: &Postings) -> f64 {
        let mut errors = 0.0;
        let scale = f64::from(1u32 << self.shift);
        let count = self.quads.len();
        for (number, quad) in self.quads.iter_mut().enumerate() {
            for turn in 0..4 {
                let Some(lane) = self.lanes.get(place_of(number, turn, count)) else { continue };
                let levels = postings.levels_of(lane.lane);
                let exact = |byte: u8| f64::from(byte) * lane.step / self.unit;
                let mut error: f64 = 0.0;
                // Bytes of code c are above level c − 1, those of the first at least the smallest.
                let mut below = postings.smallest[lane.term as usize].saturating_sub(1);
                for (&level, entry) in levels.iter().zip(&mut quad.tables[turn]).skip(1) {
                    *entry = (exact(level) / scale).ceil() as u8;
                    if level > below {
                        error = error.max(f64::from(*entry) * scale - exact(below));
                        below = level;
                    }
                }
                quad.lanes[turn] = lane.lane;
                errors += error;
            }
        }
        errors
    }

    /// Sorts the other terms by form and returns by how much they can exceed.
    fn fill_sparse(&mut self, postings: &Postings) -> f64 {
        let mut errors = 0.0;
        self.blocked.clear();
        self.rare.clear();
        for &(term, step) in &self.sparse {
            let exact = 256.0 * step / self.unit;
            let multiplier = exact.ceil().max(least_multiplier(postings.smallest[term as usize]));
            errors += (255.0 * multiplier - 254.0 * exact) / 256.0;
            let multiplier = multiplier as u16;
            match postings.form(term) {
                Form::Blocked(number) => self.blocked.push(BlockedTerm { number, multiplier }),
                Form::Rare(number) => {
                    let (cursor, end) =
                        (postings.rare_starts[number as usize], postings.rare_starts[number as usize + 1]);
                    self.rare.push(RareTerm { cursor, end, multiplier });
                }
                Form::Lane(_) => unreachable!("lanes are not among the sparse terms"),
            }
        }
        errors
    }

    /// An upper bound of the score of a document with accumulator `sum`.
    pub(crate) fn bound(&self, sum: u16) -> f64 {
        (f64::from(sum) + self.slack) * self.unit
    }
}

/// Which lane is number `turn` of quad `number`, of `count`: to and fro, so that a quad that got a
/// heavy lane gets a light one next.
fn place_of(number: usize, turn: usize, count: usize) -> usize {
    if turn.is_multiple_of(2) { turn * count + number } else { (turn + 1) * count - 1 - number }
}

/// With this multiplier the smallest byte of a term adds 1.
fn least_multiplier(smallest: u8) -> f64 {
    f64::from(256u32.div_ceil(u32::from(smallest.max(1))))
}
