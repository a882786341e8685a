//! The checks that every segmenter must pass, as one macro.

use super::*;
use crate::normalize::Normalizer;
use crate::{Dictionary, StandardNormalizer};
use proptest::prelude::*;
use std::sync::LazyLock;

fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[\u{4e00}-\u{9fff}]{1,8}",
        3 => "[a-z0-9./+^_°%· -]{1,12}",
        1 => "[，。、；γ-ω ]{1,3}",
        1 => any::<String>(),
    ];
    proptest::collection::vec(piece, 0..8)
        .prop_map(|pieces| StandardNormalizer.normalize(&pieces.concat()).text.into_owned())
}

fn is_searchable(c: char) -> bool {
    c.is_alphanumeric()
}

/// `test_segmenter!(name, segmenter, [(input, [tokens]), …])`: golden text, losslessness, spans
/// that are the token's own place, no blank or punctuation token, sub-words inside their word.
macro_rules! test_segmenter {
    ($name:ident, $segmenter:expr, [$(($input:expr, $tokens:expr)),* $(,)?]) => {
        mod $name {
            use super::*;
            static SEGMENTER: LazyLock<Box<dyn Segmenter>> = LazyLock::new(|| Box::new($segmenter));

            #[test]
            fn golden_text() {
                $({
                    let tokens = SEGMENTER.segment($input);
                    let texts: Vec<&str> = tokens.iter().map(|token| token.text.as_ref()).collect();
                    assert_eq!(texts, $tokens, "{}", $input);
                })*
            }

            proptest! {
                #[test]
                fn nothing_is_lost_and_main_tokens_do_not_overlap(text in any_text()) {
                    let mut covered = 0;
                    for token in SEGMENTER.segment(&text) {
                        if token.kind == TokenKind::SubWord { continue; }
                        prop_assert!(token.span.start >= covered);
                        prop_assert!(!text[covered..token.span.start].contains(is_searchable), "lost {:?}", &text[covered..token.span.start]);
                        covered = token.span.end;
                    }
                    prop_assert!(!text[covered..].contains(is_searchable));
                }

                #[test]
                fn a_token_is_the_text_of_its_span(text in any_text()) {
                    for token in SEGMENTER.segment(&text) {
                        let place: String = text[token.span.clone()].split(' ').collect();
                        prop_assert_eq!(place, token.text.clone());
                        prop_assert!(token.text.contains(is_searchable), "punctuation {:?}", token.text);
                    }
                }

                #[test]
                fn a_sub_word_lies_within_a_word(text in any_text()) {
                    let tokens = SEGMENTER.segment(&text);
                    let (parts, words): (Vec<_>, Vec<_>) =
                        tokens.iter().partition(|token| token.kind == TokenKind::SubWord);
                    for part in parts {
                        let within = |word: &&Token<'_>| word.span.start <= part.span.start && part.span.end <= word.span.end;
                        prop_assert!(words.iter().any(|word| within(word)), "{part:?} is in no word of {words:?}");
                    }
                }

                #[test]
                fn segmenting_is_a_function_of_the_text(text in any_text()) {
                    prop_assert_eq!(SEGMENTER.segment(&text), SEGMENTER.segment(&text));
                }
            }
        }
    };
}

test_segmenter!(general, TechnicalSegmenter::new(Dictionary::general()), [("复合材料", ["复合材料", "复合", "材料"])]);

test_segmenter!(
    technical,
    TechnicalSegmenter::default(),
    [
        ("碳纤维复合材料", ["碳纤维复合材料", "碳纤维", "纤维", "复合", "复合材料", "材料"]),
        ("t800 304l px-pta", ["t800", "304l", "px-pta", "px", "pta"]),
        ("γ-al2o3", ["γ-al2o3", "al2o3"]),
        ("iso 13485", ["iso13485", "iso"]),
        ("5g", ["5g"]),
        ("0.01mm", ["0.01", "mm"]),
        ("960mpa", ["960", "mpa"]),
        ("2.5~3.5mm", ["2.5", "3.5", "mm"]),
        ("2.5-3.5mm", ["2.5", "3.5", "mm"]),
        ("10^-6 m3/h", ["10^-6", "m3/h"]),
        ("-40°c", ["40", "°c"]),
        ("na+ c++", ["na+", "na", "c++"]),
        (" ,。、", Vec::<&str>::new()),
    ]
);

#[test]
fn a_word_added_at_run_time_is_kept_whole() {
    let mut segmenter = TechnicalSegmenter::default();
    assert!(!segmenter.segment("氢致延迟裂纹").iter().any(|token| token.text == "氢致延迟裂纹"));
    segmenter.dictionary_mut().add_word("氢致延迟裂纹");
    assert_eq!(segmenter.segment("氢致延迟裂纹")[0].text, "氢致延迟裂纹");
}
