use crate::forward::{COMMON_TERMS, ESCAPE, ForwardIndex};
use crate::index::Parts;
use crate::postings::{CODES, Postings};
use crate::term_table::TermTable;

/// Whether the arrays fit each other: afterwards no number in them leads out of another.
pub(crate) fn check(parts: &Parts) -> Result<(), &'static str> {
    let terms = parts.document_frequencies.len();
    let requirements = [
        (parts.model.validate().is_ok(), "the model"),
        (parts.reference_lengths.iter().all(|length| length.is_finite() && *length >= 0.0), "the reference lengths"),
        (term_table_fits(&parts.terms, terms), "the terms"),
        (parts.forward.fields == parts.model.fields.len(), "the number of fields"),
        (rows_fit(&parts.forward, parts.postings.documents as usize), "the documents"),
        (forward_fits(&parts.forward, terms), "the forward postings"),
        (postings_fit(&parts.postings, terms), "the impacts"),
        (parts.labels.is_empty() || parts.labels.len() == parts.forward.len(), "the labels"),
    ];
    match requirements.iter().find(|(holds, _)| !holds) {
        Some((_, what)) => Err(what),
        None => Ok(()),
    }
}

/// Whether `starts` has `count` runs that follow each other and end at `end`.
fn runs(starts: &[u32], count: usize, end: usize) -> bool {
    starts.len() == count + 1 && starts.is_sorted() && starts.last().is_some_and(|&last| last as usize == end)
}

fn term_table_fits(table: &TermTable, terms: usize) -> bool {
    runs(&table.starts, terms, table.bytes.len())
        && table.slots.len().is_power_of_two()
        && table.slots.iter().all(|&slot| slot as u32 as usize <= terms)
}

fn rows_fit(forward: &ForwardIndex, documents: usize) -> bool {
    let width = forward.fields + 2;
    if forward.rows.len() != (documents + 1) * width || documents >= u32::MAX as usize {
        return false;
    }
    let bounds = || forward.rows.chunks_exact(width).map(|row| (row[0], row[1]));
    let rising = bounds()
        .zip(bounds().skip(1))
        .all(|(row, next)| row.1 <= next.1 && row.0 <= next.0 && next.1 - row.1 <= next.0 - row.0);
    let first = bounds().next() == Some((0, 0));
    first && rising && bounds().next_back() == Some((forward.codes.len() as u32, forward.others.len() as u32))
}

fn forward_fits(forward: &ForwardIndex, terms: usize) -> bool {
    let tuples = forward.tuples.len() / forward.fields.max(1);
    let known = |code: u8| code == ESCAPE || usize::from(code) < tuples;
    let mut seen = [false; 256];
    forward.codes.iter().for_each(|&code| seen[usize::from(code)] = true);
    let escapes = forward.codes.iter().filter(|&&code| code == ESCAPE).count();
    forward.common.len() + forward.others.len() == forward.codes.len()
        && forward.common.iter().copied().max().is_none_or(|term| usize::from(term) < terms)
        && forward.others.iter().all(|&term| term >= COMMON_TERMS && (term as usize) < terms)
        && (0..=u8::MAX).all(|code| !seen[usize::from(code)] || known(code))
        && forward.tuples.len().is_multiple_of(forward.fields.max(1))
        && forward.escaped.len() == escapes
        && forward.escaped_tuples.len() == escapes
        && forward.escaped.is_sorted_by(|a, b| a < b)
        && forward.escaped.iter().all(|&posting| forward.codes.get(posting as usize) == Some(&ESCAPE))
        && forward.escaped_tuples.iter().all(|&tuple| (tuple as usize) < tuples)
}

fn postings_fit(postings: &Postings, terms: usize) -> bool {
    let (lanes, blocked) = (postings.lane_terms as usize, postings.blocked_terms as usize);
    let Some(rare) = terms.checked_sub(lanes).and_then(|rest| rest.checked_sub(blocked)) else { return false };
    let lane_bytes = postings.lane_start(postings.blocks());
    postings.steps.len() == terms
        && postings.steps.iter().all(|step| (0.0..=1.0).contains(step))
        && postings.smallest.len() == terms
        && postings.lanes.len() == lane_bytes
        && postings.levels.len() == lanes * CODES
        && runs(&postings.blocked_starts, blocked * postings.blocks(), postings.blocked_places.len())
        && postings.blocked_bytes.len() == postings.blocked_places.len()
        && runs(&postings.rare_starts, rare, postings.rare_documents.len())
        && postings.rare_bytes.len() == postings.rare_documents.len()
}
