use crate::error::ImpactError;

/// Weight and length normalisation of one field.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FieldWeight {
    /// How much an occurrence in this field counts, at least 0.
    pub weight: f32,
    /// How strongly the field's length discounts it, from 0 (not at all) to 1 (fully).
    pub b: f32,
}

/// BM25F: term frequencies of several fields are weighted and length-normalised, added, and only
/// then saturated.
///
/// `tf~(t,d) = Σ_f weight_f · tf_f / (1 − b_f + b_f · len_f / avglen_f)`, the stored *impact* is
/// `s(t,d) = tf~ / (k1 + tf~)`, from 0 to 1, and a query's score is `Σ_t w_t · s(t,d)`. With one
/// field of weight 1 and `w_t` = [`lucene_idf`] this is Lucene's BM25 (without the factor `k1 + 1`).
///
/// Robertson, Zaragoza and Taylor, *Simple BM25 extension to multiple weighted fields*, CIKM 2004;
/// Zaragoza et al., *Microsoft Cambridge at TREC-13*.
#[derive(Debug, Clone, PartialEq)]
pub struct Bm25f {
    /// How slowly repeated occurrences saturate, above 0.
    pub k1: f32,
    /// The fields, in the order in which [`Document::add`](crate::Document::add) numbers them.
    pub fields: Vec<FieldWeight>,
}

impl Bm25f {
    /// Plain BM25 over one field: `k1` is usually 1.2, `b` 0.75.
    pub fn single_field(k1: f32, b: f32) -> Self {
        Self { k1, fields: vec![FieldWeight { weight: 1.0, b }] }
    }

    pub(crate) fn validate(&self) -> Result<(), ImpactError> {
        let refuse = |parameter: String, value, expected| Err(ImpactError::Model { parameter, value, expected });
        if !(self.k1 > 0.0 && self.k1 <= 1e6) {
            return refuse("k1".into(), self.k1, "a number above 0, at most 1e6");
        }
        if self.fields.is_empty() || self.fields.len() > MAX_FIELDS {
            return refuse("fields.len()".into(), self.fields.len() as f32, "from 1 to 64 fields");
        }
        for (number, field) in self.fields.iter().enumerate() {
            if !(field.weight >= 0.0 && field.weight <= 1e6) {
                return refuse(format!("fields[{number}].weight"), field.weight, "a number from 0 to 1e6");
            }
            if !(0.0..=1.0).contains(&field.b) {
                return refuse(format!("fields[{number}].b"), field.b, "a number from 0 to 1");
            }
        }
        Ok(())
    }

    /// The factor of field `field` for a document with `length` tokens there: `weight / (1 − b + b · length / average)`.
    pub(crate) fn field_factor(&self, field: usize, length: u32, average: f32) -> f32 {
        let FieldWeight { weight, b } = self.fields[field];
        let relative = if average > 0.0 { length as f32 / average } else { 1.0 };
        let norm = 1.0 - b + b * relative;
        if norm > 0.0 { weight / norm } else { 0.0 }
    }

    /// `tf~ / (k1 + tf~)`.
    pub(crate) fn saturate(&self, weighted_frequency: f32) -> f32 {
        weighted_frequency / (self.k1 + weighted_frequency)
    }
}

pub(crate) const MAX_FIELDS: usize = 64;

/// Lucene's inverse document frequency `ln(1 + (N − df + 0.5) / (df + 0.5))`, natural logarithm,
/// never negative.
///
/// `documents` is N; where an index consists of a base and added parts, add up both numbers over the parts.
pub fn lucene_idf(documents: u64, document_frequency: u64) -> f32 {
    let (n, df) = (documents as f64, document_frequency.min(documents) as f64);
    (1.0 + (n - df + 0.5) / (df + 0.5)).ln() as f32
}
