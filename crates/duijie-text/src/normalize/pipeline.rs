use super::{Normalized, Normalizer};
use std::borrow::Cow;

/// Normalisers applied in turn, until none of them changes the text any more.
pub struct Pipeline {
    steps: Vec<Box<dyn Normalizer>>,
}

impl Pipeline {
    /// A pipeline of `steps`, the first applied first.
    pub fn new(steps: Vec<Box<dyn Normalizer>>) -> Self {
        Self { steps }
    }

    fn once<'t>(&self, text: &'t str) -> Normalized<'t> {
        let mut current = Normalized::unchanged(text);
        for step in &self.steps {
            let next = step.normalize(&current.text);
            if let Cow::Owned(text) = next.text {
                current = Normalized { offsets: current.offsets.then(&next.offsets), text: text.into() };
            }
        }
        current
    }
}

impl Normalizer for Pipeline {
    fn normalize<'t>(&self, text: &'t str) -> Normalized<'t> {
        let mut current = self.once(text);
        // One step can give another new work: lower-casing may leave a letter that composes.
        // Each round brings the text nearer to its normal form, and a second round is rare.
        while let Cow::Owned(settled) = &current.text {
            let next = self.once(settled);
            if next.text == *settled {
                break;
            }
            current =
                Normalized { offsets: current.offsets.then(&next.offsets), text: Cow::Owned(next.text.into_owned()) };
        }
        current
    }
}
