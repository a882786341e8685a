//! Names of measures: reading and writing them.

use std::fmt;
use std::num::{NonZeroU32, NonZeroUsize};
use std::str::FromStr;

use crate::error::ParseMeasureError;
use crate::measure::Measure;

/// The names that parse, for errors to list.
pub(crate) const KNOWN_FORMS: &str = "nDCG, nDCG@k, P@k, P(rel=r)@k, R@k, R(rel=r)@k, \
     AP, AP@k, AP(rel=r), AP(rel=r)@k, RR, RR@k, RR(rel=r), RR(rel=r)@k";

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, rel, cutoff) = match *self {
            Self::Ndcg { cutoff } => ("nDCG", NonZeroU32::MIN, cutoff),
            Self::P { rel, cutoff } => ("P", rel, Some(cutoff)),
            Self::R { rel, cutoff } => ("R", rel, Some(cutoff)),
            Self::Ap { rel, cutoff } => ("AP", rel, cutoff),
            Self::Rr { rel, cutoff } => ("RR", rel, cutoff),
        };
        let mut text = name.to_owned();
        if rel > NonZeroU32::MIN {
            text += &format!("(rel={rel})");
        }
        if let Some(cutoff) = cutoff {
            text += &format!("@{cutoff}");
        }
        f.pad(&text)
    }
}

impl FromStr for Measure {
    type Err = ParseMeasureError;

    fn from_str(text: &str) -> Result<Self, ParseMeasureError> {
        let owned = || text.to_owned();
        let (head, cutoff) = match text.split_once('@') {
            None => (text, None),
            Some((head, cutoff)) => match parse_digits::<NonZeroUsize>(cutoff) {
                Some(cutoff) => (head, Some(cutoff)),
                None => return Err(ParseMeasureError::BadCutoff { text: owned() }),
            },
        };
        let (name, parameters) = match head.split_once('(') {
            None => (head, None),
            Some((name, parameters)) => (name, Some(parameters)),
        };
        let rel = || level(text, parameters);
        let needed = || cutoff.ok_or_else(|| ParseMeasureError::MissingCutoff { text: owned() });
        match name {
            "nDCG" if parameters.is_some() => Err(ParseMeasureError::BadParameters { text: owned() }),
            "nDCG" => Ok(Self::Ndcg { cutoff }),
            "P" => Ok(Self::P { rel: rel()?, cutoff: needed()? }),
            "R" => Ok(Self::R { rel: rel()?, cutoff: needed()? }),
            "AP" => Ok(Self::Ap { rel: rel()?, cutoff }),
            "RR" => Ok(Self::Rr { rel: rel()?, cutoff }),
            _ => Err(ParseMeasureError::UnknownName { text: owned() }),
        }
    }
}

/// The level in what follows the opening bracket, 1 if there is no bracket.
fn level(text: &str, parameters: Option<&str>) -> Result<NonZeroU32, ParseMeasureError> {
    let Some(parameters) = parameters else {
        return Ok(NonZeroU32::MIN);
    };
    let level = parameters.strip_prefix("rel=").and_then(|rest| rest.strip_suffix(')'));
    let level = level.ok_or_else(|| ParseMeasureError::BadParameters { text: text.to_owned() })?;
    parse_digits(level).ok_or_else(|| ParseMeasureError::BadLevel { text: text.to_owned() })
}

/// A number written in digits alone: no sign, no blanks.
fn parse_digits<T: FromStr>(digits: &str) -> Option<T> {
    let all_digits = digits.bytes().all(|byte| byte.is_ascii_digit());
    if all_digits { digits.parse().ok() } else { None }
}
