use crate::index::TextField;
use crate::records::Achievement;
use duijie_text::Analyzer;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

/// A sentence of an achievement that speaks for it.
///
/// All offsets count Unicode scalar values (what Python and `str::chars` count) of the field's
/// original text; keywords are one text, joined by `；`. `start <= end`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Passage {
    /// `title`, `keywords` or `summary`.
    pub field: &'static str,
    /// Where the sentence begins in the field.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// The sentence as it stands there.
    pub text: String,
    /// The words it shares with the demand, in order, not overlapping.
    pub matches: Vec<Span>,
}

/// A piece of a field's original text, in Unicode scalar values of the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Span {
    /// First scalar value.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

const SENTENCE_ENDS: [char; 8] = ['。', '；', ';', '！', '!', '？', '?', '\n'];

/// The `count` sentences of an achievement that say most about the demand, best first: by the sum
/// of the weights of the distinct terms they share with it.
pub(crate) fn best_passages(
    achievement: &Achievement,
    weights: &FxHashMap<&str, f32>,
    analyzer: &Analyzer,
    count: usize,
) -> Vec<Passage> {
    let mut found: Vec<Sentence> = Vec::new();
    for field in TextField::ALL {
        let text = field.text(achievement);
        let mut terms = analyzer.terms(&text);
        terms.retain(|term| weights.contains_key(term.text.as_str()));
        terms.sort_by_key(|term| term.original.start);
        let mut ahead = terms.as_slice();
        for (start, end) in sentences(&text) {
            ahead = &ahead[ahead.partition_point(|term| term.original.start < start)..];
            let inside = &ahead[..ahead.partition_point(|term| term.original.start < end)];
            let matching = inside.iter().filter(|term| term.original.end <= end);
            let distinct: FxHashSet<&str> = matching.clone().map(|term| term.text.as_str()).collect();
            let mut distinct: Vec<&str> = distinct.into_iter().collect();
            distinct.sort_unstable();
            let weight: f32 = distinct.iter().map(|term| weights[term]).sum();
            if weight > 0.0 {
                let matches = merge(matching.map(|term| (term.original.start, term.original.end)));
                found.push(Sentence { weight, field, start, end, matches });
            }
        }
    }
    found.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    found.truncate(count);
    found.iter().map(|sentence| sentence.passage(&sentence.field.text(achievement))).collect()
}

/// A sentence and the words it shares with a demand, in bytes of the field's text.
struct Sentence {
    weight: f32,
    field: TextField,
    start: usize,
    end: usize,
    matches: Vec<(usize, usize)>,
}

/// Byte ranges of the sentences, without the blanks around them.
fn sentences(text: &str) -> Vec<(usize, usize)> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for piece in text.split_inclusive(SENTENCE_ENDS) {
        let end = start + piece.len();
        let trimmed = piece.trim();
        if trimmed.chars().any(char::is_alphanumeric) {
            let from = start + (piece.len() - piece.trim_start().len());
            sentences.push((from, from + trimmed.len()));
        }
        start = end;
    }
    sentences
}

/// Byte ranges in order, those that touch or overlap as one.
fn merge(ranges: impl Iterator<Item = (usize, usize)>) -> Vec<(usize, usize)> {
    let mut ranges: Vec<_> = ranges.collect();
    ranges.sort_unstable();
    let mut merged: Vec<(usize, usize)> = Vec::with_capacity(ranges.len());
    for (start, end) in ranges {
        match merged.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => merged.push((start, end)),
        }
    }
    merged
}

impl Sentence {
    fn passage(&self, text: &str) -> Passage {
        let mut scalars = Scalars { text, byte: 0, count: 0 };
        let start = scalars.before(self.start);
        let span = |&(from, to): &(usize, usize)| Span { start: scalars.before(from), end: scalars.before(to) };
        let matches = self.matches.iter().map(span).collect();
        let end = scalars.before(self.end);
        Passage { field: self.field.name(), start, end, text: text[self.start..self.end].to_owned(), matches }
    }
}

/// Counts Unicode scalar values up to bytes asked for in rising order, so that the text is gone through once.
struct Scalars<'t> {
    text: &'t str,
    byte: usize,
    count: usize,
}

impl Scalars<'_> {
    fn before(&mut self, byte: usize) -> usize {
        self.count += self.text[self.byte..byte].chars().count();
        self.byte = byte;
        self.count
    }
}
