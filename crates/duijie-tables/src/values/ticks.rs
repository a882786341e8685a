//! Cells with boxes to tick.

use std::borrow::Cow;

pub(super) const TICKED: [char; 10] = ['☑', '√', '■', '☒', '✓', '✔', '●', '◎', '◉', '▣'];
const OPEN: [char; 4] = ['□', '☐', '○', '◯'];

/// Whether it is a box, ticked or not, or a tick.
pub(crate) fn is_mark(c: char) -> bool {
    TICKED.contains(&c) || OPEN.contains(&c)
}

/// What a cell says under the name of a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tick {
    Chosen,
    Not,
}

/// Reads a cell that holds a tick, a cross, or yes or no; `None` if it says anything else.
pub(crate) fn tick(text: &str) -> Option<Tick> {
    let text = text.trim();
    if text.is_empty() || text.len() > 9 {
        return None;
    }
    match text.to_lowercase().as_str() {
        "是" | "有" | "对" | "选" | "1" | "v" | "ｖ" | "y" | "yes" => Some(Tick::Chosen),
        "否" | "无" | "不" | "0" | "n" | "no" | "×" | "✗" | "✘" | "□" | "☐" | "○" => Some(Tick::Not),
        _ => text.chars().all(|c| TICKED.contains(&c)).then_some(Tick::Chosen),
    }
}

/// What is ticked of a cell with boxes: `□委托研发 ☑合作研发` is `合作研发`, and so is `委托研发□ 合作研发√`: in a cell
/// that begins with a word, the boxes stand behind. `None` if it has no boxes; nothing if none is ticked.
pub(crate) fn ticked(text: &str) -> Option<Vec<String>> {
    let text = &*with_boxes(text.trim());
    // All marks begin with one byte, and few texts have it.
    memchr::memchr(0xE2, text.as_bytes())?;
    if text.chars().all(|c| TICKED.contains(&c)) {
        return None;
    }
    let ends_in_mark = text.ends_with(is_mark);
    let has_boxes = text.contains(OPEN)
        || text.contains(['☑', '■', '☒'])
        || text.starts_with(['√', '✓', '✔'])
        || (ends_in_mark && text.chars().count() <= MAX_TICKED_WORD);
    // Signs before whole sentences are those of a list.
    let is_prose = || text.split(is_mark).any(|piece| piece.chars().count() > MAX_CHOICE);
    if !has_boxes || is_prose() {
        return None;
    }
    let behind_words = ends_in_mark && !text.starts_with(is_mark);
    let mut chosen = Vec::new();
    let mut rest = text;
    let mut word_before = "";
    while let Some(at) = rest.find(is_mark) {
        let mark = rest[at..].chars().next().unwrap_or_default();
        let behind = &rest[at + mark.len_utf8()..];
        if behind_words && at > 0 {
            word_before = &rest[..at];
        }
        // A box and a tick beside it (□√) are one ticked box.
        let next = behind.trim_start().chars().next().unwrap_or_default();
        let both = OPEN.contains(&mark) && TICKED.contains(&next);
        if !both {
            let end = behind.find(is_mark).unwrap_or(behind.len());
            let label = word(if behind_words { word_before } else { &behind[..end] });
            if TICKED.contains(&mark) && !label.is_empty() {
                chosen.push(label.to_owned());
            }
        }
        rest = behind;
    }
    Some(chosen)
}

/// A longer text behind a mark is no choice.
const MAX_CHOICE: usize = 40;

/// A choice of a word with the mark behind it is no longer.
const MAX_TICKED_WORD: usize = 16;

fn word(text: &str) -> &str {
    const BETWEEN: [char; 8] = ['；', ';', '、', '，', ',', '|', ' ', '\u{3000}'];
    text.trim().trim_matches(BETWEEN).trim()
}

