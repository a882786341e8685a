//! **Who meets whom, what is missing, and what follows?**
//!
//! Matching ends in people meeting. Over the ranked matches of [`duijie`] this crate plans the
//! events and looks after what comes of them; each capability is one function over plain inputs
//! that answers a serialisable report, and every report prints itself as [`Sheet`]s in Chinese.
//!
//! - [`Event`] and [`plan`]: who meets whom, in which slot and at which table, exactly the best plan
//!   within the limits, or which limits conflict; [`replan`] mends it after a no-show.
//! - [`Survey`] and [`gaps`], [`outreach`], [`consortium`]: what the province lacks, whom to visit
//!   elsewhere, who together could solve it. [`showcase`]: which new products to show.
//! - [`Ledger`]: what became of every meeting, append-only, and what that tells the next event.
//!   [`calendar`]: the events and their tasks with the days until when.
//!
//! ```
//! use duijie::{Achievement, Catalogue, Demand, Institution, MatchOptions, Matcher};
//! use duijie_event::{Event, PlanRequest, plan, plan_sheets};
//!
//! let matcher = Matcher::from_records(
//!     Catalogue::default(),
//!     vec![Institution { id: "I1".into(), name: "齐岳大学".into(), ..Default::default() }],
//!     vec![Achievement {
//!         id: "A1".into(),
//!         title: "高强钢低氢焊接与后热消氢工艺".into(),
//!         summary: "控制扩散氢含量，消除焊后延迟裂纹。".into(),
//!         institution: Some("齐岳大学".into()),
//!         ..Default::default()
//!     }],
//! )?;
//! let demands = [Demand { id: "D1".into(), title: "吊臂焊后延迟裂纹".into(), ..Default::default() }];
//! let matches = [matcher.match_one(&demands[0], &MatchOptions::default())?];
//! let event: Event = "slots = 12\ntables = 20\n[limits]\nmeetings_per_demand = { min = 1, max = 3 }".parse()?;
//! let (catalogue, institutions) = (matcher.catalogue(), matcher.institutions());
//! let request = PlanRequest {
//!     event: &event,
//!     catalogue: &catalogue,
//!     demands: &demands,
//!     matches: &matches,
//!     institutions: &institutions,
//! };
//! let plan = plan(&request, &|_step| {})?;
//! assert_eq!((plan.meetings[0].slot, plan.meetings[0].table), (1, Some(1)));
//! assert_eq!(plan_sheets(&plan, &request)[1].rows[0][4], "齐岳大学");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod calendar;
mod consortium;
mod cover;
mod error;
mod event;
mod gaps;
mod known;
mod ledger;
mod outreach;
mod plan;
mod sheet;
mod showcase;
mod similar;
mod survey;
mod tasks;

pub use calendar::{
    CalendarEvent, CalendarTask, DaySetting, EventCalendar, EventMove, Schedule, TaskDone, TaskState, calendar,
};
pub use consortium::{
    ChainEnterprise, ChainPosition, Consortium, ConsortiumMember, ConsortiumOptions, CoverBound, TechnicalPoint,
    consortium,
};
pub use error::EventError;
pub use event::{
    Cap, Event, EventForm, EventName, Exception, Labels, Limits, NoCredibleMatch, PairRule, Priority, Range, Tour,
};
pub use gaps::{
    CommonNeed, CommonNeedOptions, GapOptions, GapReport, HeatMap, HeatMapRow, Potential, PotentialWeights,
    SubIndustryGap, UnaskedAchievement, UnmetInProvince, WeakLink, common_needs, gaps,
};
pub use ledger::{
    CarriedOver, Conversion, ConversionBy, DueList, EventRecord, FollowUp, LEDGER_COLUMNS, Ledger, LedgerLine,
    LedgerMeeting, LedgerRefusal, LedgerState, LedgerStep, Movement, PastPairs, RankMovement, Recorded, RecordedStep,
    WantedCell, carried_over_sheet, conversion_sheet, history_sheet, ledger_overview_sheet, movement_sheet,
};
pub use outreach::{OutreachChain, OutreachDemand, OutreachTarget, outreach, outreach_sheets};
pub use plan::{
    Absence, Alternate, Alternates, Conflict, EventPlan, LimitChange, Meeting, MovedMeeting, PlanRequest, PlanStatus,
    PlanStep, Relaxation, Replan, Replanned, SavedPlan, SavedUnmet, Unmet, UnmetReason, plan, plan_sheets, replan,
    replan_sheets,
};
pub use sheet::Sheet;
pub use showcase::{DuplicateProduct, InterestedDemand, Showcase, ShowcaseOptions, ShowcasePick, showcase};
pub use survey::Survey;
pub use tasks::{Responsible, Task, TaskList, TaskPhase};
