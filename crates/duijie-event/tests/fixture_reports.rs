//! Gaps, outreach, consortia, showcase and calendar on the fixture collection.

use duijie::{
    Catalogue, Demand, DemandMatch, Institutions, Lexicon, MatchOptions, Matcher, RankProfile, Ranking, RecordReader,
    Strictness,
};
use duijie_event::{
    ChainEnterprise, CommonNeedOptions, ConsortiumOptions, EventCalendar, GapOptions, Schedule, Sheet, ShowcaseOptions,
    Survey, calendar, common_needs, consortium, gaps, outreach, outreach_sheets, showcase,
};
use std::path::PathBuf;

struct Fixture {
    catalogue: Catalogue,
    demands: Vec<Demand>,
    achievements: Vec<duijie::Achievement>,
    institutions: Institutions,
    matches: Vec<DemandMatch>,
    profile: RankProfile,
    lexicon: Lexicon,
}

fn file(name: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures")).join(name)
}

impl Fixture {
    fn read() -> Self {
        let catalogue = Catalogue::default();
        let reader = RecordReader::new(&catalogue, Strictness::Strict);
        let institutions = reader.institutions(&[file("collection/institutions.jsonl")]).unwrap().records;
        let institutions = Institutions::new(institutions).unwrap();
        let achievements =
            reader.achievements(&[file("collection/achievements.jsonl")], &institutions).unwrap().records;
        let demands = reader.demands(&[file("collection/demands.jsonl")]).unwrap().records;
        let all = institutions.iter().cloned().collect();
        let matcher = Matcher::from_records(catalogue.clone(), all, achievements.clone()).unwrap();
        let options = MatchOptions { top: institutions.len(), ..MatchOptions::default() };
        let matches = demands.iter().map(|demand| matcher.match_one(demand, &options).unwrap()).collect();
        let lexicon = matcher.lexicon().clone();
        Self { catalogue, demands, achievements, institutions, matches, profile: RankProfile::default(), lexicon }
    }

    fn survey(&self) -> Survey<'_> {
        Survey {
            catalogue: &self.catalogue,
            demands: &self.demands,
            matches: &self.matches,
            achievements: &self.achievements,
            institutions: &self.institutions,
            province: "山东省",
            profile: &self.profile,
            lexicon: &self.lexicon,
        }
    }
}

fn whole(sheets: &[Sheet]) {
    for sheet in sheets {
        assert!(!sheet.title.is_empty() && sheet.title.chars().count() <= 31);
        assert!(sheet.rows.iter().all(|row| row.len() == sheet.header.len()), "{}", sheet.title);
    }
}

#[test]
fn gaps_account_for_every_demand_and_achievement() {
    let fixture = Fixture::read();
    let report = gaps(&fixture.survey(), &[], &GapOptions::default()).unwrap();
    let sum =
        |count: fn(&duijie_event::SubIndustryGap) -> usize| report.sub_industries.iter().map(count).sum::<usize>();
    assert_eq!(sum(|gap| gap.demands), fixture.demands.len());
    assert_eq!(sum(|gap| gap.met_in_province + gap.met_elsewhere_only + gap.met_nowhere), fixture.demands.len());
    assert_eq!(sum(|gap| gap.met_elsewhere_only + gap.met_nowhere), report.unmet.len());
    let unmet: Vec<&str> = report.unmet.iter().map(|unmet| unmet.demand.as_str()).collect();
    for link in &report.weak_links {
        let parts: f64 = link.parts.iter().map(|part| part.value).sum();
        assert!((link.potential - parts).abs() < 1e-9 && link.potential <= 1.0);
        let near = link.parts.iter().any(|part| part.reason.ends_with("接近程度100%"));
        assert!(!near || !unmet.contains(&link.demand.as_str()), "{}", link.demand);
    }
    assert!(report.weak_links.windows(2).all(|pair| pair[0].potential >= pair[1].potential));
    let in_links = |id: &str| {
        report.weak_links.iter().any(|link| link.demand == id)
            || report.common_needs.iter().any(|need| need.demands.iter().any(|demand| demand == id))
    };
    assert!(unmet.iter().all(|id| in_links(id)));
    assert!(report.common_needs.iter().all(|need| need.enterprises.len() >= 2));
    assert_eq!(report.heat_map.svg().matches("<rect").count(), 1 + 3 * report.heat_map.rows.len());
    whole(&report.sheets());
}

