//! What a ledger refuses, step by step and in a table: nothing newer is undone, no edit is dropped.

use duijie_event::{EventError, Ledger, LedgerMeeting, LedgerRefusal, LedgerState, LedgerStep};
use jiff::civil::{Date, date};
use std::path::Path;

const DAY: Date = date(2024, 3, 20);

fn line(demand: &str) -> LedgerMeeting {
    LedgerMeeting {
        event: "第8场".into(),
        demand: demand.into(),
        title: format!("需求{demand}"),
        enterprise: Some("甲公司".into()),
        institution: "I1".into(),
        met_on: DAY,
        responsible: "科技处".into(),
        ..LedgerMeeting::default()
    }
}

fn step(state: LedgerState) -> LedgerStep {
    LedgerStep::new(state, date(2024, 5, 1), "李四", "进展")
}

fn refusal(error: EventError) -> LedgerRefusal {
    match error {
        EventError::Refused(refusal) => refusal,
        other => panic!("{other}"),
    }
}

/// A ledger with the meetings D1 and D2, D1 with an intention due in June.
fn two_lines(folder: &Path) -> Ledger {
    let mut ledger = Ledger::open(&folder.join("ledger.sqlite")).unwrap();
    ledger.add(&line("D1"), "张三", "现场对接").unwrap();
    ledger.add(&line("D2"), "张三", "现场对接").unwrap();
    let (next_step, due) = (Some("签约".into()), Some(date(2024, 6, 1)));
    let (amount, team) = (Some(50.0), Some("材料专班".into()));
    let intention = LedgerStep { amount, team, next_step, due, ..step(LedgerState::Intention) };
    ledger.step(1, &intention).unwrap();
    ledger
}

#[test]
fn an_older_export_undoes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = two_lines(folder.path());
    let mut old = ledger.sheet().unwrap();
    ledger.step(1, &LedgerStep { due: Some(date(2024, 7, 1)), ..step(LedgerState::Intention) }).unwrap();
    let now = ledger.sheet().unwrap();
    old.rows[0][12] = "迟到的修改".into();
    let refused = ledger.import(&old, "王五", "导入").unwrap_err();
    let said = refused.to_string();
    assert_eq!(refusal(refused), LedgerRefusal::Older { row: 2, line: 1, found: 2, now: 3 });
    assert!(said.contains("row 2") && said.contains("line 1"), "{said}");
    assert_eq!(ledger.sheet().unwrap(), now);
    let mut edited = now;
    edited.rows[0][12] = "修改".into();
    let recorded = ledger.import(&edited, "王五", "导入").unwrap();
    assert_eq!((recorded.added, recorded.known, recorded.steps), (0, 2, 1));
}

#[test]
fn edits_that_no_step_can_make_are_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = two_lines(folder.path());
    let sheet = ledger.sheet().unwrap();
    let edits =
        [(3, "别的名称"), (6, "乙公司"), (9, "2024-03-21"), (13, ""), (15, "别处"), (16, ""), (17, ""), (18, "")];
    for (column, text) in edits {
        let mut edited = sheet.clone();
        edited.rows[0][column] = text.into();
        let refused = refusal(ledger.import(&edited, "王五", "导入").unwrap_err());
        let columns = sheet.header[column].clone();
        assert_eq!(refused, LedgerRefusal::Fixed { row: 2, line: 1, columns });
    }
    let mut dated = sheet;
    dated.rows[0][11] = "2024-05-20".into();
    assert_eq!(ledger.import(&dated, "王五", "导入").unwrap().steps, 1);
    assert_eq!(ledger.lines().unwrap()[0].since, date(2024, 5, 20));
    // A new state is a new start: what came next may be cleared.
    let mut signed = ledger.sheet().unwrap();
    (signed.rows[0][10], signed.rows[0][17], signed.rows[0][18]) = ("已签约".into(), String::new(), String::new());
    assert_eq!(ledger.import(&signed, "王五", "导入").unwrap().steps, 1);
    assert_eq!(ledger.lines().unwrap()[0].due, None);
}

#[test]
fn a_known_number_is_never_another_meeting() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = two_lines(folder.path());
    let sheet = ledger.sheet().unwrap();
    for column in [1, 2, 7] {
        let mut edited = sheet.clone();
        edited.rows[1][column] = "别的".into();
        let columns = sheet.header[column].clone();
        let refused = refusal(ledger.import(&edited, "王五", "导入").unwrap_err());
        assert_eq!(refused, LedgerRefusal::OtherMeeting { row: 3, line: 2, columns });
    }
    let mut new = sheet;
    (new.rows[1][0], new.rows[1][7]) = (String::new(), "I2".into());
    assert_eq!(ledger.import(&new, "王五", "导入").unwrap().added, 1);
}

