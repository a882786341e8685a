//! Names of measures.

use duijie_eval::{Measure, ParseMeasureError};

fn error(text: &str) -> ParseMeasureError {
    text.parse::<Measure>().unwrap_err()
}

#[test]
fn every_known_form_survives_the_round_trip() {
    let forms = [
        "nDCG",
        "nDCG@10",
        "P@5",
        "P(rel=2)@5",
        "R@10",
        "R(rel=3)@100",
        "AP",
        "AP@10",
        "AP(rel=2)",
        "AP(rel=2)@10",
        "RR",
        "RR@10",
        "RR(rel=2)",
        "RR(rel=2)@3",
    ];
    for form in forms {
        assert_eq!(form.parse::<Measure>().unwrap().to_string(), form);
    }
    assert_eq!("P(rel=1)@5".parse::<Measure>().unwrap().to_string(), "P@5");
}

#[test]
fn an_unknown_name_is_answered_with_the_known_forms() {
    let message = error("nDGC@10").to_string();
    assert!(message.starts_with("unknown measure `nDGC@10`; known forms: nDCG, nDCG@k, P@k"), "{message}");
    for text in ["", "ndcg", " nDCG", "MAP"] {
        assert_eq!(error(text), ParseMeasureError::UnknownName { text: text.to_owned() });
    }
}

#[test]
fn each_other_mistake_has_its_own_error() {
    for text in ["nDCG@0", "P@", "R@ten", "AP@-1", "RR@+3", "RR@3@4"] {
        assert_eq!(error(text), ParseMeasureError::BadCutoff { text: text.to_owned() });
    }
    for text in ["P(rel=0)@5", "R(rel=)@5", "AP(rel=x)", "RR(rel=-1)"] {
        assert_eq!(error(text), ParseMeasureError::BadLevel { text: text.to_owned() });
    }
    for text in ["nDCG(rel=2)@10", "nDCG(dcg='exp-log2')@10", "P(level=2)@5", "AP(rel=2", "P()@5"] {
        assert_eq!(error(text), ParseMeasureError::BadParameters { text: text.to_owned() });
    }
    for text in ["P", "R(rel=2)"] {
        assert_eq!(error(text), ParseMeasureError::MissingCutoff { text: text.to_owned() });
    }
}
