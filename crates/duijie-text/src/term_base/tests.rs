use super::*;

const HEADER: &str = "term\tkind\tsynonyms\tbroader\tremedies\n";

fn base(text: &str) -> Result<TermBase, (usize, TermFileProblem)> {
    let mut terms = TermBase::default();
    file::read(text).and_then(|rows| terms.add_file("metal", rows)).map(|()| terms)
}

#[test]
fn every_built_in_file_is_valid_and_problems_are_rich() {
    let terms = TermBase::standard();
    assert!(terms.len() >= 8_000, "{} concepts", terms.len());
    for concept in terms.iter().filter(|concept| concept.kind == ConceptKind::Problem) {
        for relation in [Relation::Mechanism, Relation::Remedy] {
            let count = concept.forms.iter().filter(|form| form.relation == relation).count();
            assert!(count >= 6, "{} has {count} forms of {relation:?}", concept.name);
        }
    }
}

#[test]
fn bad_lines_are_named() {
    let problem = |text: &str| base(text).unwrap_err();
    assert_eq!(problem("term\tkind\tcolour\n").0, 1);
    let twice = problem(&format!("{HEADER}裂纹\tproblem\t\t\t\n裂纹\tproblem\t\t\t\n"));
    assert_eq!(twice, (3, TermFileProblem::Duplicate { name: "裂纹".into(), first: 2 }));
    assert_eq!(problem(&format!("{HEADER}裂纹\tproblem\n")).1, TermFileProblem::Cells { found: 2, expected: 5 });
    assert_eq!(problem(&format!("{HEADER}裂纹\tthing\t\t\t\n")).1, TermFileProblem::Kind("thing".into()));
    assert_eq!(problem(&format!("{HEADER}\n\tproblem\t\t\t\n")).1, TermFileProblem::NoTerm);
    let nowhere = problem(&format!("{HEADER}裂纹\tproblem\t\t缺陷\t\n"));
    assert_eq!(nowhere.1, TermFileProblem::Dangling { name: "缺陷".into() });
    let circle = problem(&format!("{HEADER}裂纹\tproblem\t\t缺陷\t\n缺陷\tproblem\t\t裂纹\t\n"));
    assert_eq!(circle.1, TermFileProblem::Circle { name: "裂纹".into() });
}

#[test]
fn what_the_columns_broader_and_narrower_contradict_each_other_in_is_named() {
    let head = "term\tkind\tnarrower\tbroader\n";
    for (line, rows) in [
        (2, "甲材\tmaterial\t丁材\t\n丁材\tmaterial\t甲材\t\n"),
        (2, "甲材\tmaterial\t乙材\t乙材\n乙材\tmaterial\t\t\n"),
        (2, "甲材\tmaterial\t乙材\t\n乙材\tmaterial\t丙材\t\n丙材\tmaterial\t甲材\t\n"),
        (3, "丁材\tmaterial\t\t\n甲材\tmaterial\t乙材\t丙材\n乙材\tmaterial\t丙材\t\n丙材\tmaterial\t\t\n"),
    ] {
        let circle = base(&format!("{head}{rows}")).unwrap_err();
        assert_eq!(circle, (line, TermFileProblem::Circle { name: "甲材".into() }), "{rows}");
    }
    base(&format!("{head}甲材\tmaterial\t乙材;词\t\n乙材\tmaterial\t丙材\t甲材\n")).unwrap();
}

#[test]
fn what_is_a_part_of_itself_is_named() {
    let head = "term\tkind\tpart_of\n";
    for rows in [
        "甲件\tcomponent\t乙机\n乙机\tequipment\t甲件\n",
        "甲件\tcomponent\t乙机\n乙机\tequipment\t丙线\n丙线\tequipment\t甲件\n",
    ] {
        let circle = base(&format!("{head}{rows}")).unwrap_err();
        assert_eq!(circle, (2, TermFileProblem::PartOfItself { name: "甲件".into() }), "{rows}");
    }
    base(&format!("{head}甲件\tcomponent\t乙机\n乙机\tequipment\t\n")).unwrap();
}

#[test]
fn a_column_stands_in_the_header_once() {
    for (head, column) in [("term\tkind\tsynonyms\tsynonyms", "synonyms"), ("term\tkind\trelated\t相关", "相关")] {
        let twice = base(&format!("# 说明\n{head}\n甲件\tcomponent\t甲\t乙\n")).unwrap_err();
        assert_eq!(twice, (2, TermFileProblem::ColumnTwice(column.into())));
    }
}

#[test]
fn a_header_alone_is_refused() {
    assert_eq!(base("# 说明\nterm\tkind\n\n").unwrap_err(), (2, TermFileProblem::NoConcepts));
}

#[test]
fn a_term_that_is_said_of_itself_is_named_with_the_column() {
    for column in ["synonyms", "abbreviations", "symptoms", "narrower", "related", "broader", "part_of"] {
        let problem = base(&format!("term\tkind\t{column}\n钢\tmaterial\t铁;鋼\n")).unwrap_err();
        assert_eq!(problem, (2, TermFileProblem::Itself { name: "鋼".into(), column }));
    }
}

