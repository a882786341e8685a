use super::Vocabulary;
use super::numerals::arabic;
use duijie_text::{Normalizer, StandardNormalizer};

/// An amount as a cell states it, in 万元.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Money {
    /// 面议, 0, blank: not known, and never "free".
    Unknown,
    /// One amount.
    Exact(f64),
    /// `280万 - 380万元`, `10-20万`; `from <= to`.
    Range { from: f64, to: f64 },
    /// 1000万以上.
    AtLeast(f64),
    /// 50万以内.
    AtMost(f64),
}

/// The unit of numbers that name none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum MoneyUnit {
    Yuan,
    #[default]
    Wan,
    Yi,
}

impl MoneyUnit {
    /// The unit that a header names.
    pub(crate) fn of_header(header: &str) -> Option<Self> {
        let header: String = header.chars().filter(|c| !c.is_whitespace()).collect();
        if header.contains("亿元") {
            Some(Self::Yi)
        } else if header.contains('万') {
            Some(Self::Wan)
        } else {
            header.contains('元').then_some(Self::Yuan)
        }
    }

    /// The unit that a line above a table states, with its name: `金额单位：亿元`.
    pub(crate) fn stated(line: &str) -> Option<(Self, &'static str)> {
        let line: String = line.chars().filter(|c| !c.is_whitespace()).collect();
        let units = [("亿元", Self::Yi), ("万元", Self::Wan), ("元", Self::Yuan)];
        line.split("单位").skip(1).find_map(|rest| {
            let rest = rest.strip_prefix(['：', ':'])?;
            let ends =
                |word: &str| rest.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
            units.into_iter().find(|(word, _)| ends(word)).map(|(word, unit)| (unit, word))
        })
    }

    fn in_wan(self, amount: f64) -> f64 {
        match self {
            Self::Yuan => amount / 10_000.0,
            Self::Wan => amount,
            Self::Yi => amount * 10_000.0,
        }
    }
}

/// Reads an amount; `None` if the cell holds something else.
pub(crate) fn money(text: &str, default: MoneyUnit) -> Option<Money> {
    let vocabulary = Vocabulary::built_in();
    if vocabulary.is_blank(text) || vocabulary.unpriced.iter().any(|word| text.trim() == word) {
        return Some(Money::Unknown);
    }
    let plain = text.trim();
    if plain.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && let Ok(amount) = plain.parse::<f64>()
    {
        let amount = default.in_wan(amount);
        if !amount.is_finite() {
            return None;
        }
        return Some(if amount > 0.0 { Money::Exact(amount) } else { Money::Unknown });
    }
    let normalized = StandardNormalizer.normalize(text);
    let text: String =
        normalized.text.chars().filter(|c| !c.is_whitespace() && !matches!(c, ',' | '¥' | '￥' | '，')).collect();
    let text = arabic(&text.replace("人民币", "").replace("rmb", ""), &['万', '亿', '元']);
    if is_negative(&text) || text.ends_with(['-', '~', '至', '到', '—', '–']) {
        return None;
    }
    let mut amounts: Vec<(f64, Option<MoneyUnit>)> = Vec::new();
    let mut rest = text.as_str();
    let mut words = String::new();
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        words.push_str(&rest[..start]);
        let number = &rest[start..];
        let end = number.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(number.len());
        let amount: f64 = number[..end].trim_end_matches('.').parse().ok()?;
        rest = &number[end..];
        let (unit, times, length) = unit(rest);
        rest = &rest[length..];
        amounts.push((amount * times, unit));
    }
    words.push_str(rest);
    let has = |all: &[&str]| all.iter().any(|word| words.contains(word));
    let known = [
        "-",
        "~",
        "至",
        "到",
        "—",
        "以上",
        "以内",
        "以下",
        "不超过",
        "不低于",
        "约",
        "左右",
        "至少",
        "大于",
        "小于",
        "预计",
        "总额",
        "≥",
        "≤",
        ">",
        "<",
        "内",
        "上",
        "余",
        "多",
        "+",
        "(",
        ")",
        "、",
        "–",
    ];
    let mut left = words.clone();
    for word in known {
        left = left.replace(word, "");
    }
    if !left.is_empty() {
        return None;
    }
    let last_unit = amounts.last().and_then(|(_, unit)| *unit);
    let in_wan = |(amount, unit): &(f64, Option<MoneyUnit>)| unit.or(last_unit).unwrap_or(default).in_wan(*amount);
    match &amounts[..] {
        [one] => {
            let amount = in_wan(one);
            if !amount.is_finite() {
                return None;
            }
            Some(match amount {
                amount if amount <= 0.0 => Money::Unknown,
                amount if has(&["以上", "不低于", "至少", "大于", "≥", ">", "+"]) => Money::AtLeast(amount),
                amount if has(&["以内", "以下", "不超过", "小于", "≤", "<"]) => Money::AtMost(amount),
                amount => Money::Exact(amount),
            })
        }
        [first, second] if has(&["-", "~", "至", "到", "—", "–"]) => {
            let (from, to) = (in_wan(first), in_wan(second));
            let usable = from.is_finite() && to.is_finite() && from <= to && to > 0.0;
            usable.then_some(Money::Range { from, to })
        }
        _ => None,
    }
}

