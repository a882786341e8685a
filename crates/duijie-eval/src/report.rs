//! The values that an evaluation found.

use crate::measure::Measure;
use crate::table::{Cell, Table};

/// A value per measure and demand; made by [`evaluate`](crate::evaluate).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Report {
    pub(crate) measures: Vec<Measure>,
    pub(crate) demands: Vec<String>,
    /// A row per demand, a value per measure.
    pub(crate) values: Vec<Vec<f64>>,
    pub(crate) unanswered: Vec<String>,
    pub(crate) without_relevant: Vec<String>,
    pub(crate) ignored: Vec<String>,
}

impl Report {
    /// The measures, in the order asked for.
    pub fn measures(&self) -> &[Measure] {
        &self.measures
    }

    /// The demands of the qrels by id.
    pub fn demands(&self) -> &[String] {
        &self.demands
    }

    /// The value of one demand; `None` for a demand or measure that was not
    /// evaluated.
    pub fn value(&self, measure: Measure, demand: &str) -> Option<f64> {
        let row = self.demands.binary_search_by(|other| other.as_str().cmp(demand));
        Some(self.values[row.ok()?][self.column(measure)?])
    }

    /// The values of a measure, as [`Report::demands`] are ordered; `None`
    /// for a measure that was not evaluated.
    pub fn values(&self, measure: Measure) -> Option<Vec<f64>> {
        let column = self.column(measure)?;
        Some(self.values.iter().map(|row| row[column]).collect())
    }

    /// The arithmetic mean over all demands of the qrels; `None` for a
    /// measure that was not evaluated or qrels without demands.
    pub fn mean(&self, measure: Measure) -> Option<f64> {
        let values = self.values(measure)?;
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        (!values.is_empty()).then_some(mean)
    }

    /// Demands of the qrels that the run does not answer; they count as 0.
    pub fn unanswered(&self) -> &[String] {
        &self.unanswered
    }

    /// Demands for which no judged document has a grade above 0; they count
    /// as 0 however the run answers them.
    pub fn without_relevant(&self) -> &[String] {
        &self.without_relevant
    }

    /// Demands of the run that the qrels lack, by id; they count nowhere.
    pub fn ignored(&self) -> &[String] {
        &self.ignored
    }

    /// The means of several runs, a row each under its label.
    ///
    /// The columns are the measures of the first report; a mean that a
    /// report does not have stays blank.
    pub fn means_table(rows: &[(&str, &Report)], decimals: usize) -> Table {
        let measures = rows.first().map_or(&[][..], |(_, report)| report.measures());
        let names = measures.iter().map(Measure::to_string);
        let mut table = Table::new(std::iter::once("run".to_owned()).chain(names), decimals);
        for (label, report) in rows {
            let means = measures.iter().map(|&measure| report.mean(measure));
            let means = means.map(|mean| mean.map_or(Cell::Blank, Cell::Value));
            table.push_fitting(std::iter::once(Cell::from(*label)).chain(means));
        }
        table
    }

    fn column(&self, measure: Measure) -> Option<usize> {
        self.measures.iter().position(|&other| other == measure)
    }
}