#[test]
fn outreach_is_to_other_provinces_for_unmet_demands_only() {
    let fixture = Fixture::read();
    let survey = fixture.survey();
    let report = gaps(&survey, &[], &GapOptions::default()).unwrap();
    let targets = outreach(&survey);
    assert!(!targets.is_empty());
    for target in &targets {
        assert_ne!(target.province, "山东");
        for demand in target.chains.iter().flat_map(|chain| &chain.demands) {
            assert!(report.unmet.iter().any(|unmet| unmet.demand == demand.demand));
        }
    }
    assert!(targets.windows(2).all(|pair| pair[0].weight >= pair[1].weight));
    whole(&outreach_sheets(&targets));
}

#[test]
fn the_own_province_is_the_one_given_and_has_institutions() {
    let fixture = Fixture::read();
    let beijing = Survey { province: "北京市", ..fixture.survey() };
    beijing.check_province().unwrap();
    let targets = outreach(&beijing);
    assert!(targets.iter().all(|target| target.province != "北京"));
    assert!(targets.iter().any(|target| target.province == "山东"));
    let said = Survey { province: "火星", ..fixture.survey() }.check_province().unwrap_err().to_string();
    assert!(said.contains("火星") && said.contains("山东") && said.contains("北京"), "{said}");
}

#[test]
fn a_consortium_covers_more_with_every_member_and_begins_with_its_lead() {
    let fixture = Fixture::read();
    let listing = fixture.demands.iter().find(|demand| demand.kind == duijie::DemandKind::Bottleneck).unwrap();
    let lead = listing.enterprise.clone();
    let options = ConsortiumOptions { lead_enterprise: lead.clone(), ..ConsortiumOptions::default() };
    let proposal = consortium(&fixture.survey(), std::slice::from_ref(&listing.id), &options).unwrap();
    assert!(!proposal.institutions.is_empty());
    assert!(proposal.institutions.windows(2).all(|pair| pair[0].adds >= pair[1].adds - 1e-9));
    let added: f64 = proposal.institutions.iter().map(|member| member.adds).sum();
    let covered: f64 = proposal.points.iter().map(|point| point.covered).sum();
    assert!((added - covered).abs() < 1e-9 && (covered - proposal.institutions_bound.value).abs() < 1e-9);
    assert!(proposal.institutions_bound.at_least >= proposal.institutions_bound.guaranteed - 1e-9);
    assert_eq!(proposal.enterprises.first().map(|member| &member.name), lead.as_ref());
    whole(&proposal.sheets());
    assert!(consortium(&fixture.survey(), &["无".to_owned()], &options).is_err());
}

#[test]
fn a_consortium_goes_up_and_down_its_chain_with_the_lead_enterprise() {
    let fixture = Fixture::read();
    let listed = ["D-construction-d99551".to_owned()];
    let enterprises = ChainEnterprise::load(&file("event/enterprises.jsonl"), &fixture.catalogue).unwrap();
    let options = ConsortiumOptions { chain_enterprises: enterprises, enterprises: 4, ..ConsortiumOptions::default() };
    let proposal = consortium(&fixture.survey(), &listed, &options).unwrap();
    assert_eq!(proposal.enterprises[0].name, "烟威起重装备有限公司", "the 链主 leads unless another is asked for");
    let brings: Vec<&str> = proposal.enterprises.iter().flat_map(|member| &member.brings).map(String::as_str).collect();
    for position in ["上游", "中游", "下游"] {
        assert!(brings.contains(&position), "{brings:?}");
    }
    assert!(proposal.enterprises.iter().all(|member| member.name != "泰安岳峰数控机床有限公司"), "another chain");
    let unknown = ConsortiumOptions { lead_enterprise: Some("无此公司".into()), ..options };
    let said = consortium(&fixture.survey(), &listed, &unknown).unwrap_err().to_string();
    assert!(said.contains("无此公司") && said.contains("烟威起重装备有限公司"), "{said}");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("enterprises.jsonl");
    std::fs::write(
        &path,
        "{\"name\": \"甲\", \"chain_position\": \"上游\"}\n{\"name\": \"乙\", \"chain_position\": \"边上\"}\n",
    )
    .unwrap();
    let said = ChainEnterprise::load(&path, &fixture.catalogue).unwrap_err().to_string();
    assert!(said.contains("line 2") && said.contains("边上"), "{said}");
}

