use super::levels::{Levels, best_levels, codes};
use super::{BLOCK, Form, Postings};
use crate::exact::Model;
use crate::forward::{ForwardIndex, Postings as DocumentPostings};
use crate::raw::{TILE, TILE_BYTES, code_place};

/// A term in at least one in this many documents becomes a lane.
const LANE_SHARE: u32 = 24;
/// … if there are at least this many: in a small index, lanes would be mostly empty.
const LANE_DOCUMENTS: u32 = 64;
/// A term with at least this many postings for every block is stored by blocks.
const BLOCKED_SHARE: u32 = 2;
/// Documents that levels are chosen by.
const SAMPLE: usize = 1 << 15;

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
        let blocked_terms = blocked_end - lane_terms;
        let (steps, smallest) = steps(forward, model, document_frequencies.len());
        let levels = levels(forward, model, &steps[..lane_terms]);
        let codes: Vec<[u8; 256]> = levels.iter().map(codes).collect();
        let layout = Self {
            documents,
            steps: steps.into(),
            smallest: smallest.into(),
            lane_terms: lane_terms as u32,
            blocked_terms: blocked_terms as u32,
            ..Self::default()
        };
        let mut lanes = vec![0; layout.lane_start(blocks)];
        let blocked_postings: usize = document_frequencies[lane_terms..blocked_end].iter().map(|&df| df as usize).sum();
        let mut blocked = Lists::new(blocked_postings);
        let mut blocked_starts = Vec::with_capacity(blocked_terms * blocks + 1);
        let mut rare = Lists::new(document_frequencies[blocked_end..].iter().map(|&df| df as usize).sum());
        rare.open(&document_frequencies[blocked_end..], 0);
        let rare_starts = rare.next.clone();
        let mut saturations = Saturations::new(forward, model);
        let mut counts = vec![0u32; blocked_terms];
        for block in 0..blocks {
            let first = block * BLOCK;
            let end = forward.len().min(first + BLOCK);
            counts.fill(0);
            for (term, _) in (first..end).flat_map(|document| forward.postings_of(document).iter()) {
                if let Form::Blocked(number) = layout.form(term) {
                    counts[number as usize] += 1;
                }
            }
            let start = blocked_starts.last().copied().unwrap_or(0);
            blocked_starts.pop();
            blocked.open(&counts, start);
            blocked_starts.extend_from_slice(&blocked.next);
            let (stride, lane_start) = (layout.stride(block), layout.lane_start(block));
            for document in first..end {
                let local = document - first;
                let (byte_place, shift) = code_place(local % TILE);
                let place = lane_start + local / TILE * TILE_BYTES + byte_place;
                let terms = saturations.enter(document);
                for (at, (term, code)) in terms.iter().enumerate() {
                    let byte = quantize(saturations.of(terms.first + at as u32, code), layout.steps[term as usize]);
                    match layout.form(term) {
                        Form::Lane(lane) => {
                            lanes[place + lane as usize * stride] |= codes[lane as usize][usize::from(byte)] << shift;
                        }
                        Form::Blocked(number) => blocked.push(number, local as u16, byte),
                        Form::Rare(number) => rare.push(number, document as u32, byte),
                    }
                }
            }
        }
        if blocks == 0 {
            blocked_starts.push(0);
        }
        Self {
            levels: levels.into_iter().flatten().collect(),
            lanes: lanes.into(),
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

/// The levels of the commonest terms, whose steps are given; by a sample of the documents.
fn levels(forward: &ForwardIndex, model: Model<'_>, steps: &[f32]) -> Vec<Levels> {
    let mut counts = vec![[0u32; 256]; steps.len()];
    let mut saturations = Saturations::new(forward, model);
    for document in (0..forward.len()).step_by(forward.len().div_ceil(SAMPLE).max(1)) {
        let terms = saturations.enter(document);
        for (at, (term, code)) in terms.iter().enumerate() {
            if let Some(&step) = steps.get(term as usize) {
                let byte = quantize(saturations.of(terms.first + at as u32, code), step);
                counts[term as usize][usize::from(byte)] += 1;
            }
        }
    }
    counts.iter().map(best_levels).collect()
}

/// Lists of known lengths that are filled in turns.
struct Lists<T> {
    /// Where the next item of each open list goes; one more for the end.
    next: Vec<u32>,
    places: Vec<T>,
    bytes: Vec<u8>,
}

impl<T: Copy + Default> Lists<T> {
    fn new(total: usize) -> Self {
        Self { next: Vec::new(), places: vec![T::default(); total], bytes: vec![0; total] }
    }

    /// Opens lists of the given lengths from item `start` on.
    fn open(&mut self, lengths: &[u32], start: u32) {
        self.next.clear();
        self.next.push(start);
        let mut end = start;
        self.next.extend(lengths.iter().map(|length| {
            end += length;
            end
        }));
    }

    fn push(&mut self, list: u32, place: T, byte: u8) {
        let next = &mut self.next[list as usize];
        self.places[*next as usize] = place;
        self.bytes[*next as usize] = byte;
        *next += 1;
    }
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
