//! Numbers written in characters.

const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// Numbers in characters before one of the units, in figures: 三百万元 → 300万元.
pub(super) fn arabic(text: &str, units: &[char]) -> String {
    let is_part = |c: char| DIGITS.contains(&c) || matches!(c, '两' | '十' | '百' | '千');
    let mut figures = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(is_part) {
        let (before, number) = rest.split_at(start);
        let (number, behind) = number.split_at(number.find(|c| !is_part(c)).unwrap_or(number.len()));
        figures.push_str(before);
        let is_whole = !figures.ends_with(|c: char| c.is_ascii_digit() || c == '.');
        match chinese_number(number).filter(|_| is_whole && behind.starts_with(units)) {
            Some(value) => figures.push_str(&value.to_string()),
            None => figures.push_str(number),
        }
        rest = behind;
    }
    figures.push_str(rest);
    figures
}

/// 一百二十 → 120; `None` for what is no number below 10000, such as 一二.
fn chinese_number(text: &str) -> Option<u32> {
    let (mut sum, mut digit, mut least) = (0, None, 10_000);
    for c in text.chars() {
        let place = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            '零' if digit.is_none() => continue,
            c => {
                let c = if c == '两' { '二' } else { c };
                let found = DIGITS.iter().position(|known| *known == c)? as u32;
                if digit.replace(found).is_some() {
                    return None;
                }
                continue;
            }
        };
        // 一十 is 十 alone only at the start.
        let times = digit.take().or((sum == 0 && place == 10).then_some(1))?;
        if place >= least {
            return None;
        }
        least = place;
        sum += times * place;
    }
    // 三百五 is 350 to those who say it: which is meant is not certain.
    let is_sure = least == 10_000 || least == 10 || digit.is_none() || text.contains('零');
    let number = sum + digit.unwrap_or(0);
    (is_sure && number > 0).then_some(number)
}
