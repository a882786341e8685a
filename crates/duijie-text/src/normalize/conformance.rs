//! The checks that every normaliser must pass, as one macro.

use super::*;
use proptest::prelude::*;

/// Text as it comes: ideographs simplified and traditional, widths, marks, jamo, anything.
pub(crate) fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[\u{4e00}-\u{9fff}]{1,6}",
        2 => "[a-zA-Z0-9 .,/+^-]{1,6}",
        2 => "[！-～　，。、]{1,4}",
        1 => "[⁰¹²³⁴-⁹⁺⁻₀-₉㎡℃Ⅲ①½ﬁµΩÅ]{1,3}",
        1 => "[a-eA-E가-힣ᄀ-ᇿｶﾡ-ﾾ\u{300}-\u{310}\u{3099}ﾞ]{1,4}",
        1 => proptest::sample::select(vec!["乾坤", "乾燥", "尊嚴", "碳纖維", "İ", "ẞ", "ǅ", "10⁻⁶", "１０⁻⁶"]).prop_map(String::from),
        1 => any::<String>(),
    ];
    proptest::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

/// `test_normalizer!(name, normalizer, [(input, output), …])`: golden text, idempotence, offsets
/// that stay on character boundaries in order and cover the input, random input.
macro_rules! test_normalizer {
    ($name:ident, $normalizer:expr, [$(($input:expr, $output:expr)),* $(,)?]) => {
        mod $name {
            use super::*;

            #[test]
            fn golden_text() {
                $(assert_eq!($normalizer.normalize($input).text, $output);)*
            }

            #[test]
            fn unchanged_text_is_borrowed_with_identity_offsets() {
                for text in [$($output),*] {
                    let again = $normalizer.normalize(text);
                    assert!(matches!(again.text, std::borrow::Cow::Borrowed(same) if same == text), "{text}");
                    for (at, c) in text.char_indices() {
                        assert_eq!(again.offsets.original_range(at..at + c.len_utf8()), at..at + c.len_utf8());
                    }
                }
            }

            proptest! {
                #[test]
                fn normalizing_is_idempotent(text in any_text()) {
                    let once = $normalizer.normalize(&text);
                    let twice = $normalizer.normalize(&once.text);
                    prop_assert_eq!(&twice.text, &once.text);
                    prop_assert!(matches!(twice.text, std::borrow::Cow::Borrowed(_)), "copied without a change");
                }

                #[test]
                fn offsets_are_in_order_and_cover_the_original(text in any_text()) {
                    let normalized = $normalizer.normalize(&text);
                    let mut reached = 0;
                    for (at, c) in normalized.text.char_indices() {
                        let original = normalized.offsets.original_range(at..at + c.len_utf8());
                        prop_assert!(text.get(original.clone()).is_some(), "{original:?} cuts a character");
                        prop_assert!(!original.is_empty());
                        prop_assert!(original.start <= reached, "bytes {reached}..{} lost", original.start);
                        prop_assert!(original.end >= reached);
                        reached = original.end;
                    }
                    prop_assert_eq!(reached, text.len());
                    let whole = normalized.offsets.original_range(0..normalized.text.len());
                    prop_assert_eq!(whole, 0..text.len());
                }

                #[test]
                fn a_character_is_made_of_what_it_maps_to(text in any_text()) {
                    let normalized = $normalizer.normalize(&text);
                    for (at, c) in normalized.text.char_indices() {
                        let original = normalized.offsets.original_range(at..at + c.len_utf8());
                        let piece = &text[original];
                        let again = $normalizer.normalize(piece);
                        // A superscript is a power only behind a number.
                        let behind_a_number = format!("1{piece}");
                        let power = $normalizer.normalize(&behind_a_number);
                        let of_piece =
                            piece.contains(c) || again.text.contains(c) || power.text[1..].contains(c);
                        prop_assert!(of_piece, "{c:?} is not of {piece:?}");
                    }
                }
            }
        }
    };
}

test_normalizer!(
    nfkc,
    Nfkc,
    [
        ("１２ＭＰａ", "12MPa"),
        ("㎡℃Ⅲ", "m2°CIII"),
        ("γ-Al₂O₃", "γ-Al2O3"),
        ("e\u{301}", "é"),
        ("ｶﾞ", "ガ"),
        ("ﾡￂ", "가"),
        ("", "")
    ]
);
test_normalizer!(lower_case, LowerCase, [("PX-PTA Ω", "px-pta ω"), ("碳", "碳"), ("İ", "i\u{307}")]);
test_normalizer!(superscripts, Superscripts, [("10⁻⁶ m²", "10^-6 m²"), ("１０⁵Bq", "１０^5Bq"), ("Na⁺", "Na⁺")]);
test_normalizer!(
    simplified,
    Simplified,
    [("碳纖維與尊嚴", "碳纤维与尊严"), ("乾坤乾燥", "乾坤干燥"), ("已经简化", "已经简化")]
);
test_normalizer!(
    standard,
    StandardNormalizer,
    [
        ("碳纖維　ＰＡＮ基，１０⁻⁶", "碳纤维 pan基,10^-6"),
        ("KV₂(-40℃)≥27J", "kv2(-40°c)≥27j"),
        ("Ａ\u{301}", "á"),
        ("①乾坤", "1乾坤"),
    ]
);

proptest! {
    #[test]
    fn the_one_pass_normalizer_equals_the_pipeline(text in any_text()) {
        let pipeline = Pipeline::new(vec![Box::new(Superscripts), Box::new(Nfkc), Box::new(Simplified), Box::new(LowerCase)]);
        prop_assert_eq!(StandardNormalizer.normalize(&text).text, pipeline.normalize(&text).text);
    }
}
