use super::common::{Common, SharedConcept, Wording};
use crate::index::TextField;
use crate::records::Achievement;
use duijie_text::Analyzer;
use serde::Serialize;
use std::borrow::Cow;

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
    /// The words and wordings of concepts it shares with the demand, in order, not overlapping.
    pub matches: Vec<Span>,
}

/// A piece of a field's original text, in Unicode scalar values of the field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Span {
    /// First scalar value.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The concept by which it belongs to the demand, where it is no word of the demand itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub via: Option<String>,
    /// The concept's wording that the demand has, or comes nearest to: 扩散氢 via 焊接冷裂纹 ← 延迟裂纹.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
}

const SENTENCE_ENDS: [char; 8] = ['。', '；', ';', '！', '!', '？', '?', '\n'];

/// The `count` sentences of an achievement that say most about the demand, best first: by the sum
/// of the weights of the distinct words and concepts they share with it.
pub(crate) fn best_passages(
    achievement: &Achievement,
    common: &Common<'_>,
    analyzer: &Analyzer,
    count: usize,
) -> Vec<Passage> {
    let mut found: Vec<Sentence<'_, '_>> = Vec::new();
    for field in TextField::ALL {
        let text = field.text(achievement);
        let mut matches = matches_in(&text, common, analyzer);
        matches.sort_by_key(|found| (found.start, found.end));
        let mut ahead = matches.as_slice();
        for (start, end) in sentences(field, &text) {
            ahead = &ahead[ahead.partition_point(|found| found.start < start)..];
            let inside = &ahead[..ahead.partition_point(|found| found.start < end)];
            let inside: Vec<&Match<'_, '_>> = inside.iter().filter(|found| found.end <= end).collect();
            let mut distinct: Vec<(&str, f32)> =
                inside.iter().map(|found| (found.what.as_ref(), found.weight)).collect();
            distinct.sort_by(|a, b| a.0.cmp(b.0));
            distinct.dedup_by(|a, b| a.0 == b.0);
            let weight: f32 = distinct.iter().map(|(_, weight)| weight).sum();
            if weight > 0.0 {
                let matches = merge(inside.iter().map(|found| (found.start, found.end, found.via)));
                found.push(Sentence { weight, field, start, end, matches });
            }
        }
    }
    found.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    found.truncate(count);
    found.iter().map(|sentence| sentence.passage(&sentence.field.text(achievement), common)).collect()
}

/// A word or a wording of a concept that an achievement's text shares with a demand, in bytes of the text.
struct Match<'c, 'q> {
    start: usize,
    end: usize,
    weight: f32,
    /// The word, or the concept: what is counted once in a sentence.
    what: Cow<'c, str>,
    via: Option<&'c SharedConcept<'q>>,
}

fn matches_in<'c, 'q>(text: &str, common: &'c Common<'q>, analyzer: &Analyzer) -> Vec<Match<'c, 'q>> {
    let words = analyzer.terms(text).into_iter().filter_map(|term| {
        let weight = *common.words.get(term.text.as_str())?;
        let (start, end) = (term.original.start, term.original.end);
        Some(Match { start, end, weight, what: Cow::Owned(term.text), via: None })
    });
    let concepts = common.concept_places(text).into_iter().map(|place| Match {
        start: place.start,
        end: place.end,
        weight: place.weight,
        what: Cow::Borrowed(place.shared.concept.name.as_str()),
        via: (place.wording == Wording::Other).then_some(place.shared),
    });
    words.chain(concepts).collect()
}

/// A sentence and what it shares with a demand, in bytes of the field's text.
struct Sentence<'c, 'q> {
    weight: f32,
    field: TextField,
    start: usize,
    end: usize,
    matches: Vec<Marked<'c, 'q>>,
}

/// A byte range, and the concept that leads to it.
type Marked<'c, 'q> = (usize, usize, Option<&'c SharedConcept<'q>>);

/// Byte ranges of the sentences, without the blanks around them; keywords are one sentence.
fn sentences(field: TextField, text: &str) -> Vec<(usize, usize)> {
    if field == TextField::Keywords {
        return vec![(0, text.len())];
    }
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

/// Byte ranges in order, those that overlap as one; touching ones only where both are words.
fn merge<'c, 'q>(ranges: impl Iterator<Item = Marked<'c, 'q>>) -> Vec<Marked<'c, 'q>> {
    let mut ranges: Vec<_> = ranges.collect();
    // Of the concepts that lead to the same place, the one that contributes most stays first.
    ranges.sort_by_key(|(start, end, _)| (*start, *end));
    let mut merged: Vec<Marked<'c, 'q>> = Vec::with_capacity(ranges.len());
    for (start, end, via) in ranges {
        match merged.last_mut() {
            Some(last) if start < last.1 || (start == last.1 && via.is_none() && last.2.is_none()) => {
                last.1 = last.1.max(end);
                last.2 = last.2.or(via);
            }
            _ => merged.push((start, end, via)),
        }
    }
    merged
}

impl<'q> Sentence<'_, 'q> {
    fn passage(&self, text: &str, common: &Common<'q>) -> Passage {
        let mut scalars = Scalars { text, byte: 0, count: 0 };
        let start = scalars.before(self.start);
        let span = |&(from, to, via): &Marked<'_, 'q>| Span {
            start: scalars.before(from),
            end: scalars.before(to),
            via: via.map(|shared| shared.concept.name.clone()),
            from: via.and_then(|shared| common.wording_in_demand(shared)),
        };
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
