use super::ConceptVector;
use super::everyday::{self, without_everyday};
use crate::Error;
use duijie_impact::{BitSet, Bm25f, FieldWeight, ImpactBuilder, ImpactIndex, Query, Scope, lucene_idf};
use duijie_text::{
    Analyzer, Concept, ConceptId, Dictionary, Normalizer, Relation, StandardNormalizer, StopWords, TechnicalSegmenter,
    TermBase, each_gram,
};
use rustc_hash::FxHashMap;
use std::hash::{Hash, Hasher};
use std::path::Path;
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
/// Saturation of a gram that a text repeats.
const TEXT_K1: f32 = 1.2;

impl ConceptSpace {
    /// The space that `terms` spans. Takes some tenths of a second.
    pub fn new(terms: Arc<TermBase>) -> Self {
        // Weights are halves, so everything is counted double, and k1 with it.
        let model = Bm25f { k1: 2.4, fields: vec![FieldWeight { weight: 1.0, b: 0.5 }] };
        let mut builder = ImpactBuilder::new(model).expect("the parameters are within their bounds");
        let mut hasher = rustc_hash::FxHasher::default();
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
        everyday::phrases().hash(&mut hasher);
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

    /// The vector of a text.
    pub fn vector(&self, text: &str) -> ConceptVector {
        self.vector_within(text, None)
    }

    /// The vector of a text that belongs to a sub-industry (code): a Latin name that means one thing there, or
    /// everywhere, and another elsewhere speaks for none of the concepts of other sub-industries, whatever wording of theirs
    /// it stands in. EMC is 电磁兼容 in `computer` and 环氧塑封料 in `ic`.
    pub fn vector_within(&self, text: &str, sub_industry: Option<&str>) -> ConceptVector {
        self.vector_of(&StandardNormalizer.normalize(text).text, sub_industry)
    }

    /// The vector of a text that is normalised already.
    pub(crate) fn vector_of_normalized(&self, normalized: &str) -> ConceptVector {
        self.vector_of(normalized, None)
    }

    fn vector_of(&self, normalized: &str, sub_industry: Option<&str>) -> ConceptVector {
        let mut counts: FxHashMap<String, (usize, f32)> = FxHashMap::default();
        each_gram(&without_everyday(normalized), &mut |gram| {
            let next = counts.len();
            counts.entry(gram.to_owned()).or_insert((next, 0.0)).1 += 1.0;
        });
        let mut grams: Vec<(String, (usize, f32))> = counts.into_iter().collect();
        grams.sort_unstable_by_key(|(_, (order, _))| *order);
        let names = grams.iter().map(|(gram, _)| gram.as_str());
        let own_names: Vec<&str> = names.filter(|gram| self.means_its_own(gram, sub_industry)).collect();
        let query = |is_asked: &dyn Fn(&str) -> bool| {
            let weighted = grams.iter().filter(|(gram, _)| is_asked(gram)).filter_map(|(gram, (_, count))| {
                let id = self.index.term_id(gram)?;
                let idf = lucene_idf(self.index.len().into(), self.index.document_frequency(id).into());
                Some((id, idf * count / (count + TEXT_K1)))
            });
            Query::new(weighted).expect("weights are finite and not negative")
        };
        let whole = query(&|_| true);
        let hits = if let Some(owner) = sub_industry.filter(|_| !own_names.is_empty()) {
            let own: BitSet = self.terms.iter().map(|concept| is_of(concept, owner)).collect();
            let others: BitSet = self.terms.iter().map(|concept| !is_of(concept, owner)).collect();
            let mut hits = self.index.search(&whole, &Scope::all().accepting(&own), CONCEPTS);
            let without = query(&|gram| !own_names.contains(&gram));
            hits.extend(self.index.search(&without, &Scope::all().accepting(&others), CONCEPTS));
            hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.document.cmp(&b.document)));
            hits.truncate(CONCEPTS);
            hits
        } else {
            self.index.search(&whole, &Scope::all(), CONCEPTS)
        };
        let scores: Vec<(u32, f32)> = hits.iter().map(|hit| (hit.document, hit.score)).collect();
        ConceptVector::from_scores(&scores, SHARPNESS)
    }

    /// Whether a gram is a Latin name of a concept of the sub-industry, or of all, and of one elsewhere too.
    fn means_its_own(&self, gram: &str, sub_industry: Option<&str>) -> bool {
        let Some(sub_industry) = sub_industry.filter(|_| gram.starts_with(|c: char| c.is_ascii_alphabetic())) else {
            return false;
        };
        let named = || self.terms.concepts_of(gram).filter(|(_, relation)| relation.is_exact());
        let is_own = |(concept, _): (ConceptId, Relation)| is_of(self.terms.concept(concept), sub_industry);
        named().any(is_own) && !named().all(is_own)
    }
}

/// Whether it is a concept of the sub-industry, or of all.
fn is_of(concept: &Concept, sub_industry: &str) -> bool {
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

    /// The built-in dictionary, and the built-in term base with the concepts of these term files in addition, in
    /// their order; the standard one if there are none. A file is named after the code of its sub-industry, or
    /// `shared.tsv` (see [`TermBase::load`]).
    ///
    /// # Errors
    ///
    /// [`Error::Read`] if a file cannot be read, [`Error::Terms`] naming the file and the line that is not usable.
    pub fn with_term_files<P: AsRef<Path>>(paths: &[P]) -> Result<Self, Error> {
        if paths.is_empty() {
            return Ok(Self::standard());
        }
        let mut terms = TermBase::clone(&TermBase::standard());
        for path in paths {
            terms.load(path.as_ref())?;
        }
        Ok(Self::with_terms(Arc::new(terms)))
    }

    /// What cuts texts into terms.
    pub fn analyzer(&self) -> &Analyzer {
        &self.analyzer
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

    #[test]
    fn phrases_that_are_said_of_anything_speak_for_no_concept() {
        let space = ConceptSpace::new(TermBase::standard());
        assert!(space.vector("性能不达标，成本高；效率低，噪音大，不稳定。").entries().is_empty());
        let said = |text: &str| space.vector(text).entries().to_vec();
        assert_eq!(said("焊缝延迟裂纹，成本高"), said("焊缝延迟裂纹，"));
        // Part of another word, they are left.
        assert!(!said("噪声大幅降低").is_empty());
    }

    #[test]
    fn term_files_add_up_and_a_bad_one_is_named_with_its_line() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::write(&path, text).unwrap();
            path
        };
        let shared = file("shared.tsv", "term\tkind\n鲁班工法\tprocess\n");
        let wind = file("wind.tsv", "term\tkind\n榫卯塔架\tproduct\n");
        let terms = |paths: &[_]| Lexicon::with_term_files(paths).map(|lexicon| lexicon.concepts().terms().clone());
        let both = terms(&[shared, wind]).unwrap();
        assert_eq!(both.len(), TermBase::standard().len() + 2);
        assert_eq!(both.iter().last().unwrap().sub_industry.as_deref(), Some("wind"));
        assert_eq!(terms(&[]).unwrap().len(), TermBase::standard().len());
        let bad = file("steel.tsv", "term\tkind\n鲁班工法\tmagic\n");
        let said = terms(&[bad]).unwrap_err().to_string();
        assert!(said.contains("steel.tsv:2: the kind \"magic\""), "{said}");
        let missing = terms(&[folder.path().join("none.tsv")]).unwrap_err();
        assert!(matches!(missing, Error::Read { .. }), "{missing}");
    }
}
