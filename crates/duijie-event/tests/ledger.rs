//! The ledger: append-only, shared by processes, safe against crashes, and telling the next event.

mod common;

use common::{random_world, ranking};
use duijie::Demand;
use duijie_event::{
    Absence, ConversionBy, EventError, EventRecord, Ledger, LedgerMeeting, LedgerRefusal, LedgerState, LedgerStep,
    Movement, PastPairs, SavedPlan, conversion_sheet, plan, replan,
};
use jiff::civil::{Date, date};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

const DAY: Date = date(2024, 3, 20);

fn line(demand: &str, institution: &str) -> LedgerMeeting {
    LedgerMeeting {
        event: "第8场".into(),
        demand: demand.into(),
        title: format!("需求{demand}"),
        enterprise: Some("甲公司".into()),
        institution: institution.into(),
        chain: Some("工程机械产业链".into()),
        met_on: DAY,
        ..LedgerMeeting::default()
    }
}

fn step(state: LedgerState) -> LedgerStep {
    LedgerStep::new(state, date(2024, 5, 1), "李四", "进展")
}

#[test]
fn steps_follow_each_other_and_nothing_is_ever_changed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.sqlite");
    let mut ledger = Ledger::open(&path).unwrap();
    let id = ledger.add(&line("D1", "I1"), "张三", "现场对接").unwrap();
    assert!(matches!(ledger.step(id, &step(LedgerState::Delivered)), Err(EventError::StepNotAllowed { .. })));
    assert!(matches!(ledger.step(99, &step(LedgerState::Met)), Err(EventError::UnknownLine { line: 99 })));
    let nobody = LedgerStep { who: " ".into(), ..step(LedgerState::Intention) };
    assert!(matches!(ledger.step(id, &nobody), Err(EventError::Blank { field: "who" })));
    ledger.step(id, &LedgerStep { amount: Some(80.0), ..step(LedgerState::Contract) }).unwrap();
    ledger.step(id, &step(LedgerState::Delivered)).unwrap();
    let now = &ledger.lines().unwrap()[0];
    assert_eq!((now.state, now.amount), (LedgerState::Delivered, Some(80.0)));
    assert_eq!(ledger.history(id).unwrap().len(), 3);
    drop(ledger);
    let other = rusqlite::Connection::open(&path).unwrap();
    for change in [
        "UPDATE step SET who = '?'",
        "DELETE FROM step",
        "DELETE FROM line",
        "UPDATE line SET title = '?'",
        "INSERT OR REPLACE INTO step (id, line, state, on_date, who, why) VALUES (3, 1, 'met', '2024-05-01', '?', '?')",
        "INSERT OR REPLACE INTO line (event, demand, title, institution, institution_name, met_on, responsible) \
         VALUES ('第8场', 'D1', '?', 'I1', '?', '2024-03-20', '?')",
    ] {
        assert!(other.execute(change, []).unwrap_err().to_string().contains("append-only"));
    }
}

#[test]
fn another_database_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("other.sqlite");
    rusqlite::Connection::open(&path).unwrap().execute_batch("CREATE TABLE t (x)").unwrap();
    assert!(matches!(Ledger::open(&path), Err(EventError::NotALedger { .. })));
    std::fs::write(&path, "no database at all, but long enough to be looked at".repeat(40)).unwrap();
    assert!(matches!(Ledger::open(&path), Err(EventError::NotALedger { .. })));
    std::fs::write(&path, "Dear all").unwrap();
    let said = Ledger::open(&path).unwrap_err();
    assert!(said.to_string().contains("is no ledger") && said.chinese().unwrap().contains("不是工作台账文件"));
}

