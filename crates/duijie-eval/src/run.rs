//! What a system answered: an ordered list of documents per demand.

use rustc_hash::FxHashMap;

use crate::error::RankingError;
use crate::trec_line::is_id;

/// A document of a ranking.
#[derive(Debug, Clone, PartialEq)]
pub struct RankedDoc {
    /// The document's id.
    pub id: String,
    /// The score it was ranked by; finite, and never above that of the
    /// document before it.
    pub score: f64,
}

/// What a system answered: an ordered list of documents per demand.
///
/// The order is the run's own: documents of equal score stay as they were
/// given. `trec_eval` ignores rank and order, sorts by score, and puts the
/// greater document id first among equal scores; there it also rounds scores
/// to 32 bits, which makes ties of its own. A run gets the same values from
/// both if its scores fall strictly as `f32`; [`Run::push_order`] makes such
/// scores.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    tag: String,
    rankings: Vec<Ranking>,
    by_demand: FxHashMap<String, usize>,
}

#[derive(Debug, Clone, PartialEq)]
struct Ranking {
    demand: String,
    docs: Vec<RankedDoc>,
    positions: FxHashMap<String, usize>,
}

impl Run {
    /// A run without answers. The tag names the system in the file.
    ///
    /// # Errors
    ///
    /// If the tag is empty or holds white space or control characters.
    pub fn new(tag: &str) -> Result<Self, RankingError> {
        check_id(tag)?;
        Ok(Self { tag: tag.to_owned(), rankings: Vec::new(), by_demand: FxHashMap::default() })
    }

    /// Adds a demand's documents, best first, with their scores.
    ///
    /// An empty ranking leaves the demand unanswered.
    ///
    /// # Errors
    ///
    /// If the demand has a ranking already, a document comes twice, a score
    /// is not finite or above the one before it, or an id could not be
    /// written to a TREC file. The run is then unchanged.
    pub fn push_ranking<D: AsRef<str>>(
        &mut self,
        demand: &str,
        docs: impl IntoIterator<Item = (D, f64)>,
    ) -> Result<(), RankingError> {
        if self.by_demand.contains_key(demand) {
            return Err(RankingError::DuplicateDemand { demand: demand.to_owned() });
        }
        let mut ranking = Ranking::new(demand)?;
        for (document, score) in docs {
            ranking.push(document.as_ref(), score)?;
        }
        if !ranking.docs.is_empty() {
            self.add(ranking);
        }
        Ok(())
    }

    /// Adds a demand's documents, best first, with the scores n, n − 1, …, 1.
    ///
    /// # Errors
    ///
    /// As [`Run::push_ranking`].
    pub fn push_order<D: AsRef<str>>(
        &mut self,
        demand: &str,
        docs: impl IntoIterator<Item = D>,
    ) -> Result<(), RankingError> {
        let docs: Vec<D> = docs.into_iter().collect();
        let scores = (1..=docs.len()).rev().map(|score| score as f64);
        self.push_ranking(demand, docs.into_iter().zip(scores))
    }

    /// Adds one document below those that its demand has.
    pub(crate) fn push_doc(&mut self, demand: &str, document: &str, score: f64) -> Result<(), RankingError> {
        if let Some(&index) = self.by_demand.get(demand) {
            return self.rankings[index].push(document, score);
        }
        let mut ranking = Ranking::new(demand)?;
        ranking.push(document, score)?;
        self.add(ranking);
        Ok(())
    }

    fn add(&mut self, ranking: Ranking) {
        self.by_demand.insert(ranking.demand.clone(), self.rankings.len());
        self.rankings.push(ranking);
    }

    /// The name of the system.
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// The answered demands, in the order in which they were added.
    pub fn demands(&self) -> impl Iterator<Item = &str> {
        self.rankings.iter().map(|ranking| ranking.demand.as_str())
    }

    /// A demand's documents, best first; empty if the run does not answer it.
    pub fn ranking(&self, demand: &str) -> &[RankedDoc] {
        let index = self.by_demand.get(demand);
        index.map_or(&[], |&index| &self.rankings[index].docs)
    }

    /// At which rank, counted from 1, a document stands for a demand.
    pub fn rank(&self, demand: &str, document: &str) -> Option<usize> {
        let ranking = &self.rankings[*self.by_demand.get(demand)?];
        ranking.positions.get(document).map(|position| position + 1)
    }
}

impl Ranking {
    fn new(demand: &str) -> Result<Self, RankingError> {
        check_id(demand)?;
        Ok(Self { demand: demand.to_owned(), docs: Vec::new(), positions: FxHashMap::default() })
    }

    fn push(&mut self, document: &str, score: f64) -> Result<(), RankingError> {
        check_id(document)?;
        let demand = self.demand.clone();
        let document = document.to_owned();
        if self.positions.contains_key(&document) {
            return Err(RankingError::DuplicateDocument { demand, document });
        }
        if !score.is_finite() {
            return Err(RankingError::ScoreNotFinite { demand, document });
        }
        if let Some(last) = self.docs.last()
            && score > last.score
        {
            let before = last.score;
            return Err(RankingError::ScoreRises { demand, document, before, score });
        }
        self.positions.insert(document.clone(), self.docs.len());
        self.docs.push(RankedDoc { id: document, score });
        Ok(())
    }
}

fn check_id(id: &str) -> Result<(), RankingError> {
    if is_id(id) { Ok(()) } else { Err(RankingError::BadId { id: id.to_owned() }) }
}