/// Brackets of which one at least is ticked, as boxes: `( )是 (√)否` → `□是 ☑否`.
pub(super) fn with_boxes(text: &str) -> Cow<'_, str> {
    const PAIRS: [(char, char); 4] = [('(', ')'), ('（', '）'), ('[', ']'), ('【', '】')];
    let mut ticked = false;
    let mut boxed = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(|c| PAIRS.iter().any(|(open, _)| *open == c)) {
        let open = rest[at..].chars().next().unwrap_or_default();
        let inner = &rest[at + open.len_utf8()..];
        let closing = inner.find(|c| PAIRS.iter().any(|(_, close)| *close == c));
        boxed.push_str(&rest[..at]);
        let content = closing.map(|end| (inner[..end].trim(), end));
        let mark = match content {
            Some(("", _)) => Some('□'),
            Some(("x" | "X" | "×" | "v" | "V", _)) => Some('☑'),
            Some((tick, _)) if tick.chars().count() == 1 && tick.chars().all(|c| TICKED.contains(&c)) => Some('☑'),
            _ => None,
        };
        match (mark, content) {
            (Some(mark), Some((_, end))) => {
                ticked |= mark == '☑';
                boxed.push(mark);
                let close = inner[end..].chars().next().map_or(0, char::len_utf8);
                rest = &inner[end + close..];
            }
            _ => {
                boxed.push(open);
                rest = inner;
            }
        }
    }
    boxed.push_str(rest);
    if ticked { Cow::Owned(boxed) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn under_a_choice_a_tick_a_cross_or_a_word_answers() {
        for (text, expected) in [
            ("√", Some(Tick::Chosen)),
            ("✔", Some(Tick::Chosen)),
            ("V", Some(Tick::Chosen)),
            ("是", Some(Tick::Chosen)),
            ("1", Some(Tick::Chosen)),
            ("×", Some(Tick::Not)),
            ("否", Some(Tick::Not)),
            ("0", Some(Tick::Not)),
            ("技术入股", None),
            ("2", None),
            ("", None),
        ] {
            assert_eq!(tick(text), expected, "{text}");
        }
    }

    #[test]
    fn only_ticked_boxes_count() {
        assert_eq!(ticked("□独立研发 ☑委托研发 □合作研发").unwrap(), ["委托研发"]);
        assert_eq!(ticked("□√合作研发；□其他").unwrap(), ["合作研发"]);
        assert_eq!(ticked("√转让 □许可").unwrap(), ["转让"]);
        assert_eq!(ticked("□是 □否").unwrap(), Vec::<String>::new());
        assert_eq!(ticked("合作研发"), None);
        assert_eq!(ticked("◎委托研发 ○合作研发 ●技术转让").unwrap(), ["委托研发", "技术转让"]);
        let list = "○现状：主轴在高速下发热，精度随之漂移，每班都要停机补偿一次，而且补偿以后精度仍旧达不到图纸的要求。○问题：温升过高";
        assert_eq!(ticked(list), None, "signs before sentences are no boxes");
        assert_eq!(ticked("√"), None, "a tick alone answers the question of its column");
    }

    #[test]
    fn boxes_may_stand_behind_their_words_and_be_brackets() {
        assert_eq!(ticked("独立研发□  委托研发√  合作研发√").unwrap(), ["委托研发", "合作研发"]);
        assert_eq!(ticked("数控机床√ 汽车□").unwrap(), ["数控机床"]);
        assert_eq!(ticked("是□√、否□").unwrap(), ["是"]);
        assert_eq!(ticked("委托研发√").unwrap(), ["委托研发"]);
        assert_eq!(ticked("( )独立研发 (√)委托研发").unwrap(), ["委托研发"]);
        assert_eq!(ticked("是（√） 否（ ）").unwrap(), ["是"]);
        assert_eq!(ticked("[x]汽车 [ ]数控机床").unwrap(), ["汽车"]);
        for text in ["函数f()的值", "强度（≥5MPa）", "系数( )待定", "产学研（三方）"] {
            assert_eq!(ticked(text), None, "{text}");
        }
    }
}
