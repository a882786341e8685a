//! Growing Arrow columns, a row at a time.

use crate::table::Table;
use arrow_array::builder::{ArrayBuilder, Float64Builder, ListBuilder, StringBuilder, StructBuilder, UInt32Builder};
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Fields, Schema};
use duijie::{Parts, Span};
use std::sync::Arc;

/// What a column holds.
#[derive(Clone, Copy)]
pub(crate) enum Holds {
    Text,
    Count,
    Number,
    Spans,
}

/// A value for the next row of a column.
pub(crate) enum Cell<'a> {
    Text(Option<&'a str>),
    Count(Option<u32>),
    Number(Option<f64>),
    Spans(&'a [Span]),
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Some(text))
    }
}

impl<'a> From<Option<&'a str>> for Cell<'a> {
    fn from(text: Option<&'a str>) -> Self {
        Self::Text(text)
    }
}

impl From<usize> for Cell<'_> {
    fn from(count: usize) -> Self {
        Self::Count(Some(count as u32))
    }
}

impl From<Option<u8>> for Cell<'_> {
    fn from(count: Option<u8>) -> Self {
        Self::Count(count.map(u32::from))
    }
}

impl From<f64> for Cell<'_> {
    fn from(number: f64) -> Self {
        Self::Number(Some(number))
    }
}

impl From<Option<f64>> for Cell<'_> {
    fn from(number: Option<f64>) -> Self {
        Self::Number(number)
    }
}

enum Builder {
    Text(StringBuilder),
    Count(UInt32Builder),
    Number(Float64Builder),
    Spans(ListBuilder<StructBuilder>),
}

/// Fixed columns, and behind them a column `part_…` for every part of a score that was met.
pub(crate) struct Columns {
    fixed: Vec<(&'static str, Builder)>,
    parts: Vec<(&'static str, Float64Builder)>,
    rows: usize,
}

impl Columns {
    pub(crate) fn new(columns: &[(&'static str, Holds)]) -> Self {
        let fixed = columns.iter().map(|(name, holds)| (*name, Builder::new(*holds))).collect();
        Self { fixed, parts: Vec::new(), rows: 0 }
    }

    /// Appends a row: a cell for each fixed column, of the type that it holds.
    pub(crate) fn push<const N: usize>(&mut self, cells: [Cell<'_>; N]) {
        self.push_row(cells.into_iter());
    }

    /// Appends a row of as many cells as there are fixed columns.
    pub(crate) fn push_row<'c>(&mut self, cells: impl ExactSizeIterator<Item = Cell<'c>>) {
        debug_assert_eq!(self.fixed.len(), cells.len());
        for ((name, builder), cell) in self.fixed.iter_mut().zip(cells) {
            builder.push(name, cell);
        }
        self.rows += 1;
    }

    /// Gives the row pushed last its parts of the score.
    pub(crate) fn parts(&mut self, parts: &Parts) {
        for (name, value) in parts.iter() {
            let at = self.parts.iter().position(|(known, _)| *known == name).unwrap_or_else(|| {
                self.parts.push((name, Float64Builder::new()));
                self.parts.len() - 1
            });
            let builder = &mut self.parts[at].1;
            let missing = self.rows - 1 - builder.len();
            builder.append_nulls(missing);
            builder.append_value(value);
        }
    }

    pub(crate) fn finish(self) -> Table {
        let mut fields = Vec::new();
        let mut arrays: Vec<ArrayRef> = Vec::new();
        for (name, builder) in self.fixed {
            let array = builder.finish();
            fields.push(Field::new(name, array.data_type().clone(), true));
            arrays.push(array);
        }
        for (name, mut builder) in self.parts {
            builder.append_nulls(self.rows - builder.len());
            fields.push(Field::new(format!("part_{name}"), DataType::Float64, true));
            arrays.push(Arc::new(builder.finish()));
        }
        let batch = RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays);
        Table(batch.expect("every push gives every column a cell of its type"))
    }
}

impl Builder {
    fn new(holds: Holds) -> Self {
        match holds {
            Holds::Text => Self::Text(StringBuilder::new()),
            Holds::Count => Self::Count(UInt32Builder::new()),
            Holds::Number => Self::Number(Float64Builder::new()),
            Holds::Spans => {
                let fields = Fields::from(vec![
                    Field::new("start", DataType::UInt32, true),
                    Field::new("end", DataType::UInt32, true),
                    Field::new("via", DataType::Utf8, true),
                    Field::new("from", DataType::Utf8, true),
                ]);
                Self::Spans(ListBuilder::new(StructBuilder::from_fields(fields, 0)))
            }
        }
    }

    fn push(&mut self, name: &str, cell: Cell<'_>) {
        match (self, cell) {
            (Self::Text(builder), Cell::Text(text)) => builder.append_option(text),
            (Self::Count(builder), Cell::Count(count)) => builder.append_option(count),
            (Self::Number(builder), Cell::Number(number)) => builder.append_option(number),
            (Self::Spans(builder), Cell::Spans(spans)) => {
                for span in spans {
                    push_span(builder.values(), span);
                }
                builder.append(true);
            }
            _ => unreachable!("the column {name} was given a cell of another type"),
        }
    }

    fn finish(self) -> ArrayRef {
        match self {
            Self::Text(mut builder) => Arc::new(builder.finish()),
            Self::Count(mut builder) => Arc::new(builder.finish()),
            Self::Number(mut builder) => Arc::new(builder.finish()),
            Self::Spans(mut builder) => Arc::new(builder.finish()),
        }
    }
}

fn push_span(builder: &mut StructBuilder, span: &Span) {
    let ends = [span.start, span.end];
    for (at, end) in ends.into_iter().enumerate() {
        if let Some(ends) = builder.field_builder::<UInt32Builder>(at) {
            ends.append_value(end as u32);
        }
    }
    for (at, text) in (ends.len()..).zip([&span.via, &span.from]) {
        if let Some(texts) = builder.field_builder::<StringBuilder>(at) {
            texts.append_option(text.as_deref());
        }
    }
    builder.append(true);
}
