//! The measures' formulas for one demand.

use std::num::{NonZeroU32, NonZeroUsize};

use crate::measure::Measure;

/// What the formulas need of one demand; negative grades are 0 already.
pub(crate) struct GradedRanking {
    /// The grades of the ranked documents, best rank first.
    pub(crate) ranked: Vec<u32>,
    /// The grades of all judged documents, highest first.
    pub(crate) ideal: Vec<u32>,
}

impl GradedRanking {
    /// The measure's value, from 0 to 1.
    pub(crate) fn score(&self, measure: Measure) -> f64 {
        match measure {
            Measure::Ndcg { cutoff } => self.ndcg(cutoff),
            Measure::P { rel, cutoff } => self.hits(rel, cutoff) / cutoff.get() as f64,
            Measure::R { rel, cutoff } => ratio(self.hits(rel, cutoff), self.relevant(rel)),
            Measure::Ap { rel, cutoff } => self.average_precision(rel, cutoff),
            Measure::Rr { rel, cutoff } => {
                let ranked = top(&self.ranked, cutoff);
                let first = ranked.iter().position(|&grade| grade >= rel.get());
                first.map_or(0.0, |index| 1.0 / (index + 1) as f64)
            }
        }
    }

    fn ndcg(&self, cutoff: Option<NonZeroUsize>) -> f64 {
        let ideal = dcg(top(&self.ideal, cutoff));
        // Rounding alone could carry a near-ideal order past 1.
        ratio(dcg(top(&self.ranked, cutoff)), ideal).min(1.0)
    }

    fn average_precision(&self, rel: NonZeroU32, cutoff: Option<NonZeroUsize>) -> f64 {
        let (mut hits, mut sum) = (0.0, 0.0);
        for (index, &grade) in top(&self.ranked, cutoff).iter().enumerate() {
            if grade >= rel.get() {
                hits += 1.0;
                sum += hits / (index + 1) as f64;
            }
        }
        ratio(sum, self.relevant(rel))
    }

    fn hits(&self, rel: NonZeroU32, cutoff: NonZeroUsize) -> f64 {
        count(top(&self.ranked, Some(cutoff)), rel)
    }

    fn relevant(&self, rel: NonZeroU32) -> f64 {
        count(&self.ideal, rel)
    }
}

fn top(grades: &[u32], cutoff: Option<NonZeroUsize>) -> &[u32] {
    let end = cutoff.map_or(grades.len(), |cutoff| cutoff.get().min(grades.len()));
    &grades[..end]
}

fn count(grades: &[u32], rel: NonZeroU32) -> f64 {
    grades.iter().filter(|&&grade| grade >= rel.get()).count() as f64
}

fn dcg(grades: &[u32]) -> f64 {
    let gain = |grade: u32| f64::from(grade).exp2() - 1.0;
    let gains = grades.iter().enumerate();
    gains.map(|(index, &grade)| gain(grade) / ((index + 2) as f64).log2()).sum()
}

/// 0 where there is nothing to find.
fn ratio(found: f64, possible: f64) -> f64 {
    if possible > 0.0 { found / possible } else { 0.0 }
}
