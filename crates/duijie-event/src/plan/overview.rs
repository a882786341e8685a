//! The plan in figures, and what is proven of it.

use super::PlanRequest;
use super::replan::Replan;
use super::report::{EventPlan, Meeting, PlanStatus};
use super::sheets::score;
use crate::{EventMove, Sheet};
use rustc_hash::FxHashSet;

/// What the solver proved, as an official reads it.
pub(super) fn conclusion(plan: &EventPlan) -> String {
    match (plan.status, plan.gap) {
        (PlanStatus::Infeasible, _) => "各项限制互相冲突，没有可行方案".to_owned(),
        (PlanStatus::Optimal, Some(gap)) if gap <= 0.0 && plan.served < plan.could_meet => format!(
            "已证明最优：首先使排入的需求最多（{}项有候选单位的需求排入{}项，其余{}项受名额、场次或桌位所限；有优先级的先排），\
             再使排入需求中最低的最佳得分最高，再使总分最高",
            plan.could_meet,
            plan.served,
            plan.could_meet - plan.served
        ),
        (PlanStatus::Optimal, Some(gap)) if gap <= 0.0 => {
            "已证明最优：有候选单位的需求全部排入，先使最低的需求最佳得分最高，再使总分最高".to_owned()
        }
        (PlanStatus::Optimal, Some(gap)) => format!("与最优的差距不超过{:.4}%", gap * 100.0),
        (PlanStatus::Optimal, None) => "未证明最优".to_owned(),
    }
}

/// As [`conclusion`], of a mended plan: few changes, held against the best plan.
pub(super) fn mended_conclusion(replan: &Replan) -> String {
    let Some(best) = replan.optimum else { return conclusion(&replan.plan) };
    let changes = if replan.proven_fewest { "改动最少" } else { "改动尽量少" };
    if replan.plan.gap == Some(0.0) {
        return format!("{changes}，且得分不低于全部重排的最优方案");
    }
    format!(
        "{changes}，总分未必最优（全部重排的最优方案：排入{}项需求，最低的需求最佳得分{}，加权总得分{}）",
        best.served,
        best.worst_score.map_or_else(|| "—".to_owned(), score),
        score(best.weighted_total)
    )
}

pub(super) fn overview(plan: &EventPlan, request: &PlanRequest<'_>, conclusion: String) -> Sheet {
    let event = request.event;
    let mut sheet = Sheet::new("方案概况", &["项目", "内容"]);
    let mut line = |what: &str, text: String| sheet.push(vec![what.to_owned(), text]);
    if let Ok(name) = event.name(request.catalogue) {
        line("活动", name);
    }
    if let Some(date) = event.date {
        line("日期", date.to_string());
    }
    if !event.moves.is_empty() {
        line("日期调整", event.moves.iter().map(EventMove::chinese).collect::<Vec<_>>().join("；"));
    }
    if let Some(host) = &event.host {
        line("地点", host.clone());
    }
    line("求解结论", conclusion);
    let distinct = |of: fn(&Meeting) -> &str| plan.meetings.iter().map(of).collect::<FxHashSet<_>>().len();
    line(
        "对接安排",
        format!(
            "{}场，{}项需求，{}家单位",
            plan.meetings.len(),
            distinct(|meeting| &meeting.demand),
            distinct(|meeting| &meeting.institution)
        ),
    );
    line("未安排需求", format!("{}项", plan.unmet.len()));
    if let Some(worst) = plan.worst_score {
        line("排入需求中最低的最佳得分", score(worst));
    }
    line("总得分", score(plan.total_score));
    if (plan.weighted_total - plan.total_score).abs() > 1e-9 {
        line("加权总得分（优先级）", score(plan.weighted_total));
    }
    if plan.other_chains > 0 {
        line("其他产业链需求", format!("{}项，不参加本场", plan.other_chains));
    }
    sheet
}
