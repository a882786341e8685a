//! The close look at a demand's best candidates: what costs too much for all of them.

use super::achievements::{NEUTRAL, Scored};
use super::query::WeightedQuery;
use super::{Indicator, IndicatorAnswer, Parts, Ranker};
use crate::Result;
use crate::records::{Achievement, Demand};
use duijie_text::{ConceptKind, Judgement, Quantity, TermBase, judge};
use std::fmt::Debug;

/// A model of your own that has the last word on a demand's best candidates, by its part `reranker`.
///
/// ```
/// use duijie::{Achievement, Catalogue, Demand, MatchOptions, Matcher, RankProfile, Ranking, Reranker, Unit};
/// use std::sync::Arc;
///
/// /// Asks for what has been tried outside the laboratory.
/// #[derive(Debug)]
/// struct TriedOut;
///
/// impl Reranker for TriedOut {
///     fn rerank(&self, _: &Demand, achievements: &[Achievement]) -> Vec<f64> {
///         let tried = |achievement: &Achievement| achievement.summary.contains("中试");
///         achievements.iter().map(|achievement| if tried(achievement) { 1.0 } else { 0.0 }).collect()
///     }
/// }
///
/// let achievement = |id: &str, summary: &str| Achievement {
///     id: id.into(),
///     title: "高强钢低氢焊接工艺".into(),
///     summary: summary.into(),
///     ..Default::default()
/// };
/// let achievements = vec![achievement("A1", "消除延迟裂纹。"), achievement("A2", "消除延迟裂纹，已完成中试。")];
/// let matcher = Matcher::from_records(Catalogue::default(), vec![], achievements)?;
///
/// let mut profile = RankProfile::default();
/// profile.parts.reranker = 0.5;
/// let options = MatchOptions {
///     unit: Unit::Achievement,
///     profile: Arc::new(profile),
///     reranker: Some(Arc::new(TriedOut)),
///     ..MatchOptions::default()
/// };
/// let demand = Demand { id: "D1".into(), title: "吊臂焊后延迟裂纹".into(), ..Default::default() };
/// let Ranking::Achievements(ranked) = matcher.match_one(&demand, &options)?.ranking else { unreachable!() };
/// assert_eq!((ranked[0].achievement.as_str(), ranked[0].parts.get("reranker")), ("A2", Some(0.5)));
/// # Ok::<(), duijie::Error>(())
/// ```
pub trait Reranker: Debug + Send + Sync {
    /// How well each of `achievements` (the best so far, best first) answers the demand, 0–1 each; other
    /// values are brought to the nearer end, and what is missing or not a number counts as 0.
    ///
    /// The same input must give the same output, or rankings differ from run to run.
    fn rerank(&self, demand: &Demand, achievements: &[Achievement]) -> Vec<f64>;
}

impl Ranker<'_> {
    /// Judges indicators and asks the reranker; says whether any score may have changed.
    pub(super) fn look_closely(&self, demand: &Demand, query: &WeightedQuery<'_>, best: &mut [Scored]) -> Result<bool> {
        let weights = &self.profile.parts;
        let judged = weights.indicators > 0.0 && !query.indicators.is_empty();
        if judged {
            for scored in &mut *best {
                let share = self.indicator_share(query.indicators, scored.document)?;
                scored.parts.set("indicators", weights.indicators * share);
            }
        }
        let reranker = self.reranker.filter(|_| weights.reranker > 0.0);
        if let Some(reranker) = reranker {
            let achievements = best.iter().map(|scored| self.snapshot.achievement(scored.document));
            let shares = reranker.rerank(demand, &achievements.collect::<Result<Vec<_>>>()?);
            for (scored, share) in best.iter_mut().zip(shares) {
                let share = if share.is_nan() { 0.0 } else { share.clamp(0.0, 1.0) };
                scored.parts.set("reranker", weights.reranker * share);
            }
        }
        best.iter_mut().for_each(|scored| scored.score = scored.parts.total());
        Ok(judged || reranker.is_some())
    }

    /// The parts of one achievement, looked at closely whether it is a candidate or not.
    pub(super) fn looked_at(&self, demand: &Demand, query: &WeightedQuery<'_>, document: u32) -> Result<Parts> {
        let parts = self.parts(demand, query, &[document]);
        let mut scored: Vec<Scored> =
            parts.into_iter().map(|parts| Scored { document, score: parts.total(), parts }).collect();
        self.look_closely(demand, query, &mut scored)?;
        Ok(scored.pop().map(|scored| scored.parts).unwrap_or_default())
    }

    /// Met 1, not met 0, not stated neutral; the mean over the demand's indicators.
    fn indicator_share(&self, asked: &[AskedIndicator], document: u32) -> Result<f64> {
        let offered = self.snapshot.quantities(document)?;
        let share = |asked: &AskedIndicator| match self.judge(asked, offered) {
            Judgement::Met(_) => 1.0,
            Judgement::NotMet(_) => 0.0,
            Judgement::NotStated => NEUTRAL,
        };
        Ok(asked.iter().map(share).sum::<f64>() / asked.len() as f64)
    }

    /// What an achievement says to each of the demand's indicators.
    pub(super) fn indicators(
        &self,
        demand: &Demand,
        asked: &[AskedIndicator],
        document: u32,
        achievement: &Achievement,
    ) -> Result<Vec<Indicator>> {
        if asked.is_empty() {
            return Ok(Vec::new());
        }
        let offered = self.snapshot.quantities(document)?;
        let text = achievement.text();
        let indicators = asked.iter().map(|asked| {
            let (answer, quantity) = match self.judge(asked, offered) {
                Judgement::Met(quantity) => (IndicatorAnswer::Met, Some(quantity)),
                Judgement::NotMet(quantity) => (IndicatorAnswer::NotMet, Some(quantity)),
                Judgement::NotStated => (IndicatorAnswer::NotStated, None),
            };
            Indicator {
                asked: demand.indicators[asked.line][asked.quantity.phrase.clone()].to_owned(),
                answer,
                offered: quantity.map(|quantity| text[quantity.phrase.clone()].to_owned()),
            }
        });
        Ok(indicators.collect())
    }

    fn judge<'o>(&self, asked: &AskedIndicator, offered: &'o [Quantity]) -> Judgement<'o> {
        judge(&asked.quantity, offered, |a, b| same_property(self.lexicon.concepts.terms(), a, b))
    }
}

/// A quantity that a demand asks for.
#[derive(Clone, Debug)]
pub(crate) struct AskedIndicator {
    /// Which of the demand's indicators it stands in.
    pub(crate) line: usize,
    pub(crate) quantity: Quantity,
}

/// Whether the term base has the two as names of one property; names of a product or a problem say nothing of what
/// is measured.
fn same_property(terms: &TermBase, a: &str, b: &str) -> bool {
    let names = |form| {
        let exact = terms.concepts_of(form).filter(|(_, relation)| relation.is_exact()).map(|(concept, _)| concept);
        exact.filter(|&concept| terms.concept(concept).kind == ConceptKind::Property)
    };
    names(a).any(|concept| names(b).any(|other| other == concept))
}
