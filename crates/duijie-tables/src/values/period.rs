use duijie_text::{Normalizer, StandardNormalizer};

/// When something is to be done: `2022-01` or `2022`; `start <= end` where both are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Period {
    /// From and to.
    Between { start: String, end: String },
    /// A date alone.
    At(String),
    /// From a date on, with no end given.
    Since(String),
    /// How long: months.
    Months(u32),
}

/// `2022-1至2024-12`, `2023年03月至2025年03月`, `2023.3-2025.6`, `2024`, `2年`, `18个月`.
pub(crate) fn period(text: &str) -> Option<Period> {
    let normalized = StandardNormalizer.normalize(text);
    let text: String = normalized.text.chars().filter(|c| !c.is_whitespace()).collect();
    if let Some(months) = duration(&text) {
        return Some(Period::Months(months));
    }
    for (half, start, end) in [("年上半年", "01", "06"), ("年下半年", "07", "12")] {
        if let Some(year) = text.strip_suffix(half).and_then(date).filter(|year| year.len() == 4) {
            return Some(Period::Between { start: format!("{year}-{start}"), end: format!("{year}-{end}") });
        }
    }
    if let Some(months) = months_of_year(&text) {
        return Some(months);
    }
    let text = text.replace("年底前", "年12月").replace("年底", "年12月");
    let text = parted(&text);
    let text = text.replace("年", "-").replace("月", "-").replace(['.', '/'], "-").replace("日", "");
    let text = text.replace("到", "至").replace(['~', '—', '–', '～'], "至").replace("--", "至");
    let text = text.replace("-至", "至");
    let is_open = text.ends_with('至');
    let text = text.trim_end_matches(['-', '至']).to_owned();
    let (start, end) = match text.split_once('至') {
        Some((start, end)) => (start.to_owned(), Some(end.trim_matches(['-', '至']).to_owned())),
        None => split_dashes(&text),
    };
    let start = date(start.trim_matches('-'))?;
    match end {
        None if is_open => Some(Period::Since(start)),
        None => Some(Period::At(start)),
        Some(end) => {
            let end = date(&end)?;
            // Months of one year: 2023-03 is before 2023.
            (start[..4] <= end[..4]).then_some(Period::Between { start, end })
        }
    }
}

/// `2023.3-12`, `2023年3月—12月`: from month to month of one year.
fn months_of_year(text: &str) -> Option<Period> {
    let (year, rest) = text.split_at_checked(4)?;
    let (first, last) = rest.strip_prefix(['.', '年', '/'])?.split_once(['-', '~', '—', '–', '至', '到'])?;
    let month = |text: &str| {
        let digits = text.trim_matches(['-', '—', '–']).trim_end_matches('月');
        digits.parse::<u8>().ok().filter(|month| digits.len() <= 2 && (1..=12).contains(month))
    };
    let (first, last) = (month(first)?, month(last)?);
    let year = date(year)?;
    (first <= last).then(|| Period::Between { start: format!("{year}-{first:02}"), end: format!("{year}-{last:02}") })
}

/// `202301` as `2023-01` and `20230115` as `2023-01-15`, wherever they stand.
fn parted(text: &str) -> String {
    let mut clear = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, digits) = rest.split_at(start);
        let (digits, behind) = digits.split_at(digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len()));
        clear.push_str(before);
        match digits.len() {
            6 => clear.push_str(&format!("{}-{}", &digits[..4], &digits[4..])),
            8 => clear.push_str(&format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..])),
            _ => clear.push_str(digits),
        }
        rest = behind;
    }
    clear.push_str(rest);
    clear
}

/// `2023-3-2025-6` and `2023-2025`: dashes within dates and between them.
fn split_dashes(text: &str) -> (String, Option<String>) {
    let parts: Vec<&str> = text.split('-').collect();
    let is_year = |part: &&str| part.len() == 4;
    match &parts[..] {
        [a, b] if is_year(a) && is_year(b) => ((*a).into(), Some((*b).into())),
        [a, b, c, d] if is_year(a) && is_year(c) => (format!("{a}-{b}"), Some(format!("{c}-{d}"))),
        [a, b, c, d, e, f] if is_year(a) && is_year(d) => (format!("{a}-{b}-{c}"), Some(format!("{d}-{e}-{f}"))),
        _ => (text.to_owned(), None),
    }
}

/// `2023-3-15` or less of it, as `2023-03-15`.
fn date(text: &str) -> Option<String> {
    let mut parts = text.split('-');
    let year: u16 = parts.next()?.parse().ok().filter(|year| (1950..=2100).contains(year))?;
    let mut date = format!("{year}");
    for limit in [12, 31] {
        let Some(part) = parts.next() else { return Some(date) };
        let number: u8 = part.parse().ok().filter(|number| (1..=limit).contains(number))?;
        date.push_str(&format!("-{number:02}"));
    }
    parts.next().is_none().then_some(date)
}

fn duration(text: &str) -> Option<u32> {
    let text = text.strip_suffix('内').unwrap_or(text);
    if text == "半年" {
        return Some(6);
    }
    if let Some(years) = text.strip_suffix('半').filter(|years| years.ends_with('年')) {
        return duration(years).map(|months| months + 6);
    }
    let (number, months) =
        if let Some(number) = text.strip_suffix("个月") { (number, 1) } else { (text.strip_suffix("年")?, 12) };
    let number: u32 = match number {
        "一" => 1,
        "二" | "两" => 2,
        "三" => 3,
        digits => digits.parse().ok()?,
    };
    (1..=50).contains(&number).then_some(number * months)
}

/// The year in a cell: `2022`, `2022年`, `2022-05-01`.
pub(crate) fn year(text: &str) -> Option<u16> {
    match period(text)? {
        Period::At(date) | Period::Since(date) | Period::Between { end: date, .. } => date[..4].parse().ok(),
        Period::Months(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_of_every_writing_are_read() {
        let between = |start: &str, end: &str| Period::Between { start: start.into(), end: end.into() };
        for (text, expected) in [
            ("2022-1至2024-12", between("2022-01", "2024-12")),
            ("2023年03月至2025年03月", between("2023-03", "2025-03")),
            ("2023.3-2025.6", between("2023-03", "2025-06")),
            ("2023年3月—2025年6月", between("2023-03", "2025-06")),
            ("2022-2024", between("2022", "2024")),
            ("2022-01-01 至 2024-12-31", between("2022-01-01", "2024-12-31")),
            ("2024年", Period::At("2024".into())),
            ("2024-05-01", Period::At("2024-05-01".into())),
            ("2年", Period::Months(24)),
            ("18个月", Period::Months(18)),
            ("一年半", Period::Months(18)),
            ("半年内", Period::Months(6)),
            ("两年内", Period::Months(24)),
            ("202301-202412", between("2023-01", "2024-12")),
            ("20230101", Period::At("2023-01-01".into())),
            ("20230101-20241231", between("2023-01-01", "2024-12-31")),
            ("2024年底前", Period::At("2024-12".into())),
            ("2023年上半年", between("2023-01", "2023-06")),
            ("2023.3-12", between("2023-03", "2023-12")),
            ("2023年3月-12月", between("2023-03", "2023-12")),
            ("2023-3-12", Period::At("2023-03-12".into())),
            ("2023年6月—", Period::Since("2023-06".into())),
        ] {
            assert_eq!(period(text), Some(expected), "{text}");
        }
        for text in ["尽快", "2024-13", "12", "2025-2023", "202313", "45473", "2023年6月至今", "至2024年"] {
            assert_eq!(period(text), None, "{text}");
        }
    }
}
