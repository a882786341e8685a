//! Tables as departments send them are read wherever records are, and imported with a report.

use crate::arguments;
use crate::run::{duijie, file, fixture, index, names};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// A table of the fixtures of the library that reads it.
pub(crate) fn table(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../duijie-tables/tests/fixtures/files").join(name)
}

pub(crate) fn objects(path: &Path) -> Vec<Value> {
    std::fs::read_to_string(path).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_table_is_ranked_as_the_records_imported_from_it() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["02-list-merged.xlsx", "06-form.docx", "11-gb18030.csv", "21-list-merged.xls", "24-list-merged.ods"] {
        let records = folder.path().join("demands.jsonl");
        duijie(arguments!["import", "--demands", table(name), "--out", records]).succeeded();
        let matched =
            |demands: &Path| duijie(arguments!["match", "--index", index(), "--demands", demands]).succeeded().out;
        let out = matched(&table(name));
        assert!(!out.is_empty());
        assert!(out == matched(&records), "{name} is ranked otherwise than its records");
    }
}

#[test]
fn an_import_writes_records_with_their_place_and_a_report_that_adds_up() {
    let folder = tempfile::tempdir().unwrap();
    let (out, page, book) = ("demands.jsonl", "报告.html", "报告.xlsx");
    let [out, page, book] = [out, page, book].map(|name| folder.path().join(name));
    let form = file(folder.path(), "旧表.doc", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);
    let demands = table("03-list-hidden.xlsx");
    let ran =
        duijie(arguments!["import", "--demands", demands, form, "--out", out, "--report", page, book]).succeeded();
    assert!(ran.out.contains("2个文件，读到3条 = 导入2 + 未导入1 + 合并重复0"), "{}", ran.out);
    assert!(ran.out.contains("隐藏") && ran.out.contains("旧表.doc"), "{}", ran.out);
    assert!(ran.err.contains("2 records are in"), "{}", ran.err);
    assert_eq!(names(folder.path()), ["demands.jsonl", "报告.html", "报告.xlsx", "旧表.doc"]);
    assert!(std::fs::read_to_string(page).unwrap().contains("03-list-hidden.xlsx"));
    assert!(std::fs::read(book).unwrap().starts_with(b"PK"));
    for record in objects(&out) {
        let origin = &record["origin"];
        assert!(origin["file"].as_str().unwrap().ends_with("03-list-hidden.xlsx"), "{record}");
        assert!(origin["row"].as_u64().unwrap() > 1 && origin["sheet"].is_string(), "{record}");
    }
    let shown = duijie(arguments!["import", "--demands", demands, "--out", out, "--hidden"]).succeeded();
    assert!(shown.out.contains("导入3 + 未导入0"), "{}", shown.out);
}

#[test]
fn columns_and_dictionaries_of_ones_own_say_what_headers_mean() {
    let folder = tempfile::tempdir().unwrap();
    let demands = file(folder.path(), "需求.csv", "事项,出资,谁家\n吊臂焊后延迟裂纹,120,某某重工有限公司\n");
    let out = folder.path().join("demands.jsonl");
    duijie(arguments!["import", "--demands", demands, "--out", out]).failed_after_report("no row of the tables");
    let columns = ["事项=title", "出资=budget_wan", "谁家=org"];
    duijie(arguments!["import", "--demands", demands, "--out", out, "--columns", columns[0], columns[1], columns[2]])
        .succeeded();
    let mapped = objects(&out);
    assert_eq!(mapped[0]["budget"], 120.0);
    let aliases = file(
        folder.path(),
        "aliases.toml",
        "[demand]\ntitle = [\"事项\"]\nbudget_wan = [\"出资\"]\norg = [\"谁家\"]\n",
    );
    duijie(arguments!["import", "--demands", demands, "--out", out, "--aliases", aliases]).succeeded();
    assert_eq!(objects(&out), mapped);
    // One header alone makes its row the head.
    duijie(arguments!["import", "--demands", demands, "--out", out, "--columns", columns[0]]).succeeded();
    assert_eq!((&objects(&out)[0]["title"], &objects(&out)[0]["出资"]), (&mapped[0]["title"], &Value::from("120")));
    let idle = file(folder.path(), "idle.toml", "[demand]\norg = [\"哪家\"]\n");
    let ran =
        duijie(arguments!["import", "--demands", demands, "--out", out, "--columns", columns[0], "--aliases", idle]);
    assert!(ran.succeeded().out.contains("idle.toml：其中没有一个别名"));
    duijie(arguments!["import", "--demands", demands, "--out", out, "--columns", "事项=名称"]).failed("known fields");
    duijie(arguments!["import", "--demands", demands, "--out", out, "--columns", "事项"]).misused();
}

