use crate::Result;
use duijie_text::Quantity;
use std::sync::OnceLock;

/// The quantities that achievements state, each read when it is first asked for: reading all of a
/// large index would cost more than matching a batch against it.
pub(super) struct QuantityCache(Vec<OnceLock<Box<[Quantity]>>>);

impl QuantityCache {
    pub(super) fn new(documents: usize) -> Self {
        Self(std::iter::repeat_with(OnceLock::new).take(documents).collect())
    }

    pub(super) fn get(&self, document: u32, read: impl FnOnce() -> Result<Vec<Quantity>>) -> Result<&[Quantity]> {
        let place = &self.0[document as usize];
        if let Some(known) = place.get() {
            return Ok(known);
        }
        let read = read()?;
        Ok(place.get_or_init(|| read.into()))
    }
}
