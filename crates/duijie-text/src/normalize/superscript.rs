use super::{Normalized, Normalizer, OffsetMapBuilder};

/// Writes the superscript of a number as a power: `10⁻⁶` → `10^-6`.
///
/// NFKC alone would make `10-6` of it. Superscripts behind letters (`m²`, `Na⁺`) are left to NFKC.
#[derive(Clone, Copy, Debug, Default)]
pub struct Superscripts;

impl Normalizer for Superscripts {
    fn normalize<'t>(&self, text: &'t str) -> Normalized<'t> {
        if !text.chars().any(|c| plain(c).is_some()) {
            return Normalized::unchanged(text);
        }
        let mut out = String::with_capacity(text.len() + 8);
        let mut offsets = OffsetMapBuilder::default();
        let mut after_number = false;
        let mut in_power = false;
        for (start, c) in text.char_indices() {
            let original = start..start + c.len_utf8();
            match plain(c) {
                Some(digit) if after_number || in_power => {
                    let before = out.len();
                    if !in_power {
                        out.push('^');
                    }
                    out.push(digit);
                    offsets.replace(out.len() - before, original);
                    in_power = true;
                    after_number = false;
                }
                _ => {
                    out.push(c);
                    offsets.copy(c.len_utf8(), start);
                    in_power = false;
                    after_number = is_digit(c);
                }
            }
        }
        Normalized::written(text, out, offsets)
    }
}

/// ASCII and full-width digits.
fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

/// The plain form of a superscript digit or sign.
pub(super) fn plain(c: char) -> Option<char> {
    Some(match c {
        '⁰' => '0',
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '⁴'..='⁹' => char::from(b'4' + (c as u32 - '⁴' as u32) as u8),
        '⁺' => '+',
        '⁻' => '-',
        _ => return None,
    })
}