#[test]
fn due_lists_and_counts_follow_the_states() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::open(&folder.path().join("ledger.sqlite")).unwrap();
    let ids: Vec<i64> =
        (1..=5).map(|at| ledger.add(&line(&format!("D{at}"), "I1"), "张三", "现场对接").unwrap()).collect();
    let due = |day| LedgerStep { due: Some(day), ..step(LedgerState::Intention) };
    ledger.step(ids[0], &due(date(2024, 6, 1))).unwrap();
    ledger.step(ids[1], &due(date(2024, 6, 12))).unwrap();
    ledger.step(ids[2], &due(date(2024, 9, 1))).unwrap();
    ledger
        .step(ids[2], &LedgerStep { amount: Some(120.0), fund_need: Some(30.0), ..step(LedgerState::Contract) })
        .unwrap();
    ledger.step(ids[3], &step(LedgerState::Declined)).unwrap();
    let list = ledger.due(date(2024, 6, 10), 7).unwrap();
    let numbers = |lines: &[duijie_event::LedgerLine]| lines.iter().map(|line| line.line).collect::<Vec<_>>();
    assert_eq!(numbers(&list.overdue), [ids[0]]);
    assert_eq!(numbers(&list.due), [ids[1]]);
    assert_eq!(numbers(&list.undated), [ids[2], ids[4]]);
    let counts = ledger.conversions(ConversionBy::Chain).unwrap();
    let all = &counts[0];
    assert_eq!(
        (all.meetings, all.intentions, all.contracts, all.delivered, all.ended, all.amount),
        (5, 3, 1, 0, 1, 120.0)
    );
    assert_eq!(conversion_sheet(ConversionBy::Chain, &counts).rows[0][6], "20%");
    let follow_ups = ledger.follow_ups().unwrap();
    assert_eq!(follow_ups.iter().map(|list| list.task).collect::<Vec<_>>(), [12, 13, 14, 15, 16]);
    assert_eq!(follow_ups.iter().map(|list| list.sheet.rows.len()).collect::<Vec<_>>(), [1, 1, 1, 1, 0]);
}

#[test]
fn the_official_table_goes_out_and_in_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::open(&folder.path().join("a.sqlite")).unwrap();
    let first = ledger.add(&line("D1", "I1"), "张三", "现场对接").unwrap();
    ledger.add(&line("D2", "I1"), "张三", "现场对接").unwrap();
    ledger
        .step(first, &LedgerStep { amount: Some(50.5), due: Some(date(2024, 6, 1)), ..step(LedgerState::Contract) })
        .unwrap();
    let sheet = ledger.sheet().unwrap();
    let mut copy = Ledger::open(&folder.path().join("b.sqlite")).unwrap();
    let recorded = copy.import(&sheet, "王五", "导入").unwrap();
    assert_eq!((recorded.added, recorded.known, recorded.steps), (2, 0, 0));
    assert_eq!(copy.sheet().unwrap(), sheet);
    // What the ledger knows already adds no step.
    copy.import(&sheet, "王五", "导入").unwrap();
    assert_eq!(copy.history(1).unwrap().len(), 2);
    let mut changed = sheet.clone();
    changed.rows[1][10] = "洽谈中".into();
    assert_eq!(copy.import(&changed, "王五", "导入").unwrap().steps, 1);
    assert_eq!(copy.lines().unwrap()[1].state, LedgerState::Intention);
    // One bad row, and nothing is taken in.
    changed.rows[0][10] = "已转化".into();
    changed.rows[1][13] = "面议".into();
    assert!(matches!(copy.import(&changed, "王五", "导入"), Err(EventError::LedgerRow { row: 3, .. })));
    assert_eq!(copy.lines().unwrap()[0].state, LedgerState::Contract);
    let mut twice = copy.sheet().unwrap();
    twice.rows.push(twice.rows[0].clone());
    assert!(matches!(copy.import(&twice, "王五", "导入"), Err(EventError::LedgerRow { row: 4, .. })));
}

