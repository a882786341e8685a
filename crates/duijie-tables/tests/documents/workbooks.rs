use crate::event::{event, parts};
use duijie::Chain;
use duijie_tables::Audience;

#[test]
fn matches_have_a_sheet_a_chain_ready_to_filter_and_to_print() {
    let event = event();
    let folder = tempfile::tempdir().unwrap();
    for audience in Audience::ALL {
        let written = event.write(folder.path(), audience);
        let book = written.iter().find(|path| path.ends_with("匹配.xlsx")).unwrap();
        let has_demand = |chain: &&Chain| event.demands.iter().any(|demand| demand.chain.as_ref() == Some(&chain.id));
        let expected: Vec<&str> = event.catalogue.chains.iter().filter(has_demand).map(|chain| &*chain.name).collect();
        assert_eq!(expected.len(), 2);
        let parts = parts(book);
        let sheets: Vec<&str> = parts["xl/workbook.xml"]
            .split("<sheet name=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        assert_eq!(sheets, expected);
        for at in 1..=sheets.len() {
            let sheet = &parts[&format!("xl/worksheets/sheet{at}.xml")];
            for setting in [
                "ySplit=\"2\"",
                "state=\"frozen\"",
                "<autoFilter ref=\"A2:",
                "paperSize=\"9\"",
                "orientation=\"landscape\"",
                "fitToPage=\"1\"",
            ] {
                assert!(sheet.contains(setting), "{setting} of {}", sheets[at - 1]);
            }
        }
        assert_eq!(parts["xl/workbook.xml"].matches("_xlnm.Print_Titles").count(), sheets.len());
        assert!(["宋体", "黑体"].iter().all(|font| parts["xl/styles.xml"].contains(font)));
    }
}
