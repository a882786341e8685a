use super::{BLOCK, Form, Postings};
use crate::exact::Model;
use crate::forward::{ForwardIndex, Postings as DocumentPostings};
use crate::raw::CHUNK;

/// A term in at least one in this many documents becomes a lane.
const LANE_SHARE: u32 = 12;
/// … if there are at least this many: in a small index, lanes would be mostly empty.
const LANE_DOCUMENTS: u32 = 64;
/// A term with at least this many postings for every block is stored by blocks.
const BLOCKED_SHARE: u32 = 2;

impl Postings {
    /// Turns the forward index around; `document_frequencies` fall with the term's number.
    pub(crate) fn new(forward: &ForwardIndex, model: Model<'_>, document_frequencies: &[u32]) -> Self {
        let documents = forward.len() as u32;
        let blocks = forward.len().div_ceil(BLOCK);
        let lane_terms = document_frequencies
            .partition_point(|&frequency| frequency >= documents.div_ceil(LANE_SHARE).max(LANE_DOCUMENTS));
        let blocked_end = document_frequencies
            .partition_point(|&frequency| frequency as usize >= blocks * BLOCKED_SHARE as usize)
            .max(lane_terms);
        let (steps, smallest) = steps(forward, model, document_frequencies.len());
        let layout = Self {
            documents,
            steps: steps.into(),
            smallest: smallest.into(),
            lane_terms: lane_terms as u32,
            blocked_terms: (blocked_end - lane_terms) as u32,
            ..Self::default()
        };
        let mut lanes = vec![0; layout.lane_start(blocks)];
        let mut blocked = Lists::new(&document_frequencies[lane_terms..blocked_end]);
        let mut rare = Lists::new(&document_frequencies[blocked_end..]);
        let rare_starts = rare.next.clone();
        let mut blocked_starts = vec![blocked.bytes.len() as u32; (blocked_end - lane_terms) * blocks + 1];
        let mut saturations = Saturations::new(forward, model);
        for document in 0..forward.len() {
            let (block, local) = (document / BLOCK, document % BLOCK);
            let stride = layout.stride(block);
            if local == 0 {
                let starts = blocked_starts.iter_mut().skip(block).step_by(blocks);
                starts.zip(&blocked.next[..blocked_end - lane_terms]).for_each(|(start, &next)| *start = next);
            }
            let terms = saturations.enter(document);
            for (at, (term, code)) in terms.iter().enumerate() {
                let byte = quantize(saturations.of(terms.first + at as u32, code), layout.steps[term as usize]);
                match layout.form(term) {
                    Form::Lane(lane) => lanes[layout.lane_start(block) + lane as usize * stride + local] = byte,
                    Form::Blocked(number) => blocked.push(number, local as u16, byte),
                    Form::Rare(number) => rare.push(number, document as u32, byte),
                }
            }
        }
        let peaks = lanes.chunks_exact(CHUNK).map(|chunk| chunk.iter().copied().max().unwrap_or(0)).collect();
        Self {
            lanes: lanes.into(),
            peaks,
            blocked_starts: blocked_starts.into(),
            blocked_places: blocked.places.into(),
            blocked_bytes: blocked.bytes.into(),
            rare_starts: rare_starts.into(),
            rare_documents: rare.places.into(),
            rare_bytes: rare.bytes.into(),
            ..layout
        }
    }
}

/// Lists of known lengths that are filled in turns.
struct Lists<T> {
    /// Where the next item of each list goes; one more for the end.
    next: Vec<u32>,
    places: Vec<T>,
    bytes: Vec<u8>,
}

impl<T: Copy + Default> Lists<T> {
    fn new(lengths: &[u32]) -> Self {
        let next = starts(lengths);
        let total = next[lengths.len()] as usize;
        Self { next, places: vec![T::default(); total], bytes: vec![0; total] }
    }

    fn push(&mut self, list: u32, place: T, byte: u8) {
        let next = &mut self.next[list as usize];
        self.places[*next as usize] = place;
        self.bytes[*next as usize] = byte;
        *next += 1;
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
    let smallest = lowest
        .iter()
        .zip(&highest)
        .map(|(&lowest, &step)| if lowest.is_finite() { quantize(lowest, step) } else { u8::MAX })
        .collect();
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
