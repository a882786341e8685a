//! Numbers in Chinese characters: 三万小时, 三成, 千分之一, 两倍.

use super::measure::{Look, Measure, Source};
use super::number::scaled;
use super::quantity::Amount;
use super::unit::Unit;

/// Characters that a number in words may begin with.
pub(super) fn starts_number(c: char) -> bool {
    "一二三四五六七八九十两百千万".contains(c)
}

impl Source<'_> {
    /// `百分之三十`, `三倍`, `三成`, `三万小时` at `start`.
    pub(super) fn chinese_measure_at(&self, start: usize) -> Option<Measure> {
        let rest = &self.text[start..];
        // 第三, 之一, 同一: no number of its own.
        let ordinal = self.text[..start]
            .ends_with(['第', '之', '其', '每', '某', '统', '唯', '同', '单', '几', '数', '万', '千', '百']);
        let measure = |value: f64, unit: Unit, len: usize, look| Measure {
            amount: Amount::One(value),
            unit,
            span: start..start + len,
            look,
            and_more: false,
        };
        if let Some((value, len)) = self.fraction(start) {
            return Some(measure(value, Unit::parse("%")?, len, Look::Quantity));
        }
        let (value, len) = chinese_at(rest).filter(|_| !ordinal)?;
        let number = &rest[..len];
        let and_more = rest[len..]
            .chars()
            .next()
            .filter(|_| number.ends_with(['十', '百', '千', '万']))
            .filter(|c| "余多".contains(*c));
        let len = len + and_more.map_or(0, char::len_utf8);
        let behind = &rest[len..];
        if behind.starts_with('倍') {
            return Some(measure(value, Unit::parse("倍")?, len + "倍".len(), Look::Quantity));
        }
        if let Some(after) = behind.strip_prefix('成').or_else(|| behind.strip_prefix('半').filter(|_| number == "一"))
            && let (fifth, fifth_len) = tenth(after)
            && after[fifth_len..].chars().next().is_none_or(|c| !c.is_alphanumeric() || "以左上或多的及".contains(c))
        {
            let share = if behind.starts_with('半') { 50.0 } else { value * 10.0 + fifth };
            return Some(measure(share, Unit::parse("%")?, len + "成".len() + fifth_len, Look::Counted));
        }
        let unit_len = Unit::len_at_start(behind)?;
        let unit = Unit::parse(&behind[..unit_len])?;
        let great = number.contains(['百', '千', '万', '亿']);
        // 三元正极, 八卡服务器: not money, not heat.
        if !great && matches!(unit.symbol(), "元" | "卡") {
            return None;
        }
        let look = if great && !unit.is_counting() { Look::Quantity } else { Look::Counted };
        Some(Measure { and_more: and_more.is_some(), ..measure(value, unit, len + unit_len, look) })
    }

    /// `百分之三十`, `千分之5`, `万分之一` in percent, with its length.
    fn fraction(&self, start: usize) -> Option<(f64, usize)> {
        let rest = &self.text[start..];
        let (above, exponent) = [("百万分之", -4), ("百分之", 0), ("千分之", -1), ("万分之", -2)]
            .into_iter()
            .find_map(|(words, exponent)| Some((rest.strip_prefix(words)?, exponent)))?;
        let prefix = rest.len() - above.len();
        let (value, len) = match self.number(start + prefix) {
            Some(number) => (number.value, number.end - start - prefix),
            None => chinese_at(above)?,
        };
        Some((scaled(&value.to_string(), exponent), prefix + len))
    }
}

/// The five of `三成五`, in percent, and its length.
fn tenth(text: &str) -> (f64, usize) {
    let digit = text.chars().next().and_then(|c| "一二三四五六七八九".chars().position(|one| one == c));
    digit.map_or((0.0, 0), |place| (place as f64 + 1.0, "一".len()))
}

/// A number in Chinese characters, and its length: `三十`, `九十五`, `两`, `一百二十`, `三万`, `一点五`.
fn chinese_at(text: &str) -> Option<(f64, usize)> {
    let (mut total, mut section, mut digit) = (0.0, 0.0, None::<f64>);
    let mut len = 0;
    for c in text.chars() {
        let one = "零一二三四五六七八九".chars().position(|one| one == c).map(|one| one as f64);
        match (c, one) {
            ('两', _) if digit.is_none() => digit = Some(2.0),
            ('零', _) if len > 0 && digit.is_none() => {}
            (_, Some(one)) if digit.is_none() => digit = Some(one),
            ('十' | '百' | '千', _) => {
                if c != '十' && digit.is_none() {
                    break;
                }
                let place = if c == '十' {
                    10.0
                } else if c == '百' {
                    100.0
                } else {
                    1000.0
                };
                section += digit.take().unwrap_or(1.0) * place;
            }
            ('万' | '亿', _) if len > 0 => {
                let place = if c == '万' { 1e4 } else { 1e8 };
                total = (total + section + digit.take().unwrap_or(0.0)) * place;
                section = 0.0;
            }
            ('点', _) if total + section == 0.0 => {
                let places: String = text[len + c.len_utf8()..]
                    .chars()
                    .map_while(|c| "零一二三四五六七八九".chars().position(|one| one == c))
                    .map(|one| one.to_string())
                    .collect();
                let whole = digit.filter(|_| !places.is_empty());
                let Some(whole) = whole else { break };
                let value: f64 = format!("{whole}.{places}").parse().ok()?;
                let read = len + c.len_utf8() + places.len() * "一".len();
                let magnitude = if text[read..].starts_with('万') { 1e4 } else { 1.0 };
                return Some((value * magnitude, read + if magnitude > 1.0 { "万".len() } else { 0 }));
            }
            _ => break,
        }
        len += c.len_utf8();
    }
    (len > 0).then_some((total + section + digit.unwrap_or(0.0), len))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_numbers() {
        assert_eq!(chinese_at("三十以上"), Some((30.0, 6)));
        assert_eq!(chinese_at("九十五"), Some((95.0, 9)));
        assert_eq!(chinese_at("十"), Some((10.0, 3)));
        assert_eq!(chinese_at("两倍"), Some((2.0, 3)));
        assert_eq!(chinese_at("三万小时"), Some((3e4, 6)));
        assert_eq!(chinese_at("一百零五"), Some((105.0, 12)));
        assert_eq!(chinese_at("两千五百"), Some((2500.0, 12)));
        assert_eq!(chinese_at("一点五倍"), Some((1.5, 9)));
        assert_eq!(chinese_at("以上"), None);
        assert_eq!(chinese_at("千克"), None);
    }
}
