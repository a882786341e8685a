use crate::postings::{Form, Postings};
use crate::query::{Query, TermId};

/// A query in the integers of one index.
///
/// One unit of an accumulator is worth [`Plan::unit`]. A posting's byte q of term t adds
/// `⌊q · multiplier_t / 256⌋`, at least 1. Let A be a document's accumulator and S its exact score:
///
/// - `S ≤ unit · (A + slack)`: every term loses less than one unit by rounding down, and single
///   precision loses little;
/// - `unit · A ≤ S + unit · (margin − slack)`: bytes are rounded up by less than one step.
///
/// All accumulators fit 16 bits.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    pub(crate) lanes: Vec<LaneTerm>,
    pub(crate) blocked: Vec<BlockedTerm>,
    pub(crate) rare: Vec<RareTerm>,
    pub(crate) unit: f64,
    pub(crate) slack: f64,
    /// A document whose accumulator is lower than the k-th highest by more than this is not among the best k.
    pub(crate) margin: u32,
    steps: Vec<(u32, f64)>,
}

/// A term that is added whole.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LaneTerm {
    pub(crate) lane: u32,
    pub(crate) multiplier: u16,
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

impl Plan {
    /// Takes up `query`. `false`: it has too many terms for 16 bits, every document must be scored exactly.
    pub(crate) fn prepare(&mut self, query: &Query, postings: &Postings) -> bool {
        self.lanes.clear();
        self.blocked.clear();
        self.rare.clear();
        self.steps.clear();
        let worth = |(TermId(term), weight): &(TermId, f32)| {
            let step = f64::from(*postings.steps.get(*term as usize)?) * f64::from(*weight);
            (step > 0.0).then_some((*term, step))
        };
        self.steps.extend(query.terms.iter().filter_map(worth));
        let terms = self.steps.len() as f64;
        let rounding: f64 =
            self.steps.iter().map(|&(term, _)| least_multiplier(postings.smallest[term as usize]) + 2.0).sum();
        if rounding > ROOM / 2.0 {
            return false;
        }
        let highest: f64 = self.steps.iter().map(|(_, step)| 255.0 * step).sum();
        self.unit = highest / (ROOM - rounding);
        let mut error = 0.0;
        for &(term, step) in &self.steps {
            let exact = 256.0 * step / self.unit;
            let multiplier = exact.ceil().max(least_multiplier(postings.smallest[term as usize]));
            error += (255.0 * multiplier - 254.0 * exact) / 256.0;
            let multiplier = multiplier as u16;
            match postings.form(term) {
                Form::Lane(lane) => self.lanes.push(LaneTerm { lane, multiplier }),
                Form::Blocked(number) => self.blocked.push(BlockedTerm { number, multiplier }),
                Form::Rare(number) => {
                    let (cursor, end) =
                        (postings.rare_starts[number as usize], postings.rare_starts[number as usize + 1]);
                    self.rare.push(RareTerm { cursor, end, multiplier });
                }
            }
        }
        // Single precision: every product and every addition is off by at most 2⁻²⁴ of the sum.
        let inexact = 65_536.0 * (terms + 2.0) / f64::from(1 << 22);
        self.slack = terms + inexact;
        self.margin = (error + terms + 2.0 * inexact).ceil() as u32 + 1;
        true
    }

    /// An upper bound of the score of a document with accumulator `sum`.
    pub(crate) fn bound(&self, sum: u16) -> f64 {
        (f64::from(sum) + self.slack) * self.unit
    }
}

/// With this multiplier the smallest byte of a term adds 1.
fn least_multiplier(smallest: u8) -> f64 {
    f64::from(256u32.div_ceil(u32::from(smallest.max(1))))
}
