//! The figures of achievements for the demands of each sub-industry.

use super::collection::Collection;
use super::folds::mean;
use super::hard::HardAnswers;
use anyhow::Result;
use duijie::Catalogue;
use duijie_eval::{Cell, Measure, Report, Run, Table};

/// A ranking of all demands.
pub(super) struct Ranked {
    pub(super) name: String,
    pub(super) report: Report,
    pub(super) run: Run,
}

/// A column of `measure` for each ranking, and one of hard@10 for those that `hard_of` asks for.
pub(super) fn to_table(
    collection: &Collection,
    measure: Measure,
    hard: &HardAnswers,
    ranked: &[Ranked],
    hard_of: impl Fn(&Ranked) -> bool,
) -> Result<Table> {
    let hard_of: Vec<&Ranked> = ranked.iter().filter(|ranked| hard_of(ranked)).collect();
    let names = ranked.iter().map(|ranked| ranked.name.clone());
    let hard_names = hard_of.iter().map(|ranked| format!("hard@10, {}", ranked.name));
    let headers = ["sub-industry".to_owned()].into_iter().chain(names).chain(hard_names).chain(["demands".to_owned()]);
    let mut table = Table::new(headers, 3);
    let catalogue = Catalogue::default();
    for sub in catalogue.chains.iter().flat_map(|chain| &chain.sub_industries) {
        let own = collection.demands.iter().filter(|demand| demand.sub_industry.as_ref() == Some(&sub.code));
        let own: Vec<&str> = own.map(|demand| demand.id.as_str()).collect();
        let values = ranked.iter().map(|ranked| {
            let values = own.iter().map(|demand| ranked.report.value(measure, demand).unwrap_or(0.0));
            Cell::Value(mean(&values.collect::<Vec<_>>()))
        });
        let hard_values = hard_of.iter().map(|ranked| {
            let found = own.iter().filter_map(|demand| hard.found(&ranked.run, demand)).map(f64::from);
            let found: Vec<f64> = found.collect();
            if found.is_empty() { Cell::Blank } else { Cell::Value(mean(&found)) }
        });
        let name = Cell::Text(format!("{} {}", sub.code, sub.name));
        table.push([name].into_iter().chain(values).chain(hard_values).chain([Cell::Count(own.len())]))?;
    }
    Ok(table)
}
