//! Proposals as a term file: what the operator edits and passes on.

use crate::error::CoachError;
use crate::proposals::{ProposalKind, Proposals};
use crate::synonyms::{PairEvidence, TermPair, Wording};
use duijie::AtomicFile;
use duijie_text::{ConceptKind, Normalizer, Relation, StandardNormalizer, TermBase};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

/// The columns that proposals fill.
const HEADER: &str = "term\tkind\tsynonyms\tabbreviations\trelated\n";

/// One concept, the proposals for it joined.
struct Row {
    name: String,
    synonyms: Vec<String>,
    abbreviations: Vec<String>,
    related: Vec<String>,
    evidence: Vec<String>,
}

impl Proposals {
    /// The proposals of the given kinds as the text of a term file: a line a concept, its evidence in
    /// a line that begins with `#` above it. [`TermBase::load`] reads it; whoever edits it deletes
    /// what is wrong.
    ///
    /// The kind of a concept is a guess, and a line says so: the one that most concepts of `terms` have whose names
    /// end alike, else `product`.
    pub fn term_file(&self, kinds: &[ProposalKind], terms: &TermBase) -> String {
        let mut rows: Vec<Row> = Vec::new();
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        let mut row = |rows: &mut Vec<Row>, name: &str| {
            *places.entry(StandardNormalizer.normalize(name).text.into_owned()).or_insert_with(|| {
                let (synonyms, abbreviations, related, evidence) = Default::default();
                rows.push(Row { name: name.to_owned(), synonyms, abbreviations, related, evidence });
                rows.len() - 1
            })
        };
        let pairs: Vec<&TermPair> = self.pairs.iter().filter(|pair| kinds.contains(&pair.kind())).collect();
        let normalized = |text: &str| StandardNormalizer.normalize(text).text.into_owned();
        // A word that a pair has as its synonym is no concept of its own.
        let mut owners: BTreeMap<String, &str> = BTreeMap::new();
        for pair in pairs.iter().filter(|pair| is_synonym(pair)) {
            owners.entry(normalized(&pair.other)).or_insert(&pair.term);
        }
        let words = if kinds.contains(&ProposalKind::Words) { self.words.as_slice() } else { &[] };
        for word in words {
            let at = row(&mut rows, owners.get(&normalized(&word.word)).unwrap_or(&word.word.as_str()));
            rows[at].evidence.push(format!(
                "被切开的词（{}）：{} 条记录中 {} 次，内聚 {:.2}；例：{} {}",
                word.parts.join("/"),
                word.records,
                word.count,
                word.cohesion,
                word.sample.record,
                word.sample.text
            ));
        }
        let named: BTreeSet<String> = pairs.iter().map(|pair| normalized(&pair.term)).collect();
        for pair in &pairs {
            let at = row(&mut rows, &pair.term);
            let row = &mut rows[at];
            let other = normalized(&pair.other);
            // A synonym is a name of one concept; what has a line of its own, or is another's, is a neighbour.
            let is_free = !named.contains(&other) && owners.get(&other).is_none_or(|owner| *owner == pair.term);
            let list = match pair.evidence {
                PairEvidence::Defined { .. } if pair.other.is_ascii() => &mut row.abbreviations,
                PairEvidence::Defined { .. } if is_free => &mut row.synonyms,
                _ => &mut row.related,
            };
            row.evidence.push(pair_evidence(pair));
            if other != normalized(&pair.term) {
                list.push(pair.other.clone());
            }
        }
        let endings = Endings::of(terms);
        let mut text = String::from("# duijie coach 的建议，尚未采用。逐行核对，删改之后用 --terms 给出本文件。\n");
        text.push_str(HEADER);
        for row in &rows {
            for evidence in &row.evidence {
                text.push_str(&format!("# {}\n", evidence.replace(['\n', '\r', '\t'], " ")));
            }
            let (kind, why) = endings.kind(&row.name);
            text.push_str(&format!("# 类型 {} {why}，请核对。\n", kind.word()));
            let lists = [&row.synonyms, &row.abbreviations, &row.related].map(|list| list.join(";"));
            text.push_str(&format!("{}\t{}\t{}\n", row.name, kind.word(), lists.join("\t")));
        }
        text
    }

    /// Writes [`Proposals::term_file`] of all kinds, for spreadsheets with a byte order mark. The
    /// file appears whole or not at all.
    ///
    /// # Errors
    ///
    /// [`CoachError::Matching`] if it cannot be written.
    pub fn write_term_file(&self, path: &Path, terms: &TermBase) -> Result<(), CoachError> {
        let mut file = AtomicFile::create(path)?;
        let text = format!("\u{feff}{}", self.term_file(&ProposalKind::ALL, terms));
        let written = file.write_all(text.as_bytes());
        written.map_err(|source| duijie::Error::Write { path: path.to_owned(), source: Arc::new(source) })?;
        Ok(file.commit()?)
    }
}

/// Whether a pair goes into the column of synonyms.
fn is_synonym(pair: &TermPair) -> bool {
    matches!(pair.evidence, PairEvidence::Defined { .. }) && !pair.other.is_ascii()
}

/// What speaks for a pair, in a sentence.
fn pair_evidence(pair: &TermPair) -> String {
    let samples: Vec<String> = pair.samples.iter().map(|sample| format!("{} {}", sample.record, sample.text)).collect();
    let why = match pair.evidence {
        PairEvidence::Defined { wording, records } => {
            let wording = match wording {
                Wording::Bracket => "全称（缩写）",
                Wording::ShortFor => "简称",
                Wording::AlsoCalled => "又称",
            };
            format!("文中定义，{wording}，{records} 条记录")
        }
        PairEvidence::Judged { pairs, expected, topics, surprise } => format!(
            "评判为相关的 {pairs} 对需求与成果中共现（随机应为 {expected:.1} 对），{topics} 个主题，对数似然比 {surprise:.1}"
        ),
    };
    format!("{} — {}：{why}；例：{}", pair.term, pair.other, samples.join(" ／ "))
}

/// Which kind of concept names with an ending have.
struct Endings(FxHashMap<String, BTreeMap<ConceptKind, usize>>);

impl Endings {
    fn of(terms: &TermBase) -> Self {
        let mut kinds: FxHashMap<String, BTreeMap<ConceptKind, usize>> = FxHashMap::default();
        for concept in terms.iter() {
            let names = concept.forms.iter().filter(|form| matches!(form.relation, Relation::Name | Relation::Synonym));
            for ending in names.flat_map(|form| endings(&form.normalized)) {
                *kinds.entry(ending).or_default().entry(concept.kind).or_default() += 1;
            }
        }
        Self(kinds)
    }

    /// A guess, and what it comes from.
    fn kind(&self, name: &str) -> (ConceptKind, String) {
        let found = endings(name).find_map(|ending| {
            let kinds = self.0.get(&ending)?;
            let (kind, count) = kinds.iter().rev().max_by_key(|(_, count)| **count)?;
            let all: usize = kinds.values().sum();
            let why = format!("是推测（术语库中以“{ending}”结尾的 {all} 个名称有 {count} 个如此）");
            (all >= ENOUGH && 2 * count > all).then_some((*kind, why))
        });
        found.unwrap_or_else(|| (ConceptKind::Product, "没有依据，只是填了默认值".to_owned()))
    }
}

/// Names with an ending from which on most of them say something.
const ENOUGH: usize = 3;

/// The last two characters, then the last.
fn endings(name: &str) -> impl Iterator<Item = String> {
    let last: Vec<char> = name.chars().rev().take(2).collect();
    (1..=last.len()).rev().map(move |length| last[..length].iter().rev().collect())
}
