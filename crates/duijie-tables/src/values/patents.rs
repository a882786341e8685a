use super::keywords;
use super::numerals::arabic;
use duijie_text::{Normalizer, StandardNormalizer};

/// A number of patents as a cell states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Patents {
    /// It says how many there are.
    Stated(u32),
    /// It says how many there are of each kind: their sum.
    Summed(u32),
    /// It says how many are granted, beside how many are applied for.
    Granted(u32),
}

/// What stands beside patents and is none.
const OTHER_RIGHTS: [&str; 6] = ["软件著作权", "软著", "著作权", "论文", "商标", "标准"];

/// Reads `8`, `发明专利8项`, `5项（发明3项）`, `发明专利2项，实用新型1项`. Software and papers
/// beside them are left out; not understood is what counts anything else than granted patents.
pub(crate) fn patents(text: &str) -> Option<Patents> {
    let normalized = StandardNormalizer.normalize(text);
    let text: String = normalized.text.chars().filter(|c| !c.is_whitespace() || *c == '\n').collect();
    let mut text = arabic(&text, &['项', '件', '个', '篇']);
    // 申请5项授权3项 are two entries.
    for unit in ['项', '件', '个'] {
        for word in ["授权", "申请", "受理", "已授权", "发明", "实用新型", "外观"] {
            text = text.replace(&format!("{unit}{word}"), &format!("{unit}、{word}"));
        }
    }
    let is_applied_for = ["申请", "受理"].iter().any(|word| text.contains(word));
    let is_of_patents = !is_applied_for && !OTHER_RIGHTS.iter().any(|word| text.contains(word));
    if let Some(count) = only_number(&text).filter(|_| is_of_patents) {
        return Some(Patents::Stated(count));
    }
    // What stands in brackets, or behind 其中, is part of what stands before.
    let outer: String = {
        let mut depth = 0_u32;
        let kept = |c: &char| match c {
            '(' | '[' => {
                depth += 1;
                false
            }
            ')' | ']' => {
                depth = depth.saturating_sub(1);
                false
            }
            _ => depth == 0,
        };
        text.chars().filter(kept).collect()
    };
    let (stated, _) = outer.split_once("其中").unwrap_or((&outer, ""));
    let has_number = |text: &str| text.contains(|c: char| c.is_ascii_digit());
    let inner = text.replace(['(', ')', '[', ']'], "、");
    let entries = keywords(&(if has_number(stated) { stated } else { &inner }).replace(['+', '和', '及', '与'], "、"));
    // What is applied for is none yet, where another entry says what is granted.
    let is_granted = entries.iter().any(|entry| entry.contains("授权") && has_number(entry));
    let is_asked = |entry: &str| is_granted && ["申请", "受理"].iter().any(|word| entry.contains(word));
    let is_other = |entry: &str| OTHER_RIGHTS.iter().any(|word| entry.contains(word));
    let counted = entries.iter().filter(|entry| has_number(entry) && !is_asked(entry) && !is_other(entry));
    let counts: Option<Vec<(Kind, u32)>> = counted.map(|entry| counted_kind(entry)).collect();
    let leaves_some = entries.iter().any(|entry| is_asked(entry));
    match counts?.as_slice() {
        [(Kind::All, count)] if leaves_some => Some(Patents::Granted(*count)),
        [(Kind::All, count)] => Some(Patents::Stated(*count)),
        [(Kind::All, count), parts @ ..] if is_sum(parts) && sum(parts) <= *count => Some(Patents::Stated(*count)),
        parts if is_sum(parts) => Some(Patents::Summed(sum(parts))),
        _ => None,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    All,
    Part,
}

fn is_sum(parts: &[(Kind, u32)]) -> bool {
    !parts.is_empty() && parts.iter().all(|(kind, _)| *kind == Kind::Part)
}

fn sum(parts: &[(Kind, u32)]) -> u32 {
    parts.iter().map(|(_, count)| count).sum()
}

/// The one number of a text that counts nothing but patents.
fn only_number(text: &str) -> Option<u32> {
    let mut runs = text.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty());
    match (runs.next(), runs.next()) {
        (Some(one), None) if one.len() <= 6 => one.parse().ok(),
        _ => None,
    }
}

/// 发明专利2项: of which kind, and how many.
fn counted_kind(entry: &str) -> Option<(Kind, u32)> {
    let count = only_number(entry)?;
    let words: String = entry.chars().filter(|c| !c.is_ascii_digit()).collect();
    let words = words.trim_matches(|c: char| ":：;。.".contains(c));
    const FILLERS: [&str; 14] =
        ["授权", "获得", "拥有", "现有", "国家", "国内", "共计", "合计", "总计", "专利", "已", "获", "共", "有"];
    let words = words.trim_end_matches(['项', '件', '个', '篇', '余', '约', ':']);
    let plain = FILLERS.iter().fold(words.to_owned(), |words, filler| words.replace(filler, ""));
    match plain.as_str() {
        "" => Some((Kind::All, count)),
        "发明" | "实用新型" | "外观" | "外观设计" | "国际" | "pct" | "国外" => {
            Some((Kind::Part, count))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patents_are_counted_once() {
        for (text, expected) in [
            ("8", Some(Patents::Stated(8))),
            ("发明专利8项", Some(Patents::Stated(8))),
            ("三项", Some(Patents::Stated(3))),
            ("5项（发明3项）", Some(Patents::Stated(5))),
            ("5项，其中发明3项、实用新型2项", Some(Patents::Stated(5))),
            ("授权专利5项，发明专利3项", Some(Patents::Stated(5))),
            ("专利（发明5项、实用新型2项）", Some(Patents::Summed(7))),
            ("发明专利2项，实用新型1项", Some(Patents::Summed(3))),
            ("发明专利十二项；外观设计专利2项", Some(Patents::Summed(14))),
            ("授权发明专利2项+实用新型专利１项", Some(Patents::Summed(3))),
            ("发明专利2项，软件著作权3项", Some(Patents::Summed(2))),
            ("发明：3，实用新型：2，软著1", Some(Patents::Summed(5))),
            ("软件著作权3项，论文2篇", None),
            ("授权2项，申请5项", Some(Patents::Granted(2))),
            ("申请5项授权3项", Some(Patents::Granted(3))),
            ("已授权3项，受理2项", Some(Patents::Granted(3))),
            ("申请5项", None),
            ("发明：3，实用新型：2", Some(Patents::Summed(5))),
            ("ZL202010123456.7", None),
            ("若干", None),
        ] {
            assert_eq!(patents(text), expected, "{text}");
        }
    }
}