#[test]
fn a_note_of_progress_keeps_what_is_due() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = two_lines(folder.path());
    ledger.step(1, &LedgerStep { on: date(2024, 6, 5), ..step(LedgerState::Intention) }).unwrap();
    let list = ledger.due(date(2024, 6, 10), 7).unwrap();
    assert_eq!(list.overdue.len(), 1);
    assert_eq!(list.overdue[0].next_step.as_deref(), Some("签约"));
    // Progress of an overdue line comes in with its date as it was.
    let mut sheet = ledger.sheet().unwrap();
    (sheet.rows[0][11], sheet.rows[0][12]) = ("2024-06-12".into(), "仍在商谈".into());
    assert_eq!(ledger.import(&sheet, "王五", "导入").unwrap().steps, 1);
    assert_eq!(ledger.lines().unwrap()[0].due, Some(date(2024, 6, 1)));
    ledger.step(1, &LedgerStep { on: date(2024, 6, 15), ..step(LedgerState::Contract) }).unwrap();
    assert_eq!(ledger.lines().unwrap()[0].due, None);
}

#[test]
fn dates_follow_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = two_lines(folder.path());
    let before = ledger.sheet().unwrap();
    let mut refused = |number: i64, step: LedgerStep| refusal(ledger.step(number, &step).unwrap_err());
    let on = date(2024, 3, 19);
    let early = LedgerStep { on, ..step(LedgerState::Intention) };
    assert_eq!(refused(2, early), LedgerRefusal::BeforeMeeting { line: 2, on, met_on: DAY });
    let on = date(2024, 4, 30);
    let early = LedgerStep { on, ..step(LedgerState::Intention) };
    assert_eq!(refused(1, early), LedgerRefusal::BeforeLastStep { line: 1, on, last: date(2024, 5, 1) });
    let (on, due) = (date(2024, 5, 1), date(2024, 4, 30));
    let early = LedgerStep { due: Some(due), ..step(LedgerState::Intention) };
    assert_eq!(refused(1, early), LedgerRefusal::DueBeforeStep { line: 1, on, due });
    let mut sheet = before.clone();
    sheet.rows[0][11] = "2024-04-30".into();
    assert!(matches!(refusal(ledger.import(&sheet, "王五", "导入").unwrap_err()), LedgerRefusal::Row { row: 2, .. }));
    for column in [11, 18] {
        let mut sheet = before.clone();
        let row = &mut sheet.rows[1];
        (row[0], row[7], row[column]) = (String::new(), "I2".into(), "2024-03-01".into());
        assert!(matches!(ledger.import(&sheet, "王五", "导入"), Err(EventError::LedgerRow { row: 3, .. })));
    }
    assert_eq!(ledger.sheet().unwrap(), before);
}

#[test]
fn dates_and_amounts_of_spreadsheets_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = two_lines(folder.path());
    let mut sheet = ledger.sheet().unwrap();
    let row = &mut sheet.rows[1];
    (row[9], row[10], row[11]) = ("2024/3/20".into(), "已签约".into(), "2024年5月6日".into());
    (row[13], row[18]) = ("130万元".into(), "2024年6月30日".into());
    ledger.import(&sheet, "王五", "导入").unwrap();
    let line = &ledger.lines().unwrap()[1];
    assert_eq!((line.since, line.amount, line.due), (date(2024, 5, 6), Some(130.0), Some(date(2024, 6, 30))));
}

#[test]
fn the_team_goes_out_and_comes_in_under_any_of_its_names() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = two_lines(folder.path());
    let mut sheet = ledger.sheet().unwrap();
    assert_eq!((sheet.header[16].as_str(), sheet.rows[0][16].as_str()), ("服务团队", "材料专班"));
    sheet.header[16] = "对接专班".into();
    sheet.rows[1][16] = "焊接专班".into();
    assert_eq!(ledger.import(&sheet, "王五", "导入").unwrap().steps, 1);
    assert_eq!(ledger.lines().unwrap()[1].team.as_deref(), Some("焊接专班"));
    let teams = &ledger.follow_ups().unwrap()[0].sheet;
    assert!(teams.rows.is_empty(), "nothing is signed yet");
}

#[test]
fn what_an_official_reads_of_a_refused_table_is_chinese() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = two_lines(folder.path());
    let sheet = ledger.sheet().unwrap();
    let mut said = |row: usize, column: usize, text: &str| {
        let mut edited = sheet.clone();
        edited.rows[row][column] = text.into();
        ledger.import(&edited, "王五", "导入").unwrap_err().chinese().unwrap()
    };
    assert_eq!(said(0, 9, "去年"), "台账表第2行：对接时间应为日期，如2024-03-20、2024/3/20或2024年3月20日，现为“去年”");
    assert_eq!(said(0, 2, ""), "台账表第2行：需求编号须填写，现为（空）");
    assert!(said(0, 10, "很好").contains("应为已对接、达成意向"));
    assert!(
        said(0, 10, "已转化").contains("第1项现为“达成意向”，不能改为“已转化”；可改为达成意向、已签约、无意向、已终止")
    );
    assert!(said(0, 3, "别的").contains("第1项的项目名称不能通过导入修改"));
    assert!(said(0, 11, "2024-04-01").contains("新进展的日期2024-04-01不得早于它"));
    assert!(said(1, 0, "1").contains("另一次对接"));
    let mut short = sheet.clone();
    short.header[4] = "甲".into();
    short.header[9] = "乙".into();
    let error = ledger.import(&short, "王五", "导入").unwrap_err();
    assert!(error.chinese().unwrap().starts_with("台账表缺少“对接时间”一列"));
}
