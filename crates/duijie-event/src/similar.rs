//! How near two texts are, by the concepts of the term base and by their own words.

use duijie::{ConceptVector, Lexicon};
use duijie_text::Analyzer;
use rustc_hash::FxHashMap;

/// Where texts are held against each other: the lexicon that they are matched by, and how rare each word is among
/// them.
pub(crate) struct TextSpace<'l> {
    lexicon: &'l Lexicon,
    terms: TermSpace,
}

/// A text in a [`TextSpace`].
#[derive(Clone, Debug)]
pub(crate) struct TextVector {
    concepts: ConceptVector,
    terms: TermVector,
}

impl<'l> TextSpace<'l> {
    /// The space in which a word weighs the more the fewer of `texts` have it.
    pub(crate) fn new<'t>(lexicon: &'l Lexicon, texts: impl Iterator<Item = &'t str>) -> Self {
        Self { lexicon, terms: TermSpace::new(lexicon.analyzer(), texts) }
    }

    pub(crate) fn vector(&self, text: &str) -> TextVector {
        let terms = self.terms.vector(self.lexicon.analyzer(), text);
        TextVector { concepts: self.lexicon.concepts().vector(text), terms }
    }
}

impl TextVector {
    /// How much two texts are about the same, 0–1: the cosine of their concepts, or of their words where that
    /// is greater, as where the term base knows little of them.
    pub(crate) fn alike(&self, other: &Self) -> f64 {
        self.concepts(other).max(self.words(other))
    }

    /// The cosine of the words, 0–1.
    pub(crate) fn words(&self, other: &Self) -> f64 {
        self.terms.cosine(&other.terms)
    }

    /// The cosine of the concepts, 0–1.
    pub(crate) fn concepts(&self, other: &Self) -> f64 {
        let cosine: f64 = self.concepts.shared(&other.concepts).iter().map(|(_, share)| f64::from(*share)).sum();
        cosine.clamp(0.0, 1.0)
    }

    /// The share of this text's words, by weight, that the other has, 0–1.
    pub(crate) fn words_in(&self, other: &Self) -> f64 {
        self.terms.covered_by(&other.terms)
    }

    /// Whether nothing was understood of the text.
    pub(crate) fn is_empty(&self) -> bool {
        self.terms.is_empty() && self.concepts.is_empty()
    }
}

/// Texts as weighted terms: (1 + ln tf) · ln(1 + n / df), normalised to length one.
#[derive(Debug)]
struct TermSpace {
    idf: FxHashMap<String, f64>,
    unseen: f64,
}

/// A text in a [`TermSpace`]; terms sorted.
#[derive(Clone, Debug, Default)]
struct TermVector(Vec<(String, f64)>);

impl TermSpace {
    /// The space in which a term weighs the more the fewer of `texts` have it.
    fn new<'t>(analyzer: &Analyzer, texts: impl Iterator<Item = &'t str>) -> Self {
        let mut documents = 0usize;
        let mut frequency: FxHashMap<String, usize> = FxHashMap::default();
        for text in texts {
            documents += 1;
            for (term, _) in counts(analyzer, text) {
                *frequency.entry(term).or_default() += 1;
            }
        }
        let weigh = |frequency: usize| (1.0 + documents as f64 / frequency as f64).ln();
        Self { idf: frequency.into_iter().map(|(term, count)| (term, weigh(count))).collect(), unseen: weigh(1) }
    }

    fn vector(&self, analyzer: &Analyzer, text: &str) -> TermVector {
        let weight =
            |term: &str, count: usize| (1.0 + (count as f64).ln()) * self.idf.get(term).copied().unwrap_or(self.unseen);
        let mut terms: Vec<(String, f64)> = counts(analyzer, text)
            .into_iter()
            .map(|(term, count)| {
                let weight = weight(&term, count);
                (term, weight)
            })
            .collect();
        let length = terms.iter().map(|(_, weight)| weight * weight).sum::<f64>().sqrt();
        if length > 0.0 {
            terms.iter_mut().for_each(|(_, weight)| *weight /= length);
        }
        TermVector(terms)
    }
}

/// Terms and how often they occur, sorted; single letters and digits say too little.
fn counts(analyzer: &Analyzer, text: &str) -> Vec<(String, usize)> {
    let mut terms: Vec<String> = analyzer.terms(text).into_iter().map(|term| term.text).collect();
    terms.retain(|term| term.len() > 1);
    terms.sort_unstable();
    let runs = terms.chunk_by(|a, b| a == b);
    runs.map(|run| (run[0].clone(), run.len())).collect()
}

impl TermVector {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Cosine, 0–1.
    fn cosine(&self, other: &Self) -> f64 {
        self.shared(other, |own, theirs| own * theirs).min(1.0)
    }

    /// The share of this text's weight that stands on terms of the other, 0–1.
    fn covered_by(&self, other: &Self) -> f64 {
        self.shared(other, |own, _| own * own).min(1.0)
    }

    fn shared(&self, other: &Self, value: impl Fn(f64, f64) -> f64) -> f64 {
        let (mut at, mut sum) = (0, 0.0);
        for (term, weight) in &self.0 {
            while at < other.0.len() && other.0[at].0 < *term {
                at += 1;
            }
            if at < other.0.len() && other.0[at].0 == *term {
                sum += value(*weight, other.0[at].1);
            }
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_itself_and_shares_nothing_with_another_matter() {
        let analyzer = Analyzer::standard();
        let texts = ["高强钢焊接冷裂纹", "高强钢焊后延迟裂纹", "抗生素发酵菌种选育"];
        let space = TermSpace::new(&analyzer, texts.into_iter());
        let vectors = texts.map(|text| space.vector(&analyzer, text));
        assert!((vectors[0].cosine(&vectors[0]) - 1.0).abs() < 1e-9);
        assert!(vectors[0].cosine(&vectors[1]) > 0.2);
        assert_eq!(vectors[0].cosine(&vectors[2]), 0.0);
        assert!((vectors[0].covered_by(&vectors[0]) - 1.0).abs() < 1e-9);
    }
}