#[test]
fn a_recorded_event_tells_the_next_one() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::open(&folder.path().join("ledger.sqlite")).unwrap();
    let mut world = random_world(2);
    let held = SavedPlan::from(&plan(&world.request(), &|_| {}).unwrap());
    let record = |world: &common::World, ledger: &mut Ledger, event: &str, plan: &SavedPlan| {
        ledger.record_event(&EventRecord {
            event,
            date: DAY,
            plan,
            matches: &world.matches,
            demands: &world.demands,
            institutions: &world.institutions,
            catalogue: &world.catalogue,
            who: "张三",
            replaces: None,
        })
    };
    let recorded = record(&world, &mut ledger, "第1场", &held).unwrap();
    assert_eq!((recorded.added, recorded.unsolved), (held.meetings.len(), held.unmet.len()));
    // Rankings as they were recorded stay, whoever inserts again.
    let rankings = || -> Vec<(String, String, i64)> {
        let other = rusqlite::Connection::open(folder.path().join("ledger.sqlite")).unwrap();
        other
            .execute("INSERT OR REPLACE INTO ranking SELECT event, demand, institution, 9999, 0 FROM ranking", [])
            .unwrap();
        let mut statement = other.prepare("SELECT demand, institution, rank FROM ranking").unwrap();
        statement
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .unwrap()
            .map(Result::unwrap)
            .collect()
    };
    assert!(rankings().iter().all(|(.., rank)| *rank < 9999));
    let again = record(&world, &mut ledger, "第1场", &held).unwrap();
    assert_eq!((again.added, again.known), (0, held.meetings.len()));
    // A plan of another event, and a second plan of this one.
    let mut foreign = held.clone();
    foreign.meetings[0].demand = "别场需求".into();
    let refused = record(&world, &mut ledger, "第2场", &foreign).unwrap_err();
    assert!(
        matches!(&refused, EventError::Refused(LedgerRefusal::ForeignDemand { demand, .. }) if demand == "别场需求")
    );
    assert!(ledger.lines().unwrap().iter().all(|line| line.meeting.event == "第1场"));
    let mut other = held.clone();
    other.meetings[0].institution = "I-未对接".into();
    let refused = record(&world, &mut ledger, "第1场", &other).unwrap_err();
    assert!(matches!(refused, EventError::Refused(LedgerRefusal::OtherPlan { .. })));
    // Nobody meets the same institution again.
    let rules = ledger.past_pairs(&world.demands, PastPairs::NotAgain).unwrap();
    assert_eq!(rules.len(), held.meetings.len());
    assert!(ledger.past_pairs(&world.demands, PastPairs::SettledOnly).unwrap().is_empty());
    world.event.require.clear();
    world.event.limits.meetings_per_demand.min = 0;
    world.event.forbid.extend(rules);
    let next = plan(&world.request(), &|_| {}).unwrap();
    for meeting in &next.meetings {
        assert!(!held.meetings.iter().any(|m| m.demand == meeting.demand && m.institution == meeting.institution));
    }
    // A demand whose only meeting was declined carries over; unmet ones do too.
    let declined = ledger.lines().unwrap()[0].clone();
    for line in ledger.lines().unwrap().iter().filter(|line| line.meeting.demand == declined.meeting.demand) {
        ledger.step(line.line, &step(LedgerState::Declined)).unwrap();
    }
    let carried: Vec<String> = ledger.carried_over().unwrap().into_iter().map(|carried| carried.demand).collect();
    assert!(carried.contains(&declined.meeting.demand));
    assert!(held.unmet.iter().all(|unmet| carried.contains(&unmet.demand)));
    assert_eq!(carried.len(), 1 + held.unmet.len());
}

