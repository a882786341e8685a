//! Choices with letters: `A.独立研发 √B.委托研发`.

use super::ticks::{TICKED, is_mark, with_boxes};

/// What a cell of lettered choices says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Lettered {
    /// These are marked, or named by themselves.
    Chosen(Vec<String>),
    /// The letters of these, which the header tells, stand in the cell.
    ByHeader(Vec<String>),
    /// All choices stand there, and none is marked.
    Unanswered,
}

/// A choice: its letter, its word, and the marks before and behind.
struct Choice {
    letter: char,
    word: String,
    before: Option<Mark>,
    behind: Option<Mark>,
}

/// A mark beside a choice.
#[derive(Clone, Copy)]
struct Mark {
    is_ticked: bool,
    /// No blank or comma is between them.
    touches: bool,
}

/// Reads a cell of choices under its header; `None` if it has no letters, or marks that could be of either neighbour.
pub(crate) fn lettered(header: &str, text: &str) -> Option<Lettered> {
    if !text.chars().any(|c| letter(c.to_ascii_uppercase()).is_some()) {
        return None;
    }
    if let Some(letters) = only_letters(text) {
        let choices = choices(header);
        if choices.len() < 2 {
            return None;
        }
        let word = |letter: &char| choices.iter().find(|choice| choice.letter == *letter);
        let words: Option<Vec<_>> = letters.iter().map(|letter| Some(word(letter)?.word.clone())).collect();
        return words.map(Lettered::ByHeader);
    }
    if let Some((listed, letters)) = with_answer(text.trim()) {
        let listed = choices(listed);
        let word = |letter: &char| Some(listed.iter().find(|choice| choice.letter == *letter)?.word.clone());
        if let Some(words) = letters.iter().map(word).collect::<Option<Vec<_>>>().filter(|_| listed.len() > 1) {
            return Some(Lettered::Chosen(words));
        }
    }
    let text = with_boxes(text.trim());
    let choices = choices(&text);
    let first = choices.first()?;
    if !text.contains(is_mark) {
        // All from A on could be the list that nobody has marked.
        // ①数控机床②机器人 are two entries.
        let is_list = choices.len() > 1
            && !text.contains('①')
            && choices.iter().zip('A'..).all(|(choice, letter)| choice.letter == letter);
        let words = choices.iter().map(|choice| choice.word.clone()).collect();
        return Some(if is_list { Lettered::Unanswered } else { Lettered::Chosen(words) });
    }
    let stands_before = if first.before.is_some() {
        true
    } else if choices.last().is_some_and(|last| last.behind.is_some()) {
        false
    } else {
        // A mark between two choices is of the one that it touches.
        let touches = |mark: &Option<Mark>| mark.is_some_and(|mark| mark.touches);
        let before = choices.iter().all(|choice| choice.before.is_none() || touches(&choice.before));
        let behind = choices.iter().all(|choice| choice.behind.is_none() || touches(&choice.behind));
        if before == behind {
            return None;
        }
        before
    };
    let mark = |choice: &Choice| if stands_before { choice.before } else { choice.behind };
    let chosen = choices.iter().filter(|choice| mark(choice).is_some_and(|mark| mark.is_ticked));
    Some(Lettered::Chosen(chosen.map(|choice| choice.word.clone()).collect()))
}

/// A list of choices with the letters behind it that answer: `A.是 B.否（ B ）`, `A.转让 B.许可 选择：B`.
fn with_answer(text: &str) -> Option<(&str, Vec<char>)> {
    let bracketed = text.strip_suffix(['）', ')']).and_then(|text| text.rsplit_once(['（', '(']));
    let told = || {
        ["选择", "答案", "选"]
            .iter()
            .find_map(|word| text.rsplit_once(word))
            .map(|(listed, answer)| (listed, answer.trim_start_matches(['：', ':', ' '])))
    };
    let (listed, answer) = bracketed.or_else(told)?;
    Some((listed, only_letters(answer)?))
}

/// The letters of a cell that holds nothing else: `B、C`.
fn only_letters(text: &str) -> Option<Vec<char>> {
    let rest = text.chars().filter(|c| !c.is_whitespace() && !"、，,；;/.．和及".contains(*c));
    let letters: Option<Vec<char>> = rest.map(|c| letter(c.to_ascii_uppercase())).collect();
    letters.filter(|letters| (1..=8).contains(&letters.len()))
}

/// `A` to `H`, full-width ones as well, and ① to ⑧.
fn letter(c: char) -> Option<char> {
    match c {
        'A'..='H' => Some(c),
        'Ａ'..='Ｈ' => char::from_u32(u32::from(c) - 0xfee0),
        '①'..='⑧' => char::from_u32(u32::from('A') + u32::from(c) - u32::from('①')),
        _ => None,
    }
}

