use super::replan::{Absence, Replan};
use crate::EventError;
use serde::{Deserialize, Serialize, Serializer};
use std::path::Path;
use std::sync::Arc;

/// A plan of an event; serialises as the plan's JSON.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EventPlan {
    /// Whether the limits can be kept; if so, the plan is the best there is, apart from a mended one.
    pub status: PlanStatus,
    /// Scores of all meetings added up.
    pub total_score: f64,
    /// Best score of the worst-served among the demands that meet somebody; `None` where none does.
    pub worst_score: Option<f64>,
    /// By slot, then table.
    pub meetings: Vec<Meeting>,
    /// Demands that meet nobody, in the order of the demands.
    pub unmet: Vec<Unmet>,
    /// Sets of limits that cannot be kept together, a smallest first; each holds once any one of
    /// its limits is lifted.
    pub conflicts: Vec<Conflict>,
    /// Ways to change the limits so that a plan exists, the fewest and smallest changes first.
    pub relaxations: Vec<Relaxation>,
    /// By how much a better plan could exceed this one's weighted total, as a share; 0 is proven.
    /// `None` for a mended plan that serves fewer demands than the best plan, or the worst-served of
    /// them worse, so that the totals do not compare.
    pub gap: Option<f64>,
    /// Scores times priorities added up: what was made as great as can be.
    pub weighted_total: f64,
    /// Who could step in for each meeting, best first.
    pub alternates: Vec<Alternates>,
    /// Demands that meet somebody: in a plan proven best, as many as can.
    pub served: usize,
    /// Demands that have an allowed candidate. Where fewer are served, limits leave the others out.
    pub could_meet: usize,
    /// Demands of other chains than the event's, which take no part.
    pub other_chains: usize,
}

/// Whether there is a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanStatus {
    /// Proven best, or mended within the limits: [`Replan::optimum`](super::Replan::optimum) then tells the best.
    Optimal,
    /// The limits conflict.
    Infeasible,
}

/// A meeting of a demand's enterprise with an institution.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Meeting {
    /// Id of the demand.
    pub demand: String,
    /// Id of the institution.
    pub institution: String,
    /// From 1.
    pub slot: usize,
    /// From 1; on a tour `None`, since the enterprise receives.
    pub table: Option<usize>,
    /// Score of the match.
    pub score: f64,
    /// On a tour, where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
}

/// A demand that meets nobody.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Unmet {
    /// Id of the demand.
    pub demand: String,
    /// Why.
    pub reason: UnmetReason,
}

/// Why a demand meets nobody; serialises as the sentence that an official reads.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum UnmetReason {
    /// Its ranking is empty.
    NotRanked,
    /// Matching found no credible match.
    NoCredibleMatch,
    /// All of its candidates score too little.
    BelowMinimum {
        /// The best of them.
        best: f64,
        /// What was asked for.
        minimum: f64,
    },
    /// Rules forbid all of its candidates that score enough.
    Forbidden,
    /// It cannot come.
    Absent,
    /// On a tour: nobody knows where to go.
    NoCity,
    /// Others made better use of the slots, tables and institutions there are.
    NoRoom,
    /// The limits conflict, so there is no plan.
    NoPlan,
}

impl UnmetReason {
    /// The sentence that an official reads.
    pub fn chinese(&self) -> String {
        match self {
            Self::NotRanked => "没有候选单位".to_owned(),
            Self::NoCredibleMatch => "未找到可信的匹配单位".to_owned(),
            Self::BelowMinimum { best, minimum } => {
                format!("候选单位得分均低于最低分{minimum}（最高{best:.3}）")
            }
            Self::Forbidden => "候选单位均缺席或不得对接".to_owned(),
            Self::Absent => "企业临时缺席".to_owned(),
            Self::NoCity => "企业所在市不明，无法安排走访".to_owned(),
            Self::NoRoom => "名额、场次或桌位不足".to_owned(),
            Self::NoPlan => "各项限制互相冲突，未能排定".to_owned(),
        }
    }
}

impl Serialize for UnmetReason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.chinese())
    }
}

/// Limits that cannot be kept together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Conflict {
    /// The limits, as in the event file: `meetings_per_demand.min = 2`.
    pub limits: Vec<String>,
    /// Demands that already cannot keep to them together; none of these can be left out.
    pub demands: Vec<String>,
    /// Institutions that these demands could meet.
    pub institutions: Vec<String>,
}

/// A change of limits after which a plan exists; each change is as small as can be.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Relaxation {
    /// To be made together.
    pub changes: Vec<LimitChange>,
}

/// A change of one limit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LimitChange {
    /// As in the event file.
    pub limit: String,
    /// Its value now.
    pub from: String,
    /// Its value then; `absent` for a rule to be left out.
    pub to: String,
}

/// Who could step in for a meeting in its slot.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Alternates {
    /// Id of the demand.
    pub demand: String,
    /// Institution of the meeting.
    pub institution: String,
    /// Slot of the meeting.
    pub slot: usize,
    /// Institutions that are free then and have not reached their limit, best first.
    pub instead: Vec<Alternate>,
}

/// An institution that could step in.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Alternate {
    /// Its id.
    pub institution: String,
    /// Score of the match.
    pub score: f64,
}

/// What a plan's JSON file says about who meets: enough to change the plan, or to record it in the
/// ledger. Other fields are passed over.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SavedPlan {
    /// The meetings.
    pub meetings: Vec<Meeting>,
    /// Demands that meet nobody.
    pub unmet: Vec<SavedUnmet>,
    /// Who stayed away when the plan was mended, and stays away when it is mended again.
    #[serde(default)]
    pub absent: Absence,
}

/// A demand that meets nobody, with the reason as an official reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedUnmet {
    /// Id of the demand.
    pub demand: String,
    /// Why.
    pub reason: String,
}

impl SavedPlan {
    /// Loads the JSON file of a plan.
    ///
    /// # Errors
    ///
    /// [`EventError::Read`] or [`EventError::PlanFile`].
    pub fn load(path: &Path) -> Result<Self, EventError> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| EventError::Read { path: path.to_owned(), source: Arc::new(source) })?;
        serde_json::from_str(&text)
            .map_err(|error| EventError::PlanFile { path: path.to_owned(), problem: error.to_string() })
    }
}

impl From<&EventPlan> for SavedPlan {
    fn from(plan: &EventPlan) -> Self {
        let unmet = |unmet: &Unmet| SavedUnmet { demand: unmet.demand.clone(), reason: unmet.reason.chinese() };
        Self {
            meetings: plan.meetings.clone(),
            unmet: plan.unmet.iter().map(unmet).collect(),
            absent: Absence::default(),
        }
    }
}

impl From<&Replan> for SavedPlan {
    fn from(mended: &Replan) -> Self {
        Self { absent: mended.absent.clone(), ..Self::from(&mended.plan) }
    }
}
