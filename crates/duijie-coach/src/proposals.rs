use crate::batch::{Batch, Side};
use crate::one_sided::{OneSidedTerm, one_sided_terms};
use crate::synonyms::{PairEvidence, TermPair, defined_pairs, judged_pairs};
use crate::words::{BrokenWord, broken_words};
use duijie::{Achievement, Demand};
use duijie_eval::Qrels;
use duijie_text::TermBase;
use serde::Serialize;
use std::sync::Arc;

/// How much to propose.
#[derive(Clone, Debug)]
pub struct CoachOptions {
    /// How often a word or pair must occur, and in how many records a term of one side.
    pub min_count: usize,
    /// The longest list of each kind.
    pub top: usize,
}

impl Default for CoachOptions {
    fn default() -> Self {
        Self { min_count: 3, top: 30 }
    }
}

/// What a batch suggests for the term base, each with its evidence, the best first.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Proposals {
    /// Words that the segmenter breaks apart.
    pub words: Vec<BrokenWord>,
    /// Terms that one side alone uses, those of the demands first. They show where the gap is and
    /// are not part of the term file.
    pub one_sided: Vec<OneSidedTerm>,
    /// Terms that belong together, those that the texts define first.
    pub pairs: Vec<TermPair>,
}

/// A kind of proposal that a term file takes up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ProposalKind {
    /// Words that the segmenter breaks apart.
    Words,
    /// Pairs that the texts define: 全称（缩写）, 又称.
    Defined,
    /// Pairs that the judgments suggest.
    Judged,
}

impl ProposalKind {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::Words, Self::Defined, Self::Judged];

    /// What an official reads.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Words => "被切开的词",
            Self::Defined => "文中定义的同义词",
            Self::Judged => "评判提示的相关词",
        }
    }
}

impl TermPair {
    /// The kind of proposal.
    pub fn kind(&self) -> ProposalKind {
        match self.evidence {
            PairEvidence::Defined { .. } => ProposalKind::Defined,
            PairEvidence::Judged { .. } => ProposalKind::Judged,
        }
    }
}

impl Proposals {
    /// The pairs of one kind.
    pub fn pairs_of(&self, kind: ProposalKind) -> impl Iterator<Item = &TermPair> {
        self.pairs.iter().filter(move |pair| pair.kind() == kind)
    }

    /// How many proposals of a kind there are.
    pub fn count(&self, kind: ProposalKind) -> usize {
        if kind == ProposalKind::Words { self.words.len() } else { self.pairs_of(kind).count() }
    }

    /// Whether there is nothing that a term file could take up.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.pairs.is_empty()
    }
}

/// Looks through a batch for words, terms of one side and pairs of terms that `terms` lacks.
///
/// With `qrels` it proposes pairs from the judgments too. The same batch gives the same proposals.
pub fn coach(
    demands: &[Demand],
    achievements: &[Achievement],
    qrels: Option<&Qrels>,
    terms: &Arc<TermBase>,
    options: &CoachOptions,
) -> Proposals {
    let CoachOptions { min_count, top } = *options;
    let mut batch = Batch::new(demands, achievements, terms);
    let mut words = broken_words(&batch, min_count);
    batch.add_words(&words.iter().map(|word| word.word.as_str()).collect::<Vec<_>>());
    words.truncate(top);
    let (mut one_sided, mut offered) =
        one_sided_terms(&batch, min_count).into_iter().partition::<Vec<_>, _>(|term| term.side == Side::Demand);
    one_sided.truncate(top);
    offered.truncate(top);
    one_sided.append(&mut offered);
    let mut pairs = defined_pairs(&batch);
    pairs.truncate(top);
    let judged = qrels.map(|qrels| judged_pairs(&batch, qrels, min_count)).unwrap_or_default();
    pairs.extend(judged.into_iter().take(top));
    Proposals { words, one_sided, pairs }
}
