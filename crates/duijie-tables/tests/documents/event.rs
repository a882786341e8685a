//! A small event, everything written of it, and all that is in a file.

use duijie::{
    Achievement, Catalogue, Demand, DemandKind, DemandMatch, Institution, Institutions, MatchOptions, Matcher, Unit,
    Verdict,
};
use duijie_tables::{
    Audience, Disclosures, Handbook, Records, pool, write_handbook_docx, write_judging_workbook, write_lists,
    write_matches_csv, write_matches_jsonl, write_matches_xlsx,
};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Records, and what a matching of them found.
pub(crate) struct Event {
    pub(crate) catalogue: Catalogue,
    pub(crate) institutions: Institutions,
    pub(crate) demands: Vec<Demand>,
    pub(crate) achievements: Vec<Achievement>,
    pub(crate) matches: Vec<DemandMatch>,
    pub(crate) by_achievement: Vec<DemandMatch>,
}

/// What no document may hold.
pub(crate) const SECRETS: [&str; 6] =
    ["13812345678", "zhang@example.com", "0531-88886666", "绝密工艺路线", "张工程师", "91370000123456789X"];

pub(crate) fn event() -> Event {
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
    pub(crate) fn records(&self) -> Records<'_> {
        Records {
            catalogue: &self.catalogue,
            institutions: &self.institutions,
            demands: &self.demands,
            achievements: &self.achievements,
        }
    }

    /// Writes everything there is for an audience.
    pub(crate) fn write(&self, folder: &Path, audience: Audience) -> Vec<PathBuf> {
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
        let judging = file("评判").with_extension("xlsx");
        write_judging_workbook(&judging, &pool(&[&self.matches, &self.by_achievement], 5), &records).unwrap();
        written.extend([sheet, csv, lines, book, judging]);
        written
    }
}

/// Everything in a file: its bytes, and those of the parts it packs.
pub(crate) fn everything(path: &Path) -> String {
    let bytes = std::fs::read(path).unwrap();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    text + &parts(path).into_values().collect::<String>()
}

/// The parts that an office file packs, by name; of any other file none.
pub(crate) fn parts(path: &Path) -> BTreeMap<String, String> {
    let Ok(mut archive) = zip::ZipArchive::new(std::fs::File::open(path).unwrap()) else { return BTreeMap::new() };
    let mut parts = BTreeMap::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        parts.insert(part.name().to_owned(), String::from_utf8_lossy(&bytes).into_owned());
    }
    parts
}
