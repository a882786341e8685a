//! Cells that hold several values.

use crate::columns::without_numbering;

/// The entries of a cell of indicators: lines, or what ；separates, without their numbering.
/// Commas and 、 stand within indicators.
pub(crate) fn list_items(text: &str) -> Vec<String> {
    let entries =
        text.split(['；', ';', '\n']).map(|entry| without_bracketed_number(without_numbering(entry.trim())).trim());
    let entries = entries.map(|entry| entry.trim_end_matches('。'));
    entries.filter(|entry| !entry.is_empty()).map(str::to_owned).collect()
}

/// `（1）扬程≥50m` → `扬程≥50m`.
fn without_bracketed_number(entry: &str) -> &str {
    let Some(inner) = entry.strip_prefix(['（', '(']) else { return entry };
    match inner.split_once(['）', ')']) {
        Some((number, rest))
            if !number.is_empty() && number.chars().all(|c| c.is_ascii_digit()) && !rest.is_empty() =>
        {
            rest
        }
        _ => entry,
    }
}

/// The entries of a cell of words, by the strongest separator in it: ；before 、and comma before
/// blanks. A comma between digits (1,2-丁二醇) and blanks in Latin words (Protein A) separate nothing.
pub(crate) fn keywords(text: &str) -> Vec<String> {
    let strong = ['；', ';', '\n', '|'];
    let pieces: Vec<&str> = if text.contains(strong) {
        text.split(strong).collect()
    } else {
        let bytes: Vec<char> = text.chars().collect();
        let separates = |at: usize| match bytes[at] {
            '、' | '，' => true,
            ',' => !(at > 0 && bytes[at - 1].is_ascii_digit() && bytes.get(at + 1).is_some_and(char::is_ascii_digit)),
            _ => false,
        };
        let mut cuts = Vec::new();
        let mut start = 0;
        for (at, (byte, c)) in text.char_indices().enumerate() {
            if separates(at) {
                cuts.push(&text[start..byte]);
                start = byte + c.len_utf8();
            }
        }
        cuts.push(&text[start..]);
        let blank = [' ', '\u{3000}', '\t'];
        if cuts.len() == 1 && text.split(blank).all(|word| word.is_empty() || word.contains(|c: char| c >= '\u{4e00}'))
        {
            text.split(blank).collect()
        } else {
            cuts
        }
    };
    pieces.into_iter().map(str::trim).filter(|piece| !piece.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_by_the_strongest_separator() {
        assert_eq!(keywords("低氢焊接，后热；高强钢"), ["低氢焊接，后热", "高强钢"]);
        assert_eq!(keywords("焊接、高强钢,软化"), ["焊接", "高强钢", "软化"]);
        assert_eq!(keywords("焊接 高强钢"), ["焊接", "高强钢"]);
        assert_eq!(keywords("1,2-丁二醇"), ["1,2-丁二醇"]);
        assert_eq!(keywords("press hardening steel"), ["press hardening steel"]);
    }

    #[test]
    fn indicators_keep_their_commas() {
        assert_eq!(
            list_items("1、顺式-1,4≥97.5%；（2）70℃、300MPa蠕变≤1%\n3.寿命≥8000h。"),
            ["顺式-1,4≥97.5%", "70℃、300MPa蠕变≤1%", "寿命≥8000h"]
        );
        assert_eq!(list_items("0.1Hz～10Hz tanδ≤0.03"), ["0.1Hz～10Hz tanδ≤0.03"]);
    }
}
