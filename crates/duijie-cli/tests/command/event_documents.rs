//! What is printed and handed out: 匹配结果, 对接手册, the published lists, the judging workbook.

use crate::arguments;
use crate::run::{duijie, file, fixture, names, on_collection};
use std::io::Read;
use std::path::Path;

/// Everything in a file: its bytes, and those of the parts it packs.
fn everything(path: &Path) -> String {
    let bytes = std::fs::read(path).unwrap();
    let mut text = String::from_utf8_lossy(&bytes).into_owned();
    if let Ok(mut archive) = zip::ZipArchive::new(std::io::Cursor::new(&bytes)) {
        for at in 0..archive.len() {
            let mut part = Vec::new();
            archive.by_index(at).unwrap().read_to_end(&mut part).unwrap();
            text.push_str(&String::from_utf8_lossy(&part));
        }
    }
    text
}

/// The enterprise of a demand of the third event.
const ENTERPRISE: &str = "烟威起重装备有限公司";

#[test]
fn a_workbook_of_matches_has_a_sheet_a_chain_and_shows_what_its_audience_may_see() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, audience: &[&str]| {
        let path = folder.path().join(name);
        let mut more = arguments!["--top", "3", "--out", path].to_vec();
        more.extend(audience.iter().map(Into::into));
        on_collection("match", &more).succeeded();
        everything(&path)
    };
    let staff = write("匹配结果.xlsx", &[]);
    assert!(staff.contains("得分构成") && staff.contains(ENTERPRISE));
    assert!(
        staff.contains("sheet name=\"工程机械产业链\"") || staff.matches("<sheet name=").count() >= 10,
        "a sheet a chain"
    );
    let public = write("公开.xlsx", &["--audience", "公开"]);
    assert!(!public.contains("得分") && !public.contains(ENTERPRISE));
    let masked = write("企业.csv", &["--audience", "enterprises", "--mask-enterprises"]);
    assert!(masked.contains("技术成熟度") && !masked.contains(ENTERPRISE));
    let lines = write("院所.jsonl", &["--audience", "高校院所"]);
    assert!(lines.lines().next().unwrap().contains("\"demand_id\"") && !lines.contains("\"score\""));
    let declared =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../duijie-tables/data/audiences.toml"));
    let own = declared.unwrap().replace("matches = [\"demand\", \"rank\", \"institution\"]", "matches = [\"demand\"]");
    let own = file(folder.path(), "audiences.toml", own);
    let narrow = write("窄.csv", &["--audience", "公开", "--disclosures", own.to_str().unwrap()]);
    assert_eq!(narrow.lines().next(), Some("\u{feff}技术需求名称"));
}

#[test]
fn a_document_for_an_audience_needs_a_file_and_a_format_that_has_fields() {
    let run = |more: &[&str]| on_collection("match", &more.iter().map(Into::into).collect::<Vec<_>>());
    run(&["--format", "xlsx"]).failed("give the document a file with --out");
    run(&["--format", "trec", "--audience", "公开"]).failed("xlsx, csv or jsonl");
    run(&["--audience", "大家"]).misused();
}

#[test]
fn a_handbook_of_an_event_invites_its_institutions() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("对接手册.docx");
    let write =
        || on_collection("handbook", &arguments!["--event", "3", "--date", "2023年6月", "--out", out]).succeeded();
    assert!(write().err.contains("the handbook of 20 demands is"));
    let first = std::fs::read(&out).unwrap();
    let text = everything(&out);
    for expected in ["高端装备产业链产学研精准对接手册", "2023年6月", "目  录", "推荐理由", "邀请：", "企业名称"]
    {
        assert!(text.contains(expected), "{expected} is not in the handbook");
    }
    write();
    assert!(std::fs::read(&out).unwrap() == first, "the same input gives other bytes");
}

#[test]
fn the_three_lists_are_written_for_the_public_unless_asked_otherwise() {
    let folder = tempfile::tempdir().unwrap();
    let (demands, achievements, institutions) =
        (fixture("demands.jsonl"), fixture("achievements.jsonl"), fixture("institutions.jsonl"));
    let out = folder.path().join("清单/公开");
    let write = |more: &[&str]| {
        let mut all = arguments![
            "lists",
            "--demands",
            demands,
            "--achievements",
            achievements,
            "--institutions",
            institutions,
            "--out",
            out
        ]
        .to_vec();
        all.extend(more.iter().map(Into::into));
        duijie(all).succeeded()
    };
    assert_eq!(write(&[]).err.lines().count(), 7);
    let titles = ["企业技术需求项目清单", "卡脖子技术需求榜单", "可产业化创新成果清单"];
    let mut expected = vec!["对接清单（公开）.html".to_owned()];
    expected.extend(titles.iter().flat_map(|title| ["docx", "xlsx"].map(|ending| format!("{title}（公开）.{ending}"))));
    expected.sort();
    assert_eq!(names(&out), expected);
    for name in names(&out) {
        assert!(!everything(&out.join(&name)).contains(ENTERPRISE), "{name} names an enterprise");
    }
    write(&["--audience", "工作人员"]);
    assert!(everything(&out.join("对接清单（工作人员）.html")).contains(ENTERPRISE));
}

#[test]
fn pooled_pairs_go_to_two_judges_and_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let demands = fixture("demands.jsonl");
    let [run, book, qrels] = ["a.trec", "评判.xlsx", "qrels.txt"].map(|name| folder.path().join(name));
    on_collection("match", &arguments!["--unit", "achievement", "--top", "5", "--out", run]).succeeded();
    let (achievements, institutions) = (fixture("achievements.jsonl"), fixture("institutions.jsonl"));
    let ran = duijie(arguments![
        "judge",
        "write",
        "--run",
        run,
        "--depth",
        "2",
        "--demands",
        demands,
        "--achievements",
        achievements,
        "--institutions",
        institutions,
        "--out",
        book
    ]);
    assert!(ran.succeeded().err.contains("330 pairs for two judges"));
    let read = duijie(arguments!["judge", "read", book, "--qrels", qrels]).succeeded();
    assert!(read.out.starts_with("共330对，两位评委均已评0对，未评完330对"), "{}", read.out);
    assert_eq!(std::fs::read_to_string(&qrels).unwrap(), "");
    duijie(arguments!["judge", "read", run]).failed("is none of").failed("a.trec");
    let other = crate::official_tables::table("01-list-plain.xlsx");
    duijie(arguments!["judge", "read", other]).failed("is no judging workbook");
    duijie(arguments!["judge", "read", book, "--qrels", book]).failed("would be written over itself");
}
