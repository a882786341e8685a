//! The words of `data/indicator_wording.txt`.

use super::quantity::{Change, Comparator};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

const LINES: &str = include_str!("../../data/indicator_wording.txt");

/// What a word before the number does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    Bound(Comparator),
    /// A bound by its symbol.
    Symbol(Comparator),
    /// 优于: which bound it is, the property tells.
    Better,
    /// 达到, 提高到: at least, with nothing else said; 控制在, 降至: at most.
    Reach(Comparator),
    /// 至, 到: a new value whose direction another word gives.
    To,
    Change(Change),
    /// 由, 从: the value before a change.
    From,
    Filler,
    /// Passed over only behind another word: 能 alone may end a noun.
    Auxiliary,
    /// Not to be taken apart: 性能 does not end with 能.
    Whole,
}

#[derive(Debug, Default)]
pub(super) struct Words {
    before: FxHashMap<&'static str, Word>,
    longest_before: usize,
    /// Words behind the number; `None` for those that only look like one.
    behind: Vec<(&'static str, Option<Comparator>)>,
    changes: Vec<(&'static str, Change)>,
    pub(super) openers: Vec<&'static str>,
    pub(super) not_openers: Vec<&'static str>,
    pub(super) compared: Vec<&'static str>,
    pub(super) compared_ends: Vec<&'static str>,
    /// Words of things that another's value is of, and of what is not reached yet.
    pub(super) others: Vec<&'static str>,
    pub(super) aims: Vec<&'static str>,
    /// Words that hold one of those and mean something else.
    pub(super) not_standing: Vec<&'static str>,
    /// Words of a relation to another's value.
    pub(super) relations: Vec<&'static str>,
    /// Words behind what others are measured at; `false` for those that only look like one.
    conditions: Vec<(&'static str, bool)>,
    /// Words behind a number of times that others are measured after: 循环后.
    cycles: Vec<&'static str>,
    /// Things that begin with a change word: 压缩强度.
    pub(super) not_changes: Vec<&'static str>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| match Words::read(LINES) {
    Ok(words) => words,
    Err(problem) => unreachable!("data/indicator_wording.txt: {problem}"),
});

impl Words {
    pub(super) fn standard() -> &'static Self {
        &WORDS
    }

    /// The longest word that `text` ends with, and its length in bytes.
    pub(super) fn at_end(&self, text: &str) -> Option<(Word, usize)> {
        let starts: Vec<usize> = text.char_indices().rev().take(self.longest_before).map(|(at, _)| at).collect();
        let (word, start) =
            starts.into_iter().rev().find_map(|start| self.before.get(&text[start..]).map(|&word| (word, start)))?;
        (word != Word::Whole).then_some((word, text.len() - start))
    }

    /// The bound that `text` begins with, and the length of its word in bytes.
    pub(super) fn behind(&self, text: &str) -> Option<(Comparator, usize)> {
        let (word, comparator) =
            self.behind.iter().filter(|(word, _)| text.starts_with(word)).max_by_key(|(word, _)| word.len())?;
        comparator.map(|comparator| (comparator, word.len()))
    }

    /// The bytes of the word that `text` begins with and that makes a condition of the quantity before it: 下, 时.
    pub(super) fn condition(&self, text: &str) -> Option<usize> {
        let listed = self.conditions.iter().filter(|(word, _)| text.starts_with(word));
        listed.max_by_key(|(word, _)| word.len()).filter(|(_, is_one)| *is_one).map(|(word, _)| word.len())
    }

    /// The bytes of the word that `text` begins with and that makes a condition of the number of times before it.
    pub(super) fn cycle(&self, text: &str) -> Option<usize> {
        self.cycles.iter().filter(|word| text.starts_with(**word)).map(|word| word.len()).max()
    }

    /// The bound whose symbol `text` begins with, and the symbol's length in bytes.
    pub(super) fn symbol_at_start(&self, text: &str) -> Option<(Comparator, usize)> {
        let ends = text.char_indices().take(2).map(|(at, c)| at + c.len_utf8());
        ends.filter_map(|end| match self.before.get(&text[..end]) {
            Some(Word::Symbol(comparator)) => Some((*comparator, end)),
            _ => None,
        })
        .last()
    }

    /// Whether `text` begins with a change or with what one leads to: 降低, 降至, 到.
    pub(super) fn begins_change(&self, text: &str) -> bool {
        let ends = text.char_indices().take(self.longest_before).map(|(at, c)| at + c.len_utf8());
        ends.filter_map(|end| self.before.get(&text[..end]))
            .any(|word| matches!(word, Word::Change(_) | Word::Reach(_) | Word::To))
    }

    /// The change that `text` begins with, by a word of at least two characters, and its length in bytes.
    pub(super) fn change_at_start(&self, text: &str) -> Option<(Change, usize)> {
        let (word, change) =
            self.changes.iter().filter(|(word, _)| text.starts_with(word)).max_by_key(|(word, _)| word.len())?;
        Some((*change, word.len()))
    }

    pub(super) fn read(lines: &'static str) -> Result<Self, String> {
        let mut words = Self::default();
        for (number, line) in lines.lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (class, listed) =
                line.split_once(" | ").ok_or_else(|| format!("line {}: no class before ` | `", number + 1))?;
            for word in listed.split_whitespace() {
                words.add(class, word).map_err(|problem| format!("line {}: {problem}", number + 1))?;
            }
        }
        Ok(words)
    }

