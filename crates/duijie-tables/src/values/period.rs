use duijie_text::{Normalizer, StandardNormalizer};

/// When something is to be done: `2022-01` or `2022`; `start <= end` where both are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Period {
    /// From and to.
    Between { start: String, end: String },
    /// A date alone.
    At(String),
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
    let text = text.replace("年", "-").replace("月", "-").replace(['.', '/'], "-").replace("日", "");
    let text = text.replace("到", "至").replace(['~', '—', '–', '～'], "至").replace("--", "至");
    let text = text.replace("-至", "至").trim_end_matches(['-', '至']).to_owned();
    let (start, end) = match text.split_once('至') {
        Some((start, end)) => (start.to_owned(), Some(end.trim_matches(['-', '至']).to_owned())),
        None => split_dashes(&text),
    };
    let start = date(start.trim_matches('-'))?;
    match end {
        None => Some(Period::At(start)),
        Some(end) => {
            let end = date(&end)?;
            // Months of one year: 2023-03 is before 2023.
            (start[..4] <= end[..4]).then_some(Period::Between { start, end })
        }
    }
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
    let (number, months) = if let Some(number) = text.strip_suffix("个月") {
        (number, 1)
    } else {
        (text.strip_suffix("年").or_else(|| text.strip_suffix("年内"))?, 12)
    };
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
        Period::At(date) | Period::Between { end: date, .. } => date[..4].parse().ok(),
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
        ] {
            assert_eq!(period(text), Some(expected), "{text}");
        }
        for text in ["尽快", "2024-13", "12", "2025-2023"] {
            assert_eq!(period(text), None, "{text}");
        }
    }
}
