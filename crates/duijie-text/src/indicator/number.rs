//! Numbers as technical texts write them.

/// A number at some place of a normalised text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Number {
    pub(super) value: f64,
    /// Where it ends; its start is known to who asked.
    pub(super) end: usize,
    pub(super) magnitude: Magnitude,
}

/// What a number carries besides its digits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Magnitude {
    None,
    /// A power of ten: `×10^5`, `e-6`, `10^-6`. `shared` is what a range's first number takes over.
    Power {
        shared: f64,
    },
    /// 万, 亿.
    Chinese {
        shared: f64,
    },
}

impl Magnitude {
    pub(super) fn shared(self) -> f64 {
        match self {
            Self::None => 1.0,
            Self::Power { shared } | Self::Chinese { shared } => shared,
        }
    }
}

const MAGNITUDES: [(&str, f64); 9] = [
    ("万亿", 1e12),
    ("千亿", 1e11),
    ("百亿", 1e10),
    ("千万", 1e7),
    ("百万", 1e6),
    ("十万", 1e5),
    ("余万", 1e4),
    ("亿", 1e8),
    ("万", 1e4),
];

/// Reads the unsigned number at `start`: `1,200`, `1.2×10^5`, `10^-6`, `3e-4`, `18万`, `百分之三十`.
/// `groups` says whether the comma or blank at a place groups digits.
pub(super) fn number_at(text: &str, start: usize, groups: impl Fn(usize) -> bool) -> Option<Number> {
    let (digits, mut end) = digits_at(text, start, groups)?;
    let mut value: f64 = digits.parse().ok()?;
    let mut magnitude = Magnitude::None;
    if let Some((exponent, len)) = exponent(&text[end..]) {
        // `10^-6` alone is the power, not ten times it.
        if text[end..].starts_with('^') {
            if value != 10.0 {
                return None;
            }
            value = power_of_ten(exponent);
            magnitude = Magnitude::Power { shared: 1.0 };
        } else {
            value = scaled(&digits, exponent);
            magnitude = Magnitude::Power { shared: power_of_ten(exponent) };
        }
        end += len;
    }
    let rest = text[end..].trim_start_matches(' ');
    let blanks = text.len() - end - rest.len();
    if blanks <= 1
        && let Some((name, factor)) = MAGNITUDES.iter().find(|(name, _)| rest.starts_with(name))
    {
        value *= factor;
        magnitude = Magnitude::Chinese { shared: *factor };
        end += blanks + name.len();
    }
    value.is_finite().then_some(Number { value, end, magnitude })
}

/// Digits with an inner point, grouping commas and blanks left off; and where they end.
fn digits_at(text: &str, start: usize, groups: impl Fn(usize) -> bool) -> Option<(String, usize)> {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    if !digit(start) {
        return None;
    }
    let mut digits = String::new();
    let (mut at, mut point) = (start, false);
    loop {
        if digit(at) {
            digits.push(bytes[at] as char);
        } else if bytes.get(at) == Some(&b'.') && digit(at + 1) {
            if point {
                // `1.2.3`, `192.168.0.1`: no number.
                return None;
            }
            point = true;
            digits.push('.');
        } else if !(bytes.get(at).is_some_and(|byte| b", ".contains(byte))
            && !point
            && groups(at)
            && (1..=3).all(|ahead| digit(at + ahead))
            && !digit(at + 4))
        {
            break;
        }
        at += 1;
    }
    Some((digits, at))
}

/// The power of ten that `text` begins with, and its length: `×10^5`, `x10^-3`, `*10-6`, `e-6`, `^-6`.
fn exponent(text: &str) -> Option<(i32, usize)> {
    let mut rest = text;
    let scientific = if let Some(after) = rest.strip_prefix('^') {
        rest = after;
        false
    } else if let Some(after) = rest.strip_prefix('e') {
        // `5e` is no number, and `2e3`, without a sign, is more often a name.
        if !after.starts_with(['-', '+', '−']) {
            return None;
        }
        rest = after;
        false
    } else {
        rest = rest.trim_start_matches(' ').strip_prefix(['×', 'x', '*', '·', '✕'])?.trim_start_matches(' ');
        rest = rest.strip_prefix("10")?;
        rest = rest.strip_prefix('^').or_else(|| rest.starts_with(['-', '−']).then_some(rest))?;
        true
    };
    let bracketed = rest.strip_prefix('(');
    rest = bracketed.unwrap_or(rest);
    let sign = rest.chars().next().filter(|c| matches!(c, '-' | '−' | '+'));
    rest = &rest[sign.map_or(0, char::len_utf8)..];
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let magnitude: i32 = rest[..digits].parse().ok().filter(|&exponent| exponent <= 300)?;
    // `×10-6` may have lost its superscript, `5×10-20` is then read as a power too; but not `×10-200`.
    if scientific && digits > 2 {
        return None;
    }
    rest = &rest[digits..];
    if bracketed.is_some() {
        rest = rest.strip_prefix(')')?;
    }
    let exponent = if matches!(sign, Some('-' | '−')) { -magnitude } else { magnitude };
    Some((exponent, text.len() - rest.len()))
}

/// Parsed as a literal: `10f64.powi(-6)` is not `1e-6` to the last bit.
fn power_of_ten(exponent: i32) -> f64 {
    scaled("1", exponent)
}

pub(super) fn scaled(digits: &str, exponent: i32) -> f64 {
    format!("{digits}e{exponent}").parse().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Option<(f64, &str)> {
        number_at(text, 0, |_| true).map(|number| (number.value, &text[number.end..]))
    }

    #[test]
    fn forms_of_numbers() {
        assert_eq!(value("960mpa"), Some((960.0, "mpa")));
        assert_eq!(value("1,200h"), Some((1200.0, "h")));
        assert_eq!(value("1,20h"), Some((1.0, ",20h")));
        assert_eq!(value("1.2×10^5次"), Some((1.2e5, "次")));
        assert_eq!(value("5 × 10^-6"), Some((5e-6, "")));
        assert_eq!(value("5×10-6"), Some((5e-6, "")));
        assert_eq!(value("10^-6"), Some((1e-6, "")));
        assert_eq!(value("10^(-6)"), Some((1e-6, "")));
        assert_eq!(value("3e-4"), Some((3e-4, "")));
        assert_eq!(value("18 万次"), Some((18e4, "次")));
        assert_eq!(value("0.5亿元"), Some((0.5e8, "元")));
        assert_eq!(value("1.2.3"), None);
        assert_eq!(value("2^5"), None);
        assert_eq!(value("10×20"), Some((10.0, "×20")));
    }
}
