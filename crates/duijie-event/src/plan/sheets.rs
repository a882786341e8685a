//! A plan as the tables that are handed out.

use super::PlanRequest;
use super::overview::{conclusion, mended_conclusion, overview};
use super::replan::Replan;
use super::report::{EventPlan, Meeting};
use crate::{Labels, Sheet};
use duijie::Demand;
use rustc_hash::FxHashMap;

/// The plan in figures, the timetable per demand, per institution and per table (or per city of a
/// tour), who could step in, the unmet demands, and the conflicts where there is no plan.
pub fn plan_sheets(plan: &EventPlan, request: &PlanRequest<'_>) -> Vec<Sheet> {
    tables(plan, request, conclusion(plan))
}

fn tables(plan: &EventPlan, request: &PlanRequest<'_>, conclusion: String) -> Vec<Sheet> {
    let names = Names::new(request);
    let mut sheets = vec![overview(plan, request, conclusion)];
    if !plan.meetings.is_empty() {
        sheets.push(names.per_demand(plan));
        sheets.push(names.per_institution(plan));
        sheets.push(names.per_place(plan));
        sheets.push(names.alternates(plan));
    }
    sheets.push(names.unmet(plan));
    if !plan.conflicts.is_empty() {
        sheets.push(names.conflicts(plan));
        sheets.push(relaxations(plan));
    }
    sheets
}

/// What changed, then the tables of the mended plan.
pub fn replan_sheets(replan: &Replan, request: &PlanRequest<'_>) -> Vec<Sheet> {
    let names = Names::new(request);
    let mut changes =
        Sheet::new("调整情况", &["调整", "企业", "需求", "对接单位", "原场次", "原桌位/地点", "现场次", "现桌位/地点"]);
    let mut change = |what: &str, meeting: &Meeting, before: Option<&Meeting>, now: Option<&Meeting>| {
        let place = |meeting: Option<&Meeting>| match meeting {
            Some(meeting) => [names.slot(meeting.slot), names.place(meeting)],
            None => ["—".to_owned(), "—".to_owned()],
        };
        let mut row = vec![
            what.to_owned(),
            names.enterprise(&meeting.demand),
            names.title(&meeting.demand),
            names.institution(&meeting.institution),
        ];
        row.extend(place(before));
        row.extend(place(now));
        changes.push(row);
    };
    replan.lost.iter().for_each(|meeting| change("因缺席取消", meeting, Some(meeting), None));
    replan.dropped.iter().for_each(|meeting| change("为满足限制取消", meeting, Some(meeting), None));
    for moved in &replan.moved {
        let what = if moved.from.slot == moved.to.slot { "换桌" } else { "改期" };
        change(what, &moved.to, Some(&moved.from), Some(&moved.to));
    }
    replan.added.iter().for_each(|meeting| change("新增", meeting, None, Some(meeting)));
    let mut sheets = vec![changes];
    sheets.extend(tables(&replan.plan, request, mended_conclusion(replan)));
    sheets
}

struct Names<'a> {
    demands: FxHashMap<&'a str, &'a Demand>,
    request: &'a PlanRequest<'a>,
}

impl<'a> Names<'a> {
    fn new(request: &'a PlanRequest<'a>) -> Self {
        Self { demands: request.demands.iter().map(|demand| (demand.id.as_str(), demand)).collect(), request }
    }

    fn enterprise(&self, demand: &str) -> String {
        self.demands.get(demand).and_then(|demand| demand.enterprise.clone()).unwrap_or_else(|| "企业不详".to_owned())
    }

    fn title(&self, demand: &str) -> String {
        self.demands.get(demand).map_or_else(|| demand.to_owned(), |demand| demand.title.clone())
    }

    fn institution(&self, id: &str) -> String {
        self.request.institutions.get(id).map_or_else(|| id.to_owned(), |institution| institution.name.clone())
    }

    fn slot(&self, slot: usize) -> String {
        label(&self.request.event.limits.slots, slot, "第", "场")
    }

    fn place(&self, meeting: &Meeting) -> String {
        match (&meeting.city, meeting.table) {
            (Some(city), _) => city.clone(),
            (None, Some(table)) => label(&self.request.event.limits.tables, table, "", "号桌"),
            (None, None) => String::new(),
        }
    }

    fn per_demand(&self, plan: &EventPlan) -> Sheet {
        let mut sheet = Sheet::new("企业对接安排", &["企业", "需求", "场次", "桌位/地点", "对接单位", "匹配得分"]);
        let mut meetings: Vec<&Meeting> = plan.meetings.iter().collect();
        let order: FxHashMap<&str, usize> =
            self.request.demands.iter().enumerate().map(|(at, demand)| (demand.id.as_str(), at)).collect();
        meetings.sort_by_key(|meeting| (order.get(meeting.demand.as_str()).copied(), meeting.slot));
        for meeting in meetings {
            sheet.push(vec![
                self.enterprise(&meeting.demand),
                self.title(&meeting.demand),
                self.slot(meeting.slot),
                self.place(meeting),
                self.institution(&meeting.institution),
                score(meeting.score),
            ]);
        }
        sheet
    }

