//! Institutions whose achievements together cover technical points.

use super::{Consortium, ConsortiumMember, ConsortiumOptions, CoverBound, Point, TechnicalPoint};
use crate::cover::{Choice, Coverage, GUARANTEE};
use crate::similar::TextVector;
use crate::survey::Survey;
use duijie::Achievement;
use rustc_hash::FxHashMap;

pub(super) fn with_institutions(
    survey: &Survey<'_>,
    points: &[Point<'_>],
    vectors: &[TextVector],
    options: &ConsortiumOptions,
) -> (Consortium, Choice) {
    let mut order: Vec<&str> = Vec::new();
    let mut own: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (at, achievement) in survey.achievements.iter().enumerate() {
        if let Some(institution) = achievement.institution.as_deref() {
            let list = own.entry(institution).or_default();
            if list.is_empty() {
                order.push(institution);
            }
            list.push(at);
        }
    }
    order.sort_unstable();
    // A little overlap is chance: below half of what counts as covered it is nothing.
    let floor = options.covered_from / 2.0;
    let best = |institution: &str, point: &Point<'_>| {
        let shares = own[institution].iter().map(|&at| (at, point.covered_by(&vectors[at])));
        shares.max_by(|a, b| a.1.total_cmp(&b.1)).filter(|(_, share)| *share >= floor)
    };
    let coverage = Coverage {
        points: vec![1.0; points.len()],
        items: order
            .iter()
            .map(|institution| {
                points.iter().map(|point| best(institution, point).map_or(0.0, |(_, share)| share)).collect()
            })
            .collect(),
        bonus: Vec::new(),
    };
    let choice = coverage.choose(&[], options.institutions, options.least_gain);
    let mut covered = vec![0.0f64; points.len()];
    let mut by: Vec<Option<&str>> = vec![None; points.len()];
    let mut members = Vec::new();
    for &(item, adds) in &choice.picks {
        let institution = order[item];
        let mut brings = Vec::new();
        let mut evidence: Vec<String> = Vec::new();
        for (at, point) in points.iter().enumerate() {
            let Some((achievement, share)) = best(institution, point) else { continue };
            if share > covered[at] {
                covered[at] = share;
                by[at] = Some(institution);
                brings.push(point.text.clone());
                let achievement: &Achievement = &survey.achievements[achievement];
                if !evidence.contains(&achievement.id) {
                    evidence.push(achievement.id.clone());
                }
            }
        }
        let name = survey.institution_name(institution);
        members.push(ConsortiumMember { id: institution.to_owned(), name, adds, brings, evidence });
    }
    let points = points.iter().enumerate().map(|(at, point)| TechnicalPoint {
        demand: point.demand.id.clone(),
        text: point.text.clone(),
        covered: covered[at],
        by: by[at].filter(|_| covered[at] >= options.covered_from).map(|id| survey.institution_name(id)),
    });
    let nothing = CoverBound { value: 0.0, best_possible: 0.0, at_least: 1.0, guaranteed: GUARANTEE };
    let proposal = Consortium {
        demands: Vec::new(),
        points: points.collect(),
        institutions: members,
        enterprises: Vec::new(),
        institutions_bound: nothing,
        enterprises_bound: nothing,
    };
    (proposal, choice)
}
