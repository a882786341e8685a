use duijie_text::{Normalizer, StandardNormalizer};

/// A header as it is compared: normalised, without blanks, stars, quotation marks, brackets with
/// what is in them, numbering before it and a colon behind it.
pub(crate) fn label_key(text: &str) -> String {
    let normalized = StandardNormalizer.normalize(text);
    let mut key = String::new();
    let mut depth = 0_u32;
    for c in normalized.text.chars() {
        match c {
            '(' | '[' | '【' | '〔' | '{' => depth += 1,
            ')' | ']' | '】' | '〕' | '}' => depth = depth.saturating_sub(1),
            c if depth > 0 || c.is_whitespace() || matches!(c, '*' | '"' | '“' | '”' | '「' | '」' | '※') => {}
            c => key.push(c),
        }
    }
    let key = key.trim_end_matches([':', ';', '。']);
    without_numbering(key).to_owned()
}

/// Whether a column is named by its letters: `A`, `AB`.
pub(crate) fn is_letters(given: &str) -> bool {
    (1..=3).contains(&given.len()) && given.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// A text without the number before it: `一、`, `1.`, `3、`.
pub(crate) fn without_numbering(text: &str) -> &str {
    let numbered = text.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    let rest = numbered.trim_start_matches(['、', '.', '．']);
    // 3.0mm is a number, not the third entry.
    let is_number = rest.starts_with(|c: char| c.is_ascii_digit());
    if numbered.len() < text.len() && rest.len() < numbered.len() && !rest.is_empty() && !is_number {
        rest
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_a_header_have_one_key() {
        for header in ["联 系 人", "*联系人", "联系人：", "联系人（必填）", "3、联系人", "聯繫人", "联\n系　人"]
        {
            assert_eq!(label_key(header), "联系人", "{header}");
        }
        assert_eq!(label_key("“卡脖子”技术"), "卡脖子技术");
        assert_eq!(label_key("一体化"), "一体化");
        assert_eq!(label_key("3D打印"), "3d打印");
        assert_eq!(without_numbering("3.0mm以内"), "3.0mm以内");
    }
}
