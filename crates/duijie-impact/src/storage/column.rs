use std::ops::{Deref, Range};
use std::sync::Arc;

use memmap2::Mmap;

use crate::raw::{Plain, numbers};

/// An array that the index made itself or that lies in a mapped file.
#[derive(Debug, Clone)]
pub(crate) enum Column<T> {
    Owned(Vec<T>),
    Mapped(Arc<Mmap>, Range<usize>),
}

impl<T: Plain> Column<T> {
    /// The bytes `range` of a map; `None` where they are outside it or not whole, aligned numbers.
    pub(crate) fn mapped(map: &Arc<Mmap>, range: Range<usize>) -> Option<Self> {
        numbers::<T>(map.get(range.clone())?)?;
        Some(Self::Mapped(Arc::clone(map), range))
    }
}

impl<T: Plain> Deref for Column<T> {
    type Target = [T];

    #[inline]
    fn deref(&self) -> &[T] {
        match self {
            Self::Owned(items) => items,
            Self::Mapped(map, range) => numbers(&map[range.clone()]).unwrap_or_default(),
        }
    }
}

impl<T> Default for Column<T> {
    fn default() -> Self {
        Self::Owned(Vec::new())
    }
}

impl<T> From<Vec<T>> for Column<T> {
    fn from(items: Vec<T>) -> Self {
        Self::Owned(items)
    }
}

impl<T> FromIterator<T> for Column<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self::Owned(items.into_iter().collect())
    }
}
