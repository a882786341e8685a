//! What is written for an audience holds what it may see, and nothing else; and programs open it.

mod programs;

use duijie::{
    Achievement, Catalogue, Demand, DemandKind, DemandMatch, Institution, Institutions, MatchOptions, Matcher, Unit,
    Verdict,
};
use duijie_tables::{
    Audience, Disclosures, Grade, Handbook, Options, Records, pool, read_demands, read_judging_workbook,
    write_handbook_docx, write_judging_workbook, write_lists, write_matches_csv, write_matches_jsonl,
    write_matches_xlsx,
};
use programs::{Outcome, chromium, dom, pages, pdf_text, report_missing};
use std::io::Read;
use std::path::{Path, PathBuf};

struct Event {
    catalogue: Catalogue,
    institutions: Institutions,
    demands: Vec<Demand>,
    achievements: Vec<Achievement>,
    matches: Vec<DemandMatch>,
    by_achievement: Vec<DemandMatch>,
}

const SECRETS: [&str; 6] =
    ["13812345678", "zhang@example.com", "0531-88886666", "绝密工艺路线", "张工程师", "91370000123456789X"];

fn event() -> Event {
    let catalogue = Catalogue::default();
    let institutions = vec![
        Institution { id: "I1".into(), name: "齐岳大学".into(), ..Default::default() },
        Institution { id: "I2".into(), name: "胶东大学".into(), ..Default::default() },
    ];
    let mut demands = Vec::new();
    for (at, (title, sub, kind)) in [
        ("吊臂高强钢焊接延迟裂纹", "construction", DemandKind::Demand),
        ("质子膜燃料电池低温启动", "hydrogen", DemandKind::Bottleneck),
        ("风电叶片前缘雨蚀防护涂层", "wind", DemandKind::Demand),
    ]
    .into_iter()
    .enumerate()
    {
        let mut demand = Demand {
            id: format!("D{at}"),
            kind,
            title: title.into(),
            description: format!(
                "烟威起重装备有限公司的{title}问题严重，<b>急需</b>解决。请联系13812345678或zhang@example.com、0531-88886666。"
            ),
            indicators: vec!["接头抗拉≥960MPa".into(), "寿命≥8000h".into()],
            enterprise: Some("烟威起重装备有限公司".into()),
            city: Some("威海".into()),
            sub_industry: Some(sub.into()),
            budget: Some(300.0),
            ..Default::default()
        };
        for (field, value) in [
            ("contact", "张工程师"),
            ("phone", "13812345678"),
            ("credit_code", "91370000123456789X"),
            ("remark", "绝密工艺路线"),
        ] {
            demand.extra.insert(field.into(), value.into());
        }
        catalogue.settle(&mut demand.chain, &mut demand.sub_industry).unwrap();
        demands.push(demand);
    }
    let mut achievements = Vec::new();
    for (at, (title, sub)) in [
        ("高强钢低氢焊接与后热消氢", "construction"),
        ("燃料电池低温启动策略", "hydrogen"),
        ("风电叶片雨蚀防护涂层", "wind"),
    ]
    .into_iter()
    .enumerate()
    {
        let mut achievement = Achievement {
            id: format!("A{at}"),
            title: title.into(),
            summary: format!("{title}，已验证；解决延迟裂纹、低温启动、前缘雨蚀等问题。联系zhang@example.com。"),
            keywords: vec!["焊接".into(), "涂层".into()],
            institution: Some(if at == 1 { "I2" } else { "I1" }.into()),
            sub_industry: Some(sub.into()),
            maturity: Some(6),
            stage: Some("中试".into()),
            ..Default::default()
        };
        achievement.extra.insert("phone".into(), "13812345678".into());
        catalogue.settle(&mut achievement.chain, &mut achievement.sub_industry).unwrap();
        achievements.push(achievement);
    }
    let matcher = Matcher::from_records(catalogue.clone(), institutions.clone(), achievements.clone()).unwrap();
    let run = |unit| {
        let options = MatchOptions { unit, ..MatchOptions::default() };
        demands.iter().map(|demand| matcher.match_one(demand, &options).unwrap()).collect::<Vec<_>>()
    };
    let (mut matches, by_achievement) = (run(Unit::Institution), run(Unit::Achievement));
    // What three records make of the verdict is not the matter here; both must be shown.
    for matched in &mut matches {
        matched.verdict = if matched.demand == "D2" { Verdict::NoCredibleMatch } else { Verdict::Matched };
    }
    Event {
        catalogue,
        institutions: Institutions::new(institutions).unwrap(),
        demands,
        achievements,
        matches,
        by_achievement,
    }
}

