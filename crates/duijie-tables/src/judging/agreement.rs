use super::{Grade, Pair};
use std::fmt::Write;

/// What two judges said of the same pairs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Judgements {
    /// The pairs, in order, each with the grades of the first and the second judge where given.
    pub pairs: Vec<(Pair, [Option<Grade>; 2])>,
}

/// A pair that the judges grade differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disagreement {
    /// The pair.
    pub pair: Pair,
    /// The first judge's grade.
    pub first: Grade,
    /// The second judge's grade.
    pub second: Grade,
}

impl Judgements {
    /// Pairs with both grades.
    fn judged_twice(&self) -> impl Iterator<Item = (&Pair, Grade, Grade)> {
        self.pairs.iter().filter_map(|(pair, grades)| match grades {
            [Some(first), Some(second)] => Some((pair, *first, *second)),
            _ => None,
        })
    }

    /// Pairs that a judge has left blank.
    pub fn unjudged(&self) -> usize {
        self.pairs.iter().filter(|(_, grades)| grades.contains(&None)).count()
    }

    /// Cohen's κ with quadratic weights over the pairs that both judged; `None` if there is none,
    /// or if both gave one and the same grade throughout.
    pub fn weighted_kappa(&self) -> Option<f64> {
        let mut counts = [[0.0_f64; 4]; 4];
        let mut all = 0.0;
        for (_, first, second) in self.judged_twice() {
            counts[usize::from(first.number())][usize::from(second.number())] += 1.0;
            all += 1.0;
        }
        let first: Vec<f64> = counts.iter().map(|row| row.iter().sum()).collect();
        let second: Vec<f64> = (0..4).map(|at| counts.iter().map(|row| row[at]).sum()).collect();
        let (mut observed, mut expected) = (0.0, 0.0);
        for (i, row) in counts.iter().enumerate() {
            for (j, count) in row.iter().enumerate() {
                let weight = (i as f64 - j as f64).powi(2);
                observed += weight * count;
                expected += weight * first[i] * second[j] / all;
            }
        }
        (all > 0.0 && expected > 0.0).then(|| 1.0 - observed / expected)
    }

    /// The pairs that the judges grade differently, widest apart first.
    pub fn disagreements(&self) -> Vec<Disagreement> {
        let differing = self.judged_twice().filter(|(_, first, second)| first != second);
        let mut found: Vec<Disagreement> =
            differing.map(|(pair, first, second)| Disagreement { pair: pair.clone(), first, second }).collect();
        found.sort_by_key(|found| std::cmp::Reverse(found.first.number().abs_diff(found.second.number())));
        found
    }

    /// Agreement and disagreements as officials read them.
    pub fn report(&self) -> String {
        let unjudged = self.unjudged();
        let both = self.pairs.len() - unjudged;
        let kappa = self.weighted_kappa().map_or_else(|| "无法计算".to_owned(), |kappa| format!("{kappa:.3}"));
        let disagreements = self.disagreements();
        let mut text = format!(
            "共{}对，两位评委均已评{both}对，未评完{unjudged}对；加权κ（二次权重）{kappa}；评级不一致{}对",
            self.pairs.len(),
            disagreements.len()
        );
        for Disagreement { pair, first, second } in disagreements {
            let _ = write!(
                text,
                "\n  {} {}：评委甲{}，评委乙{}",
                pair.demand,
                pair.achievement,
                first.chinese(),
                second.chinese()
            );
        }
        text
    }

    /// TREC qrels of the pairs that both judged; where they differ, the lower grade stands until
    /// the two have agreed.
    pub fn qrels(&self) -> String {
        let mut lines = String::new();
        for (pair, first, second) in self.judged_twice() {
            let grade = first.min(second).number();
            let _ = writeln!(lines, "{} 0 {} {grade}", pair.demand, pair.achievement);
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judgements(grades: &[(u8, u8)]) -> Judgements {
        let grade = |number: u8| Some(Grade::ALL[usize::from(number)]);
        let pair = |at: usize| Pair { demand: "D1".into(), achievement: format!("A{at}") };
        Judgements { pairs: grades.iter().enumerate().map(|(at, (a, b))| (pair(at), [grade(*a), grade(*b)])).collect() }
    }

    #[test]
    fn kappa_is_one_for_agreement_and_follows_the_definition() {
        assert_eq!(judgements(&[(0, 0), (3, 3), (1, 1)]).weighted_kappa(), Some(1.0));
        assert_eq!(judgements(&[(0, 0), (0, 0)]).weighted_kappa(), None);
        assert_eq!(judgements(&[(0, 3), (3, 0)]).weighted_kappa(), Some(-1.0));
        let kappa = judgements(&[(0, 0), (1, 2), (3, 3), (2, 2)]).weighted_kappa().unwrap();
        // Margins: first 0,1,2,3 once each; second 0,2,2,3. Expected = (0+4+4+9 + 1+1+1+4 + 4+0+0+1 + 9+1+1+0)/4 = 10.
        assert!((kappa - 0.9).abs() < 1e-12, "{kappa}");
    }

    #[test]
    fn the_lower_grade_stands_until_the_judges_agree() {
        let judged = judgements(&[(2, 3), (0, 3), (1, 1)]);
        assert_eq!(judged.qrels(), "D1 0 A0 2\nD1 0 A1 0\nD1 0 A2 1\n");
        let apart: Vec<String> = judged.disagreements().into_iter().map(|found| found.pair.achievement).collect();
        assert_eq!(apart, ["A1", "A0"]);
    }
}
