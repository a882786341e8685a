use super::{PairEvidence, TermPair, Wording, are_linked};
use crate::batch::{Batch, Record, Sample};
use crate::words::{SUFFIXES, is_one_of};
use duijie_text::{Term, TokenKind};
use std::collections::BTreeMap;
use std::ops::Range;

/// What introduces another name. 即 does too, and far more often means "at once".
const MARKERS: [(&str, Wording); 8] = [
    ("简称为", Wording::ShortFor),
    ("简称", Wording::ShortFor),
    ("缩写为", Wording::ShortFor),
    ("又称", Wording::AlsoCalled),
    ("亦称", Wording::AlsoCalled),
    ("也称", Wording::AlsoCalled),
    ("又名", Wording::AlsoCalled),
    ("俗称", Wording::AlsoCalled),
];
/// Characters of the longest name that is believed.
const LONGEST: usize = 14;
/// What may stand between a name and its marker or bracket, and around the other name.
const TRIMMED: [char; 12] = ['（', '(', '，', ',', '、', '：', ':', '“', '”', '「', '」', ' '];

/// Pairs that the texts themselves define, those in most records first; without those that the term base knows.
pub(crate) fn defined_pairs(batch: &Batch) -> Vec<TermPair> {
    let mut found: BTreeMap<(String, String, Wording), Vec<Sample>> = BTreeMap::new();
    for (at, record) in batch.records.iter().enumerate() {
        for place in places(&record.text) {
            let Some(term) = full_name(batch, at, &place) else { continue };
            let samples = found.entry((term, place.other, place.wording)).or_default();
            let sample = record.sample(place.whole);
            if samples.iter().all(|earlier| earlier.record != sample.record) {
                samples.push(sample);
            }
        }
    }
    let pair = |((term, other, wording), samples): ((String, String, Wording), Vec<Sample>)| {
        let evidence = PairEvidence::Defined { wording, records: samples.len() };
        TermPair { term, other, evidence, samples }
    };
    let mut pairs: Vec<TermPair> = found.into_iter().map(pair).collect();
    pairs.sort_by(|a, b| {
        b.samples.len().cmp(&a.samples.len()).then_with(|| (&a.term, &a.other).cmp(&(&b.term, &b.other)))
    });
    pairs
}

/// Where a text says that something has another name.
struct Place {
    wording: Wording,
    /// The byte where the first name ends.
    end: usize,
    other: String,
    whole: Range<usize>,
}

fn places(text: &str) -> Vec<Place> {
    let mut places = Vec::new();
    for (open, bracket) in text.match_indices(['（', '(']) {
        let inside = open + bracket.len();
        let Some(close) = text[inside..].find(['）', ')']) else { continue };
        let other = text[inside..inside + close].trim();
        if is_abbreviation(other) {
            let whole = open..inside + close;
            places.push(Place { wording: Wording::Bracket, end: open, other: other.to_owned(), whole });
        }
    }
    let mut at = 0;
    while let Some((start, marker, wording)) = next_marker(text, at) {
        at = start + marker.len();
        let rest = text[at..].trim_start_matches(TRIMMED);
        let other = first_name(rest);
        if !other.is_empty() {
            let end = text[..start].trim_end_matches(TRIMMED).len();
            places.push(Place { wording, end, other: other.to_owned(), whole: end..at });
        }
    }
    places
}

/// The next marker from byte `at` on; of two at one place the longer.
fn next_marker(text: &str, at: usize) -> Option<(usize, &'static str, Wording)> {
    let found = MARKERS.iter().filter_map(|&(marker, wording)| Some((at + text[at..].find(marker)?, marker, wording)));
    found.min_by_key(|(start, marker, _)| (*start, std::cmp::Reverse(marker.len())))
}

/// The name that `text` begins with: letters and digits, or ideographs up to what parts words for certain.
fn first_name(text: &str) -> &str {
    let is_latin = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let name = match text.chars().next() {
        Some(c) if is_latin(c) => &text[..text.find(|c| !is_latin(c)).unwrap_or(text.len())],
        _ => &text[..text.find(|c: char| !is_ideograph(c) || "的等是为在和及与".contains(c)).unwrap_or(text.len())],
    };
    if (2..=LONGEST).contains(&name.chars().count()) { name } else { "" }
}

/// Mostly capitals: `VC`, `R-PUF`; no formula (CH3), no word (Goodrich).
fn is_abbreviation(text: &str) -> bool {
    let count = |is: fn(&u8) -> bool| text.bytes().filter(is).count();
    let (capitals, small) = (count(u8::is_ascii_uppercase), count(u8::is_ascii_lowercase));
    let begins = text.bytes().next().is_some_and(|b| b.is_ascii_uppercase());
    begins
        && capitals > 1
        && capitals > small
        && text.len() <= LONGEST
        && text.len() == capitals + small + text.matches('-').count()
}