#[test]
fn a_mended_plan_is_recorded_after_the_one_before_and_supersedes_what_it_does_without() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::open(&folder.path().join("ledger.sqlite")).unwrap();
    let world = random_world(7);
    let first = SavedPlan::from(&plan(&world.request(), &|_| {}).unwrap());
    let away = first.meetings[0].institution.clone();
    let absence = Absence { institutions: vec![away.clone()], ..Absence::default() };
    let mended = SavedPlan::from(&replan(&world.request(), &first, &absence, &|_| {}).unwrap());
    let record = |ledger: &mut Ledger, plan: &SavedPlan, replaces: Option<&str>| {
        let (demands, matches) = (&world.demands[..], &world.matches[..]);
        let (institutions, catalogue) = (&world.institutions, &world.catalogue);
        let (event, date, who) = ("第1场", DAY, "张三");
        let record = EventRecord { event, date, plan, matches, demands, institutions, catalogue, who, replaces };
        ledger.record_event(&record)
    };
    record(&mut ledger, &first, None).unwrap();
    // Something was noted of one of the meetings that will be lost: it stays.
    let lost: Vec<i64> =
        ledger.lines().unwrap().iter().filter(|l| l.meeting.institution == away).map(|l| l.line).collect();
    assert!(lost.len() > 1);
    ledger.step(lost[0], &step(LedgerState::Intention)).unwrap();
    // A meeting that was held besides, of no plan.
    ledger.add(&LedgerMeeting { event: "第1场".into(), ..line("D0", "I-场外") }, "张三", "补记").unwrap();
    let refused = record(&mut ledger, &mended, None).unwrap_err();
    assert!(matches!(refused, EventError::Refused(LedgerRefusal::OtherPlan { .. })));
    let recorded = record(&mut ledger, &mended, Some("对接单位临时缺席")).unwrap();
    assert_eq!((recorded.superseded, recorded.kept), (lost.len() - 1, 1));
    assert_eq!(recorded.known + recorded.added, mended.meetings.len());
    let states: Vec<LedgerState> =
        ledger.lines().unwrap().iter().filter(|l| lost.contains(&l.line)).map(|l| l.state).collect();
    assert_eq!(states[0], LedgerState::Intention);
    assert!(states[1..].iter().all(|state| *state == LedgerState::Superseded));
    let history = ledger.history(lost[1]).unwrap();
    assert_eq!((history[1].step.why.as_str(), history[1].step.who.as_str()), ("对接单位临时缺席", "张三"));
    // What was superseded did not take place: it is counted nowhere, nothing is due, the pair may meet.
    let met: usize = ledger.conversions(ConversionBy::Event).unwrap().iter().map(|count| count.meetings).sum();
    assert_eq!(met, mended.meetings.len() + recorded.kept + 1);
    let apart = ledger.past_pairs(&world.demands, PastPairs::NotAgain).unwrap();
    assert!(apart.iter().filter(|rule| rule.institution.as_ref() == Some(&away)).count() == 1);
    assert!(ledger.due(DAY, 7).unwrap().undated.iter().all(|line| line.state != LedgerState::Superseded));
    assert_eq!(record(&mut ledger, &mended, None).unwrap().added, 0);
    // And back again: the lines are taken up, none is added.
    let count = ledger.lines().unwrap().len();
    record(&mut ledger, &first, Some("对接单位到场")).unwrap();
    assert_eq!(ledger.lines().unwrap().len(), count);
    assert_eq!(ledger.history(lost[1]).unwrap().len(), 3);
    record(&mut ledger, &mended, Some("再次缺席")).unwrap();
    assert_eq!(ledger.history(lost[1]).unwrap().len(), 4);
}

#[test]
fn a_demand_that_a_later_plan_has_no_place_for_carries_over_with_its_reason() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::open(&folder.path().join("ledger.sqlite")).unwrap();
    let world = random_world(5);
    let ids: Vec<&str> = world.demands.iter().map(|demand| demand.id.as_str()).take(2).collect();
    let saved = |met: &str, unmet: &[(&str, &str)]| -> SavedPlan {
        let unmet: Vec<_> =
            unmet.iter().map(|(demand, reason)| serde_json::json!({ "demand": demand, "reason": reason })).collect();
        let meeting = serde_json::json!({ "demand": met, "institution": "I0", "slot": 1, "table": 1, "score": 0.5 });
        serde_json::from_value(serde_json::json!({ "meetings": [meeting], "unmet": unmet })).unwrap()
    };
    let record = |ledger: &mut Ledger, plan: &SavedPlan, replaces: Option<&str>| {
        let (demands, matches) = (&world.demands[..], &world.matches[..]);
        let (institutions, catalogue) = (&world.institutions, &world.catalogue);
        let (event, date, who) = ("第1场", DAY, "张三");
        let record = EventRecord { event, date, plan, matches, demands, institutions, catalogue, who, replaces };
        ledger.record_event(&record).unwrap()
    };
    record(&mut ledger, &saved(ids[0], &[(ids[1], "名额不足")]), None);
    record(&mut ledger, &saved(ids[1], &[(ids[0], "企业临时缺席")]), Some("调整"));
    let carried = ledger.carried_over().unwrap();
    assert_eq!(carried.len(), 1);
    assert_eq!((carried[0].demand.as_str(), carried[0].reason.as_str()), (ids[0], "企业临时缺席"));
    record(&mut ledger, &saved(ids[1], &[(ids[0], "名额不足")]), None);
    assert_eq!(ledger.carried_over().unwrap()[0].reason, "名额不足");
    // What a meeting came to says more than that an earlier plan had none.
    ledger.step(2, &step(LedgerState::Declined)).unwrap();
    let reasons: Vec<String> = ledger.carried_over().unwrap().into_iter().map(|carried| carried.reason).collect();
    assert_eq!(reasons, ["名额不足", "无意向"]);
}