#[test]
fn a_synonym_belongs_to_one_concept_of_a_file() {
    let two = base(&format!("{HEADER}甲材\tmaterial\t乙名\t\t\n丙材\tmaterial\t乙名\t\t\n")).unwrap_err();
    let problem = TermFileProblem::TwoConcepts { name: "乙名".into(), other: "甲材".into(), first: 2 };
    assert_eq!(two, (3, problem));
    let name = base(&format!("{HEADER}甲材\tmaterial\t丙材\t\t\n丙材\tmaterial\t\t\t\n")).unwrap_err();
    let problem = TermFileProblem::TwoConcepts { name: "丙材".into(), other: "丙材".into(), first: 3 };
    assert_eq!(name, (2, problem));
    base(&format!("{HEADER}甲材\tmaterial\t乙名;乙名\t\t\n")).unwrap();
}

#[test]
fn a_file_that_holds_nothing_is_refused() {
    for text in ["", "\u{feff}", "\n \n", "# a comment\n"] {
        assert_eq!(base(text).unwrap_err(), (1, TermFileProblem::Empty));
    }
}

#[test]
fn a_file_is_read_in_the_encodings_that_spreadsheet_programs_save() {
    let folder = std::env::temp_dir().join(format!("duijie-term-encodings-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let (path, text) = (folder.join("metal.tsv"), format!("{HEADER}裂纹\tproblem\t龟裂\t\t\n"));
    let (gb18030, _, _) = encoding_rs::GB18030.encode(&text);
    let utf_16: Vec<u8> = std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for bytes in [text.as_bytes().to_vec(), gb18030.into_owned(), utf_16] {
        std::fs::write(&path, bytes).unwrap();
        let mut terms = TermBase::default();
        terms.load(&path).unwrap();
        assert!(terms.concepts_of("龟裂").next().is_some());
    }
    std::fs::write(&path, b"term\tkind\n\xff\xff\tmaterial\n").unwrap();
    let refused = TermBase::default().load(&path).unwrap_err().to_string();
    std::fs::remove_dir_all(&folder).unwrap();
    assert!(refused.contains("metal.tsv is neither UTF-8 nor GB18030"), "{refused}");
}

#[test]
fn a_second_file_adds_forms_to_a_concept_that_is_there() {
    let mut terms = base(&format!("{HEADER}延迟裂纹\tproblem\t冷裂纹\t\t后热\n")).unwrap();
    let rows = file::read(&format!("{HEADER}延迟裂纹\tproblem\t冷裂纹；氢致裂纹\t\t\n")).unwrap_or_default();
    terms.add_file("metal", rows).unwrap();
    assert_eq!(terms.len(), 1);
    let forms: Vec<&str> = terms.concept(ConceptId(0)).forms.iter().map(|form| form.text.as_ref()).collect();
    assert_eq!(forms, ["延迟裂纹", "冷裂纹", "后热", "氢致裂纹"]);
}

#[test]
fn the_longest_form_is_spotted_and_abbreviations_only_as_whole_words() {
    let terms = base(&format!("{HEADER}裂纹\tproblem\t延迟裂纹;HIC\t\t\n聚酰胺\tmaterial\tPA\t\t\n")).unwrap();
    let spotter = TermSpotter::new(Arc::new(terms));
    let text = "ＰＡＮ纤维的延遲裂纹（HIC），PA66";
    let spotted = spotter.spot(text);
    let places: Vec<&str> = spotted.iter().map(|spotted| &text[spotted.original.clone()]).collect();
    assert_eq!(places, ["延遲裂纹", "HIC"]);
}

/// The relations of `form` to the built-in concepts named `name`.
fn built_in(name: &str, form: &str) -> Vec<Relation> {
    let terms = TermBase::standard();
    let relations = terms.iter().filter(|concept| concept.name == name);
    relations
        .flat_map(|concept| concept.forms.clone())
        .filter(|one| &*one.text == form)
        .map(|one| one.relation)
        .collect()
}

#[test]
fn an_exact_name_of_a_problem_is_no_remedy() {
    for concept in TermBase::standard().iter().filter(|concept| concept.kind == ConceptKind::Problem) {
        let of_remedy = |text: &str| text.ends_with("国产化") || text.ends_with("国产替代");
        let names = concept.forms.iter().filter(|form| form.relation == Relation::Synonym && of_remedy(&form.text));
        let wrong: Vec<&str> = names.map(|form| form.text.as_ref()).collect();
        // Where the concept is itself named after the aim, its synonyms are too.
        let aim = ["国产化", "自主化", "国产替代", "国产原料"].iter().any(|word| concept.name.contains(word));
        assert!(wrong.is_empty() || aim, "{} = {wrong:?}", concept.name);
    }
    for (problem, remedy) in
        [("二氧化硫排放", "烟气脱硫"), ("爆胎失稳", "爆胎控制"), ("焦炉烟气脱硫脱硝难", "焦炉烟道气治理")]
    {
        assert_eq!(built_in(problem, remedy), [Relation::Remedy], "{problem} {remedy}");
    }
}

#[test]
fn kinds_and_neighbours_are_no_exact_names() {
    for (concept, form, relation) in [
        ("膜分离", "RO", Relation::Narrower),
        ("元素分析", "ICP-MS", Relation::Narrower),
        ("机械连接", "铆接", Relation::Narrower),
        ("流致振动", "涡激振动", Relation::Narrower),
        ("测量不确定度", "测量重复性", Relation::Related),
        ("纸张环压强度", "边压强度", Relation::Related),
        ("内衬气密性", "透气率", Relation::Related),
        ("脑机接口", "EEG", Relation::Related),
        ("往复密封", "PTFE", Relation::Related),
        ("轴承钢", "高碳铬轴承钢", Relation::Narrower),
    ] {
        let relations = built_in(concept, form);
        assert!(relations.contains(&relation) && !relations.iter().any(|one| one.is_exact()), "{concept} {form}");
    }
}
