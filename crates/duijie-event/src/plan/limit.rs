//! The limits one by one, to lift or loosen them.

use super::problem::{Bounds, ExceptionTarget, Problem, UNBOUNDED};
use crate::Event;

/// One limit of an event file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Limit {
    DemandMin,
    DemandMax,
    InstitutionMax,
    Slots,
    Tables,
    MinimumScore,
    Forbid(usize),
    Require(usize),
    ExceptionMin(usize),
    ExceptionMax(usize),
}

impl Limit {
    /// The limits that these bounds have.
    pub(super) fn all(bounds: &Bounds) -> Vec<Self> {
        let mut limits = Vec::new();
        let mut given = |limit, given: bool| {
            if given {
                limits.push(limit);
            }
        };
        given(Self::DemandMin, bounds.demand_min > 0);
        given(Self::DemandMax, bounds.demand_max < UNBOUNDED);
        given(Self::InstitutionMax, bounds.institution_max < UNBOUNDED);
        given(Self::Slots, bounds.slots < UNBOUNDED);
        given(Self::Tables, bounds.tables < UNBOUNDED);
        given(Self::MinimumScore, bounds.minimum_score > f64::NEG_INFINITY);
        for (at, exception) in bounds.exceptions.iter().enumerate() {
            let somebody = exception.target != ExceptionTarget::Nobody;
            given(Self::ExceptionMin(at), somebody && exception.min.is_some_and(|min| min > 0));
            given(Self::ExceptionMax(at), somebody && exception.max.is_some());
        }
        for at in 0..bounds.forbid.len() {
            given(Self::Forbid(at), true);
        }
        for at in 0..bounds.require.len() {
            given(Self::Require(at), true);
        }
        limits
    }

    /// Lifts the limit.
    pub(super) fn lift(self, bounds: &mut Bounds) {
        match self {
            Self::DemandMin => bounds.demand_min = 0,
            Self::DemandMax => bounds.demand_max = UNBOUNDED,
            Self::InstitutionMax => bounds.institution_max = UNBOUNDED,
            Self::Slots => bounds.slots = UNBOUNDED,
            Self::Tables => bounds.tables = UNBOUNDED,
            Self::MinimumScore => bounds.minimum_score = f64::NEG_INFINITY,
            Self::Forbid(at) => bounds.forbid[at] = false,
            Self::Require(at) => bounds.require[at] = false,
            Self::ExceptionMin(at) => bounds.exceptions[at].min = Some(0),
            Self::ExceptionMax(at) => bounds.exceptions[at].max = Some(UNBOUNDED),
        }
    }

    /// Bounds in which this limit takes ever looser values, the tightest first: one a call of the
    /// returned function, by step. The last step lifts it.
    pub(super) fn steps(self, bounds: &Bounds, problem: &Problem) -> Vec<Bounds> {
        let most = problem.pairs.len();
        let with = |change: &dyn Fn(&mut Bounds)| {
            let mut changed = bounds.clone();
            change(&mut changed);
            changed
        };
        let down = |from: usize| (0..from).rev();
        let up = |from: usize| from + 1..=most.max(from + 1);
        match self {
            Self::DemandMin => down(bounds.demand_min).map(|to| with(&|b| b.demand_min = to)).collect(),
            Self::DemandMax => up(bounds.demand_max).map(|to| with(&|b| b.demand_max = to)).collect(),
            Self::InstitutionMax => up(bounds.institution_max).map(|to| with(&|b| b.institution_max = to)).collect(),
            Self::Slots => up(bounds.slots).map(|to| with(&|b| b.slots = to)).collect(),
            Self::Tables => up(bounds.tables).map(|to| with(&|b| b.tables = to)).collect(),
            Self::MinimumScore => {
                let below = problem.pairs.iter().map(|pair| pair.score).filter(|score| *score < bounds.minimum_score);
                let mut scores: Vec<f64> = below.collect();
                scores.sort_by(|a, b| b.total_cmp(a));
                scores.dedup();
                scores.into_iter().map(|to| with(&|b| b.minimum_score = to)).collect()
            }
            Self::ExceptionMin(at) => {
                let from = bounds.exceptions[at].min.unwrap_or(0);
                down(from).map(|to| with(&|b| b.exceptions[at].min = Some(to))).collect()
            }
            Self::ExceptionMax(at) => {
                let from = bounds.exceptions[at].max.unwrap_or(0);
                up(from).map(|to| with(&|b| b.exceptions[at].max = Some(to))).collect()
            }
            Self::Forbid(_) | Self::Require(_) => vec![with(&|b| self.lift(b))],
        }
    }

    /// Its name in the event file; sections are numbered from 1.
    pub(super) fn name(self, event: &Event) -> String {
        let rule = |section: &str, at: usize, rule: &crate::PairRule| {
            let parts = [&rule.demand, &rule.enterprise, &rule.institution];
            let named: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
            format!("[[{section}]] #{} ({})", at + 1, named.join(" × "))
        };
        match self {
            Self::DemandMin => "meetings_per_demand.min".into(),
            Self::DemandMax => "meetings_per_demand.max".into(),
            Self::InstitutionMax => "meetings_per_institution.max".into(),
            Self::Slots => "slots".into(),
            Self::Tables => "tables".into(),
            Self::MinimumScore => "minimum_score".into(),
            Self::Forbid(at) => rule("forbid", at, &event.forbid[at]),
            Self::Require(at) => rule("require", at, &event.require[at]),
            Self::ExceptionMin(at) | Self::ExceptionMax(at) => {
                let exception = &event.exceptions[at];
                let named = exception.demand.as_ref().or(exception.institution.as_ref());
                let field = if matches!(self, Self::ExceptionMin(_)) { "min" } else { "max" };
                format!("[[exceptions]] #{} ({}) {field}", at + 1, named.map_or("", String::as_str))
            }
        }
    }

    /// Its value; `None` for a rule, which has none.
    pub(super) fn value(self, bounds: &Bounds) -> Option<String> {
        match self {
            Self::DemandMin => Some(bounds.demand_min.to_string()),
            Self::DemandMax => Some(bounds.demand_max.to_string()),
            Self::InstitutionMax => Some(bounds.institution_max.to_string()),
            Self::Slots => Some(bounds.slots.to_string()),
            Self::Tables => Some(bounds.tables.to_string()),
            Self::MinimumScore => Some(bounds.minimum_score.to_string()),
            Self::ExceptionMin(at) => bounds.exceptions[at].min.map(|value| value.to_string()),
            Self::ExceptionMax(at) => bounds.exceptions[at].max.map(|value| value.to_string()),
            Self::Forbid(_) | Self::Require(_) => None,
        }
    }
}
