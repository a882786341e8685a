//! The catalogue: names old and new, and whose turn it is.

use duijie::{Catalogue, Error, Month};
use serde_json::{Value, json};

/// The built-in catalogue as JSON, changed, written and loaded.
fn loaded(change: impl FnOnce(&mut Value)) -> Result<Catalogue, Error> {
    let mut json = serde_json::to_value(Catalogue::default()).unwrap();
    change(&mut json);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("chains.json");
    std::fs::write(&path, json.to_string()).unwrap();
    Catalogue::load(&path)
}

fn refusal(change: impl FnOnce(&mut Value)) -> String {
    match loaded(change) {
        Err(error @ Error::Catalogue { .. }) => error.to_string(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_built_in_catalogue_loads_from_its_own_form() {
    assert_eq!(loaded(|_| {}).unwrap(), Catalogue::default());
    let chains = Catalogue::default().chains;
    assert_eq!((chains.len(), chains.iter().map(|chain| chain.sub_industries.len()).sum::<usize>()), (11, 33));
}

#[test]
fn a_former_name_leads_to_the_chain_and_sub_industry_that_took_it_over() {
    let catalogue = loaded(|json| {
        json["chains"][0]["former_names"] = json!(["旧名字产业链"]);
        json["chains"][0]["sub_industries"][0]["former_names"] = json!(["旧细分"]);
    });
    let catalogue = catalogue.unwrap();
    let first = &catalogue.chains[0];
    for name in ["旧名字产业链", "旧名字", " 旧 名字", "舊名字"] {
        assert_eq!(catalogue.chain(name).map(|chain| &chain.id), Some(&first.id), "{name}");
    }
    let (mut chain, mut sub) = (None, Some("旧细分".to_owned()));
    catalogue.settle(&mut chain, &mut sub).unwrap();
    assert_eq!((chain.as_ref(), sub.as_ref()), (Some(&first.id), Some(&first.sub_industries[0].code)));
}

#[test]
fn a_catalogue_that_says_one_thing_twice_is_refused() {
    let name = Catalogue::default().chains[1].name.clone();
    assert!(refusal(|json| json["chains"][0]["former_names"] = json!([name])).contains("names both chain"));
    let sub = Catalogue::default().chains[1].sub_industries[0].name.clone();
    let twice = refusal(|json| json["chains"][0]["sub_industries"][0]["former_names"] = json!([sub]));
    assert!(twice.contains("names both sub-industry"), "{twice}");
    let copy_id = |json: &mut Value| json["chains"][1]["id"] = json["chains"][0]["id"].clone();
    assert!(refusal(copy_id).contains("id of two chains"));
    let copy_number = |json: &mut Value| json["chains"][1]["no"] = json["chains"][0]["no"].clone();
    assert!(refusal(copy_number).contains("both have no"));
    let copy_code = |json: &mut Value| {
        json["chains"][1]["sub_industries"][0]["code"] = json["chains"][0]["sub_industries"][0]["code"].clone();
    };
    assert!(refusal(copy_code).contains("code of two sub-industries"));
    let backwards = |json: &mut Value| json["chains"][0]["event_window"] = json!({"from": "2023-02", "to": "2023-01"});
    assert!(refusal(backwards).contains("before it begins"));
    assert!(refusal(|json| json["chains"][0]["event_window"]["to"] = json!("2023-13")).contains("no month"));
    assert!(refusal(|json| json["chains"] = json!(5)).contains("chains.json"));
}

#[test]
fn the_next_event_is_the_one_that_is_on_or_comes_first() {
    let catalogue = Catalogue::default();
    let next = |text: &str| catalogue.next_event(text.parse().unwrap()).map(|chain| chain.no);
    let mut windows: Vec<_> = catalogue.chains.iter().map(|chain| (chain.event_window, chain.no)).collect();
    windows.sort_by_key(|(window, _)| window.from);
    let (first, last) = (windows[0], windows[windows.len() - 1]);
    assert_eq!(next("2000-01"), Some(first.1), "long before");
    assert_eq!(next(&first.0.from.to_string()), Some(first.1), "in its first month");
    assert_eq!(next(&first.0.to.to_string()), Some(first.1), "in its last month");
    for pair in windows.windows(2) {
        let Month { year, month } = pair[0].0.to;
        let after = if month == 12 { Month { year: year + 1, month: 1 } } else { Month { year, month: month + 1 } };
        assert_eq!(catalogue.next_event(after).map(|chain| chain.no), Some(pair[1].1), "after event {}", pair[0].1);
    }
    assert_eq!(next(&last.0.to.to_string()), Some(last.1));
    assert_eq!(next("2100-01"), None);
}

#[test]
fn the_built_in_catalogue_is_that_of_the_fixtures() {
    let fixture = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/catalogue/chains.json");
    let built_in = concat!(env!("CARGO_MANIFEST_DIR"), "/data/catalogue.json");
    let value = |path| serde_json::from_slice::<serde_json::Value>(&std::fs::read(path).unwrap()).unwrap();
    assert_eq!(value(fixture), value(built_in));
}