#[test]
fn a_point_is_covered_by_what_deals_with_its_matter_and_not_by_common_words() {
    let mut fixture = Fixture::read();
    let listed = ["D-construction-d99551".to_owned()];
    let cover = |fixture: &Fixture| {
        consortium(&fixture.survey(), &listed, &ConsortiumOptions::default()).unwrap().points[0].covered
    };
    assert!(cover(&fixture) >= ConsortiumOptions::default().covered_from);
    // Much of the wording, about another matter: a text of logistics.
    fixture.achievements.retain(|achievement| achievement.sub_industry.as_deref() == Some("pharma"));
    fixture.achievements[0].title = "起重机吊臂钢板仓储物流与焊接车间排产信息系统".into();
    fixture.achievements[0].summary = "按订单排产，管理起重机钢板与焊材库存，软件界面友好。".into();
    fixture.achievements[0].keywords.clear();
    assert!(cover(&fixture) < ConsortiumOptions::default().covered_from);
}

#[test]
fn common_needs_are_one_need_in_other_words() {
    let fixture = Fixture::read();
    let needs = common_needs(&fixture.demands, &fixture.lexicon, &CommonNeedOptions::default());
    let together = |a: &str, b: &str| {
        let id = |title: &str| {
            fixture.demands.iter().find(|demand| demand.title.contains(title)).map(|demand| demand.id.clone()).unwrap()
        };
        let (a, b) = (id(a), id(b));
        needs.iter().any(|need| need.demands.contains(&a) && need.demands.contains(&b))
    };
    // They share hardly a word.
    assert!(together("嵌入式洗烘一体机甩干抖动大", "滚筒洗衣机脱水振动撞筒"));
    assert!(together("TPH易腐蚀磨损", "热敏打印头寿命短"));
    assert!(together("KrF光刻胶用聚对羟基苯乙烯系树脂", "KrF光刻胶用聚对羟基苯乙烯树脂国产化"));
    // Catalysts both, and nothing else in common.
    assert!(!together("苯部分加氢制环己烯催化剂", "丙烷脱氢Pt系催化剂"));
    assert!(!together("高温尼龙连接器回流焊", "QFN封装回流后"));
    assert!((15..=30).contains(&needs.len()), "{}", needs.len());
}

#[test]
fn a_showcase_leaves_duplicates_out_and_keeps_to_its_chain() {
    let fixture = Fixture::read();
    let reader = RecordReader::new(&fixture.catalogue, Strictness::Strict);
    let products = reader.products(&[file("event/products.jsonl")]).unwrap().records;
    let options = ShowcaseOptions { chain: Some("equipment".into()), picks: 4, ..ShowcaseOptions::default() };
    let shown = showcase(&products, &fixture.demands, &fixture.catalogue, &fixture.lexicon, &options);
    assert_eq!(shown.duplicates.len(), 1);
    assert_eq!((shown.duplicates[0].product.as_str(), shown.duplicates[0].same_as.as_str()), ("P02", "P01"));
    assert_eq!(shown.picks.len(), 4);
    let sub_industries: std::collections::HashSet<&str> =
        shown.picks.iter().map(|pick| pick.sub_industry.as_str()).collect();
    assert!(sub_industries.len() >= 3, "{sub_industries:?}");
    assert!(shown.picks.iter().all(|pick| pick.product != "P14"));
    for pick in &shown.picks {
        assert!(pick.interests.iter().all(|interest| interest.enterprise != pick.enterprise));
    }
    assert!(shown.value <= shown.best_possible + 1e-9);
    whole(&shown.sheets());
}

#[test]
fn event_files_of_the_fixtures_are_events() {
    for name in ["event/equipment.toml", "event/equipment_next.toml", "event/tour.toml"] {
        let event = duijie_event::Event::load(&file(name)).unwrap();
        assert!(event.chain(&Catalogue::default()).unwrap().is_some());
    }
}

fn year() -> EventCalendar {
    let mut schedule = Schedule::default();
    let day = |text: &str| text.parse().unwrap();
    schedule.move_event(8, day("2024-04-18"), "张三", "与行业展会同期", day("2024-01-05")).unwrap();
    schedule.move_event(8, day("2024-05-09"), "李四", "会场冲突", day("2024-02-01")).unwrap();
    schedule.tick_off(8, 1, "王五", "已印发通知", day("2024-03-02")).unwrap();
    assert!(schedule.tick_off(8, 17, "王五", "", day("2024-03-02")).is_err());
    assert!(schedule.move_event(8, day("2024-05-10"), "李四", " ", day("2024-02-01")).is_err());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("schedule.json");
    assert_eq!(Schedule::load(&path).unwrap(), Schedule::default());
    schedule.save(&path).unwrap();
    assert_eq!(Schedule::load(&path).unwrap(), schedule);
    calendar(&Catalogue::default(), &schedule, day("2024-03-20")).unwrap()
}

