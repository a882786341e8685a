//! The collection, written as a list, a form and a csv and read back, is the collection.

use docx_rs::{Docx, Paragraph, Run, Table, TableCell, TableRow};
use duijie::{Achievement, Catalogue, Demand, Institutions, RecordReader, Strictness};
use duijie_tables::{
    Audience, Disclosures, Import, Options, PublishedList, Records, read_achievements, read_demands, write_list_docx,
    write_list_xlsx,
};
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::path::{Path, PathBuf};

struct Collection {
    catalogue: Catalogue,
    institutions: Institutions,
    demands: Vec<Demand>,
    achievements: Vec<Achievement>,
}

impl Collection {
    fn read() -> Self {
        let file =
            |name: &str| vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/collection").join(name)];
        let catalogue = Catalogue::default();
        let reader = RecordReader::new(&catalogue, Strictness::Strict);
        let institutions =
            Institutions::new(reader.institutions(&file("institutions.jsonl")).unwrap().records).unwrap();
        let demands = reader.demands(&file("demands.jsonl")).unwrap().records;
        let achievements = reader.achievements(&file("achievements.jsonl"), &institutions).unwrap().records;
        Self { catalogue, institutions, demands, achievements }
    }

    fn records(&self) -> Records<'_> {
        let Self { catalogue, institutions, demands, achievements } = self;
        Records { catalogue, institutions, demands, achievements }
    }
}

fn same<T: PartialEq + Debug>(import: Import<T>, expected: &[T], id: impl Fn(&T) -> String) {
    assert_eq!(import.counts().imported, expected.len(), "{}", import.report());
    let found: BTreeMap<String, T> = import.records.into_iter().map(|record| (id(&record), record)).collect();
    for record in expected {
        assert_eq!(found.get(&id(record)), Some(record));
    }
}

#[test]
fn lists_of_the_collection_read_back_equal() {
    let collection = Collection::read();
    let (records, disclosures) = (collection.records(), Disclosures::default());
    let folder = tempfile::tempdir().unwrap();
    for ending in ["xlsx", "docx"] {
        let write = |list: PublishedList| -> PathBuf {
            let path = folder.path().join(format!("{}.{ending}", list.title()));
            let write = if ending == "xlsx" { write_list_xlsx } else { write_list_docx };
            write(&path, list, &records, Audience::Staff, &disclosures).unwrap();
            path
        };
        let options = Options::default();
        let paths = [write(PublishedList::Demands), write(PublishedList::Bottlenecks)];
        let demands = read_demands(&paths, &collection.catalogue, &options).unwrap();
        same(demands, &collection.demands, |demand| demand.id.clone());
        let paths = [write(PublishedList::Achievements)];
        let found = read_achievements(&paths, &collection.catalogue, &collection.institutions, &options).unwrap();
        same(found, &collection.achievements, |achievement| achievement.id.clone());
    }
}

/// What was written as a file in GB18030.
fn gb18030(writer: csv::Writer<Vec<u8>>) -> (tempfile::TempDir, PathBuf) {
    let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
    let (bytes, _, unmappable) = encoding_rs::GB18030.encode(&text);
    assert!(!unmappable);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("表.csv");
    std::fs::write(&path, bytes).unwrap();
    (folder, path)
}

#[test]
fn a_gb18030_csv_of_the_achievements_reads_back_equal() {
    let collection = Collection::read();
    let mut writer = csv::Writer::from_writer(Vec::new());
    let heads = ["成果编号", "成果名称", "完成单位", "细分行业", "成果简介", "关键词", "技术成熟度", "成果所处阶段"];
    let more = ["专利项数", "成果公布年份", "转让费（万元）", "转化方式"];
    writer.write_record(heads.iter().chain(&more)).unwrap();
    for achievement in &collection.achievements {
        let number = |value: Option<String>| value.unwrap_or_default();
        let institution = collection.institutions.get(achievement.institution.as_deref().unwrap()).unwrap();
        writer
            .write_record([
                achievement.id.clone(),
                achievement.title.clone(),
                institution.name.clone(),
                achievement.sub_industry.clone().unwrap(),
                achievement.summary.clone(),
                achievement.keywords.join("；"),
                number(achievement.maturity.map(|level| format!("TRL{level}"))),
                achievement.stage.clone().unwrap_or_default(),
                number(achievement.patents.map(|count| format!("{count}项"))),
                number(achievement.year.map(|year| format!("{year}年"))),
                number(achievement.price.map(|price| price.to_string())),
                achievement.cooperation_modes.join("、"),
            ])
            .unwrap();
    }
    let (_folder, path) = gb18030(writer);
    let found =
        read_achievements(&[path], &collection.catalogue, &collection.institutions, &Options::default()).unwrap();
    same(found, &collection.achievements, |achievement| achievement.id.clone());
}

