//! What the proposals would change, before anything is adopted.

use crate::error::CoachError;
use crate::hard_evidence::HardEvidence;
use crate::proposals::{ProposalKind, Proposals};
use duijie::{Achievement, BatchOptions, Catalogue, Demand, IndexBuilder, Institutions, Lexicon, MatchOptions, Unit};
use duijie_eval::{Measure, Qrels, Randomisation, Run, evaluate, paired_t_test, randomisation_test};
use duijie_text::TermBase;
use serde::Serialize;
use std::path::Path;
use std::sync::Arc;

/// The records and judgments that proposals are measured on.
#[derive(Clone, Copy)]
pub struct Trial<'a> {
    /// The catalogue that the records were read against.
    pub catalogue: &'a Catalogue,
    /// The institutions of the achievements.
    pub institutions: &'a Institutions,
    /// What is ranked.
    pub achievements: &'a [Achievement],
    /// What it is ranked for.
    pub demands: &'a [Demand],
    /// Which answers are right.
    pub qrels: &'a Qrels,
    /// The term base without the proposals.
    pub terms: &'a Arc<TermBase>,
}

/// What adopting some proposals does to the figures.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// The kinds that are adopted.
    pub kinds: Vec<ProposalKind>,
    /// How many proposals that are.
    pub proposals: usize,
    /// nDCG@10 and hard@10; the latter is missing where no demand has an answer of that kind.
    pub figures: Vec<FigureChange>,
}

/// One figure before and after, with the paired tests of [`duijie_eval`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FigureChange {
    /// `nDCG@10` or `hard@10`.
    pub name: &'static str,
    /// Demands that it is the mean of.
    pub demands: usize,
    /// Without the proposals.
    pub before: f64,
    /// With them.
    pub after: f64,
    /// Demands that gain.
    pub wins: usize,
    /// Demands that lose.
    pub losses: usize,
    /// p-value of the paired t-test; missing below two demands.
    pub t_test_p: Option<f64>,
    /// p-value of the paired randomisation test.
    pub randomisation_p: f64,
}

/// A figure of one term base, demand by demand.
struct Figure {
    name: &'static str,
    values: Vec<f64>,
}

/// The ranks that count.
const DEPTH: usize = 10;

impl Trial<'_> {
    /// How often [`Trial::measure`] ranks everything.
    pub fn rounds(proposals: &Proposals) -> usize {
        1 + adoptions(proposals).len()
    }

    /// Ranks without the proposals, with all of them, and with each kind alone; `done` is told after
    /// each round how many there were.
    ///
    /// Pairs of the kind [`ProposalKind::Judged`] are measured on the judgments that they come from,
    /// which flatters them.
    ///
    /// # Errors
    ///
    /// [`CoachError::NothingJudged`] if the judgments are of other demands, and what matching may
    /// fail with.
    pub fn measure(&self, proposals: &Proposals, done: &dyn Fn(usize)) -> Result<Vec<Change>, CoachError> {
        let judged: Vec<&Demand> = self.demands.iter().filter(|demand| self.qrels.has_demand(&demand.id)).collect();
        if judged.is_empty() {
            return Err(CoachError::NothingJudged { judged: self.qrels.demand_count() });
        }
        let before = self.figures(&judged, self.terms.clone())?;
        done(1);
        let mut changes = Vec::new();
        for kinds in adoptions(proposals) {
            let mut terms = TermBase::clone(self.terms);
            terms.load_text(Path::new("shared.tsv"), &proposals.term_file(&kinds, self.terms))?;
            let after = self.figures(&judged, Arc::new(terms))?;
            let figures = before.iter().zip(&after).map(|(before, after)| change(before, after)).collect();
            let proposals = kinds.iter().map(|kind| proposals.count(*kind)).sum();
            changes.push(Change { kinds, proposals, figures });
            done(1 + changes.len());
        }
        Ok(changes)
    }

    fn figures(&self, judged: &[&Demand], terms: Arc<TermBase>) -> Result<Vec<Figure>, CoachError> {
        let lexicon = Lexicon::with_terms(terms);
        let mut builder = IndexBuilder::create_in_ram_with(self.catalogue.clone(), lexicon)?;
        builder.set_institutions(self.institutions.clone())?;
        builder.add_all(self.achievements.to_vec())?;
        builder.commit()?;
        let options = MatchOptions { unit: Unit::Achievement, top: DEPTH, ..MatchOptions::default() };
        let demands: Vec<Demand> = judged.iter().map(|demand| (*demand).clone()).collect();
        let mut rankings = Vec::new();
        builder.matcher()?.match_batch(&demands, &options, &BatchOptions::default(), |matched| {
            rankings.push(matched);
            Ok(())
        })?;
        let mut run = Run::new("coach")?;
        for matched in &rankings {
            run.push_ranking(&matched.demand, matched.ranking.entries())?;
        }
        let qrels = self.qrels.filter_demands(|id| demands.iter().any(|demand| demand.id == id));
        let ndcg = Measure::Ndcg { cutoff: std::num::NonZeroUsize::new(DEPTH) };
        let ndcg = evaluate(&run, &qrels, &[ndcg]).values(ndcg).unwrap_or_default();
        let hard = HardEvidence::new(&demands, self.achievements, &qrels);
        let figures =
            [Figure { name: "nDCG@10", values: ndcg }, Figure { name: "hard@10", values: hard.found(&run, DEPTH) }];
        Ok(figures.into_iter().filter(|figure| !figure.values.is_empty()).collect())
    }
}

/// What is tried: all kinds that there are, then each alone.
fn adoptions(proposals: &Proposals) -> Vec<Vec<ProposalKind>> {
    let kinds: Vec<_> = ProposalKind::ALL.into_iter().filter(|kind| proposals.count(*kind) > 0).collect();
    let alone: Vec<_> = kinds.iter().map(|kind| vec![*kind]).collect();
    if kinds.len() < 2 { alone } else { std::iter::once(kinds).chain(alone).collect() }
}

fn change(before: &Figure, after: &Figure) -> FigureChange {
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let differences = before.values.iter().zip(&after.values).map(|(before, after)| after - before);
    let differences: Vec<f64> =
        differences.map(|d| if d.abs() <= duijie_eval::TIE_EPSILON { 0.0 } else { d }).collect();
    FigureChange {
        name: before.name,
        demands: differences.len(),
        before: mean(&before.values),
        after: mean(&after.values),
        wins: differences.iter().filter(|d| **d > 0.0).count(),
        losses: differences.iter().filter(|d| **d < 0.0).count(),
        t_test_p: paired_t_test(&differences).map(|test| test.p),
        randomisation_p: randomisation_test(&differences, Randomisation::default()),
    }
}
