//! The average field lengths that impacts are computed with.

use super::field_weights;
use duijie_impact::{ImpactIndex, Overlap};

/// With no more documents than this, reference lengths are the averages themselves: all impacts of
/// so few documents are made in an instant.
pub(super) const EXACT: usize = 4096;

/// Bits of the average that count in larger indexes, the leading 1 included.
const SIGNIFICANT: u32 = 6;

/// The average of a field with `tokens` tokens in `documents` documents; of more than [`EXACT`]
/// documents rounded to six significant binary digits, at most 1.6 % off.
///
/// It depends on the documents alone, not on how they came into the index.
pub(super) fn reference_length(tokens: u64, documents: usize) -> f32 {
    let average = (tokens as f64 / documents.max(1) as f64) as f32;
    if documents <= EXACT {
        return average;
    }
    let dropped = f32::MANTISSA_DIGITS - SIGNIFICANT;
    let half = 1 << (dropped - 1);
    f32::from_bits((average.to_bits() + half) >> dropped << dropped)
}

pub(super) fn reference_lengths(tokens: &[u64], documents: usize) -> Vec<f32> {
    tokens.iter().map(|&tokens| reference_length(tokens, documents)).collect()
}

/// Tokens per field of the documents of `index` that `overlap` keeps.
pub(super) fn kept_tokens(index: &ImpactIndex, overlap: &Overlap) -> Vec<u64> {
    let mut totals = vec![0u64; field_weights().fields.len()];
    let mut gone = overlap.gone().iter().peekable();
    for document in 0..index.len() {
        if gone.next_if_eq(&&document).is_none() {
            let lengths = index.field_lengths(document);
            totals.iter_mut().zip(lengths).for_each(|(total, &length)| *total += u64::from(length));
        }
    }
    totals
}
