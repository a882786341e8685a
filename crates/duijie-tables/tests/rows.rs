//! Rows that are in no file are read as those of a file are.

use duijie::{Catalogue, FieldMap};
use duijie_tables::{Options, TableError, read_demand_rows, read_demands};
use serde_json::json;

fn rows(rows: serde_json::Value) -> Vec<FieldMap> {
    serde_json::from_value(rows).unwrap()
}

#[test]
fn rows_give_the_records_of_a_file_with_the_same_headers() {
    let said = rows(json!([
        {"技术需求名称": "吊臂焊后延迟裂纹", "企业名称": "某重工", "细分行业": "工程机械", "投入预算（万元）": 120},
        {"技术需求名称": "海藻纤维断头率高", "企业名称": null, "主要指标": ["断头率≤1%", "强度≥2cN"]},
    ]));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("需求.jsonl");
    let lines: Vec<String> = said.iter().map(|row| serde_json::to_string(row).unwrap()).collect();
    std::fs::write(&file, lines.join("\n")).unwrap();
    let (catalogue, options) = (Catalogue::default(), Options::default());
    let of_file = read_demands(&[file], &catalogue, &options).unwrap();
    let of_rows = read_demand_rows("rows", said, &catalogue, &options).unwrap();
    assert_eq!(of_rows.records, of_file.records);
    assert_eq!(of_rows.records[0].budget, Some(120.0));
    assert_eq!(of_rows.counts(), of_file.counts());
    assert_eq!(of_rows.origins[1].to_string(), "rows第2行");
}

#[test]
fn a_mapping_counts_beside_the_records_own_names() {
    let said = rows(json!([{"id": "D1", "title": "裂纹", "details": "焊后一天", "budget": "面议"}]));
    let options = Options { mapping: vec![("details".into(), "problem".into())], ..Options::default() };
    let import = read_demand_rows("rows", said.clone(), &Catalogue::default(), &options).unwrap();
    let demand = &import.records[0];
    assert_eq!((demand.id.as_str(), demand.title.as_str(), demand.description.as_str()), ("D1", "裂纹", "焊后一天"));
    assert_eq!(demand.budget, None);
    let options = Options { mapping: vec![("details".into(), "nothing".into())], ..Options::default() };
    let error = read_demand_rows("rows", said, &Catalogue::default(), &options).unwrap_err();
    assert!(matches!(error, TableError::UnknownField { .. }));
}

#[test]
fn a_reading_that_is_cancelled_gives_nothing() {
    let flag = std::sync::atomic::AtomicBool::new(true);
    let options = Options { cancel: Some(&flag), ..Options::default() };
    let said = rows(json!([{"技术需求名称": "延迟裂纹"}, {"title": "延迟裂纹", "id": "D1"}]));
    let read = read_demand_rows("rows", said, &Catalogue::default(), &options);
    assert!(matches!(read, Err(TableError::Core(duijie::Error::Cancelled))), "{read:?}");
}
