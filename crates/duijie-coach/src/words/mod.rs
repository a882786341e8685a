//! Words that the segmenter breaks apart.
//!
//! A sequence of its words is one word if its parts stick together, more often than chance would
//! have it (cohesion), and the whole is free, met in many surroundings (branching entropy; Harris,
//! "From Phoneme to Morpheme", Language 31, 1955; Jin & Tanaka-Ishii, "Unsupervised Segmentation of
//! Chinese Text by Use of Branching Entropy", COLING/ACL 2006). 热影 sticks together but is not free:
//! 区 or 响 always follows. And a term is repeated where it is used at all, while a turn of phrase
//! (连续运行, 已建成) is spread thin over many records (Church & Gale, "Poisson Mixtures", Natural
//! Language Engineering 1(2), 1995).

mod sequences;
mod surroundings;

use crate::batch::is_repeated;
use crate::batch::{Batch, Sample};
use sequences::{Sequence, Sequences};
use serde::Serialize;
use surroundings::Surroundings;

/// A recurring sequence of words that neither the segmenter nor the term base knows as one.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BrokenWord {
    /// The whole.
    pub word: String,
    /// What the segmenter makes of it.
    pub parts: Vec<String>,
    /// How often it occurs.
    pub count: usize,
    /// In how many records.
    pub records: usize,
    /// Normalised pointwise mutual information at its weakest seam; 1 if the parts are never apart.
    pub cohesion: f64,
    /// Entropy, in nats, of what stands before it.
    pub left_entropy: f64,
    /// Entropy, in nats, of what stands behind it.
    pub right_entropy: f64,
    /// A sentence that it stands in.
    pub sample: Sample,
}

/// Parts that are as often apart as together have a cohesion of about a half.
const MIN_COHESION: f64 = 0.5;
/// Freer than with two neighbours in turn.
const MIN_ENTROPY: f64 = std::f64::consts::LN_2;
const MIN_RECORDS: usize = 2;
/// What only stands at the end of a word: a sequence that begins with one has lost its beginning.
pub(crate) const SUFFIXES: [char; 16] =
    ['系', '型', '级', '式', '类', '状', '化', '率', '性', '度', '法', '基', '者', '态', '量', '用'];
/// What only stands at the beginning of a word.
const PREFIXES: [char; 14] = ['非', '超', '微', '单', '双', '多', '高', '低', '全', '半', '已', '本', '经', '制'];
/// A word within a longer one is a word of its own if it stands alone at least this share of its occurrences.
const MIN_ALONE: f64 = 0.5;

/// The broken words, those most often repeated first.
pub(crate) fn broken_words(batch: &Batch, min_count: usize) -> Vec<BrokenWord> {
    let sequences = Sequences::count(batch, min_count);
    let worth = |sequence: &Sequence| {
        let text = sequences.text(sequence);
        let (first, last) = sequences.ends(sequence);
        let begins = !batch.stop_words.contains(first) && !is_one_of(first, &SUFFIXES);
        let ends = !batch.stop_words.contains(last) && !is_one_of(last, &PREFIXES);
        begins
            && ends
            && !batch.dictionary.contains(&text)
            && batch.terms.concepts_of(&text).next().is_none()
            && sequences.cohesion(sequence) >= MIN_COHESION
    };
    let found = surroundings::observe(&sequences, worth);
    let mut words: Vec<(Sequence, BrokenWord)> = Vec::new();
    for (sequence, seen) in found {
        let entropies = (seen.left_entropy(), seen.right_entropy());
        let is_free = entropies.0 > MIN_ENTROPY && entropies.1 > MIN_ENTROPY;
        if !is_free || seen.records() < MIN_RECORDS || !is_repeated(sequences.frequency(&sequence), seen.records()) {
            continue;
        }
        words.push((sequence, broken_word(batch, &sequences, &sequence, &seen)));
    }
    let alone: Vec<bool> = words.iter().map(|(sequence, word)| stands_alone(sequence, word, &words)).collect();
    let mut alone = alone.into_iter();
    words.retain(|_| alone.next() == Some(true));
    let mut words: Vec<BrokenWord> = words.into_iter().map(|(_, word)| word).collect();
    words.sort_by(|a, b| {
        let (repeats, cohesion) = (|word: &BrokenWord| word.count - word.records, b.cohesion.total_cmp(&a.cohesion));
        repeats(b).cmp(&repeats(a)).then(cohesion).then_with(|| a.word.cmp(&b.word))
    });
    words
}

/// Whether a word is one of these characters alone.
pub(crate) fn is_one_of(word: &str, affixes: &[char]) -> bool {
    let mut characters = word.chars();
    characters.next().is_some_and(|c| affixes.contains(&c)) && characters.next().is_none()
}

fn broken_word(batch: &Batch, sequences: &Sequences<'_>, sequence: &Sequence, seen: &Surroundings) -> BrokenWord {
    BrokenWord {
        word: sequences.text(sequence),
        parts: sequences.parts(sequence),
        count: sequences.frequency(sequence),
        records: seen.records(),
        cohesion: sequences.cohesion(sequence),
        left_entropy: seen.left_entropy(),
        right_entropy: seen.right_entropy(),
        sample: batch.records[seen.first.0].sample(seen.first.1.clone()),
    }
}

/// Whether a word is more than a part of the longer ones found.
fn stands_alone(sequence: &Sequence, word: &BrokenWord, words: &[(Sequence, BrokenWord)]) -> bool {
    let within = words.iter().filter(|(other, _)| other.len() > sequence.len() && other.has_part(sequence));
    let covered = within.map(|(_, longer)| longer.count).max().unwrap_or(0);
    (word.count - covered.min(word.count)) as f64 >= MIN_ALONE * word.count as f64
}