#[test]
fn ranks_move_up_and_down_come_and_go() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::open(&folder.path().join("ledger.sqlite")).unwrap();
    let mut world = random_world(5);
    world.demands = vec![Demand { id: "D1".into(), title: "需求".into(), ..Demand::default() }];
    world.event = duijie_event::Event::default();
    let scored =
        |row: &[(&str, f64)]| vec![ranking("D1", row.iter().map(|(id, score)| ((*id).to_owned(), *score)).collect())];
    world.matches = scored(&[("I0", 0.9), ("I1", 0.8)]);
    let held = SavedPlan::from(&plan(&world.request(), &|_| {}).unwrap());
    let record = EventRecord {
        event: "第1场",
        date: DAY,
        plan: &held,
        matches: &world.matches,
        demands: &world.demands,
        institutions: &world.institutions,
        catalogue: &world.catalogue,
        who: "张三",
        replaces: None,
    };
    ledger.record_event(&record).unwrap();
    let now = scored(&[("I1", 0.95), ("I2", 0.7)]);
    let movements = ledger.rank_movements("第1场", &now).unwrap();
    let found: Vec<(&str, Movement)> =
        movements.iter().map(|movement| (movement.institution.as_str(), movement.movement)).collect();
    assert_eq!(found, [("I1", Movement::Up), ("I2", Movement::New), ("I0", Movement::Gone)]);
}

/// The variable that tells a child process to write, and where.
const WRITER: &str = "DUIJIE_TEST_LEDGER";

/// With [`WRITER`] set: adds lines for ever (or as many as asked), saying so after each commit.
fn write_lines() -> bool {
    let Ok(job) = std::env::var(WRITER) else { return false };
    let (path, rest) = job.split_once('|').unwrap();
    let (name, count) = rest.split_once('|').unwrap();
    let mut ledger = Ledger::open(Path::new(path)).unwrap();
    for at in 0..count.parse().unwrap() {
        ledger.add(&line(&format!("{name}-{at}"), "I1"), name, "并发写入").unwrap();
        let mut out = std::io::stdout().lock();
        writeln!(out, "wrote line {at}").and_then(|()| out.flush()).unwrap();
    }
    true
}

fn writer(path: &Path, name: &str, count: u32) -> std::process::Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "two_processes_write_and_a_killed_one_loses_no_committed_line", "--nocapture"])
        .env(WRITER, format!("{}|{name}|{count}", path.display()))
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

#[test]
fn two_processes_write_and_a_killed_one_loses_no_committed_line() {
    if write_lines() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.sqlite");
    let mut steady = writer(&path, "steady", 20);
    let mut killed = writer(&path, "killed", 100_000);
    let committed = BufReader::new(killed.stdout.take().unwrap())
        .lines()
        .map_while(Result::ok)
        .filter(|line| line.contains("wrote line"))
        .take(10)
        .count();
    killed.kill().unwrap();
    killed.wait().unwrap();
    let said = BufReader::new(steady.stdout.take().unwrap()).lines().map_while(Result::ok);
    assert_eq!(said.filter(|line| line.contains("wrote line")).count(), 20);
    assert!(steady.wait().unwrap().success());
    let lines = Ledger::open(&path).unwrap().lines().unwrap();
    let of = |name: &str| lines.iter().filter(|line| line.meeting.demand.starts_with(name)).count();
    assert_eq!(of("steady"), 20);
    assert!(of("killed") >= committed && committed == 10);
}
