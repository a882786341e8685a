//! Whose value a quantity is: 进口件寿命3000h is nobody's claim.

use super::quantity::Standing;
use super::words::Words;

/// What the clause that leads to a number says of whose value it is: `text` ends with the property's name.
pub(super) fn standing(text: &str) -> Standing {
    let clause = text.rsplit([',', ';', '。', '!', '?', '\n', ':']).next().unwrap_or(text);
    let words = Words::standard();
    let is_related = |text: &str| words.relations.iter().any(|word| text.contains(word));
    let place = |listed: &[&str]| listed.iter().find_map(|word| place(clause, word, &words.not_standing));
    // 较进口产品, 替代进口件, 达到国外水平, 超过预期: what follows is the text's own.
    if place(&words.aims).is_some_and(|at| !is_related(&clause[..at])) {
        Standing::Aim
    } else if place(&words.others).is_some() && !is_related(clause) {
        Standing::Others
    } else {
        Standing::Own
    }
}

/// Where a word stands in the clause other than as a part of one of `wholes`.
fn place(clause: &str, word: &str, wholes: &[&str]) -> Option<usize> {
    clause.match_indices(word).map(|(at, _)| at).find(|&at| {
        !wholes.iter().any(|whole| {
            whole.match_indices(word).any(|(inside, _)| {
                at.checked_sub(inside).and_then(|start| clause.get(start..start + whole.len())) == Some(*whole)
            })
        })
    })
}
