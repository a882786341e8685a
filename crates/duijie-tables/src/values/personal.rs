//! Identity numbers of persons, which are never kept.

/// Whether a text holds one.
pub(crate) fn has_personal_id(text: &str) -> bool {
    find(text).is_some()
}

/// The text without the numbers in it; `None` if it holds none.
pub(crate) fn without_personal_ids(text: &str) -> Option<String> {
    let mut clean = String::new();
    let mut rest = text;
    let mut found = false;
    while let Some((start, end)) = find(rest) {
        clean.push_str(&rest[..start]);
        rest = &rest[end..];
        found = true;
    }
    clean.push_str(rest);
    found.then_some(clean)
}

/// Byte range of the first run of 18 characters that is an identity number (GB 11643): a date of
/// birth inside and a check digit at the end. A longer run of digits is something else.
fn find(text: &str) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let start = at;
        while at < bytes.len() && bytes[at].is_ascii_digit() {
            at += 1;
        }
        let end = if at < bytes.len() && matches!(bytes[at], b'x' | b'X') { at + 1 } else { at };
        if end - start == 18 && is_identity_number(&bytes[start..end]) {
            return Some((start, end));
        }
    }
    None
}

fn is_identity_number(number: &[u8]) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: &[u8; 11] = b"10X98765432";
    let value = |range: std::ops::Range<usize>| {
        number[range].iter().fold(0, |sum, digit| sum * 10 + u32::from(digit.wrapping_sub(b'0')))
    };
    let born =
        (1900..=2100).contains(&value(6..10)) && (1..=12).contains(&value(10..12)) && (1..=31).contains(&value(12..14));
    let sum: u32 = number[..17].iter().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    born && number[17].to_ascii_uppercase() == CHECKS[(sum % 11) as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    // The example number of GB 11643 itself.
    const EXAMPLE: &str = "11010519491231002X";

    #[test]
    fn identity_numbers_are_cut_out_wherever_they_stand() {
        assert_eq!(without_personal_ids(EXAMPLE).unwrap(), "");
        assert_eq!(without_personal_ids(&format!("张三{EXAMPLE}、李四")).unwrap(), "张三、李四");
    }

    #[test]
    fn other_long_numbers_stay() {
        for text in ["110105194912310021", "91370000123456789X", "13812345678", "1101051949123100201234", ""] {
            assert_eq!(without_personal_ids(text), None, "{text}");
        }
    }
}
