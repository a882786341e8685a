use super::fields::{heading, is_of_a_list};
use super::veil::Veil;
use super::{Disclosure, Records};
use crate::columns::RecordKind;
use duijie::{Achievement, Demand};

/// A table as it is written, in whatever format.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Grid {
    pub(crate) columns: Vec<GridColumn>,
    pub(crate) rows: Vec<GridRow>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct GridColumn {
    pub(crate) field: String,
    pub(crate) heading: String,
    /// In characters of the writing machine; a Chinese one takes two.
    pub(crate) width: u16,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct GridRow {
    pub(crate) cells: Vec<String>,
    /// For filters: names, whether or not they are shown.
    pub(crate) chain: String,
    pub(crate) sub_industry: String,
}

impl Grid {
    /// Keeps the columns of which `wanted` is true; it is told whether any row fills the column.
    pub(crate) fn keep(&mut self, wanted: impl Fn(&GridColumn, bool) -> bool) {
        let filled = |at: usize| self.rows.iter().any(|row| !row.cells[at].is_empty());
        let kept: Vec<bool> = self.columns.iter().enumerate().map(|(at, column)| wanted(column, filled(at))).collect();
        let mut at = kept.iter();
        self.columns.retain(|_| at.next() == Some(&true));
        for row in &mut self.rows {
            let mut at = kept.iter();
            row.cells.retain(|_| at.next() == Some(&true));
        }
    }
}

fn columns(fields: &[String], kind: RecordKind) -> Vec<GridColumn> {
    let column = |field: &String| {
        let (heading, width) = heading(field, kind);
        GridColumn { field: field.clone(), heading, width }
    };
    fields.iter().map(column).collect()
}

pub(crate) fn demand_grid(demands: &[&Demand], records: &Records<'_>, disclosure: &Disclosure) -> Grid {
    let veil = Veil::new(disclosure, records.demands, records.achievements);
    let row = |(demand, no): (&&Demand, usize)| GridRow {
        cells: disclosure
            .demands
            .iter()
            .map(|field| match field.as_str() {
                "no" => no.to_string(),
                field if is_of_a_list(field) => records.demand_field(demand, field),
                field => veil.over_own(demand, &records.demand_field(demand, field)),
            })
            .collect(),
        chain: records.chain_name(demand.chain.as_deref()),
        sub_industry: records.sub_industry_name(demand.sub_industry.as_deref()),
    };
    Grid { columns: columns(&disclosure.demands, RecordKind::Demand), rows: demands.iter().zip(1..).map(row).collect() }
}

pub(crate) fn achievement_grid(list: &[&Achievement], records: &Records<'_>, disclosure: &Disclosure) -> Grid {
    let veil = Veil::new(disclosure, records.demands, records.achievements);
    let row = |(achievement, no): (&&Achievement, usize)| GridRow {
        cells: disclosure
            .achievements
            .iter()
            .map(|field| match field.as_str() {
                "no" => no.to_string(),
                field if is_of_a_list(field) => records.achievement_field(achievement, field),
                field => veil.over(&records.achievement_field(achievement, field)),
            })
            .collect(),
        chain: records.chain_name(achievement.chain.as_deref()),
        sub_industry: records.sub_industry_name(achievement.sub_industry.as_deref()),
    };
    Grid {
        columns: columns(&disclosure.achievements, RecordKind::Achievement),
        rows: list.iter().zip(1..).map(row).collect(),
    }
}
