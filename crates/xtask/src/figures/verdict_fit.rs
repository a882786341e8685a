//! Weights of the verdict fitted to some demands, to be measured on others.

use anyhow::{Result, ensure};
use duijie::{Parts, RankProfile, VerdictWeights};

/// The share of credible demands that may be given up where the weights are fitted: less than the tenth that may be
/// given up of others.
const GIVEN_UP: f64 = 0.085;
const CERTAIN_TEXT: [f64; 7] = [0.30, 0.35, 0.40, 0.45, 0.50, 0.55, 0.60];
/// Steps of the descent, and how far each goes; the shares are brought to one scale before.
const STEPS: usize = 2000;
const STEP: f64 = 0.5;
/// Keeps weights of what is alike from running away in opposite directions.
const SHRINKAGE: f64 = 1e-3;

/// What the verdict goes by: second and third cosine of concepts, first and second share of words.
type Shares = [f64; 4];

/// A ranking, and whether it has a credible match.
#[derive(Clone, Copy, Debug)]
pub(super) struct Example {
    shares: Shares,
    truth: Truth,
}

impl Example {
    pub(super) fn new(parts: &[Parts], truth: Truth) -> Self {
        let greatest = |share: fn(&Parts) -> f64| {
            let mut shares: Vec<f64> = parts.iter().map(share).collect();
            shares.sort_by(|a, b| b.total_cmp(a));
            move |place: usize| shares.get(place).copied().unwrap_or(0.0)
        };
        let (concepts, text) = (greatest(Parts::concept_share), greatest(Parts::text_share));
        Self { shares: [concepts(1), concepts(2), text(0), text(1)], truth }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Truth {
    Answered,
    Unanswered,
}

/// The profile with weights of the verdict that a logistic regression gives and a threshold at which at most
/// [`GIVEN_UP`] of the answered examples are given up, and as many of the others as can be. Of the weights of `profile`
/// only `pair_concepts` is kept, which is of single pairs.
pub(super) fn fitted(profile: &RankProfile, examples: &[Example]) -> Result<RankProfile> {
    let weights = regression(examples);
    let evidence: Vec<f64> = examples.iter().map(|example| dot(&weights, &example.shares)).collect();
    let of = |truth: Truth| examples.iter().zip(0..).filter(move |(example, _)| example.truth == truth);
    let mut best: Option<(f64, f64, f64)> = None;
    for certain_text in CERTAIN_TEXT {
        let open = |at: usize| examples[at].shares[2] < certain_text;
        let mut answered: Vec<f64> =
            of(Truth::Answered).map(|(_, at)| if open(at) { evidence[at] } else { f64::INFINITY }).collect();
        answered.sort_by(f64::total_cmp);
        // As many as may be are below the threshold, the next one is at it.
        let threshold = answered[(GIVEN_UP * answered.len() as f64) as usize];
        let unanswered: Vec<usize> = of(Truth::Unanswered).map(|(_, at)| at).collect();
        let right = unanswered.iter().filter(|&&at| open(at) && evidence[at] < threshold).count();
        let right = right as f64 / unanswered.len().max(1) as f64;
        if threshold.is_finite() && best.is_none_or(|(most, ..)| right > most) {
            best = Some((right, certain_text, threshold));
        }
    }
    let threshold = best.map_or(0.0, |(.., threshold)| threshold);
    ensure!(threshold > 0.0, "the evidence of credible matches is not above 0: {weights:?}");
    let [second_concepts, third_concepts, first_text, second_text] = weights.map(|weight| weight / threshold);
    let certain_text = best.map_or(profile.verdict.certain_text, |(_, certain_text, _)| certain_text);
    let pair_concepts = profile.verdict.pair_concepts;
    let verdict =
        VerdictWeights { second_concepts, third_concepts, first_text, second_text, certain_text, pair_concepts };
    Ok(RankProfile { verdict, ..profile.clone() })
}

/// Weights of the shares in a logistic regression by descent, both truths weighing the same.
fn regression(examples: &[Example]) -> Shares {
    let count = |truth| examples.iter().filter(|example| example.truth == truth).count().max(1) as f64;
    let (answered, unanswered) = (count(Truth::Answered), count(Truth::Unanswered));
    let scale: Shares = std::array::from_fn(|at| {
        let most = examples.iter().map(|example| example.shares[at]).fold(0.0, f64::max);
        if most > 0.0 { most } else { 1.0 }
    });
    let (mut weights, mut constant) = ([0.0; 4], 0.0);
    for _ in 0..STEPS {
        let (mut slope, mut slope_of_constant) = (weights.map(|weight| SHRINKAGE * weight), 0.0);
        for example in examples {
            let scaled: Shares = std::array::from_fn(|at| example.shares[at] / scale[at]);
            let expected = 1.0 / (1.0 + (-dot(&weights, &scaled) - constant).exp());
            let error = match example.truth {
                Truth::Answered => (expected - 1.0) / answered,
                Truth::Unanswered => expected / unanswered,
            };
            slope.iter_mut().zip(scaled).for_each(|(slope, share)| *slope += error * share);
            slope_of_constant += error;
        }
        weights.iter_mut().zip(slope).for_each(|(weight, slope)| *weight -= STEP * slope);
        constant -= STEP * slope_of_constant;
    }
    std::array::from_fn(|at| weights[at] / scale[at])
}

fn dot(a: &Shares, b: &Shares) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_told_apart_is_and_few_of_the_rest_are_given_up() {
        let example = |truth, level: f64, at: usize| {
            let level = level + 0.005 * at as f64;
            Example { shares: [level, 0.8 * level, level * 0.5, 0.4 * level], truth }
        };
        let answered = (0..40).map(|at| example(Truth::Answered, 0.4, at));
        let unanswered = (0..40).map(|at| example(Truth::Unanswered, 0.1, at));
        let examples: Vec<Example> = answered.chain(unanswered).collect();
        let VerdictWeights { second_concepts, third_concepts, first_text, second_text, .. } =
            fitted(&RankProfile::default(), &examples).unwrap().verdict;
        let weights = [second_concepts, third_concepts, first_text, second_text];
        let given_up = |truth| {
            let own = examples.iter().filter(|example| example.truth == truth);
            own.filter(|example| dot(&weights, &example.shares) < 1.0 - 1e-9).count()
        };
        assert_eq!((given_up(Truth::Answered), given_up(Truth::Unanswered)), (3, 40));
    }
}