#[test]
fn a_row_that_is_no_record_is_named_or_set_aside() {
    let folder = tempfile::tempdir().unwrap();
    let demands = table("03-list-hidden.xlsx");
    let run = |more: &[&str]| {
        let mut all = arguments!["match", "--index", index(), "--demands", demands].to_vec();
        all.extend(more.iter().map(Into::into));
        duijie(all)
    };
    run(&[]).failed("03-list-hidden.xlsx〔").failed("the row is hidden or filtered out");
    let rejects = folder.path().join("aside.jsonl");
    let lenient = run(&["--lenient", "--rejects", rejects.to_str().unwrap()]).succeeded();
    assert_eq!(lenient.out.lines().count(), 2);
    assert!(lenient.err.contains("demands: 3 rows read = 2 used + 1 set aside"), "{}", lenient.err);
    assert!(objects(&rejects)[0]["line"].as_u64().unwrap() > 1);

    let unknown = file(folder.path(), "需求.csv", "技术需求名称,产业链,企业名称\n吊臂焊接,航天产业链,某某重工\n");
    duijie(arguments!["match", "--index", index(), "--demands", unknown])
        .failed("需求.csvB2 (产业链): the chain \"航天产业链\" is not in catalogue");
    let nothing = file(folder.path(), "无表.csv", "甲,乙\n丙,丁\n");
    duijie(arguments!["match", "--index", index(), "--demands", nothing]).failed("no head of columns");
    let old = file(folder.path(), "旧表.pdf", "%PDF-1.7");
    duijie(arguments!["match", "--index", index(), "--demands", old]).failed("旧表.pdf is a PDF");
}

#[test]
fn a_folder_of_tables_and_record_files_are_read_together_in_their_order() {
    let folder = tempfile::tempdir().unwrap();
    let forms = folder.path().join("征集表");
    std::fs::create_dir(&forms).unwrap();
    std::fs::copy(table("06-form.docx"), forms.join("甲.docx")).unwrap();
    std::fs::copy(table("02-list-merged.xlsx"), forms.join("乙.xlsx")).unwrap();
    let records = file(folder.path(), "demands.jsonl", "{\"id\": \"D1\", \"title\": \"吊臂焊后延迟裂纹\"}\n");
    let pattern = forms.join("*.docx");
    let ids = |demands: &[&Path]| -> Vec<Value> {
        let mut all = arguments!["match", "--index", index(), "--demands"].to_vec();
        all.extend(demands.iter().map(|path| path.as_os_str().to_owned()));
        let out = duijie(all).succeeded().out;
        out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["demand"].clone()).collect()
    };
    let both = ids(&[&records, &forms]);
    assert_eq!((both.len(), &both[0]), (5, &Value::from("D1")));
    assert_eq!(ids(&[&pattern, &records])[1], "D1");
    let twice = duijie(arguments!["match", "--index", index(), "--demands", records, forms, records]);
    twice.failed("\"D1\" was already used");
}

#[test]
fn achievements_are_indexed_from_a_table() {
    let folder = tempfile::tempdir().unwrap();
    let achievements = file(
        folder.path(),
        "成果.csv",
        "序号,成果名称,完成单位,细分行业,成熟度\n1,低氢焊材及后热工艺,松江工业大学,工程机械,可以量产\n",
    );
    let built = folder.path().join("index");
    let institutions = fixture("institutions.jsonl");
    let ran =
        duijie(arguments!["index", "--achievements", achievements, "--institutions", institutions, "--out", built]);
    assert!(ran.succeeded().err.contains("1 achievements indexed"));
    let unknown = file(folder.path(), "别校.csv", "成果名称,完成单位\n低氢焊材,无名大学\n");
    duijie(arguments!["index", "--achievements", unknown, "--institutions", institutions, "--out", built])
        .failed("别校.csvB2 (完成单位): the institution \"无名大学\" is not in the list");
}

#[test]
fn records_are_written_under_a_name_that_says_what_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let demands = table("01-list-plain.xlsx");
    for name in ["demands.xlsx", "demands.json", "demands"] {
        let out = folder.path().join(name);
        duijie(arguments!["import", "--demands", demands, "--out", out])
            .failed("records are written as JSON Lines; give --out a name that ends in .jsonl");
        assert!(!out.exists(), "{name} was written");
    }
    let out = folder.path().join("demands.jsonl");
    let report = folder.path().join("报告.pdf");
    duijie(arguments!["import", "--demands", demands, "--out", out, "--report", report])
        .failed("give the report as .html or .xlsx");
    assert!(names(folder.path()).is_empty(), "nothing is written when one of the names is wrong");
}

#[test]
fn columns_that_no_table_has_are_refused_with_those_there_are() {
    let folder = tempfile::tempdir().unwrap();
    let demands = file(folder.path(), "需求.csv", "事项,出资\n吊臂焊后延迟裂纹,120\n");
    let out = folder.path().join("demands.jsonl");
    duijie(arguments!["import", "--demands", demands, "--out", out, "--columns", "事项=title", "资金=budget_wan"])
        .failed("the mapping names 资金, which no table has; the columns are A=事项、B=出资");
    duijie(arguments!["import", "--demands", demands, "--out", out, "--columns", "A=title", "B=budget_wan"])
        .succeeded();
    assert_eq!((objects(&out).len(), &objects(&out)[0]["budget"]), (1, &Value::from(120.0)));
}
