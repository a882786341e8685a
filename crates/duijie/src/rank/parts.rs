use crate::index::TextField;
use serde::ser::{Serialize, SerializeMap, Serializer};

/// The named parts of a score. Added up in their order they give the score to the bit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parts {
    parts: Vec<(&'static str, f64)>,
    /// See [`Parts::text_share`].
    pub(super) text_share: f64,
    /// See [`Parts::concept_share`].
    pub(super) concept_share: f64,
}

impl Parts {
    /// Appends a part, rounded to 9 decimal places so that printing it loses nothing.
    pub(crate) fn push(&mut self, name: &'static str, value: f64) {
        self.parts.push((name, rounded(value)));
    }

    /// Sets a part that is there.
    pub(crate) fn set(&mut self, name: &str, value: f64) {
        if let Some((_, part)) = self.parts.iter_mut().find(|(known, _)| *known == name) {
            *part = rounded(value);
        }
    }

    /// The score: the parts added up in order.
    pub fn total(&self) -> f64 {
        self.parts.iter().fold(0.0, |sum, (_, value)| sum + value)
    }

    /// The part of that name.
    pub fn get(&self, name: &str) -> Option<f64> {
        self.parts.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
    }

    /// The score by words as a share of what an achievement with all of the demand's words would get, 0–1: what
    /// the verdict goes by. The parts of the text are relative to the best achievement instead.
    pub fn text_share(&self) -> f64 {
        self.text_share
    }

    /// The cosine of the concepts, 0–1, before it is weighted: what the verdict goes by.
    pub fn concept_share(&self) -> f64 {
        self.concept_share
    }

    /// What the words give: the parts of the text fields together.
    pub fn lexical(&self) -> f64 {
        TextField::ALL.iter().filter_map(|field| self.get(field.name())).sum()
    }

    /// Names and values, in the order of adding.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&'static str, f64)> + '_ {
        self.parts.iter().copied()
    }
}

fn rounded(value: f64) -> f64 {
    // Adding 0 makes 0 of -0, which an empty sum is.
    (value * 1e9).round() / 1e9 + 0.0
}

impl Serialize for Parts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.parts.len()))?;
        for (name, value) in &self.parts {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}