    fn add(&mut self, class: &str, word: &'static str) -> Result<(), String> {
        use Comparator::{About, Above, AtLeast, AtMost, Below, Equal, Near, Within};
        let meaning = match class {
            "symbol-at-least" => Word::Symbol(AtLeast),
            "symbol-at-most" => Word::Symbol(AtMost),
            "symbol-above" => Word::Symbol(Above),
            "symbol-below" => Word::Symbol(Below),
            "symbol-about" => Word::Symbol(About),
            "symbol-within" => Word::Symbol(Within),
            "symbol-equal" => Word::Symbol(Equal),
            "at-least" => Word::Bound(AtLeast),
            "at-most" => Word::Bound(AtMost),
            "above" => Word::Bound(Above),
            "below" => Word::Bound(Below),
            "about" => Word::Bound(About),
            "near" => Word::Bound(Near),
            "better" => Word::Better,
            "reach-up" => Word::Reach(AtLeast),
            "reach-down" => Word::Reach(AtMost),
            "to" => Word::To,
            "reduced-by" => Word::Change(Change::ReducedBy),
            "increased-by" => Word::Change(Change::IncreasedBy),
            "from" => Word::From,
            "filler" => Word::Filler,
            "auxiliary" => Word::Auxiliary,
            "whole" => Word::Whole,
            _ => return self.add_elsewhere(class, word),
        };
        self.longest_before = self.longest_before.max(word.chars().count());
        if let Word::Change(change) = meaning
            && word.chars().nth(1).is_some()
        {
            self.changes.push((word, change));
        }
        match self.before.insert(word, meaning) {
            Some(_) => Err(format!("{word:?} has two meanings")),
            None => Ok(()),
        }
    }

    /// Words that do not stand before the number.
    fn add_elsewhere(&mut self, class: &str, word: &'static str) -> Result<(), String> {
        match class {
            "behind-at-least" => self.behind.push((word, Some(Comparator::AtLeast))),
            "behind-at-most" => self.behind.push((word, Some(Comparator::AtMost))),
            "behind-about" => self.behind.push((word, Some(Comparator::About))),
            "not-behind" => self.behind.push((word, None)),
            "opener" => self.openers.push(word),
            "not-opener" => self.not_openers.push(word),
            "compared" => self.compared.push(word),
            "compared-end" => self.compared_ends.push(word),
            "others" => self.others.push(word),
            "aim" => self.aims.push(word),
            "not-standing" => self.not_standing.push(word),
            "relation" => self.relations.push(word),
            "condition" => self.conditions.push((word, true)),
            "not-condition" => self.conditions.push((word, false)),
            "cycle" => self.cycles.push(word),
            "not-change" => self.not_changes.push(word),
            _ => return Err(format!("unknown class {class:?}")),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contradictions_and_unknown_classes_are_found() {
        assert!(Words::read("above | 超过\nbelow | 超过").is_err());
        assert!(Words::read("beyond | 超过").is_err());
        assert!(Words::read("超过").is_err());
        assert!(Words::read(LINES).is_ok());
    }

    #[test]
    fn the_longest_word_counts_and_whole_nouns_are_left() {
        let words = Words::standard();
        assert_eq!(words.at_end("强度不低于"), Some((Word::Bound(Comparator::AtLeast), "不低于".len())));
        assert_eq!(words.at_end("综合性能"), None);
        assert_eq!(words.behind("以内"), Some((Comparator::AtMost, "以内".len())));
        assert_eq!(words.behind("内径"), None);
        assert_eq!(words.change_at_start("降低率"), Some((Change::ReducedBy, "降低率".len())));
    }
}