/// -100, or (100) as accountants write it.
fn is_negative(text: &str) -> bool {
    let is_number = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    let bracketed = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    text.strip_prefix(['-', '−', '–']).is_some_and(is_number)
        || bracketed.is_some_and(|inner| inner.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.'))
}

/// The unit at the start of a text, how many of it one is, and how long its word is.
fn unit(text: &str) -> (Option<MoneyUnit>, f64, usize) {
    let units = [
        ("千万元", MoneyUnit::Wan, 1000.0),
        ("百万元", MoneyUnit::Wan, 100.0),
        ("千万", MoneyUnit::Wan, 1000.0),
        ("百万", MoneyUnit::Wan, 100.0),
        ("万元", MoneyUnit::Wan, 1.0),
        ("亿元", MoneyUnit::Yi, 1.0),
        ("千元", MoneyUnit::Yuan, 1000.0),
        ("万", MoneyUnit::Wan, 1.0),
        ("亿", MoneyUnit::Yi, 1.0),
        ("元", MoneyUnit::Yuan, 1.0),
        ("w", MoneyUnit::Wan, 1.0),
    ];
    let found = units.iter().find(|(word, ..)| text.starts_with(word));
    found.map_or((None, 1.0, 0), |(word, unit, times)| (Some(*unit), *times, word.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_become_wan() {
        for (text, unit, expected) in [
            ("￥50万", MoneyUnit::Wan, Money::Exact(50.0)),
            ("500000", MoneyUnit::Yuan, Money::Exact(50.0)),
            ("500000元", MoneyUnit::Wan, Money::Exact(50.0)),
            ("1.2亿元", MoneyUnit::Wan, Money::Exact(12_000.0)),
            ("1,200", MoneyUnit::Wan, Money::Exact(1200.0)),
            ("１２０万元", MoneyUnit::Wan, Money::Exact(120.0)),
            ("280万 - 380万元", MoneyUnit::Wan, Money::Range { from: 280.0, to: 380.0 }),
            ("10-20万", MoneyUnit::Wan, Money::Range { from: 10.0, to: 20.0 }),
            ("1000万以上", MoneyUnit::Wan, Money::AtLeast(1000.0)),
            ("不超过300万元", MoneyUnit::Wan, Money::AtMost(300.0)),
            ("约500万元", MoneyUnit::Wan, Money::Exact(500.0)),
            ("三百万元", MoneyUnit::Wan, Money::Exact(300.0)),
            ("两千万", MoneyUnit::Wan, Money::Exact(2000.0)),
            ("一百二十五万", MoneyUnit::Yuan, Money::Exact(125.0)),
            ("3千万元", MoneyUnit::Wan, Money::Exact(3000.0)),
            ("300w", MoneyUnit::Wan, Money::Exact(300.0)),
            ("2000千元", MoneyUnit::Wan, Money::Exact(200.0)),
        ] {
            assert_eq!(money(text, unit), Some(expected), "{text}");
        }
    }

    #[test]
    fn nothing_and_zero_are_unknown_and_never_free() {
        for text in ["面议", "0", "0.0", "0万元", "", "无", "/", "免费"] {
            assert_eq!(money(text, MoneyUnit::Wan), Some(Money::Unknown), "{text}");
        }
    }

    #[test]
    fn what_is_no_amount_is_not_read_as_one() {
        for text in [
            "详见2号文",
            "-100",
            "－100万元",
            "(100)",
            "10万-",
            "200-",
            "数百万",
            "十几万",
            "面议（约500万）",
            "三百五万",
            "一二万",
            "三到五百万",
            "20-10万",
            "3台设备200万",
        ] {
            assert_eq!(money(text, MoneyUnit::Wan), None, "{text}");
        }
    }
}
