use super::{Normalized, Normalizer, OffsetMapBuilder};

/// Lower case for every script that has it (Unicode's full lower-case mapping).
#[derive(Clone, Copy, Debug, Default)]
pub struct LowerCase;

impl Normalizer for LowerCase {
    fn normalize<'t>(&self, text: &'t str) -> Normalized<'t> {
        if !text.chars().any(changes) {
            return Normalized::unchanged(text);
        }
        let mut out = String::with_capacity(text.len());
        let mut offsets = OffsetMapBuilder::default();
        for (start, c) in text.char_indices() {
            if changes(c) {
                let before = out.len();
                out.extend(c.to_lowercase());
                offsets.replace(out.len() - before, start..start + c.len_utf8());
            } else {
                out.push(c);
                offsets.copy(c.len_utf8(), start);
            }
        }
        Normalized::written(text, out, offsets)
    }
}

fn changes(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_uppercase();
    }
    let mut lower = c.to_lowercase();
    lower.next() != Some(c) || lower.next().is_some()
}
