use super::{ConceptId, Relation, TermBase};
use crate::{Normalized, Normalizer, StandardNormalizer};
use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use std::ops::Range;
use std::sync::Arc;

/// Finds the forms of a term base in texts: the longest form at each place, in one pass
/// (Aho–Corasick over a double array).
///
/// A form that begins or ends with a Latin letter or digit is only found as a whole word: `PA` is not in `PAN`.
pub struct TermSpotter {
    terms: Arc<TermBase>,
    forms: Vec<Box<str>>,
    automaton: CharwiseDoubleArrayAhoCorasick<u32>,
}

/// A form that stands in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpottedForm<'s> {
    /// The form, normalised.
    pub form: &'s str,
    /// Bytes of the original text.
    pub original: Range<usize>,
}

impl TermSpotter {
    /// A spotter for the forms of `terms`. Takes some tenths of a second for a hundred thousand forms.
    pub fn new(terms: Arc<TermBase>) -> Self {
        let mut forms: Vec<Box<str>> = terms.forms().map(Box::from).collect();
        forms.sort_unstable();
        let patterns = forms.iter().zip(0u32..).map(|(form, at)| (form.as_ref(), at));
        let automaton = CharwiseDoubleArrayAhoCorasickBuilder::new()
            .match_kind(MatchKind::LeftmostLongest)
            .build_with_values(patterns)
            .expect("forms are distinct and not empty");
        Self { terms, forms, automaton }
    }

    /// The term base it looks for.
    pub fn terms(&self) -> &Arc<TermBase> {
        &self.terms
    }

    /// The forms in `text`, in order, not overlapping.
    pub fn spot(&self, text: &str) -> Vec<SpottedForm<'_>> {
        let Normalized { text, offsets } = StandardNormalizer.normalize(text);
        let mut found = Vec::new();
        for spotted in self.automaton.leftmost_find_iter(text.as_ref()) {
            let (start, end) = (spotted.start(), spotted.end());
            if is_whole_word(&text, start..end) {
                let form = &*self.forms[spotted.value() as usize];
                found.push(SpottedForm { form, original: offsets.original_range(start..end) });
            }
        }
        found
    }

    /// The concepts of a spotted form; where `sub_industry` has some of its own, or shared ones,
    /// only these: an abbreviation means different things in different industries.
    pub fn concepts_of(&self, form: &str, sub_industry: Option<&str>) -> Vec<(ConceptId, Relation)> {
        let all: Vec<_> = self.terms.concepts_of(form).collect();
        let own = |&(id, _): &(ConceptId, Relation)| {
            let owner = self.terms.concept(id).sub_industry.as_deref();
            owner.is_none() || owner == sub_industry
        };
        let chosen: Vec<_> = all.iter().copied().filter(own).collect();
        if sub_industry.is_none() || chosen.is_empty() { all } else { chosen }
    }
}

/// Whether no Latin letter or digit of `text` goes on beyond either end of `place`, in bytes.
///
/// # Panics
///
/// If an end of `place` is inside a character.
pub fn is_whole_word(text: &str, place: Range<usize>) -> bool {
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let goes_on = |at: usize| latin(text[..at].chars().next_back()) && latin(text[at..].chars().next());
    !goes_on(place.start) && !goes_on(place.end)
}
