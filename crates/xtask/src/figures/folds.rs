//! Weights chosen on four fifths of the topics and measured on the fifth that was held out.

use super::collection::{Collection, Place};
use super::hard::HardAnswers;
use anyhow::{Context, Result};
use duijie::{DemandMatch, MatchOptions, Matcher, PartWeights, Parts, RankProfile, Ranking, Unit};
use duijie_eval::{Cell, Folds, Measure, Run, Table, evaluate, topics};
use std::sync::Arc;

const FOLDS: usize = 5;
const SEED: u64 = 2022;

/// Weights that are tried, beside the built-in ones; `concepts` is the unit.
const TEXT: [f64; 4] = [0.05, 0.1, 0.15, 0.25];
const SUB_INDUSTRY: [f64; 3] = [0.2, 0.3, 0.45];
const INDICATORS: [f64; 3] = [0.05, 0.1, 0.2];
const CHARACTERS: [f64; 2] = [0.5, 1.5];
const SEMANTIC: [f64; 3] = [0.2, 0.5, 1.0];

/// What a way of ranking reaches on demands that had no part in choosing its weights.
pub(super) struct HeldOut {
    pub(super) name: &'static str,
    /// nDCG@10 of each fold, weights chosen on the others.
    pub(super) tuned: Vec<f64>,
    /// nDCG@10 of each fold with the built-in weights.
    pub(super) built_in: Vec<f64>,
    /// hard@10 over all held-out demands, weights chosen.
    pub(super) tuned_hard: f64,
    /// hard@10 over all demands, built-in weights.
    pub(super) built_in_hard: f64,
}

pub(super) fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

/// Measures one way of ranking; `options` has its built-in profile.
pub(super) fn held_out(
    name: &'static str,
    collection: &Collection,
    hard: &HardAnswers,
    matcher: &Matcher,
    options: &MatchOptions,
    place: Place,
) -> Result<HeldOut> {
    let built_in = options.profile.parts;
    // Indicators are to be judged for every candidate, whatever the weights to be tried make of it.
    let mut profile = RankProfile::clone(&options.profile);
    profile.candidates.close = usize::MAX;
    let options = MatchOptions { unit: Unit::Achievement, profile: Arc::new(profile), ..options.clone() };
    let rankings = collection.rank(matcher, &options, place)?;
    let outcomes =
        weights_to_try(built_in).into_iter().map(|weights| outcome(collection, hard, &rankings, built_in, weights));
    let outcomes: Vec<Outcome> = outcomes.collect::<Result<_>>()?;

    let folds = folds(collection)?;
    let place_of = |id: &str| collection.demands.iter().position(|demand| demand.id == id);
    let places = |ids: &mut dyn Iterator<Item = &str>| -> Vec<usize> { ids.filter_map(place_of).collect() };
    let (mut tuned, mut fixed, mut found) = (Vec::new(), Vec::new(), Vec::new());
    for fold in 0..folds.count() {
        let training = places(&mut folds.training(fold).into_iter());
        let test = places(&mut folds.held_out(fold).iter().map(String::as_str));
        let over =
            |outcome: &Outcome, places: &[usize]| mean(&places.iter().map(|&at| outcome.ndcg[at]).collect::<Vec<_>>());
        // The first of equals, so that the built-in weights stay where others do no better.
        let best = outcomes.iter().rev().max_by(|a, b| over(a, &training).total_cmp(&over(b, &training)));
        let best = best.context("no weights to try")?;
        tuned.push(over(best, &test));
        fixed.push(over(&outcomes[0], &test));
        found.extend(test.iter().filter_map(|&at| best.hard[at]));
    }
    let share = |found: &[bool]| found.iter().filter(|found| **found).count() as f64 / found.len().max(1) as f64;
    let all: Vec<bool> = outcomes[0].hard.iter().filter_map(|found| *found).collect();
    Ok(HeldOut { name, tuned, built_in: fixed, tuned_hard: share(&found), built_in_hard: share(&all) })
}

/// The demands in folds, whole topics at a time.
pub(super) fn folds(collection: &Collection) -> Result<Folds> {
    Ok(Folds::by_topic(&topics(&collection.qrels), FOLDS, SEED)?)
}

/// The built-in weights first.
fn weights_to_try(built_in: PartWeights) -> Vec<PartWeights> {
    let mut tried = vec![built_in];
    let semantic: &[f64] = if built_in.semantic > 0.0 { &SEMANTIC } else { &[0.0] };
    for text in TEXT {
        for sub_industry in SUB_INDUSTRY {
            for indicators in INDICATORS {
                for characters in CHARACTERS {
                    tried.extend(semantic.iter().map(|&semantic| PartWeights {
                        text,
                        sub_industry,
                        indicators,
                        characters,
                        semantic,
                        ..built_in
                    }));
                }
            }
        }
    }
    tried
}

/// What some weights reach, for each demand in the order of the collection.
struct Outcome {
    ndcg: Vec<f64>,
    hard: Vec<Option<bool>>,
}

fn outcome(
    collection: &Collection,
    hard: &HardAnswers,
    rankings: &[DemandMatch],
    from: PartWeights,
    to: PartWeights,
) -> Result<Outcome> {
    let mut run = Run::new("weights")?;
    for matched in rankings {
        let Ranking::Achievements(list) = &matched.ranking else { continue };
        let scored = list.iter().map(|entry| (entry.achievement.as_str(), score(&entry.parts, from, to)));
        let mut scored: Vec<(&str, f64)> = scored.collect();
        scored.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
        run.push_order(&matched.demand, scored.into_iter().map(|(id, _)| id))?;
    }
    let measure: Measure = "nDCG@10".parse()?;
    let report = evaluate(&run, &collection.qrels, &[measure]);
    let ndcg = collection.demands.iter().map(|demand| report.value(measure, &demand.id).unwrap_or(0.0)).collect();
    let hard = collection.demands.iter().map(|demand| hard.found(&run, &demand.id)).collect();
    Ok(Outcome { ndcg, hard })
}

/// The score with other weights: each part is its share times its weight.
fn score(parts: &Parts, from: PartWeights, to: PartWeights) -> f64 {
    let part = |name: &str| parts.get(name).unwrap_or(0.0);
    let scaled = |part: f64, from: f64, to: f64| if from > 0.0 { part / from * to } else { 0.0 };
    scaled(parts.lexical(), from.text, to.text)
        + scaled(part("characters"), from.characters, to.characters)
        + part("concepts")
        + scaled(part("semantic"), from.semantic, to.semantic)
        + scaled(part("sub_industry"), from.sub_industry, to.sub_industry)
        + part("maturity")
        + scaled(part("indicators"), from.indicators, to.indicators)
}

pub(super) fn to_table(all: &[HeldOut]) -> Result<Table> {
    let folds = (1..=FOLDS).map(|fold| format!("fold {fold}"));
    let headers = ["nDCG@10".to_owned()].into_iter().chain(folds).chain(["mean".to_owned(), "hard@10".to_owned()]);
    let mut table = Table::new(headers, 3);
    for held_out in all {
        let rows = [
            ("weights chosen on the other folds", &held_out.tuned, held_out.tuned_hard),
            ("built-in weights", &held_out.built_in, held_out.built_in_hard),
        ];
        for (weights, folds, hard) in rows {
            let name = Cell::Text(format!("{}, {weights}", held_out.name));
            let values = folds.iter().copied().chain([mean(folds), hard]).map(Cell::Value);
            table.push([name].into_iter().chain(values))?;
        }
    }
    Ok(table)
}
