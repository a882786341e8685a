//! Scoring a run against qrels.

use crate::measure::Measure;
use crate::qrels::Qrels;
use crate::report::Report;
use crate::run::Run;
use crate::score::GradedRanking;

/// Scores a run: a value per measure and demand of the qrels.
///
/// - A demand that the run does not answer has value 0 in every measure and
///   counts in the means: leaving hard demands out must not pay.
/// - A demand without relevant documents has value 0 likewise.
/// - A demand of the run that the qrels lack is ignored and listed in
///   [`Report::ignored`].
///
/// A measure given twice is reported once.
pub fn evaluate(run: &Run, qrels: &Qrels, measures: &[Measure]) -> Report {
    let mut report = Report::default();
    for &measure in measures {
        if !report.measures.contains(&measure) {
            report.measures.push(measure);
        }
    }
    for demand in qrels.demands() {
        let graded = grade_ranking(run, qrels, demand);
        let values = report.measures.iter().map(|&measure| graded.score(measure));
        report.values.push(values.collect());
        report.demands.push(demand.to_owned());
        if graded.ranked.is_empty() {
            report.unanswered.push(demand.to_owned());
        }
        if graded.ideal.first().is_none_or(|&highest| highest == 0) {
            report.without_relevant.push(demand.to_owned());
        }
    }
    let ignored = run.demands().filter(|demand| !qrels.has_demand(demand));
    report.ignored = ignored.map(str::to_owned).collect();
    report.ignored.sort_unstable();
    report
}

fn grade_ranking(run: &Run, qrels: &Qrels, demand: &str) -> GradedRanking {
    let clamp = |grade: i32| u32::try_from(grade).unwrap_or(0);
    let ranked = run.ranking(demand).iter();
    let mut ideal: Vec<u32> = qrels.judged(demand).map(|(_, grade)| clamp(grade)).collect();
    ideal.sort_unstable_by(|a, b| b.cmp(a));
    GradedRanking { ranked: ranked.map(|doc| clamp(qrels.grade(demand, &doc.id))).collect(), ideal }
}
