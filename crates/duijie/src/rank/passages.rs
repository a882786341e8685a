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
    let mut found: Vec<(f32, Passage)> = Vec::new();
    for field in TextField::ALL {
        let text = field.text(achievement);
        let terms = analyzer.terms(&text);
        for (start, end) in sentences(&text) {
            let inside = terms.iter().filter(|term| term.original.start >= start && term.original.end <= end);
            let matching: Vec<_> = inside.filter(|term| weights.contains_key(term.text.as_str())).collect();
            let distinct: FxHashSet<&str> = matching.iter().map(|term| term.text.as_str()).collect();
            let mut distinct: Vec<&str> = distinct.into_iter().collect();
            distinct.sort_unstable();
            let weight: f32 = distinct.iter().map(|term| weights[term]).sum();
            if weight > 0.0 {
                let matches = merge(matching.iter().map(|term| (term.original.start, term.original.end)));
                found.push((weight, passage(field.name(), &text, start, end, &matches)));
            }
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    found.truncate(count);
    found.into_iter().map(|(_, passage)| passage).collect()
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

fn passage(field: &'static str, text: &str, start: usize, end: usize, matches: &[(usize, usize)]) -> Passage {
    let scalar = |byte: usize| text[..byte].chars().count();
    Passage {
        field,
        start: scalar(start),
        end: scalar(end),
        text: text[start..end].to_owned(),
        matches: matches.iter().map(|&(from, to)| Span { start: scalar(from), end: scalar(to) }).collect(),
    }
}
