//! Cross-validation over topics.

use std::cmp::Reverse;

use crate::error::FoldsError;
use crate::random::SplitMix64;
use crate::topics::Topic;

/// Demands dealt into folds for cross-validation, whole topics at a time.
///
/// Tune on [`Folds::training`], measure on [`Folds::held_out`]: no judged
/// achievement of a held-out demand was judged for a training demand.
///
/// ```
/// use duijie_eval::{Folds, Qrels, topics};
///
/// let mut qrels = Qrels::new();
/// for (demand, achievement) in [("d1", "a1"), ("d2", "a1"), ("d3", "a2"), ("d4", "a3")] {
///     qrels.insert(demand, achievement, 1)?;
/// }
/// let folds = Folds::by_topic(&topics(&qrels), 2, 7)?;
/// assert_eq!(folds.fold_of("d1"), folds.fold_of("d2"));
/// let fold = folds.held_out(0);
/// let test_qrels = qrels.filter_demands(|demand| fold.iter().any(|held_out| held_out == demand));
/// assert_eq!(test_qrels.demand_count(), 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folds {
    /// The demands of each fold, by id.
    folds: Vec<Vec<String>>,
}

impl Folds {
    /// Deals topics into `n` folds of about equally many demands.
    ///
    /// Topics are shuffled by the seed, then dealt largest first, each to the
    /// fold with the fewest demands so far (the LPT rule of Graham, "Bounds
    /// on Multiprocessing Timing Anomalies", 1969). Two folds thus differ by
    /// at most the size of the largest topic. The same topics, `n` and seed
    /// give the same folds on every machine.
    ///
    /// # Errors
    ///
    /// If `n` is below 2 or above the number of topics.
    pub fn by_topic(topics: &[Topic], n: usize, seed: u64) -> Result<Self, FoldsError> {
        if n < 2 {
            return Err(FoldsError::TooFewFolds { folds: n });
        }
        if topics.len() < n {
            return Err(FoldsError::FewerTopicsThanFolds { topics: topics.len(), folds: n });
        }
        let mut dealt: Vec<&Topic> = topics.iter().collect();
        SplitMix64::new(seed).shuffle(&mut dealt);
        dealt.sort_by_key(|topic| Reverse(topic.demands.len()));
        let mut folds: Vec<Vec<String>> = vec![Vec::new(); n];
        for topic in dealt {
            // `n` is at least 2, so there is a smallest fold.
            if let Some(smallest) = folds.iter_mut().min_by_key(|fold| fold.len()) {
                smallest.extend_from_slice(&topic.demands);
            }
        }
        folds.iter_mut().for_each(|fold| fold.sort_unstable());
        Ok(Self { folds })
    }

    /// How many folds there are.
    pub fn count(&self) -> usize {
        self.folds.len()
    }

    /// The demands of one fold, by id.
    ///
    /// # Panics
    ///
    /// If `fold` is not below [`Folds::count`].
    pub fn held_out(&self, fold: usize) -> &[String] {
        &self.folds[fold]
    }

    /// The demands of all other folds, by id.
    ///
    /// # Panics
    ///
    /// If `fold` is not below [`Folds::count`].
    pub fn training(&self, fold: usize) -> Vec<&str> {
        assert!(fold < self.count(), "fold {fold} of {}", self.count());
        let others = self.folds.iter().enumerate().filter(|&(other, _)| other != fold);
        let mut demands: Vec<&str> = others.flat_map(|(_, demands)| demands).map(String::as_str).collect();
        demands.sort_unstable();
        demands
    }

    /// The fold that holds a demand.
    pub fn fold_of(&self, demand: &str) -> Option<usize> {
        let holds = |fold: &Vec<String>| fold.binary_search_by(|other| other.as_str().cmp(demand)).is_ok();
        self.folds.iter().position(holds)
    }
}
