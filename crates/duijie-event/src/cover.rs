//! Choosing a few that together cover much: greedy maximisation of a monotone submodular function.
//!
//! The value of a choice S is Σₚ wₚ · maxₛ∈S c(s, p) + Σₛ∈S bonus(s). Greedy reaches at least
//! 1 − 1/e ≈ 63 % of the best choice of the same size (Nemhauser, Wolsey & Fisher 1978). What it
//! reached here is usually known much better: no choice of k exceeds f(S) + the k greatest gains
//! that are left at S, for any S (Leskovec et al., KDD 2007).

/// What each item covers of each point.
#[derive(Clone, Debug, Default)]
pub(crate) struct Coverage {
    /// Weight of each point, not negative.
    pub(crate) points: Vec<f64>,
    /// For each item, how well it covers each point, 0–1.
    pub(crate) items: Vec<Vec<f64>>,
    /// Worth of each item besides, not negative.
    pub(crate) bonus: Vec<f64>,
}

/// What greedy chose.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Choice {
    /// Items and what each added, in the order of choosing.
    pub(crate) picks: Vec<(usize, f64)>,
    /// How well each point is covered.
    pub(crate) covered: Vec<f64>,
    /// Value of the choice.
    pub(crate) value: f64,
    /// No choice of as many items as were allowed is worth more than this.
    pub(crate) bound: f64,
}

impl Choice {
    /// The share of the best choice's value that this one has at least.
    pub(crate) fn share(&self) -> f64 {
        if self.bound > 0.0 { (self.value / self.bound).min(1.0) } else { 1.0 }
    }
}

/// The least share of the best that greedy reaches on any input.
pub(crate) const GUARANTEE: f64 = 1.0 - 1.0 / std::f64::consts::E;

impl Coverage {
    /// Chooses up to `most` items, `forced` first; stops when nothing adds `least` or more.
    /// Ties fall to the item given first.
    pub(crate) fn choose(&self, forced: &[usize], most: usize, least: f64) -> Choice {
        let mut choice =
            Choice { picks: Vec::new(), covered: vec![0.0; self.points.len()], value: 0.0, bound: f64::INFINITY };
        for &item in forced {
            self.take(item, &mut choice);
        }
        while choice.picks.len() < most {
            let gains = self.gains(&choice);
            let best = gains.iter().copied().fold(None, |best: Option<(usize, f64)>, (item, gain)| match best {
                Some((_, greatest)) if greatest >= gain => best,
                _ => Some((item, gain)),
            });
            match best {
                Some((item, gain)) if gain >= least && gain > 0.0 => {
                    self.tighten(&mut choice, &gains, most, forced.len());
                    self.take(item, &mut choice);
                }
                _ => break,
            }
        }
        let gains = self.gains(&choice);
        self.tighten(&mut choice, &gains, most, forced.len());
        choice
    }

    fn gains(&self, choice: &Choice) -> Vec<(usize, f64)> {
        let chosen = |item: &usize| choice.picks.iter().any(|(pick, _)| pick == item);
        (0..self.items.len()).filter(|item| !chosen(item)).map(|item| (item, self.gain(item, choice))).collect()
    }

    fn gain(&self, item: usize, choice: &Choice) -> f64 {
        let points = self.points.iter().zip(&self.items[item]).zip(&choice.covered);
        let added: f64 = points.map(|((weight, own), had)| weight * (own - had).max(0.0)).sum();
        added + self.bonus.get(item).copied().unwrap_or(0.0)
    }

    fn take(&self, item: usize, choice: &mut Choice) {
        let gain = self.gain(item, choice);
        for (covered, own) in choice.covered.iter_mut().zip(&self.items[item]) {
            *covered = covered.max(*own);
        }
        choice.value += gain;
        choice.picks.push((item, gain));
    }

    /// Lowers the bound by what is left to gain from here; forced items are in every choice.
    fn tighten(&self, choice: &mut Choice, gains: &[(usize, f64)], size: usize, forced: usize) {
        let mut left: Vec<f64> = gains.iter().map(|(_, gain)| *gain).collect();
        left.sort_by(|a, b| b.total_cmp(a));
        let more: f64 = left.iter().take(size.saturating_sub(forced)).sum();
        choice.bound = choice.bound.min(choice.value + more);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn value(coverage: &Coverage, set: &[usize]) -> f64 {
        let best = |point: usize| set.iter().map(|&item| coverage.items[item][point]).fold(0.0, f64::max);
        let points: f64 = coverage.points.iter().enumerate().map(|(at, weight)| weight * best(at)).sum();
        points + set.iter().map(|&item| coverage.bonus[item]).sum::<f64>()
    }

    proptest! {
        #[test]
        fn the_choice_keeps_its_promises(
            items in proptest::collection::vec((proptest::collection::vec(0.0f64..1.0, 5), 0.0f64..0.5), 1..9),
            most in 1usize..4,
        ) {
            let (items, bonus): (Vec<_>, Vec<_>) = items.into_iter().unzip();
            let coverage = Coverage { points: vec![1.0, 2.0, 0.5, 1.0, 1.0], items, bonus };
            let choice = coverage.choose(&[], most, 0.0);
            let picked: Vec<usize> = choice.picks.iter().map(|(item, _)| *item).collect();
            prop_assert!((choice.value - value(&coverage, &picked)).abs() < 1e-9);
            let count = coverage.items.len();
            let best = (0u32..1 << count)
                .filter(|set| set.count_ones() as usize <= most)
                .map(|set| value(&coverage, &(0..count).filter(|item| set >> item & 1 == 1).collect::<Vec<_>>()))
                .fold(0.0, f64::max);
            prop_assert!(choice.value >= GUARANTEE * best - 1e-9);
            prop_assert!(choice.bound >= best - 1e-9);
        }
    }
}
