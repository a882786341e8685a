use duijie::{Achievement, Demand};
use duijie_text::{Analyzer, Dictionary, StopWords, Term, TermBase, TermSpotter, TokenKind};
use serde::Serialize;
use std::ops::Range;
use std::sync::Arc;

/// Which side of the matching a record is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Enterprises' demands.
    Demand,
    /// Universities' and institutes' achievements.
    Achievement,
}

/// A sentence that speaks for a proposal, and the record it stands in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Sample {
    /// Id of the demand or achievement.
    pub record: String,
    /// The sentence, or what of it is around the place.
    pub text: String,
}

/// The texts of a batch, cut once for all that is looked for in them.
pub(crate) struct Batch {
    pub(crate) records: Vec<Record>,
    pub(crate) terms: Arc<TermBase>,
    pub(crate) stop_words: StopWords,
    pub(crate) analyzer: Analyzer,
    /// The words of the segmenter.
    pub(crate) dictionary: Dictionary,
    /// Those of them that are not technical.
    pub(crate) general: Dictionary,
}

pub(crate) struct Record {
    pub(crate) side: Side,
    pub(crate) id: String,
    pub(crate) text: String,
    /// The analyzer's terms, with their places in the text.
    pub(crate) words: Vec<Term>,
    /// The wordings of the term base and the words that were found, normalised, with their places in the text.
    pub(crate) forms: Vec<(String, Range<usize>)>,
}

impl Batch {
    pub(crate) fn new(demands: &[Demand], achievements: &[Achievement], terms: &Arc<TermBase>) -> Self {
        let (analyzer, spotter) = (Analyzer::standard(), TermSpotter::new(terms.clone()));
        let record = |side, id: &str, text: String| {
            let spotted = spotter.spot(&text).into_iter();
            let forms = spotted.map(|spotted| (spotted.form.to_owned(), spotted.original)).collect();
            Record { side, id: id.to_owned(), words: analyzer.terms(&text), forms, text }
        };
        let demands = demands.iter().map(|demand| record(Side::Demand, &demand.id, demand.text()));
        let achievements = achievements.iter().map(|one| record(Side::Achievement, &one.id, one.text()));
        let records = demands.chain(achievements).collect();
        let (stop_words, dictionary, general) = (StopWords::standard(), Dictionary::standard(), Dictionary::general());
        Self { records, terms: terms.clone(), stop_words, analyzer, dictionary, general }
    }

    /// Makes words that were found in the texts count among what the records name.
    pub(crate) fn add_words(&mut self, words: &[&str]) {
        for record in &mut self.records {
            let normalized = self.analyzer.normalize(&record.text);
            let mut found = Vec::new();
            for word in words {
                let places = normalized.text.match_indices(word).map(|(at, _)| at..at + word.len());
                found.extend(places.map(|place| ((*word).to_owned(), normalized.offsets.original_range(place))));
            }
            drop(normalized);
            record.forms.append(&mut found);
        }
    }

    pub(crate) fn count(&self, side: Side) -> usize {
        self.records.iter().filter(|record| record.side == side).count()
    }
}

/// Whether something that occurs `count` times is repeated in the records it occurs in, as terms
/// are and turns of phrase are not.
pub(crate) fn is_repeated(count: usize, records: usize) -> bool {
    5 * count >= 6 * records
}

impl Record {
    /// All that it names, some of it repeatedly: its technical words and words of two characters or
    /// more, sub-words included, the wordings of the term base, and the words that were found.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        let words = self.words.iter().filter(|word| match word.kind {
            TokenKind::Word | TokenKind::SubWord => word.text.chars().nth(1).is_some(),
            TokenKind::Alphanumeric => word.text.bytes().filter(u8::is_ascii_alphabetic).count() > 1,
            TokenKind::Number | TokenKind::Unit => false,
        });
        words.map(|word| word.text.as_str()).chain(self.forms.iter().map(|(form, _)| form.as_str()))
    }

    /// The sentence around the first place of something that it names; empty if it does not.
    pub(crate) fn sample_of(&self, name: &str) -> Sample {
        let words = self.words.iter().filter(|word| word.text == name).map(|word| &word.original);
        let forms = self.forms.iter().filter(|(form, _)| form == name).map(|(_, place)| place);
        let first = words.chain(forms).min_by_key(|place| place.start);
        self.sample(first.cloned().unwrap_or(0..0))
    }

    /// The sentence around a place.
    pub(crate) fn sample(&self, place: Range<usize>) -> Sample {
        Sample { record: self.id.clone(), text: sentence(&self.text, place) }
    }
}

/// Characters of a sentence that are shown on either side of the place.
const AROUND: usize = 24;

fn sentence(text: &str, place: Range<usize>) -> String {
    let ends = |c: char| matches!(c, '。' | '；' | ';' | '！' | '？' | '\n');
    let start =
        text[..place.start].rfind(ends).map_or(0, |at| at + text[at..].chars().next().map_or(0, char::len_utf8));
    let end = text[place.end..].find(ends).map_or(text.len(), |at| place.end + at);
    let before = text[start..place.start].char_indices().rev().nth(AROUND).map(|(at, _)| start + at);
    let after = text[place.end..end].char_indices().nth(AROUND).map(|(at, _)| place.end + at);
    let shown = text[before.unwrap_or(start)..after.unwrap_or(end)].trim();
    format!("{}{shown}{}", if before.is_some() { "…" } else { "" }, if after.is_some() { "…" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::sentence;

    #[test]
    fn a_sample_is_the_sentence_and_a_long_one_is_cut_around_the_place() {
        let text = "焊后开裂。纵缝延迟裂纹偶发；返修。";
        let at = text.find("延迟").unwrap();
        assert_eq!(sentence(text, at..at + 12), "纵缝延迟裂纹偶发");
        let long = format!("{}裂纹{}", "长".repeat(50), "短".repeat(50));
        let shown = sentence(&long, 150..156);
        assert!(shown.starts_with("…长") && shown.ends_with("短…") && shown.contains("裂纹"), "{shown}");
    }
}
