//! Identity numbers of persons, which are never kept.

use super::{Plain, without};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// GB 11643: province and county, date of birth, serial number and check digit; before 1999 with the
/// year of birth in two digits and no check digit. A check digit that is wrong is a slip of the pen:
/// the number still tells who it is.
static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    const PROVINCE: &str = "(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])";
    const GAP: &str = "[ .·-]{0,2}";
    const DAY: &str = "(?:0[1-9]|[12][0-9]|3[01])";
    const MONTH: &str = "(?:0[1-9]|1[0-2])";
    let new =
        format!("{PROVINCE}[0-9]{{4}}{GAP}(?:18|19|20)[0-9]{{2}}{GAP}{MONTH}{GAP}{DAY}{GAP}[0-9]{{3}}{GAP}[0-9Xx]");
    let old = format!("{PROVINCE}[0-9]{{4}}{GAP}[0-9]{{2}}{MONTH}{DAY}{GAP}[0-9]{{3}}");
    Regex::new(&format!("{new}|{old}")).expect("a pattern that the tests match with")
});

/// Whether a text holds one.
pub(crate) fn has_personal_id(text: &str) -> bool {
    !find(text).is_empty()
}

/// The text without the numbers in it; `None` if it holds none.
pub(crate) fn without_personal_ids(text: &str) -> Option<String> {
    let found = find(text);
    (!found.is_empty()).then(|| without(text, found.into_iter().map(|range| (range, "")).collect()))
}

/// Digits of both widths; the wide ones are EF BC 90 to EF BC 99 in UTF-8.
fn digits(bytes: &[u8]) -> usize {
    let is_wide = |place: &usize| matches!(bytes.get(place + 1..place + 3), Some([0xBC, 0x90..=0x99]));
    let narrow = bytes.iter().filter(|byte| byte.is_ascii_digit()).count();
    narrow + memchr::memchr_iter(0xEF, bytes).filter(is_wide).count()
}

/// Where the numbers are. Within a longer run of digits there is none.
fn find(text: &str) -> Vec<Range<usize>> {
    // Fifteen digits at least, in whatever width: most cells are done with here.
    if text.len() < 15 || digits(text.as_bytes()) < 15 {
        return Vec::new();
    }
    let plain = Plain::of(text, |_| true);
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(number) = NUMBER.find_at(&plain.text, from) {
        let is_digit = |c: char| c.is_ascii_digit();
        let apart =
            !plain.text[..number.start()].ends_with(is_digit) && !plain.text[number.end()..].starts_with(is_digit);
        if apart {
            found.push(plain.original(text, number.range()));
        }
        // Numbers start with a digit: the next place to start is one byte on.
        from = if apart { number.end() } else { number.start() + 1 };
    }
    found
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
    fn identity_numbers_of_every_writing_are_found() {
        for number in [
            "110105194912310021",
            "370102 19900101 1231",
            "370102-1990-01-01-1231",
            "３７０１０２１９９００１０１１２３１",
            "370102900101123",
            "370102 900101 123",
        ] {
            assert_eq!(without_personal_ids(&format!("号{number}。")).as_deref(), Some("号。"), "{number}");
        }
    }

    #[test]
    fn other_long_numbers_stay() {
        for text in [
            "91370000123456789X",
            "13812345678",
            "1101051949123100201234",
            "",
            "110105194913310021",
            "901010900101123",
            "GB/T 12345-2010",
            "370102 2023",
        ] {
            assert_eq!(without_personal_ids(text), None, "{text}");
        }
    }
}