impl Event {
    fn records(&self) -> Records<'_> {
        Records {
            catalogue: &self.catalogue,
            institutions: &self.institutions,
            demands: &self.demands,
            achievements: &self.achievements,
        }
    }

    /// Writes everything there is for an audience.
    fn write(&self, folder: &Path, audience: Audience) -> Vec<PathBuf> {
        let (records, disclosures) = (self.records(), Disclosures::default());
        let mut written = write_lists(folder, &records, audience, &disclosures).unwrap();
        let file = |name: &str| folder.join(format!("{name}（{}）", audience.chinese()));
        let [sheet, csv, lines, book] = ["匹配.xlsx", "匹配.csv", "匹配.jsonl", "手册.docx"]
            .map(|name| file(name).with_extension(name.split('.').next_back().unwrap()));
        write_matches_xlsx(&sheet, &self.matches, &records, audience, &disclosures).unwrap();
        write_matches_csv(&csv, &self.matches, &records, audience, &disclosures).unwrap();
        write_matches_jsonl(&lines, &self.matches, &records, audience, &disclosures).unwrap();
        let handbook = Handbook {
            title: "新能源装备产业链产学研精准对接手册".into(),
            issuer: "山东省工业和信息化厅".into(),
            date: "2023年8月".into(),
            candidates: 5,
        };
        write_handbook_docx(&book, &handbook, &self.matches, &records, audience, &disclosures).unwrap();
        written.extend([sheet, csv, lines, book]);
        written
    }
}

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

