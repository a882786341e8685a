use super::Period;
use rustc_hash::FxHashMap;
use std::cell::RefCell;

/// Texts of cells with what they were read as: a column repeats few texts, and each is read once.
pub(crate) struct Memo<T> {
    met: RefCell<FxHashMap<String, T>>,
}

/// Texts that are remembered at most, and how long one is.
const MAX_MET: usize = 10_000;
const MAX_LENGTH: usize = 120;

impl<T> Default for Memo<T> {
    fn default() -> Self {
        Self { met: RefCell::default() }
    }
}

impl<T: Clone> Memo<T> {
    /// What `read` makes of a text, or made of it before.
    pub(crate) fn read(&self, text: &str, read: impl FnOnce(&str) -> T) -> T {
        if let Some(known) = self.met.borrow().get(text) {
            return known.clone();
        }
        let value = read(text);
        let mut met = self.met.borrow_mut();
        if met.len() < MAX_MET && text.len() <= MAX_LENGTH {
            met.insert(text.to_owned(), value.clone());
        }
        value
    }
}

/// The memos of one import.
#[derive(Default)]
pub(crate) struct Memos {
    pub(crate) periods: Memo<Option<Period>>,
    /// Modes under their common names, and what leaves them open.
    pub(crate) modes: Memo<(Vec<String>, bool)>,
}
