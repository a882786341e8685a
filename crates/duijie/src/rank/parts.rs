use serde::ser::{Serialize, SerializeMap, Serializer};

/// The named parts of a score. Added up in their order they give the score to the bit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parts {
    parts: Vec<(&'static str, f64)>,
}

impl Parts {
    /// Appends a part, rounded to 9 decimal places so that printing it loses nothing.
    pub(crate) fn push(&mut self, name: &'static str, value: f64) {
        self.parts.push((name, (value * 1e9).round() / 1e9));
    }

    /// The score: the parts added up in order.
    pub fn total(&self) -> f64 {
        self.parts.iter().fold(0.0, |sum, (_, value)| sum + value)
    }

    /// The part of that name.
    pub fn get(&self, name: &str) -> Option<f64> {
        self.parts.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
    }

    /// The part of that name as a share of its `weight` in the profile, 0–1; 0 if it weighs nothing.
    pub(super) fn share(&self, name: &str, weight: f64) -> f64 {
        if weight > 0.0 { self.get(name).unwrap_or(0.0) / weight } else { 0.0 }
    }

    /// Names and values, in the order of adding.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&'static str, f64)> + '_ {
        self.parts.iter().copied()
    }
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
