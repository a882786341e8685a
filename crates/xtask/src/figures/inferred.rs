//! How often the sub-industry that is inferred for a demand is the one it was written for.

use super::collection::Collection;
use anyhow::Result;
use duijie::DemandMatch;
use duijie_eval::{Cell, Table};

/// Bands of the probability, by where they end.
const BANDS: [f64; 5] = [0.2, 0.4, 0.6, 0.8, 1.0];

/// `rankings` are of the demands with chain and sub-industry blanked, in their order.
pub(super) fn to_table(collection: &Collection, rankings: &[DemandMatch]) -> Result<Table> {
    let mut found = Vec::new();
    for (demand, matched) in collection.demands.iter().zip(rankings) {
        if let Some(inferred) = &matched.inferred {
            found.push((inferred.probability, Some(&inferred.sub_industry) == demand.sub_industry.as_ref()));
        }
    }
    let mut table = Table::new(["probability", "right", "mean probability", "demands"], 3);
    let mut push = |name: String, within: &dyn Fn(f64) -> bool| {
        let own: Vec<(f64, bool)> = found.iter().copied().filter(|(probability, _)| within(*probability)).collect();
        let mean = |value: &dyn Fn(&(f64, bool)) -> f64| match own.len() {
            0 => Cell::Blank,
            count => Cell::Value(own.iter().map(value).sum::<f64>() / count as f64),
        };
        let right = mean(&|(_, right)| f64::from(*right));
        table.push([Cell::Text(name), right, mean(&|(probability, _)| *probability), Cell::Count(own.len())])
    };
    let mut from = 0.0;
    for to in BANDS {
        // The last band holds what is certain.
        push(format!("{from:.1} to {to:.1}"), &|probability| {
            (from..to).contains(&probability) || (probability >= 1.0 && to >= 1.0)
        })?;
        from = to;
    }
    push("all".to_owned(), &|_| true)?;
    Ok(table)
}
