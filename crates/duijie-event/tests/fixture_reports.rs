//! Gaps, outreach, consortia, showcase and calendar on the fixture collection.

use duijie::{
    Catalogue, Demand, DemandMatch, Institutions, MatchOptions, Matcher, RankProfile, Ranking, RecordReader, Strictness,
};
use duijie_event::{
    ConsortiumOptions, EventCalendar, GapOptions, Schedule, Sheet, ShowcaseOptions, Survey, calendar, consortium, gaps,
    outreach, outreach_sheets, showcase,
};
use std::path::PathBuf;

struct Fixture {
    catalogue: Catalogue,
    demands: Vec<Demand>,
    achievements: Vec<duijie::Achievement>,
    institutions: Institutions,
    matches: Vec<DemandMatch>,
    profile: RankProfile,
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
        Self { catalogue, demands, achievements, institutions, matches, profile: RankProfile::default() }
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
fn a_showcase_leaves_duplicates_out_and_keeps_to_its_chain() {
    let fixture = Fixture::read();
    let reader = RecordReader::new(&fixture.catalogue, Strictness::Strict);
    let products = reader.products(&[file("event/products.jsonl")]).unwrap().records;
    let options = ShowcaseOptions { chain: Some("equipment".into()), picks: 4, ..ShowcaseOptions::default() };
    let shown = showcase(&products, &fixture.demands, &fixture.catalogue, &options);
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
    for name in ["event/equipment.toml", "event/tour.toml"] {
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
