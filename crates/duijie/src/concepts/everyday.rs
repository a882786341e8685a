//! Phrases that are said of anything: 性能不达标, 成本高.

use std::borrow::Cow;
use std::sync::LazyLock;

const LINES: &str = include_str!("../../data/everyday_phrases.txt");

static PHRASES: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let lines = LINES.lines().filter(|line| !line.starts_with('#'));
    let mut phrases: Vec<&str> = lines.flat_map(str::split_whitespace).collect();
    // The longest first, so that none leaves the rest of another.
    phrases.sort_by_key(|phrase| (std::cmp::Reverse(phrase.len()), *phrase));
    phrases
});

/// The normalised text with a blank in the place of each phrase.
pub(super) fn without_everyday(normalized: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(normalized);
    for phrase in PHRASES.iter().filter(|phrase| normalized.contains(**phrase)) {
        let ends = |at: usize| !text[at + phrase.len()..].starts_with(GO_ON);
        let places: Vec<usize> = text.match_indices(phrase).map(|(at, _)| at).filter(|&at| ends(at)).collect();
        let mut rest = text.clone().into_owned();
        places.into_iter().rev().for_each(|at| rest.replace_range(at..at + phrase.len(), " "));
        text = Cow::Owned(rest);
    }
    text
}

/// What makes another word of a phrase: 噪声大幅降低, 不稳定性, 成本高于.
const GO_ON: [char; 6] = ['幅', '小', '于', '短', '性', '度'];

/// What it depends on.
pub(super) fn phrases() -> &'static str {
    LINES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_phrases_go() {
        assert_eq!(without_everyday("焊缝性能不达标,噪音大"), "焊缝 , ");
        assert_eq!(without_everyday("噪声大幅降低"), "噪声大幅降低");
        assert!(matches!(without_everyday("扩散氢引起延迟裂纹"), Cow::Borrowed(_)));
    }
}