#[test]
fn a_gb18030_csv_of_the_demands_reads_back_equal() {
    let collection = Collection::read();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer
        .write_record([
            "需求编号",
            "需求类型",
            "需求名称",
            "需求描述",
            "考核指标",
            "企业名称",
            "所在地市",
            "所属产业链",
            "细分行业",
        ])
        .unwrap();
    for demand in &collection.demands {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let kind = if demand.kind == duijie::DemandKind::Bottleneck { "卡脖子" } else { "技术需求" };
        let chain = collection.catalogue.chain(demand.chain.as_deref().unwrap()).unwrap();
        let (_, sub_industry) = collection.catalogue.sub_industry(demand.sub_industry.as_deref().unwrap()).unwrap();
        writer
            .write_record([
                &demand.id,
                kind,
                &demand.title,
                &demand.description,
                &demand.indicators.join("\n"),
                &text(&demand.enterprise),
                &text(&demand.city),
                chain.name.trim_end_matches("产业链"),
                &sub_industry.name,
            ])
            .unwrap();
    }
    let (_folder, path) = gb18030(writer);
    let demands = read_demands(&[path], &collection.catalogue, &Options::default()).unwrap();
    same(demands, &collection.demands, |demand| demand.id.clone());
}

#[test]
fn forms_of_the_collection_read_back_equal() {
    let collection = Collection::read();
    let folder = tempfile::tempdir().unwrap();
    let cell = |text: &str| TableCell::new().add_paragraph(Paragraph::new().add_run(Run::new().add_text(text)));
    // Half of them a file each, the other half below each other in one.
    let mut all = Docx::new();
    for (at, demand) in collection.demands.iter().enumerate() {
        let indicators = demand.indicators.join("；");
        let kind = if demand.kind == duijie::DemandKind::Bottleneck { "卡脖子" } else { "技术需求" };
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let rows = vec![
            TableRow::new(vec![cell("技术需求名称"), cell(&demand.title).grid_span(3)]),
            TableRow::new(vec![cell("需求编号"), cell(&demand.id), cell("需求类型"), cell(kind)]),
            TableRow::new(vec![
                cell("企 业 名 称"),
                cell(&text(&demand.enterprise)),
                cell("所在地市"),
                cell(&text(&demand.city)),
            ]),
            TableRow::new(vec![
                cell("所属产业链"),
                cell(&text(&demand.chain)),
                cell("细分行业"),
                cell(&text(&demand.sub_industry)),
            ]),
            TableRow::new(vec![cell("主要问题：").grid_span(4)]),
            TableRow::new(vec![cell(&demand.description).grid_span(4)]),
            TableRow::new(vec![cell("主要技术指标"), cell(&indicators).grid_span(3)]),
        ];
        if at % 2 == 0 {
            let file = std::fs::File::create(folder.path().join(format!("{}.docx", demand.id))).unwrap();
            Docx::new().add_table(Table::new(rows)).build().pack(file).unwrap();
        } else {
            all = all.add_table(Table::new(rows)).add_paragraph(Paragraph::new());
        }
    }
    all.build().pack(std::fs::File::create(folder.path().join("all.docx")).unwrap()).unwrap();
    let demands = read_demands(&[folder.path().to_owned()], &collection.catalogue, &Options::default()).unwrap();
    same(demands, &collection.demands, |demand| demand.id.clone());
}

#[test]
fn forms_of_the_achievements_read_back_equal() {
    let collection = Collection::read();
    let folder = tempfile::tempdir().unwrap();
    let cell = |text: &str| TableCell::new().add_paragraph(Paragraph::new().add_run(Run::new().add_text(text)));
    let mut all = Docx::new();
    for (at, achievement) in collection.achievements.iter().enumerate() {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let number = |number: Option<String>| number.unwrap_or_default();
        let institution = &collection.institutions.get(achievement.institution.as_deref().unwrap()).unwrap().name;
        let rows = vec![
            TableRow::new(vec![cell("成果名称"), cell(&achievement.title).grid_span(3)]),
            TableRow::new(vec![cell("成果编号"), cell(&achievement.id), cell("完 成 单 位"), cell(institution)]),
            TableRow::new(vec![
                cell("所属产业链"),
                cell(&text(&achievement.chain)),
                cell("细分行业"),
                cell(&text(&achievement.sub_industry)),
            ]),
            TableRow::new(vec![cell("成果简介：").grid_span(4)]),
            TableRow::new(vec![cell(&achievement.summary).grid_span(4)]),
            TableRow::new(vec![cell("关键词"), cell(&achievement.keywords.join("；")).grid_span(3)]),
            TableRow::new(vec![
                cell("现有技术成熟度"),
                cell(&number(achievement.maturity.map(|level| format!("TRL{level}")))),
                cell("成果所处阶段"),
                cell(&text(&achievement.stage)),
            ]),
            TableRow::new(vec![
                cell("专利项数"),
                cell(&number(achievement.patents.map(|count| format!("{count}项")))),
                cell("成果公布年份"),
                cell(&number(achievement.year.map(|year| format!("{year}年")))),
            ]),
            TableRow::new(vec![
                cell("转让费（万元）"),
                cell(&number(achievement.price.map(|price| price.to_string()))),
                cell("转化方式"),
                cell(&achievement.cooperation_modes.join("、")),
            ]),
        ];
        if at % 2 == 0 {
            let file = std::fs::File::create(folder.path().join(format!("{}.docx", achievement.id))).unwrap();
            Docx::new().add_table(Table::new(rows)).build().pack(file).unwrap();
        } else {
            all = all.add_table(Table::new(rows)).add_paragraph(Paragraph::new());
        }
    }
    all.build().pack(std::fs::File::create(folder.path().join("all.docx")).unwrap()).unwrap();
    let paths = [folder.path().to_owned()];
    let found =
        read_achievements(&paths, &collection.catalogue, &collection.institutions, &Options::default()).unwrap();
    same(found, &collection.achievements, |achievement| achievement.id.clone());
}
