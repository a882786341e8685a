use crate::batch::{Batch, Record};
use crate::statistics::normalised_pmi;
use duijie_text::TokenKind;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// The longest sequence that is looked at, in words.
const LONGEST: usize = 4;

/// Adjacent words of the segmenter, at most [`LONGEST`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Sequence {
    length: usize,
    /// Zero past the length.
    words: [u32; LONGEST],
}

impl Sequence {
    fn of(words: &[Word]) -> Self {
        let mut sequence = Self { length: words.len(), words: [0; LONGEST] };
        for (place, word) in sequence.words.iter_mut().zip(words) {
            *place = word.id;
        }
        sequence
    }

    fn slice(&self, range: Range<usize>) -> Self {
        let mut part = Self { length: range.len(), words: [0; LONGEST] };
        part.words[..range.len()].copy_from_slice(&self.words[range]);
        part
    }

    pub(super) fn len(&self) -> usize {
        self.length
    }

    fn ids(&self) -> &[u32] {
        &self.words[..self.length]
    }

    pub(super) fn has_part(&self, part: &Self) -> bool {
        self.ids().windows(part.length).any(|window| window == part.ids())
    }
}

/// A word of the segmenter and its bytes in the record's text.
#[derive(Clone, Debug)]
pub(super) struct Word {
    id: u32,
    pub(super) place: Range<usize>,
}

/// How often words follow each other in a batch.
pub(super) struct Sequences<'b> {
    pub(super) batch: &'b Batch,
    names: Vec<String>,
    /// For each record its stretches of adjacent Chinese words.
    pub(super) stretches: Vec<Vec<Vec<Word>>>,
    total: usize,
    counts: FxHashMap<Sequence, usize>,
}

impl<'b> Sequences<'b> {
    /// Counts the sequences that occur `min_count` times. A sequence can only be frequent if what
    /// it begins and ends with is, so each length is counted among what the one below left.
    pub(super) fn count(batch: &'b Batch, min_count: usize) -> Self {
        let mut ids: FxHashMap<String, u32> = FxHashMap::default();
        let mut names = Vec::new();
        let mut id = |text: &str| {
            *ids.entry(text.to_owned()).or_insert_with(|| {
                names.push(text.to_owned());
                names.len() as u32 - 1
            })
        };
        let stretches: Vec<_> = batch.records.iter().map(|record| stretches(batch, record, &mut id)).collect();
        let total = stretches.iter().flatten().map(Vec::len).sum();
        let mut sequences = Self { batch, names, stretches, total, counts: FxHashMap::default() };
        for length in 1..=LONGEST {
            let mut counts: FxHashMap<Sequence, usize> = FxHashMap::default();
            for words in sequences.stretches.iter().flatten().flat_map(|stretch| stretch.windows(length)) {
                let sequence = Sequence::of(words);
                let frequent = |part: Sequence| sequences.counts.contains_key(&part);
                if length == 1 || (frequent(sequence.slice(0..length - 1)) && frequent(sequence.slice(1..length))) {
                    *counts.entry(sequence).or_default() += 1;
                }
            }
            counts.retain(|_, count| *count >= min_count);
            sequences.counts.extend(counts);
        }
        sequences
    }

    /// How often a sequence occurs; 0 if seldom.
    pub(super) fn frequency(&self, sequence: &Sequence) -> usize {
        self.counts.get(sequence).copied().unwrap_or(0)
    }

    pub(super) fn parts(&self, sequence: &Sequence) -> Vec<String> {
        sequence.ids().iter().map(|id| self.names[*id as usize].clone()).collect()
    }

    pub(super) fn text(&self, sequence: &Sequence) -> String {
        self.parts(sequence).concat()
    }

    /// The first and the last word.
    pub(super) fn ends(&self, sequence: &Sequence) -> (&str, &str) {
        let name = |at: usize| self.names[sequence.words[at] as usize].as_str();
        (name(0), name(sequence.length - 1))
    }

    /// Normalised pointwise mutual information of the two parts at the weakest seam.
    pub(super) fn cohesion(&self, sequence: &Sequence) -> f64 {
        let at = |seam| {
            let (left, right) = (sequence.slice(0..seam), sequence.slice(seam..sequence.length));
            normalised_pmi(self.frequency(sequence), self.frequency(&left), self.frequency(&right), self.total)
        };
        (1..sequence.length).map(at).fold(1.0, f64::min)
    }

    /// The places where sequences of two words and more stand: record, sequence, bytes of its text.
    pub(super) fn each(&self, mut sink: impl FnMut(usize, Sequence, Range<usize>)) {
        for (record, stretches) in self.stretches.iter().enumerate() {
            for stretch in stretches {
                for words in (2..=LONGEST).flat_map(|length| stretch.windows(length)) {
                    let place = words[0].place.start..words[words.len() - 1].place.end;
                    sink(record, Sequence::of(words), place);
                }
            }
        }
    }
}

/// Cuts a record's Chinese words where something else comes between. The analyzer leaves stop
/// words out; one between two words is put back, since words may have one inside (焊后热处理).
fn stretches(batch: &Batch, record: &Record, id: &mut impl FnMut(&str) -> u32) -> Vec<Vec<Word>> {
    let mut stretches: Vec<Vec<Word>> = Vec::new();
    for term in record.words.iter().filter(|term| term.kind == TokenKind::Word) {
        let word = Word { id: id(&term.text), place: term.original.clone() };
        if let Some(stretch) = stretches.last_mut()
            && let Some(last) = stretch.last()
        {
            let gap = last.place.end..word.place.start;
            match record.text.get(gap.clone()) {
                Some("") => {
                    stretch.push(word);
                    continue;
                }
                Some(between) if batch.stop_words.contains(between) => {
                    stretch.push(Word { id: id(between), place: gap });
                    stretch.push(word);
                    continue;
                }
                // One character of the original may be several words: ㍿.
                _ => {}
            }
        }
        stretches.push(vec![word]);
    }
    stretches
}