/// The choices of a text, in the order of their letters.
fn choices(text: &str) -> Vec<Choice> {
    let chars: Vec<char> = text.chars().collect();
    // A letter with a word behind it, and no Latin word around.
    let begins = |at: usize| {
        let found = letter(chars[at])?;
        let stands = at == 0 || !chars[at - 1].is_ascii_alphanumeric();
        let behind = chars[at + 1..].iter().position(|c| !is_between(*c))? + at + 1;
        (stands && ('\u{4e00}'..='\u{9fff}').contains(&chars[behind])).then_some((at, found, behind))
    };
    let mut starts: Vec<(usize, char, usize)> = Vec::new();
    for start in (0..chars.len()).filter_map(begins) {
        if starts.last().is_none_or(|(_, last, _)| *last < start.1) {
            starts.push(start);
        }
    }
    let mut choices: Vec<Choice> = Vec::new();
    let as_before = |(mark, touches): (Mark, bool)| Mark { touches, ..mark };
    let mut before = marks(&chars[..starts.first().map_or(0, |(at, ..)| *at)]).map(as_before);
    for (at, &(_, letter, word)) in starts.iter().enumerate() {
        let end = starts.get(at + 1).map_or(chars.len(), |(next, ..)| *next);
        let segment = &chars[word..end];
        let found = marks(segment);
        let word: String = segment.iter().take_while(|c| !is_mark(**c)).collect();
        let word = word.trim_matches(|c: char| is_between(c) || "（([".contains(c)).to_owned();
        let behind = found.map(|(mark, _)| mark);
        choices.push(Choice { letter, word, before, behind });
        before = found.map(as_before);
    }
    choices
}

/// The marks in the text between two choices: as the first choice sees them, and whether they touch the second.
fn marks(segment: &[char]) -> Option<(Mark, bool)> {
    let first = segment.iter().position(|c| is_mark(*c))?;
    let is_ticked = segment[first..].iter().any(|c| TICKED.contains(c));
    let touches = first > 0 && !is_between(segment[first - 1]);
    Some((Mark { is_ticked, touches }, segment.last().is_some_and(|last| is_mark(*last))))
}

fn is_between(c: char) -> bool {
    c.is_whitespace() || "、，,；;.．:：)）]".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_marked_letters_are_chosen() {
        let chosen = |words: &[&str]| Some(Lettered::Chosen(words.iter().map(|word| (*word).to_owned()).collect()));
        for (text, expected) in [
            ("A.独立研发 √B.委托研发 C.合作研发", chosen(&["委托研发"])),
            ("A.独立研发 B.委托研发√ C.合作研发", chosen(&["委托研发"])),
            ("A.独立研发√B.委托研发 C.合作研发", None),
            ("☑A、独立研发 □B、委托研发 ☑C、合作研发", chosen(&["独立研发", "合作研发"])),
            ("A独立研发□ B委托研发☑", chosen(&["委托研发"])),
            ("Ａ．独立研发（ ） Ｂ．委托研发（√）", chosen(&["委托研发"])),
            ("○A.独立研发 ◎B.委托研发", chosen(&["委托研发"])),
            ("□A.独立研发 □B.委托研发", chosen(&[])),
            ("B.委托研发、C.合作研发", chosen(&["委托研发", "合作研发"])),
            ("①委托研发 ②合作研发√", chosen(&["合作研发"])),
            ("①委托研发；②合作研发", chosen(&["委托研发", "合作研发"])),
            ("A.是√ B.否", chosen(&["是"])),
            ("A.是 B.否（ B ）", chosen(&["否"])),
            ("A.委托研发 B.合作研发 C.技术入股\n选择：A、B", chosen(&["委托研发", "合作研发"])),
            ("B.委托研发", chosen(&["委托研发"])),
            ("A.独立研发 B.委托研发 C.合作研发", Some(Lettered::Unanswered)),
            ("委托研发", None),
            ("PTA聚酯", None),
        ] {
            assert_eq!(lettered("合作方式", text), expected, "{text}");
        }
    }

    #[test]
    fn letters_alone_are_told_by_the_header() {
        let header = "合作方式（A.独立研发B.委托研发C.合作研发）";
        let by_header =
            |words: &[&str]| Some(Lettered::ByHeader(words.iter().map(|word| (*word).to_owned()).collect()));
        for text in ["B、C", "BC", "b c", "Ｂ，Ｃ"] {
            assert_eq!(lettered(header, text), by_header(&["委托研发", "合作研发"]), "{text}");
        }
        assert_eq!(lettered(header, "D"), None);
        assert_eq!(lettered("合作方式", "B"), None);
    }
}