#[test]
fn nothing_that_is_not_declared_leaves() {
    let event = event();
    for audience in Audience::ALL {
        let folder = tempfile::tempdir().unwrap();
        let mut written = event.write(folder.path(), audience);
        assert_eq!(written.len(), 11);
        // The files found are the files answered: nothing else was left in the folder.
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 11);
        written.sort();
        for path in written {
            let text = everything(&path);
            for secret in SECRETS {
                assert!(!text.contains(secret), "{secret} is in {}", path.display());
            }
            let masked = matches!(audience, Audience::Public | Audience::Institutions);
            if masked {
                assert!(!text.contains("烟威起重装备"), "{} names the enterprise", path.display());
            }
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let written = event.write(folder.path(), Audience::Staff);
    let lists: String =
        written.iter().filter(|path| path.extension().is_some_and(|e| e == "html")).map(|p| everything(p)).collect();
    assert!(lists.contains("烟威起重装备有限公司"), "the search above would find what is there");
    assert!(lists.contains("&lt;b&gt;急需&lt;") && !lists.contains("<b>急需"), "texts are escaped");
}

#[test]
fn the_same_records_give_the_same_bytes() {
    let event = event();
    let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for (a, b) in event.write(first.path(), Audience::Staff).iter().zip(event.write(second.path(), Audience::Staff)) {
        assert!(std::fs::read(a).unwrap() == std::fs::read(&b).unwrap(), "{}", b.display());
    }
}

#[test]
fn an_import_report_is_written_in_all_three_forms() {
    let folder = tempfile::tempdir().unwrap();
    let files = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/files");
    let import = read_demands(&[files], &Catalogue::default(), &Options::default()).unwrap();
    let report = import.report();
    let text = report.to_string();
    assert!(text.contains("疑似重复") && text.contains("身份证号") && text.contains("推断"), "{text}");
    report.write_html(&folder.path().join("报告.html")).unwrap();
    report.write_xlsx(&folder.path().join("报告.xlsx")).unwrap();
    let page = everything(&folder.path().join("报告.html"));
    assert!(page.contains("02-list-merged.xlsx") && page.contains("疑似重复"));
    assert!(everything(&folder.path().join("报告.xlsx")).contains("02-list-merged.xlsx"));
    // Duplicates across files are proposed, and nothing was merged but the row that repeats itself in one file.
    assert!(import.duplicates.len() > 10);
    assert_eq!(import.counts().merged, 1);
}

#[test]
fn judgements_come_back_with_agreement_and_qrels() {
    let event = event();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("评判.xlsx");
    let pairs = pool(&[&event.by_achievement, &event.matches], 2);
    assert!(pairs.len() >= 3);
    write_judging_workbook(&path, &pairs, &event.records()).unwrap();
    let text = everything(&path);
    assert!(!text.contains("得分") && !text.contains("名次"));
    let blank = read_judging_workbook(&path).unwrap();
    assert_eq!(blank.pairs.len(), pairs.len());
    assert_eq!((blank.unjudged(), blank.weighted_kappa(), blank.qrels()), (pairs.len(), None, String::new()));
    // Two judges fill in a workbook of the same head, in an order of their own.
    let mut workbook = rust_xlsxwriter::Workbook::new();
    for (judge, grade) in [("评委甲", Grade::Strong), ("评委乙", Grade::Weak)] {
        let sheet = workbook.add_worksheet().set_name(judge).unwrap();
        let heads =
            ["需求编号", "技术需求名称", "需求描述", "主要技术指标", "成果编号", "成果名称", "成果简介", "评级"];
        for (head, column) in heads.iter().zip(0_u16..) {
            sheet.write_string(0, column, *head).unwrap();
        }
        for (pair, row) in pairs.iter().zip(1_u32..) {
            sheet.write_string(row, 0, &pair.demand).unwrap();
            sheet.write_string(row, 4, &pair.achievement).unwrap();
            sheet.write_string(row, 7, if row == 1 { "强相关" } else { grade.chinese() }).unwrap();
        }
    }
    workbook.save(&path).unwrap();
    let judged = read_judging_workbook(&path).unwrap();
    assert_eq!(judged.disagreements().len(), pairs.len() - 1);
    assert_eq!(judged.qrels().lines().count(), pairs.len());
    assert!(judged.qrels().starts_with(&format!("{} 0 {} 3\n", pairs[0].demand, pairs[0].achievement)));
    assert!(judged.weighted_kappa().is_some());
}

#[test]
fn libreoffice_opens_every_document_and_shows_its_text() {
    let event = event();
    let folder = tempfile::tempdir().unwrap();
    let written = event.write(folder.path(), Audience::Staff);
    let documents = written.iter().filter(|path| path.extension().is_some_and(|e| e == "docx" || e == "xlsx"));
    for path in documents {
        match pdf_text(path, folder.path()) {
            Outcome::Missing(program) => return report_missing(program, "the documents in LibreOffice"),
            Outcome::Ran(text) => {
                let text: String = text.split_whitespace().collect();
                let expected = if path.to_string_lossy().contains("卡脖子") { "低温启动" } else { "焊接" };
                assert!(text.contains(expected), "{}: {text}", path.display());
                if path.to_string_lossy().contains("手册") {
                    assert!(text.contains("精准对接手册") && text.contains("目录") && text.contains("推荐理由"));
                    assert!(
                        !text.contains('…') && text.contains("邀请：齐岳大学"),
                        "the contents have page numbers: {text}"
                    );
                    assert!(pages(path) >= 4);
                }
            }
        }
    }
}

#[test]
fn the_page_filters_by_address_and_fits_a_phone() {
    let event = event();
    let folder = tempfile::tempdir().unwrap();
    let page = event
        .write(folder.path(), Audience::Public)
        .into_iter()
        .find(|path| path.extension().is_some_and(|e| e == "html"))
        .unwrap();
    let copy = folder.path().join("page.html");
    std::fs::copy(page, &copy).unwrap();
    let shown = |text: &str| text.matches("<tr data-chain").count() - text.matches("hidden=\"\"").count();
    let all = match dom(&copy, "") {
        Outcome::Missing(program) => return report_missing(program, "the page in Chromium"),
        Outcome::Ran(text) => text,
    };
    assert!(all.contains("data-state=\"\""), "the script ran");
    let count = |text: &str| -> Vec<String> {
        text.split("class=\"count\" role=\"status\">")
            .skip(1)
            .map(|rest| rest.split('<').next().unwrap().to_owned())
            .collect()
    };
    assert_eq!(count(&all), ["3", "2", "1"]);
    let Outcome::Ran(found) = dom(&copy, "?q=%E5%8F%B6%E7%89%87") else { panic!("Chromium was there before") };
    assert_eq!(count(&found), ["1", "1", "0"], "the search for 叶片");
    assert!(shown(&found) < shown(&all));
    let Outcome::Ran(found) = dom(
        &copy,
        "?chain=%E6%96%B0%E8%83%BD%E6%BA%90%E8%A3%85%E5%A4%87%E4%BA%A7%E4%B8%9A%E9%93%BE&sub=%E6%B0%A2%E7%87%83%E6%96%99%E7%94%B5%E6%B1%A0",
    ) else {
        panic!("Chromium was there before")
    };
    assert_eq!(count(&found), ["1", "0", "1"], "the filter by chain and sub-industry");
    // At the width of a phone nothing reaches over the edge: the script of the test page says so in its title.
    let Outcome::Ran(wide) = chromium::width_of(&copy, 390) else { panic!("Chromium was there before") };
    assert!(wide <= 390, "the page is {wide} wide on a phone of 390");
}
