use super::{
    LowerCase, Nfkc, Normalized, Normalizer, OffsetMapBuilder, Pipeline, Simplified, Superscripts,
    simplified::{is_traditional, is_traditional_ideograph},
};
use std::sync::LazyLock;

/// The normaliser of this crate: superscripts, NFKC, traditional → simplified, lower case.
///
/// Gives what a [`Pipeline`] of the four gives, in one pass over the text: a piece that only
/// holds characters whose normal form is known at sight is copied; the rest goes through the
/// pipeline.
#[derive(Clone, Copy, Debug, Default)]
pub struct StandardNormalizer;

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| {
    Pipeline::new(vec![Box::new(Superscripts), Box::new(Nfkc), Box::new(Simplified), Box::new(LowerCase)])
});

/// What one character becomes, where that can be told without its neighbours.
enum Simple {
    Same,
    Becomes(char),
    /// Depends on its neighbours, or is not worth a rule.
    Complex,
}

fn simple(c: char) -> Simple {
    match c {
        'A'..='Z' => Simple::Becomes(c.to_ascii_lowercase()),
        '\0'..='\u{7f}' => Simple::Same,
        IDEOGRAPH_FIRST..=IDEOGRAPH_LAST if !is_traditional(c) => Simple::Same,
        // Full-width ASCII.
        '！'..='～' => {
            let half = (c as u32 - 0xFF01 + 0x21) as u8 as char;
            Simple::Becomes(half.to_ascii_lowercase())
        }
        'α'..='ω'
        | '。'
        | '、'
        | '“'
        | '”'
        | '‘'
        | '’'
        | '《'
        | '》'
        | '【'
        | '】'
        | '—'
        | '–'
        | '×'
        | '·'
        | '±'
        | '≥'
        | '≤'
        | '°' => Simple::Same,
        _ => Simple::Complex,
    }
}

const IDEOGRAPH_FIRST: char = '\u{4e00}';
const IDEOGRAPH_LAST: char = '\u{9fff}';

/// Characters that must stay together with a complex neighbour: OpenCC's phrases are of them.
fn is_ideograph(c: char) -> bool {
    (IDEOGRAPH_FIRST..=IDEOGRAPH_LAST).contains(&c)
}

/// Where the run of characters that stay as they are, from `at` on, ends.
///
/// Nearly all of a text is ASCII and common ideographs: both are told by their bytes.
fn same_until(text: &str, mut at: usize) -> usize {
    let bytes = text.as_bytes();
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'A'..=b'Z' => return at,
            0..=0x7F => at += 1,
            // The leading bytes of U+4000 to U+9FFF, three bytes each.
            0xE4..=0xE9 => {
                let c = u32::from(byte & 0x0F) << 12
                    | u32::from(bytes[at + 1] & 0x3F) << 6
                    | u32::from(bytes[at + 2] & 0x3F);
                if c < IDEOGRAPH_FIRST as u32 || is_traditional_ideograph(c) {
                    return at;
                }
                at += 3;
            }
            _ => match text[at..].chars().next() {
                Some(c) if matches!(simple(c), Simple::Same) => at += c.len_utf8(),
                _ => return at,
            },
        }
    }
    at
}

impl Normalizer for StandardNormalizer {
    fn normalize<'t>(&self, text: &'t str) -> Normalized<'t> {
        let first = same_until(text, 0);
        if first == text.len() {
            return Normalized::unchanged(text);
        }
        let mut pass =
            Pass { text, out: String::with_capacity(text.len()), offsets: OffsetMapBuilder::default(), copied: 0 };
        pass.run(first);
        Normalized::written(text, pass.out, pass.offsets)
    }
}

/// The state of one pass: `text[..copied]` is dealt with.
struct Pass<'t> {
    text: &'t str,
    out: String,
    offsets: OffsetMapBuilder,
    copied: usize,
}

impl Pass<'_> {
    fn run(&mut self, mut at: usize) {
        while let Some(c) = self.text[at..].chars().next() {
            let next = at + c.len_utf8();
            match simple(c) {
                Simple::Same => at = same_until(self.text, next),
                Simple::Becomes(to) if !self.is_complex_at(next) => {
                    self.copy_upto(at);
                    self.out.push(to);
                    self.offsets.replace(to.len_utf8(), at..next);
                    self.copied = next;
                    at = next;
                }
                Simple::Becomes(_) | Simple::Complex => {
                    let start = self.start_of_complex(at);
                    let end = self.end_of_complex(next);
                    self.copy_upto(start);
                    self.through_pipeline(start, end);
                    at = end;
                }
            }
        }
        self.copy_upto(self.text.len());
    }

    fn is_complex_at(&self, at: usize) -> bool {
        self.text[at..].chars().next().is_some_and(|c| matches!(simple(c), Simple::Complex))
    }

    /// Where the piece begins that a complex character at `at` belongs to: the ideographs before
    /// it, or the one character that it may combine with.
    fn start_of_complex(&self, at: usize) -> usize {
        let mut before = self.text[self.copied..at].char_indices().rev().peekable();
        let mut start = match before.next_if(|&(_, c)| !is_ideograph(c)) {
            Some((offset, _)) => self.copied + offset,
            None => at,
        };
        while let Some((offset, _)) = before.next_if(|&(_, c)| is_ideograph(c)) {
            start = self.copied + offset;
        }
        start
    }

    /// The end of the complex piece that reaches at least to `from`.
    fn end_of_complex(&self, from: usize) -> usize {
        let belongs = |c: char| matches!(simple(c), Simple::Complex) || is_ideograph(c);
        self.text[from..].char_indices().find(|&(_, c)| !belongs(c)).map_or(self.text.len(), |(at, _)| from + at)
    }

    fn copy_upto(&mut self, end: usize) {
        self.out.push_str(&self.text[self.copied..end]);
        self.offsets.copy(end - self.copied, self.copied);
        self.copied = end;
    }

    fn through_pipeline(&mut self, start: usize, end: usize) {
        let piece = PIPELINE.normalize(&self.text[start..end]);
        self.offsets.append(&piece.offsets, piece.text.len(), start);
        self.out.push_str(&piece.text);
        self.copied = end;
    }
}
