use super::{BLOCK, Form, Postings};
use crate::forward::{ForwardIndex, Postings as DocumentPostings};
use crate::exact::Model;
use crate::raw::{CHUNK, accumulator_of};

/// A term in at least one in this many documents becomes a lane.
const LANE_SHARE: u32 = 32;
/// A term with at least this many postings for every block is stored by blocks.
const BLOCKED_SHARE: u32 = 2;

impl Postings {
    /// Turns the forward index around; `document_frequencies` fall with the term's number.
    pub(crate) fn new(forward: &ForwardIndex, model: Model<'_>, document_frequencies: &[u32]) -> Self {
        let documents = forward.len() as u32;
        let blocks = forward.len().div_ceil(BLOCK);
        let lane_terms = document_frequencies.partition_point(|&frequency| frequency >= documents.div_ceil(LANE_SHARE).max(1));
        let blocked_end = document_frequencies.partition_point(|&frequency| frequency as usize >= blocks * BLOCKED_SHARE as usize).max(lane_terms);
        let (steps, smallest) = steps(forward, model, document_frequencies.len());
        let mut postings = Self {
            documents,
            steps,
            smallest,
            lane_terms: lane_terms as u32,
            blocked_terms: (blocked_end - lane_terms) as u32,
            lanes: vec![0; lane_terms * blocks * BLOCK],
            ..Self::default()
        };
        postings.place(forward, model, document_frequencies);
        postings.peaks = postings.lanes.chunks_exact(CHUNK).map(|chunk| chunk.iter().copied().max().unwrap_or(0)).collect();
        postings
    }

    fn place(&mut self, forward: &ForwardIndex, model: Model<'_>, document_frequencies: &[u32]) {
        let blocks = self.blocks();
        let (lanes, blocked) = (self.lane_terms as usize, self.blocked_terms as usize);
        let mut cursors = starts(&document_frequencies[lanes..lanes + blocked]);
        let total = cursors.pop().unwrap_or(0) as usize;
        self.rare_starts = starts(&document_frequencies[lanes + blocked..]);
        let rare_total = self.rare_starts[self.rare_starts.len() - 1] as usize;
        cursors.extend_from_slice(&self.rare_starts);
        self.blocked_places.resize(total, 0);
        self.blocked_bytes.resize(total, 0);
        self.rare_documents.resize(rare_total, 0);
        self.rare_bytes.resize(rare_total, 0);
        self.blocked_starts.resize(blocked * blocks + 1, total as u32);
        let mut saturations = Saturations::new(forward, model);
        for block in 0..blocks {
            for (term, &cursor) in cursors[..blocked].iter().enumerate() {
                self.blocked_starts[term * blocks + block] = cursor;
            }
            for document in block * BLOCK..((block + 1) * BLOCK).min(forward.len()) {
                let terms = saturations.enter(document);
                for (at, (term, code)) in terms.iter().enumerate() {
                    let byte = quantize(saturations.of(terms.first + at as u32, code), self.steps[term as usize]);
                    let local = document - block * BLOCK;
                    match self.form(term) {
                        Form::Lane(lane) => self.lanes[(block * lanes + lane as usize) * BLOCK + local] = byte,
                        Form::Blocked(number) => {
                            let cursor = &mut cursors[number as usize];
                            self.blocked_places[*cursor as usize] = accumulator_of(local) as u16;
                            self.blocked_bytes[*cursor as usize] = byte;
                            *cursor += 1;
                        }
                        Form::Rare(number) => {
                            let cursor = &mut cursors[blocked + number as usize];
                            self.rare_documents[*cursor as usize] = document as u32;
                            self.rare_bytes[*cursor as usize] = byte;
                            *cursor += 1;
                        }
                    }
                }
            }
        }
    }
}

/// Where runs of the given lengths start, and the end of the last.
fn starts(lengths: &[u32]) -> Vec<u32> {
    let mut starts = Vec::with_capacity(lengths.len() + 1);
    let mut next = 0;
    starts.push(next);
    for &length in lengths {
        next += length;
        starts.push(next);
    }
    starts
}

/// The smallest byte q with `q · step ≥ saturation`; the product is exact in double precision.
fn quantize(saturation: f32, step: f32) -> u8 {
    if saturation <= 0.0 {
        return 0;
    }
    let mut byte = (saturation / step).ceil().clamp(1.0, 255.0) as u8;
    while byte < u8::MAX && f64::from(byte) * f64::from(step) < f64::from(saturation) {
        byte += 1;
    }
    while byte > 1 && f64::from(byte - 1) * f64::from(step) >= f64::from(saturation) {
        byte -= 1;
    }
    byte
}

/// Every term's step, such that 255 steps reach its highest saturation, and its smallest byte.
fn steps(forward: &ForwardIndex, model: Model<'_>, terms: usize) -> (Vec<f32>, Vec<u8>) {
    let mut highest = vec![0f32; terms];
    let mut lowest = vec![f32::INFINITY; terms];
    let mut saturations = Saturations::new(forward, model);
    for document in 0..forward.len() {
        let terms = saturations.enter(document);
        for (at, (term, code)) in terms.iter().enumerate() {
            let saturation = saturations.of(terms.first + at as u32, code);
            let term = term as usize;
            highest[term] = highest[term].max(saturation);
            if saturation > 0.0 {
                lowest[term] = lowest[term].min(saturation);
            }
        }
    }
    for highest in &mut highest {
        let mut step = *highest / 255.0;
        while f64::from(step) * 255.0 < f64::from(*highest) {
            step = step.next_up();
        }
        *highest = step;
    }
    let smallest = lowest.iter().zip(&highest).map(|(&lowest, &step)| if lowest.is_finite() { quantize(lowest, step) } else { u8::MAX }).collect();
    (highest, smallest)
}

/// Saturations of one document after the other; equal frequencies of a document are computed once.
struct Saturations<'a> {
    forward: &'a ForwardIndex,
    model: Model<'a>,
    factors: Vec<f32>,
    by_code: [f32; 256],
}

impl<'a> Saturations<'a> {
    fn new(forward: &'a ForwardIndex, model: Model<'a>) -> Self {
        Self { forward, model, factors: Vec::new(), by_code: [f32::NAN; 256] }
    }

    fn enter(&mut self, document: usize) -> DocumentPostings<'a> {
        self.factors.clear();
        let lengths = self.forward.lengths_of(document);
        self.factors.extend((0..lengths.len()).map(|field| self.model.factor(field, lengths[field])));
        self.by_code = [f32::NAN; 256];
        self.forward.postings_of(document)
    }

    fn of(&mut self, posting: u32, code: u8) -> f32 {
        let known = self.by_code[usize::from(code)];
        if !known.is_nan() {
            return known;
        }
        let tuple = self.forward.tuple(posting, code);
        let weighted: f32 = tuple.iter().zip(&self.factors).map(|(&count, factor)| count as f32 * factor).sum();
        let saturation = self.model.parameters.saturate(weighted);
        if code != crate::forward::ESCAPE {
            self.by_code[usize::from(code)] = saturation;
        }
        saturation
    }
}