    fn per_institution(&self, plan: &EventPlan) -> Sheet {
        let mut sheet = Sheet::new("高校院所对接安排", &["对接单位", "场次", "桌位/地点", "企业", "需求", "匹配得分"]);
        let mut meetings: Vec<&Meeting> = plan.meetings.iter().collect();
        meetings.sort_by_key(|meeting| (&meeting.institution, meeting.slot));
        for meeting in meetings {
            sheet.push(vec![
                self.institution(&meeting.institution),
                self.slot(meeting.slot),
                self.place(meeting),
                self.enterprise(&meeting.demand),
                self.title(&meeting.demand),
                score(meeting.score),
            ]);
        }
        sheet
    }

    fn per_place(&self, plan: &EventPlan) -> Sheet {
        let on_tour = plan.meetings.iter().any(|meeting| meeting.city.is_some());
        let (title, first) = if on_tour { ("走访路线", "市") } else { ("桌位安排", "桌位") };
        let mut sheet = Sheet::new(title, &[first, "场次", "企业", "需求", "对接单位"]);
        let mut meetings: Vec<&Meeting> = plan.meetings.iter().collect();
        // The meetings of a tour are in the order of its cities already.
        meetings.sort_by_key(|meeting| (meeting.table, meeting.slot));
        for meeting in meetings {
            sheet.push(vec![
                self.place(meeting),
                self.slot(meeting.slot),
                self.enterprise(&meeting.demand),
                self.title(&meeting.demand),
                self.institution(&meeting.institution),
            ]);
        }
        sheet
    }

    fn alternates(&self, plan: &EventPlan) -> Sheet {
        let mut sheet = Sheet::new("候补单位", &["场次", "企业", "需求", "对接单位", "候补单位（得分）"]);
        for alternates in &plan.alternates {
            let named = alternates.instead.iter();
            let named: Vec<String> = named
                .map(|other| format!("{}（{}）", self.institution(&other.institution), score(other.score)))
                .collect();
            sheet.push(vec![
                self.slot(alternates.slot),
                self.enterprise(&alternates.demand),
                self.title(&alternates.demand),
                self.institution(&alternates.institution),
                if named.is_empty() { "无".to_owned() } else { named.join("、") },
            ]);
        }
        sheet
    }

    fn unmet(&self, plan: &EventPlan) -> Sheet {
        let mut sheet = Sheet::new("未安排需求", &["编号", "企业", "需求", "原因"]);
        for unmet in &plan.unmet {
            sheet.push(vec![
                unmet.demand.clone(),
                self.enterprise(&unmet.demand),
                self.title(&unmet.demand),
                unmet.reason.chinese(),
            ]);
        }
        sheet
    }

    fn conflicts(&self, plan: &EventPlan) -> Sheet {
        let mut sheet = Sheet::new("互相冲突的限制", &["序号", "限制", "涉及需求", "涉及单位"]);
        for (at, conflict) in plan.conflicts.iter().enumerate() {
            let demands: Vec<String> = conflict.demands.iter().map(|demand| self.title(demand)).collect();
            let institutions: Vec<String> = conflict.institutions.iter().map(|id| self.institution(id)).collect();
            sheet.push(vec![
                (at + 1).to_string(),
                conflict.limits.iter().map(|limit| chinese(limit)).collect::<Vec<_>>().join("；"),
                demands.join("；"),
                institutions.join("、"),
            ]);
        }
        sheet
    }
}

fn relaxations(plan: &EventPlan) -> Sheet {
    let mut sheet = Sheet::new("可行的放宽办法", &["办法", "限制", "现值", "放宽为"]);
    for (at, relaxation) in plan.relaxations.iter().enumerate() {
        for change in &relaxation.changes {
            let word = |value: &str| match value {
                "absent" => "取消".to_owned(),
                "present" => "有效".to_owned(),
                other => other.to_owned(),
            };
            sheet.push(vec![(at + 1).to_string(), chinese(&change.limit), word(&change.from), word(&change.to)]);
        }
    }
    sheet
}

/// The name of a limit as an official reads it.
fn chinese(limit: &str) -> String {
    const NAMES: [(&str, &str); 9] = [
        ("meetings_per_demand.min", "每项需求最少场数"),
        ("meetings_per_demand.max", "每项需求最多场数"),
        ("meetings_per_institution.max", "每家单位最多场数"),
        ("slots", "场次数"),
        ("tables", "桌数"),
        ("minimum_score", "最低匹配得分"),
        ("[[forbid]]", "不得对接"),
        ("[[require]]", "必须对接"),
        ("[[exceptions]]", "单独限制"),
    ];
    let named = NAMES.iter().find_map(|(name, chinese)| Some((chinese, limit.strip_prefix(name)?)));
    named.map_or_else(|| limit.to_owned(), |(chinese, rest)| format!("{chinese}{rest}"))
}

fn label(labels: &Option<Labels>, number: usize, before: &str, behind: &str) -> String {
    match labels {
        Some(labels @ Labels::Names(_)) => labels.label(number),
        _ => format!("{before}{number}{behind}"),
    }
}

pub(super) fn score(score: f64) -> String {
    format!("{score:.3}")
}