fn is_ideograph(c: char) -> bool {
    c.is_alphabetic() && ('\u{3007}'..='\u{3FFFF}').contains(&c)
}

/// The name that ends at the place; `None` if there is none, or the term base links the two already.
///
/// It may begin at any word of the segmenter within the run of ideographs, down to the last stop
/// word. Taken is a name of the term base, else what fits the abbreviation best, a letter standing
/// for two characters, where a name that another record has too is ahead by one.
fn full_name(batch: &Batch, at: usize, place: &Place) -> Option<String> {
    let record = &batch.records[at];
    // 等压式(PX)能量回收装置: the bracket belongs to what comes.
    if record.text[..place.end].ends_with(['式', '型', '级']) {
        return None;
    }
    let letters = place.other.chars().filter(|c| c.is_alphabetic()).count();
    let (shortest, wanted, longest) = match place.other.is_ascii() {
        true => (letters.max(3), 2 * letters, LONGEST.min(3 * letters + 2)),
        false => (2, letters + 2, LONGEST),
    };
    let name = |start: usize| &record.text[start..place.end];
    let starts = starts(record, place.end);
    if starts.iter().any(|start| are_linked(batch, name(*start), &place.other)) {
        return None;
    }
    let is_whole = |start: &usize| {
        let cuts = |form: &Range<usize>| form.start < *start && *start < form.end && form.end <= place.end;
        !record.forms.iter().any(|(_, form)| cuts(form)) && !starts_with_suffix(record, *start)
    };
    let names: Vec<&str> = starts.into_iter().filter(is_whole).map(name).collect();
    let is_of_length = |name: &&&str| (shortest..=longest).contains(&name.chars().count()) && **name != place.other;
    let is_known = |name: &str| {
        let normalized = batch.analyzer.normalize(name);
        batch.terms.concepts_of(&normalized.text).any(|(_, relation)| relation.is_exact())
    };
    let is_elsewhere = |name: &str| {
        let mut others = batch.records.iter().enumerate().filter(|(other, _)| *other != at);
        batch.dictionary.contains(name) || others.any(|(_, record)| record.text.contains(name))
    };
    let misfit = |name: &str| {
        let length = name.chars().count();
        length.abs_diff(wanted).saturating_sub(usize::from(is_elsewhere(name)))
    };
    let fitting = names.iter().filter(is_of_length);
    let known = fitting.clone().find(|name| is_known(name) && name.chars().count() >= wanted.min(5));
    // The longer of two that fit alike: it is easier to cut than to complete.
    known.or_else(|| fitting.min_by_key(|name| misfit(name))).map(|name| (*name).to_owned())
}

/// Whether the word at byte `start` is one that only stands at the end of others.
fn starts_with_suffix(record: &Record, start: usize) -> bool {
    let first = record.words.iter().find(|term| term.original.start == start);
    first.is_some_and(|term| is_one_of(&term.text, &SUFFIXES))
}

/// Where a name that ends at byte `end` may begin, the longest first: at a word of the segmenter,
/// and not before a stop word, which the analyzer leaves out.
fn starts(record: &Record, end: usize) -> Vec<usize> {
    let is_main = |term: &&Term| term.kind == TokenKind::Word && term.original.end <= end;
    let mut starts = Vec::new();
    let mut at = end;
    for term in record.words.iter().filter(is_main).rev() {
        match record.text.get(term.original.end..at) {
            Some("") => {}
            // 乙烯-醋酸乙烯共聚物 is one name.
            Some("-") if at < end => {}
            _ => break,
        }
        at = term.original.start;
        starts.push(at);
    }
    starts.reverse();
    starts
}

#[cfg(test)]
mod tests {
    use super::{first_name, is_abbreviation};

    #[test]
    fn capitals_abbreviate_and_formulas_and_words_do_not() {
        let yes = ["VC", "R-PUF", "HMCVT", "LiDAR"];
        let no = ["CH3", "P204", "Goodrich", "i-Bu", "C", "m·K", "PE 管", "", "-AB"];
        assert!(yes.iter().all(|text| is_abbreviation(text)));
        assert!(!no.iter().any(|text| is_abbreviation(text)));
    }

    #[test]
    fn a_name_ends_where_the_sentence_goes_on() {
        let names = ["马口铁）常用", "PTA装置", "爆米花聚合物的生成", "，其"].map(first_name);
        assert_eq!(names, ["马口铁", "PTA", "爆米花聚合物", ""]);
    }
}
