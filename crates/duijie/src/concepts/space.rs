use super::ConceptVector;
use duijie_impact::{Bm25f, FieldWeight, ImpactBuilder, ImpactIndex, Query, Scope, TermId, lucene_idf};
use duijie_text::{
    Analyzer, Concept, ConceptId, Dictionary, Normalizer, Relation, StandardNormalizer, StopWords, TechnicalSegmenter,
    TermBase, each_gram,
};
use rustc_hash::{FxHashMap, FxHashSet};
use std::hash::{Hash, Hasher};
use std::sync::{Arc, LazyLock};

/// Explicit semantic analysis (Gabrilovich & Markovitch, IJCAI 2007) with the term base in the
/// place of an encyclopedia.
///
/// Each concept is a small document: its names (counted twice), symptoms, mechanisms, remedies and
/// narrower terms, and its related terms (counted half). A text is the vector of the concepts that
/// BM25 over character bigrams and technical words finds for it. A symptom and its remedy are forms
/// of one concept, so a demand that describes the one and an achievement that describes the other
/// come to lie near each other without sharing a word.
pub struct ConceptSpace {
    terms: Arc<TermBase>,
    index: ImpactIndex,
    fingerprint: u64,
}

/// Concepts a text is described by.
const CONCEPTS: usize = 40;
/// Scores are squared: a concept found half as well speaks a quarter as loud.
const SHARPNESS: i32 = 2;
/// Changes whenever the same terms make another vector of a text: part of the fingerprint.
const READING: u32 = 1;
/// Saturation of a gram that a text repeats.
const TEXT_K1: f32 = 1.2;

impl ConceptSpace {
    /// The space that `terms` spans. Takes some tenths of a second.
    pub fn new(terms: Arc<TermBase>) -> Self {
        // Weights are halves, so everything is counted double, and k1 with it.
        let model = Bm25f { k1: 2.4, fields: vec![FieldWeight { weight: 1.0, b: 0.5 }] };
        let mut builder = ImpactBuilder::new(model).expect("the parameters are within their bounds");
        let mut hasher = rustc_hash::FxHasher::default();
        READING.hash(&mut hasher);
        for concept in terms.iter() {
            builder.add_document(|document| {
                for form in &concept.forms {
                    form.normalized.hash(&mut hasher);
                    let times = match form.relation {
                        Relation::Name | Relation::Synonym | Relation::Abbreviation => 4,
                        Relation::Related => 1,
                        _ => 2,
                    };
                    each_gram(&form.normalized, &mut |gram| (0..times).for_each(|_| document.add(0, gram)));
                }
            });
            concept.name.hash(&mut hasher);
        }
        Self { terms, index: builder.finish(), fingerprint: hasher.finish() }
    }

    /// The concepts that span it.
    pub fn terms(&self) -> &Arc<TermBase> {
        &self.terms
    }

    /// Differs for term bases that differ.
    pub fn fingerprint(&self) -> u64 {
        self.fingerprint
    }

    /// The vector of a text, of an enterprise or institute of `sub_industry` where that is known: an
    /// abbreviation that has a meaning there, or in all industries, does not speak for the concepts that
    /// other sub-industries call so (HIC is hydrogen-induced cracking for metals, the head injury criterion for cars).
    pub fn vector(&self, text: &str, sub_industry: Option<&str>) -> ConceptVector {
        self.vector_of_normalized(&StandardNormalizer.normalize(text).text, sub_industry)
    }

    /// The vector of a text that is normalised already.
    pub(crate) fn vector_of_normalized(&self, normalized: &str, sub_industry: Option<&str>) -> ConceptVector {
        let mut counts: FxHashMap<String, (usize, f32)> = FxHashMap::default();
        each_gram(normalized, &mut |gram| {
            let next = counts.len();
            counts.entry(gram.to_owned()).or_insert((next, 0.0)).1 += 1.0;
        });
        let mut grams: Vec<(String, (usize, f32))> = counts.into_iter().collect();
        grams.sort_unstable_by_key(|(_, (order, _))| *order);
        let weighted: Vec<(TermId, f32)> = grams
            .iter()
            .filter_map(|(gram, (_, count))| {
                let id = self.index.term_id(gram)?;
                let idf = lucene_idf(self.index.len().into(), self.index.document_frequency(id).into());
                Some((id, idf * count / (count + TEXT_K1)))
            })
            .collect();
        let settled = sub_industry.map_or_else(FxHashSet::default, |code| {
            let settled = grams.iter().filter(|(gram, _)| self.is_settled(gram, code));
            settled.filter_map(|(gram, _)| self.index.term_id(gram)).collect()
        });
        let query = Query::new(weighted.iter().copied()).expect("weights are finite and not negative");
        // What loses an abbreviation may make room for what has another reason.
        let sought = if settled.is_empty() { CONCEPTS } else { 4 * CONCEPTS };
        let hits = self.index.search(&query, &Scope::all(), sought);
        let mut scores: Vec<(u32, f32)> = hits.iter().map(|hit| (hit.document, hit.score)).collect();
        if let Some(code) = sub_industry.filter(|_| !settled.is_empty()) {
            let abbreviations = weighted.into_iter().filter(|(id, _)| settled.contains(id));
            let abbreviations = Query::new(abbreviations).expect("weights are finite and not negative");
            self.keep_to(code, &abbreviations, &mut scores);
            scores.truncate(CONCEPTS);
        }
        ConceptVector::from_scores(&scores, SHARPNESS)
    }

