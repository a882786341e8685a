//! TREC run lines.

use crate::rank::DemandMatch;
use std::io::{self, Write};

/// Writes `demand Q0 id rank score tag` lines, the whole ranking whatever the verdict.
///
/// Scores fall strictly, as the readers of such files sort by them and break ties in their own
/// way: an entry whose score, at six decimals, does not fall below the one before is written one
/// millionth below it.
///
/// # Errors
///
/// Whatever `out` answers.
pub fn write_trec(out: &mut impl Write, matched: &DemandMatch, tag: &str) -> io::Result<()> {
    let mut previous = i64::MAX;
    for ((id, score), rank) in matched.ranking.entries().into_iter().zip(1..) {
        let micros = ((score * 1e6).round() as i64).min(previous - 1);
        previous = micros;
        let (sign, whole, rest) =
            (if micros < 0 { "-" } else { "" }, micros.abs() / 1_000_000, micros.abs() % 1_000_000);
        writeln!(out, "{} Q0 {id} {rank} {sign}{whole}.{rest:06} {tag}", matched.demand)?;
    }
    Ok(())
}