#[test]
fn the_calendar_has_eleven_events_of_sixteen_tasks_and_keeps_the_reasons_of_moves() {
    let year = year();
    assert_eq!(year.events.len(), 11);
    assert!(year.events.iter().all(|event| event.tasks.len() == 16));
    assert!(year.events.iter().filter(|event| event.no != 8).all(|event| event.in_window));
    let moved = year.events.iter().find(|event| event.no == 8).unwrap();
    assert_eq!(moved.date.to_string(), "2024-05-09");
    assert!(!moved.in_window);
    let reasons: Vec<&str> = moved.moves.iter().map(|moved| moved.reason.as_str()).collect();
    assert_eq!(reasons, ["与行业展会同期", "会场冲突"]);
    assert_eq!(moved.moves[1].from.map(|day| day.to_string()).as_deref(), Some("2024-04-18"));
    let first = moved.tasks.iter().find(|task| task.no == 1).unwrap();
    assert_eq!(first.state, duijie_event::TaskState::Done);
    whole(&year.sheets());
}

#[test]
fn the_ics_file_is_the_same_each_time_and_has_every_task() {
    let ics = year().ics().unwrap();
    assert_eq!(ics, year().ics().unwrap());
    assert_eq!(ics.matches("BEGIN:VEVENT").count(), 11);
    assert_eq!(ics.matches("BEGIN:VTODO").count(), 11 * 16);
    assert!(ics.contains("DTSTART;VALUE=DATE:20240509") && ics.contains("DTEND;VALUE=DATE:20240510"));
    assert!(ics.contains("STATUS:COMPLETED"));
}

#[test]
fn the_ics_file_keeps_to_its_standard_and_a_move_replaces_the_day_before() {
    let ics = year().ics().unwrap();
    assert!(ics.ends_with("\r\n") && !ics.replace("\r\n", "").contains(['\r', '\n']));
    for line in ics.split_terminator("\r\n") {
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
    }
    assert!(ics.contains("PRODID:-//duijie//event calendar//ZH\r\n") && ics.contains("VERSION:2.0\r\n"));
    let whole = ics.replace("\r\n ", "");
    let components = |ics: &str| -> Vec<Vec<String>> {
        let parts = ics.split("BEGIN:VEVENT").skip(1);
        parts.map(|part| part.split("\r\n").map(String::from).collect()).collect()
    };
    let has = |lines: &[String], start: &str| lines.iter().find(|line| line.starts_with(start)).cloned();
    let moved = components(&whole).into_iter().find(|lines| lines.iter().any(|line| line.contains("第8场"))).unwrap();
    assert_eq!(has(&moved, "SEQUENCE").as_deref(), Some("SEQUENCE:2"));
    assert!(has(&moved, "DTSTAMP").is_some());
    let description = has(&moved, "DESCRIPTION").unwrap();
    assert!(description.contains("与行业展会同期") && description.contains("会场冲突"), "{description}");
    let before = calendar(&Catalogue::default(), &Schedule::default(), "2024-03-20".parse().unwrap()).unwrap();
    let before = before.ics().unwrap().replace("\r\n ", "");
    let still = components(&before).into_iter().find(|lines| lines.iter().any(|line| line.contains("第8场"))).unwrap();
    assert_eq!(has(&still, "UID"), has(&moved, "UID"));
    assert_eq!(has(&still, "SEQUENCE").as_deref(), Some("SEQUENCE:0"));
    let uids: Vec<&str> = whole.split("\r\n").filter(|line| line.starts_with("UID:")).collect();
    assert_eq!(uids.iter().collect::<std::collections::HashSet<_>>().len(), 11 + 11 * 16);
}

#[test]
fn rankings_of_achievements_are_no_ground_for_gaps() {
    let mut fixture = Fixture::read();
    fixture.matches[0].ranking = Ranking::Achievements(Vec::new());
    assert!(gaps(&fixture.survey(), &[], &GapOptions::default()).is_err());
}

#[test]
fn schedule_entries_made_at_once_are_all_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("schedule.json");
    let day = jiff::civil::date(2024, 1, 5);
    std::thread::scope(|scope| {
        for task in 1..=16 {
            let path = &path;
            scope.spawn(move || {
                Schedule::change(path, |schedule| schedule.tick_off(8, task, "张三", "", day)).unwrap();
            });
        }
    });
    let mut tasks: Vec<u32> = Schedule::load(&path).unwrap().done.iter().map(|done| done.task).collect();
    tasks.sort_unstable();
    assert_eq!(tasks, (1..=16).collect::<Vec<_>>());
}
