//! The plan in figures, and what is proven of it.

use super::PlanRequest;
use super::replan::Replan;
use super::report::{EventPlan, Meeting, PlanStatus, UnmetReason};
use super::sheets::score;
use crate::Sheet;
use rustc_hash::FxHashSet;

/// What the solver proved, as an official reads it.
pub(super) fn conclusion(plan: &EventPlan) -> String {
    let without = plan.unmet.iter().filter(|unmet| unmet.reason == UnmetReason::NoRoom).count();
    match (plan.status, plan.gap) {
        (PlanStatus::Infeasible, _) => "各项限制互相冲突，没有可行方案".to_owned(),
        // The worst score is 0 whatever is done, so only the total was made as great as can be.
        (PlanStatus::Optimal, Some(gap)) if gap <= 0.0 && without > 0 => {
            format!("已证明总分最优；{without}项需求未能排入，“最低的需求最佳得分”只能为0，未再优化其余需求的最低得分")
        }
        (PlanStatus::Optimal, Some(gap)) if gap <= 0.0 => "已证明最优".to_owned(),
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
        "{changes}，总分未必最优（全部重排的最优方案：最低的需求最佳得分{}，加权总得分{}）",
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
        line("最低的需求最佳得分", score(worst));
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
