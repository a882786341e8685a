//! The matrix that everything here takes and gives.

use crate::{EncoderError, Result};

/// A row-major float32 matrix: one row a text.
///
/// Invariants: the data has exactly `rows * width` values, the width is at least 1, and every value
/// is finite.
#[derive(Clone, Debug, PartialEq)]
pub struct Vectors {
    rows: usize,
    width: usize,
    data: Vec<f32>,
}

impl Vectors {
    /// Takes `data` as `rows` rows of `width` values.
    ///
    /// # Errors
    ///
    /// [`EncoderError::DataLength`] if the numbers do not fit, [`EncoderError::NotFinite`] for a NaN
    /// or an infinity.
    pub fn new(rows: usize, width: usize, data: Vec<f32>) -> Result<Self> {
        if width == 0 || rows.checked_mul(width) != Some(data.len()) {
            return Err(EncoderError::DataLength { rows, width, values: data.len() });
        }
        match data.iter().position(|value| !value.is_finite()) {
            Some(at) => Err(EncoderError::NotFinite { row: at / width, column: at % width }),
            None => Ok(Self { rows, width, data }),
        }
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Number of values in a row.
    pub fn width(&self) -> usize {
        self.width
    }

    /// All values, row by row.
    pub fn data(&self) -> &[f32] {
        &self.data
    }

    /// One row.
    ///
    /// # Panics
    ///
    /// If there is no such row.
    pub fn row(&self, row: usize) -> &[f32] {
        &self.data[row * self.width..(row + 1) * self.width]
    }

    /// The rows in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &[f32]> {
        self.data.chunks_exact(self.width)
    }

    /// A matrix of the rows named, in the order named; a row may come twice.
    ///
    /// # Panics
    ///
    /// If there is no such row.
    #[must_use]
    pub fn select(&self, rows: &[usize]) -> Self {
        let mut data = Vec::with_capacity(rows.len() * self.width);
        for &row in rows {
            data.extend_from_slice(self.row(row));
        }
        Self { rows: rows.len(), width: self.width, data }
    }

    /// The same directions at length 1, so that a dot product is a cosine. A row of zeros has no
    /// direction and stays as it is: its cosine with everything is 0.
    #[must_use]
    pub fn unit_length(mut self) -> Self {
        for row in self.data.chunks_exact_mut(self.width) {
            // In f64 the square of no f32 overflows or vanishes.
            let length = row.iter().map(|&value| f64::from(value) * f64::from(value)).sum::<f64>().sqrt();
            if length > 0.0 {
                row.iter_mut().for_each(|value| *value = (f64::from(*value) / length) as f32);
            }
        }
        self
    }

    /// Checks the width.
    ///
    /// # Errors
    ///
    /// [`EncoderError::Width`] if it is another than `expected`.
    pub fn require_width(&self, expected: usize) -> Result<()> {
        if self.width == expected { Ok(()) } else { Err(EncoderError::Width { expected, found: self.width }) }
    }
}
