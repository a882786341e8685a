//! Relevance judgments: a grade per (demand, document).

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::error::JudgmentError;
use crate::trec_line::is_id;

/// The highest grade that [`Qrels`] take: 2^grade must stay a finite `f64`,
/// also when summed. Real scales end near 3 or 4.
pub const MAX_GRADE: i32 = 1000;

/// Relevance judgments: a grade per (demand, document).
///
/// - A demand is in the qrels if at least one document was judged for it.
/// - A pair that is not listed has grade 0.
/// - A negative grade is kept as read and counts as 0 in every measure.
/// - Iteration goes by demand id, then by document id, in byte order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Qrels {
    grades: BTreeMap<String, BTreeMap<String, i32>>,
}

impl Qrels {
    /// Qrels without any judgment.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one judgment.
    ///
    /// # Errors
    ///
    /// If the pair has a grade already (even the same one), the grade is
    /// above [`MAX_GRADE`], or an id could not be written to a TREC file.
    pub fn insert(&mut self, demand: &str, document: &str, grade: i32) -> Result<(), JudgmentError> {
        if let Some(id) = [demand, document].into_iter().find(|id| !is_id(id)) {
            return Err(JudgmentError::BadId { id: id.to_owned() });
        }
        if grade > MAX_GRADE {
            return Err(JudgmentError::GradeTooHigh { grade });
        }
        let judged = self.grades.entry(demand.to_owned()).or_default();
        match judged.entry(document.to_owned()) {
            Entry::Vacant(entry) => {
                entry.insert(grade);
                Ok(())
            }
            Entry::Occupied(entry) => {
                Err(JudgmentError::Duplicate { demand: demand.to_owned(), document: entry.key().clone() })
            }
        }
    }

    /// The grade of a pair, 0 if it is not listed.
    pub fn grade(&self, demand: &str, document: &str) -> i32 {
        let judged = self.grades.get(demand);
        judged.and_then(|judged| judged.get(document)).copied().unwrap_or(0)
    }

    /// How many demands have a judgment.
    pub fn demand_count(&self) -> usize {
        self.grades.len()
    }

    /// Whether any document was judged for the demand.
    pub fn has_demand(&self, demand: &str) -> bool {
        self.grades.contains_key(demand)
    }

    /// The demands by id.
    pub fn demands(&self) -> impl Iterator<Item = &str> {
        self.grades.keys().map(String::as_str)
    }

    /// The judged documents of one demand by id, with their grades.
    pub fn judged(&self, demand: &str) -> impl Iterator<Item = (&str, i32)> {
        let judged = self.grades.get(demand).into_iter().flatten();
        judged.map(|(document, &grade)| (document.as_str(), grade))
    }

    /// Every judgment as (demand, document, grade), by demand, then document.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str, i32)> {
        self.grades.iter().flat_map(|(demand, judged)| {
            let judged = judged.iter();
            judged.map(|(document, &grade)| (demand.as_str(), document.as_str(), grade))
        })
    }

    /// The judgments of the demands that `keep` accepts, for instance those
    /// of one of the [`Folds`](crate::Folds).
    pub fn filter_demands(&self, mut keep: impl FnMut(&str) -> bool) -> Self {
        let kept = self.grades.iter().filter(|(demand, _)| keep(demand));
        Self { grades: kept.map(|(demand, judged)| (demand.clone(), judged.clone())).collect() }
    }
}
