use crate::event::{SECRETS, event, everything};
use duijie::{HomeProvince, InferredSubIndustry};
use duijie_tables::{Audience, Disclosures, TableError};

#[test]
fn nothing_that_is_not_declared_leaves() {
    let event = event();
    for audience in Audience::ALL {
        let folder = tempfile::tempdir().unwrap();
        let mut written = event.write(folder.path(), audience);
        assert_eq!(written.len(), 12);
        // The files found are the files answered: nothing else was left in the folder.
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 12);
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
fn a_field_that_there_is_not_is_refused_with_its_line_and_those_there_are() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("公开范围.toml");
    let declaration = |demands: &str, masked: &str| {
        let nothing = "achievements = []\nmatches = []\n";
        let audience =
            |name: &str, demands: &str| format!("[{name}]\ndemands = [{demands}]\n{nothing}masked = [{masked}]\n");
        let others = ["institutions", "enterprises", "staff"].map(|name| audience(name, "\"title\""));
        audience("public", demands) + &others.concat()
    };
    for (demands, field, nearest) in [
        ("\"title\",\n\"indicator\"", "indicator", "indicators"),
        ("\"title\",\n\"企业名称\"", "企业名称", "enterprise"),
        ("\"title\",\n\"ends\"", "ends", "end"),
    ] {
        std::fs::write(&path, declaration(demands, "")).unwrap();
        let error = Disclosures::load(&path).unwrap_err();
        let TableError::UnknownDisclosure { line, field: found, known, .. } = &error else { panic!("{error}") };
        assert_eq!((*line, found.as_str()), (3, field));
        assert!(known.starts_with(&format!("{nearest}, ")), "{known}");
    }
    std::fs::write(&path, declaration("\"title\"", "\"city\"")).unwrap();
    assert!(matches!(Disclosures::load(&path), Err(TableError::UnknownDisclosure { line: 5, .. })));

    std::fs::write(&path, declaration("\"title\", \"start\", \"end\", \"period\", \"trl_now\", \"keywords\"", ""))
        .unwrap();
    let disclosures = Disclosures::load(&path).unwrap();
    let mut event = event();
    for demand in &mut event.demands {
        demand.extra.insert("trl_now".into(), vec![3, 4].into());
        demand.extra.insert("keywords".into(), vec!["焊接", "裂纹"].into());
    }
    let page = folder.path().join("a.html");
    duijie_tables::write_lists_html(&page, &event.records(), Audience::Public, &disclosures).unwrap();
    let text = everything(&page);
    for shown in ["开始年限", "到期年限", "需求时限", "TRL3–TRL4", "焊接；裂纹"] {
        assert!(text.contains(shown), "{shown}");
    }
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
fn the_heads_of_lists_in_documents_stand_on_every_page() {
    let event = event();
    let folder = tempfile::tempdir().unwrap();
    let written = event.write(folder.path(), Audience::Staff);
    for path in written.iter().filter(|path| path.extension().is_some_and(|ending| ending == "docx")) {
        let text = everything(path);
        assert!(text.contains("<w:tblHeader />"), "{}", path.display());
        assert!(!text.contains("w:trHeight"), "{}: a mark was left in it", path.display());
    }
}

#[test]
fn rows_stay_whole_and_facts_stay_with_their_heading() {
    let event = event();
    let folder = tempfile::tempdir().unwrap();
    let written = event.write(folder.path(), Audience::Staff);
    let handbook = written.iter().find(|path| path.to_string_lossy().contains("手册")).unwrap();
    let mut archive = zip::ZipArchive::new(std::fs::File::open(handbook).unwrap()).unwrap();
    let text = std::io::read_to_string(archive.by_name("word/document.xml").unwrap()).unwrap();
    let tables: Vec<&str> = text.split("<w:tbl>").skip(1).filter_map(|rest| rest.split("</w:tbl>").next()).collect();
    let rows = |table: &str| table.split("<w:tr>").skip(1).map(str::to_owned).collect::<Vec<_>>();
    assert!(tables.iter().flat_map(|table| rows(table)).all(|row| row.contains("<w:cantSplit")));
    let facts: Vec<&&str> = tables.iter().filter(|table| table.contains("所属产业链")).collect();
    assert_eq!(facts.len(), event.demands.len());
    for table in facts {
        let kept: Vec<bool> =
            rows(table).iter().map(|row| row.matches("<w:keepNext").count() == row.matches("</w:p>").count()).collect();
        let (last, others) = kept.split_last().unwrap();
        assert!(others.len() > 3 && others.iter().all(|kept| *kept) && !last, "{kept:?}");
    }
}

#[test]
fn what_is_inferred_what_is_met_and_who_is_at_home_is_shown_to_whom_it_is_declared_for() {
    let mut event = event();
    for matched in &mut event.matches {
        let name = "工程机械".to_owned();
        matched.inferred = Some(InferredSubIndustry { sub_industry: "construction".into(), name, probability: 0.8249 });
        matched.home = Some(HomeProvince { province: "山东".into(), candidate: None });
    }
    let (inferred, answer, home) = ("工程机械（推断，概率 0.82）", "未载明 接头抗拉≥960MPa", "省内无候选（山东）");
    for (audience, seen) in [
        (Audience::Public, [false, false, false]),
        (Audience::Institutions, [true, true, false]),
        (Audience::Enterprises, [true, true, false]),
        (Audience::Staff, [true, true, true]),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let of_matches =
            |path: &&std::path::PathBuf| ["匹配", "手册"].iter().any(|s| path.to_string_lossy().contains(s));
        for path in event.write(folder.path(), audience).iter().filter(of_matches) {
            let text = everything(path);
            assert_eq!([inferred, answer, home].map(|said| text.contains(said)), seen, "{}", path.display());
        }
    }
}

#[test]
fn a_workbook_has_no_columns_for_what_nobody_asked() {
    let mut event = event();
    let folder = tempfile::tempdir().unwrap();
    event.demands.iter_mut().for_each(|demand| demand.indicators.clear());
    for matched in &mut event.matches {
        let duijie::Ranking::Institutions(list) = &mut matched.ranking else { panic!() };
        list.iter_mut().flat_map(|entry| &mut entry.evidence).for_each(|best| best.indicators.clear());
    }
    for path in event.write(folder.path(), Audience::Staff) {
        if path.to_string_lossy().contains("匹配") {
            let heads = ["推断细分行业", "指标满足情况", "省内候选"].map(|head| everything(&path).contains(head));
            let csv = path.extension().is_some_and(|ending| ending == "csv");
            assert_eq!(heads, [csv; 3], "{}", path.display());
        }
    }
}

#[test]
fn the_names_of_the_catalogue_and_of_institutions_are_nobodys_to_mask() {
    let mut event = event();
    for demand in &mut event.demands {
        (demand.enterprise, demand.city) = (Some("齐岳重工有限公司".into()), Some("济南".into()));
    }
    event.demands[0].enterprise = Some("海阳风电设备有限公司".into());
    event.demands[1].description = "齐岳重工生产的风电主轴开裂。".into();
    for audience in [Audience::Public, Audience::Institutions] {
        let folder = tempfile::tempdir().unwrap();
        let texts: Vec<String> = event.write(folder.path(), audience).iter().map(|path| everything(path)).collect();
        assert!(texts.iter().any(|text| text.contains("齐岳大学")));
        assert!(texts.iter().any(|text| text.contains("风电装备")));
        for text in texts {
            assert!(!text.contains("齐岳重工") && !text.contains("海阳风电设备"));
            assert!(!text.contains("某企业大学"));
        }
    }
}

/// A declaration in which the public may see these fields of achievements and matches.
fn declared(achievements: &str, matches: &str) -> Disclosures {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("公开范围.toml");
    let audience = |name: &str| {
        format!(
            "[{name}]\ndemands = [\"title\"]\nachievements = [{achievements}]\nmatches = [{matches}]\nmasked = []\n"
        )
    };
    std::fs::write(&path, ["public", "institutions", "enterprises", "staff"].map(audience).concat()).unwrap();
    Disclosures::load(&path).unwrap()
}

#[test]
fn passages_are_shown_where_they_and_their_field_are_declared() {
    let event = event();
    let passages: Vec<(String, &str)> = event
        .matches
        .iter()
        .filter(|matched| matched.verdict == duijie::Verdict::Matched)
        .flat_map(|matched| match &matched.ranking {
            duijie::Ranking::Institutions(list) => list.iter().filter_map(|entry| entry.evidence.first()).collect(),
            duijie::Ranking::Achievements(_) => Vec::new(),
        })
        .flat_map(|best| &best.passages)
        .map(|passage| (passage.text.split('。').next().unwrap_or_default().to_owned(), passage.field))
        .collect();
    let of_summary = passages.iter().filter(|(_, field)| *field == "summary");
    let quoted: Vec<&str> = of_summary.map(|(text, _)| text.as_str()).collect();
    assert!(!quoted.is_empty());
    let title = event.achievements[0].title.as_str();
    for (achievements, matches, shows_passages, shows_titles) in [
        ("\"title\", \"summary\", \"keywords\"", "\"demand\", \"rank\", \"institution\"", false, false),
        (
            "\"title\", \"keywords\"",
            "\"demand\", \"institution\", \"achievement\", \"passage\", \"indicators\"",
            false,
            true,
        ),
        ("\"title\", \"summary\"", "\"demand\", \"institution\", \"achievement\", \"passage\"", true, true),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let [sheet, csv, lines, book] =
            ["匹配.xlsx", "匹配.csv", "匹配.jsonl", "手册.docx"].map(|name| folder.path().join(name));
        let (records, audience, disclosures) = (event.records(), Audience::Public, declared(achievements, matches));
        duijie_tables::write_matches_xlsx(&sheet, &event.matches, &records, audience, &disclosures).unwrap();
        duijie_tables::write_matches_csv(&csv, &event.matches, &records, audience, &disclosures).unwrap();
        duijie_tables::write_matches_jsonl(&lines, &event.matches, &records, audience, &disclosures).unwrap();
        let handbook = duijie_tables::Handbook {
            title: "手册".into(),
            issuer: "某厅".into(),
            date: "2023年8月".into(),
            candidates: 5,
        };
        duijie_tables::write_handbook_docx(&book, &handbook, &event.matches, &records, audience, &disclosures).unwrap();
        for path in [sheet, csv, lines, book] {
            let text = everything(&path);
            let seen = quoted.iter().any(|passage| text.contains(passage));
            assert_eq!(seen, shows_passages, "{} for {achievements} and {matches}", path.display());
            assert_eq!(text.contains(title), shows_titles, "{} for {matches}", path.display());
            let is_book = path.extension().is_some_and(|ending| ending == "docx");
            for (head, field) in [("依据成果", "\"achievement\""), ("推荐理由", "\"passage\""), ("名次", "\"rank\"")]
            {
                assert!(!is_book || text.contains(head) == matches.contains(field), "{head} for {matches}");
            }
        }
    }
}

#[test]
fn a_field_declared_twice_is_refused_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("公开范围.toml");
    let audience = |name: &str, demands: &str| {
        format!("[{name}]\ndemands = [{demands}]\nachievements = []\nmatches = []\nmasked = []\n")
    };
    let others = ["institutions", "enterprises", "staff"].map(|name| audience(name, "\"title\""));
    std::fs::write(&path, audience("public", "\"title\",\n\"city\",\n\"title\"") + &others.concat()).unwrap();
    let error = Disclosures::load(&path).unwrap_err();
    assert!(matches!(&error, TableError::RepeatedDisclosure { line: 4, field, .. } if field == "title"), "{error}");
}
