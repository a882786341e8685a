//! What a reader of XML would have to hold at once, found out without holding it.
//!
//! Libraries keep a tag, a comment or the text between two tags whole, and put a cell's text together from its pieces.
//! So a few kilobytes packed, of nothing but blanks between two tags, would take as much memory as they unpack to.

/// Follows the bytes of a part of an office file.
#[derive(Default)]
pub(super) struct Watch {
    state: State,
    /// Bytes of the piece under way.
    piece: u64,
    /// Text since the last cell or paragraph began.
    text: u64,
    /// The first bytes of the tag under way.
    name: [u8; NAME],
    named: usize,
    most: u64,
}

/// As much of a tag as must be known of it.
const NAME: usize = 16;

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum State {
    #[default]
    Text,
    /// Behind `<`, until it is clear what kind of tag it is.
    Name,
    Tag,
    /// A value in a tag, up to this quotation mark.
    Quoted(u8),
    /// Until its end, of which so many bytes have been met.
    Until(&'static [u8], usize),
    /// A document type, which no office file has: all behind it counts as one piece.
    Declared,
}

impl Watch {
    /// The most bytes that one piece, or the text of one cell, had so far.
    pub(super) fn most(&self) -> u64 {
        self.most
    }

    /// Takes the next bytes.
    pub(super) fn follow(&mut self, bytes: &[u8]) {
        let mut at = 0;
        while at < bytes.len() {
            let rest = &bytes[at..];
            let taken = match self.state {
                State::Text => {
                    let end = memchr::memchr(b'<', rest);
                    let length = end.unwrap_or(rest.len());
                    self.text += length as u64;
                    self.hold(length);
                    if end.is_some() {
                        self.begin(State::Name);
                    }
                    length + usize::from(end.is_some())
                }
                State::Name => self.name(rest),
                State::Tag => {
                    let end = rest.iter().position(|byte| matches!(byte, b'>' | b'"' | b'\''));
                    let length = end.map_or(rest.len(), |end| end + 1);
                    self.hold(length);
                    match end.map(|end| rest[end]) {
                        Some(b'>') => self.begin(State::Text),
                        Some(quote) => self.state = State::Quoted(quote),
                        None => {}
                    }
                    length
                }
                State::Quoted(quote) => {
                    let end = memchr::memchr(quote, rest);
                    let length = end.map_or(rest.len(), |end| end + 1);
                    self.hold(length);
                    if end.is_some() {
                        self.state = State::Tag;
                    }
                    length
                }
                State::Until(end, met) => self.until(end, met, rest),
                State::Declared => {
                    self.hold(rest.len());
                    rest.len()
                }
            };
            at += taken;
        }
    }

    fn begin(&mut self, state: State) {
        self.state = state;
        self.piece = 0;
        self.named = 0;
    }

    fn hold(&mut self, bytes: usize) {
        self.piece += bytes as u64;
        self.most = self.most.max(self.piece).max(self.text);
    }

    /// Takes bytes of a tag's beginning until its kind is clear.
    fn name(&mut self, rest: &[u8]) -> usize {
        for (at, &byte) in rest.iter().enumerate() {
            let is_end = matches!(byte, b'>' | b' ' | b'/' | b'\t' | b'\r' | b'\n' | b'"' | b'\'');
            let is_markup = matches!(self.name[..self.named].first(), Some(b'!' | b'?'));
            if (is_end && !is_markup) || self.named == NAME {
                self.open();
                self.state = State::Tag;
                return at;
            }
            self.name[self.named] = byte;
            self.named += 1;
            self.hold(1);
            let known = match &self.name[..self.named] {
                b"!--" => Some(State::Until(b"-->", 0)),
                b"![" => Some(State::Until(b"]]>", 0)),
                b"?" => Some(State::Until(b"?>", 0)),
                [b'!', letter] if letter.is_ascii_alphabetic() => Some(State::Declared),
                _ => None,
            };
            if let Some(state) = known {
                self.state = state;
                return at + 1;
            }
        }
        rest.len()
    }

    /// A tag begins whose name is known: where it is one that begins a cell or paragraph, so does its text.
    fn open(&mut self) {
        let name = &self.name[..self.named];
        let local = name.iter().position(|byte| *byte == b':').map_or(name, |colon| &name[colon + 1..]);
        if matches!(local, b"c" | b"si" | b"row" | b"p" | b"table-cell") {
            self.text = 0;
        }
    }

    fn until(&mut self, end: &'static [u8], mut met: usize, rest: &[u8]) -> usize {
        for (at, &byte) in rest.iter().enumerate() {
            met = match byte {
                byte if byte == end[met] => met + 1,
                // ]]]> and ---> end as well.
                byte if met > 0 && byte == end[met - 1] => met,
                byte if byte == end[0] => 1,
                _ => 0,
            };
            if met == end.len() {
                self.hold(at + 1);
                self.text += if end == b"]]>" { self.piece } else { 0 };
                self.begin(State::Text);
                return at + 1;
            }
        }
        self.hold(rest.len());
        self.state = State::Until(end, met);
        rest.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn most(xml: &str) -> u64 {
        let mut watch = Watch::default();
        watch.follow(xml.as_bytes());
        watch.most()
    }

    #[test]
    fn the_longest_piece_is_found_whatever_it_is() {
        let long = "x".repeat(500);
        let tags = "<b>1</b>".repeat(100);
        for xml in [
            format!("<a>{long}</a>"),
            format!("<a b=\"{long}\"/>"),
            format!("<a b='{tags}'/>"),
            format!("<a><!--{tags}--></a>"),
            format!("<a><![CDATA[{tags}]]></a>"),
            format!("<?a {tags}?><a/>"),
            format!("<!DOCTYPE a [<!ENTITY b \"{long}\">]><a/>"),
            format!("<c><t>{}</t></c>", "<r>0123456789</r>".repeat(50)),
            format!("<x:c><![CDATA[{}]]></x:c>", "]]]".repeat(200)),
        ] {
            assert!((500..=2_000).contains(&most(&xml)), "{} of {xml}", most(&xml));
        }
        let sheet = format!("<?xml version=\"1.0\"?>{}", "<c r=\"A1\" t='s'><v>1234567890</v></c>".repeat(1000));
        assert!(most(&sheet) < 60, "{}", most(&sheet));
    }

    proptest! {
        #[test]
        fn where_the_bytes_are_cut_does_not_matter(xml in "(<|>|!|-|\\[|\\]|\\?|\"|'|a|c|p| |CDATA\\[|<!--|-->|]]>|<c |</c>){0,60}", cut in 1_usize..9) {
            let mut watch = Watch::default();
            xml.as_bytes().chunks(cut).for_each(|bytes| watch.follow(bytes));
            prop_assert_eq!(watch.most(), most(&xml));
        }
    }
}