    /// Whether `gram` is an abbreviation that the sub-industry, or all of them, have a meaning for.
    fn is_settled(&self, gram: &str, sub_industry: &str) -> bool {
        let is_name = |relation| matches!(relation, Relation::Name | Relation::Synonym | Relation::Abbreviation);
        let mut meanings = self.terms.concepts_of(gram).filter(|(_, relation)| is_name(*relation));
        gram.starts_with(|c: char| c.is_ascii_alphanumeric())
            && meanings.any(|(id, _)| is_at_home(self.terms.concept(id), sub_industry))
    }

    /// Takes what `abbreviations` add from the concepts of other sub-industries; best first again.
    fn keep_to(&self, sub_industry: &str, abbreviations: &Query, scores: &mut Vec<(u32, f32)>) {
        let added = self.index.field_scores(abbreviations, scores.iter().map(|(document, _)| *document));
        for ((document, score), added) in scores.iter_mut().zip(added) {
            if !is_at_home(self.terms.concept(ConceptId::from_index(*document as usize)), sub_industry) {
                *score -= added;
            }
        }
        // A rest of rounding is nothing.
        scores.retain(|(_, score)| *score > 1e-4);
        scores.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    }
}

/// Whether a concept is one of the sub-industry, or of all.
fn is_at_home(concept: &Concept, sub_industry: &str) -> bool {
    concept.sub_industry.as_deref().is_none_or(|owner| owner == sub_industry)
}

/// What text is read by: the analyzer and the concept space. An index and the matchers over it
/// must share one.
#[derive(Clone)]
pub struct Lexicon {
    pub(crate) analyzer: Analyzer,
    pub(crate) concepts: Arc<ConceptSpace>,
}

static STANDARD: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::new(Analyzer::standard(), ConceptSpace::new(TermBase::standard())));

impl Lexicon {
    /// A lexicon of the given parts.
    pub fn new(analyzer: Analyzer, concepts: ConceptSpace) -> Self {
        Self { analyzer, concepts: Arc::new(concepts) }
    }

    /// The built-in dictionary and term base; made once, shared from then on.
    pub fn standard() -> Self {
        STANDARD.clone()
    }

    /// The built-in dictionary, and a term base that was [loaded](TermBase::load) on top of the built-in one:
    /// the Chinese forms that are new become words of the segmenter too. Takes some tenths of a second.
    pub fn with_terms(terms: Arc<TermBase>) -> Self {
        let standard = TermBase::standard();
        let is_new = |form: &&str| is_word(form) && standard.concepts_of(form).next().is_none();
        let mut words: Vec<&str> = terms.forms().filter(is_new).collect();
        words.sort_unstable();
        let mut dictionary = Dictionary::standard();
        words.into_iter().for_each(|word| dictionary.add_word(word));
        let analyzer = Analyzer::new(TechnicalSegmenter::new(dictionary), StopWords::standard());
        Self::new(analyzer, ConceptSpace::new(terms))
    }

    /// The concept space.
    pub fn concepts(&self) -> &ConceptSpace {
        &self.concepts
    }
}

/// Whether a form is a word rather than a phrase: two to six ideographs.
fn is_word(form: &str) -> bool {
    (2..=6).contains(&form.chars().count()) && form.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn an_abbreviation_means_what_the_sub_industry_calls_so() {
        let mut terms = TermBase::default();
        let files = [
            ("computer.tsv", "term\tkind\tabbreviations\n电磁兼容\tproperty\tEMC\n"),
            ("ic.tsv", "term\tkind\tabbreviations\n环氧塑封料\tmaterial\tEMC\n"),
        ];
        files.iter().for_each(|(name, text)| terms.load_text(Path::new(name), text).unwrap());
        let space = ConceptSpace::new(Arc::new(terms));
        let concepts = |text: &str, sub_industry| -> Vec<u32> {
            space.vector(text, sub_industry).entries().iter().map(|(concept, _)| *concept).collect()
        };
        assert_eq!(concepts("EMC不合格", Some("computer")), [0]);
        assert_eq!(concepts("EMC不合格", Some("ic")), [1]);
        // Nobody says which, or it means nothing of its own there.
        assert_eq!(concepts("EMC不合格", None), [0, 1]);
        assert_eq!(concepts("EMC不合格", Some("wind")), [0, 1]);
        // Other words of the other sense still speak for it.
        assert_eq!(concepts("EMC环氧塑封", Some("computer")), [0, 1]);
    }

    #[test]
    fn new_terms_are_words_of_the_segmenter_and_old_texts_are_cut_as_before() {
        let mut terms = TermBase::clone(&TermBase::standard());
        terms.load_text(Path::new("shared.tsv"), "term\tkind\tsynonyms\n鲁班工法\tprocess\t榫卯拼装\n").unwrap();
        let lexicon = Lexicon::with_terms(Arc::new(terms));
        let cut = |lexicon: &Lexicon, text: &str| -> Vec<String> {
            lexicon.analyzer.terms(text).into_iter().map(|term| term.text).collect()
        };
        let new = "以鲁班工法与榫卯拼装建造";
        for word in ["鲁班工法", "榫卯拼装"] {
            assert!(cut(&lexicon, new).iter().any(|term| term == word), "{:?}", cut(&lexicon, new));
            assert!(!cut(&Lexicon::standard(), new).iter().any(|term| term == word));
        }
        let old = "聚丙烯腈基碳纤维原丝预氧化，扩散氢引起的延迟裂纹";
        assert_eq!(cut(&lexicon, old), cut(&Lexicon::standard(), old));
    }
}
