use super::TokenKind;
use super::alphanumeric::{self, is_word_char};
use super::technical::{ideographs_end, is_ideograph};

/// Hands the character bigrams of the ideographs and the technical words of normalised `text` to
/// `sink`, in order: what two texts share when their words differ (延迟裂纹, 裂纹延迟出现).
///
/// Numbers and units are left out. A lone ideograph gives nothing.
pub fn each_gram(text: &str, sink: &mut dyn FnMut(&str)) {
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if is_ideograph(c) {
            let end = ideographs_end(text, at);
            let mut previous = at;
            for (offset, c) in text[at..end].char_indices().skip(1) {
                let next = at + offset + c.len_utf8();
                sink(&text[previous..next]);
                previous = at + offset;
            }
            at = end;
        } else if is_word_char(c) {
            at = alphanumeric::segment_run(text, at, &mut |token| {
                if matches!(token.kind, TokenKind::Alphanumeric | TokenKind::SubWord) {
                    sink(&token.text);
                }
            });
        } else {
            at += c.len_utf8();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bigrams_stay_within_a_run_and_words_stay_whole() {
        let mut grams = Vec::new();
        each_gram("延迟裂纹,t800碳 0.5mm", &mut |gram| grams.push(gram.to_owned()));
        assert_eq!(grams, ["延迟", "迟裂", "裂纹", "t800"]);
    }
}
